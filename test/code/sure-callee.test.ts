import { describe, expect, it } from 'vitest';
import { PackageAssets } from '#adapters/local/package-assets.ts';
import { createCodeIndex } from '#code/code-index.ts';
import type { SourceUnit } from '#code/source-unit.ts';
import { isImportOf, surelyCalled } from '#code/sure-callee.ts';
import { collectSyntax } from '#code/syntax-of-file.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';

const assets = new PackageAssets();

async function unitsOf(files: Readonly<Record<string, string>>): Promise<readonly SourceUnit[]> {
  const code = createCodeIndex(createMemoryWorkspace(files), assets);
  const units = await Promise.all(Object.keys(files).map((path) => code.unit(path)));
  return units.flatMap((unit) => (unit.kind === 'failure' ? [] : [unit]));
}

/** Of the call that is given `HERE`. */
async function called(path: string, text: string): Promise<string | null> {
  const [unit] = await unitsOf({ [path]: text });
  if (unit === undefined) throw new Error('not understood');
  const call = collectSyntax(unit).calls.find(({ node }) =>
    node.arguments.some(({ value }) => unit.textOf(value.span).includes('HERE')),
  );
  if (call === undefined) throw new Error('no call');
  return surelyCalled(unit, call.node)?.name ?? null;
}

describe('a plain call surely runs', () => {
  it.each([
    ['the function of the file', 'a.js', 'function f(x) {}\nfunction g() { f(HERE); }'],
    ['an exported one', 'a.ts', 'export function f(x: string) {}\nexport function g() { f(HERE); }'],
    ['a constant arrow', 'a.js', 'const f = (x) => x;\nfunction g() { f(HERE); }'],
    ['one of the same function', 'a.py', 'def g():\n    def f(x):\n        return x\n    f(HERE)\n'],
    [
      'the private method',
      'A.java',
      'class A { private String f(String x) { return x; } void g() { f(HERE); } }',
    ],
    [
      'the private method of this',
      'A.java',
      'class A { private String f(String x) { return x; } void g() { this.f(HERE); } }',
    ],
    [
      'the method that is not virtual',
      'A.cs',
      'class A { string f(string x) { return x; } void g() { f(HERE); } }',
    ],
    ['the function of the namespace', 'a.php', '<?php function f($x) {} function g() { f(HERE); }'],
    ['the method of the file', 'a.rb', 'def f(x)\n  x\nend\ndef g\n  f(HERE)\nend'],
  ])('%s', async (_, path, text) => {
    expect(await called(path, text)).toBe('f');
  });

  it.each([
    ['there are two', 'a.js', 'function f(x) {}\nfunction f(x) { return x; }\nf(HERE);'],
    ['it is assigned to', 'a.js', 'function f(x) {}\nf = other;\nf(HERE);'],
    ['a parameter has its name', 'a.js', 'function f(x) {}\nfunction g(f) { f(HERE); }'],
    ['a variable has its name', 'a.js', 'function f(x) {}\nfunction g() { const f = h; f(HERE); }'],
    ['it may be another arrow', 'a.js', 'let f = (x) => x;\nfunction g() { f(HERE); }'],
    ['it stands in another function', 'a.js', 'function h() { function f(x) {} }\nfunction g() { f(HERE); }'],
    ['it is defined in one case only', 'a.py', 'if old:\n    def f(x):\n        return x\n\nf(HERE)\n'],
    ['it may be defined already', 'a.php', "<?php if (!function_exists('f')) { function f($x) {} } f(HERE);"],
    ['it is imported', 'a.py', 'from other import f\n\ndef f(x):\n    return x\n\nf(HERE)\n'],
    ['anything is imported', 'a.py', 'from other import *\n\ndef f(x):\n    return x\n\nf(HERE)\n'],
    [
      'it is a method of another object',
      'a.py',
      'class A:\n    def f(self, x):\n        return x\n\nf(HERE)\n',
    ],
    ['it may be overridden', 'A.java', 'class A { String f(String x) { return x; } void g() { f(HERE); } }'],
    [
      'it is virtual',
      'A.cs',
      'class A { public virtual string f(string x) { return x; } void g() { f(HERE); } }',
    ],
    [
      'the class has other parts',
      'A.cs',
      'partial class A { string f(string x) { return x; } void g() { f(HERE); } }',
    ],
    [
      'it is of another class',
      'A.java',
      'class B { private static String f(String x) { return x; } }\nclass A extends C { void g() { f(HERE); } }',
    ],
    [
      'an object without a class may have its own',
      'A.java',
      'class A { private String f(String x) { return x; } Object g() { return new C() { void h() { f(HERE); } }; } }',
    ],
    ['a class may have its own', 'a.rb', 'def f(x)\n  x\nend\nclass A < B\n  def g\n    f(HERE)\n  end\nend'],
    ['it is called on something', 'a.js', 'function f(x) {}\no.f(HERE);'],
    ['it is made', 'a.js', 'function f(x) {}\nnew f(HERE);'],
  ])('nothing that is known where %s', async (_, path, text) => {
    expect(await called(path, text)).toBeNull();
  });
});

describe('an imported name', () => {
  async function isThat(path: string, line: string, other: string, text: string): Promise<boolean> {
    const [unit, target] = await unitsOf({ [path]: line, [other]: text });
    const definition = target?.functions.find(({ name }) => name === 'f');
    if (unit === undefined || target === undefined || definition === undefined)
      throw new Error('no function');
    return isImportOf(unit, 'f', target, definition);
  }

  it.each([
    ['src/a.js', "import { f } from './lib/b.js';", 'src/lib/b.js', 'export function f(x) {}'],
    ['src/a.ts', "import { f } from './lib/b.js';", 'src/lib/b.ts', 'export const f = (x: string) => x;'],
    ['src/a.ts', "import { f } from '../lib';", 'lib/index.ts', 'export function f(x: string) {}'],
    ['src/shop/a.py', 'from shop.b import f\n', 'src/shop/b.py', 'def f(x):\n    return x\n'],
    ['src/shop/a.py', 'from .b import f\n', 'src/shop/b.py', 'def f(x):\n    return x\n'],
    ['src/a/A.java', 'import static a.B.f;\nclass A {}', 'src/a/B.java', 'class B { static void f() {} }'],
  ])('in %s, by `%s`, is that of %s', async (path, line, other, text) => {
    expect(await isThat(path, line, other, text)).toBe(true);
  });

  it.each([
    ['src/a.js', "import { f } from 'b';", 'src/b.js', 'export function f(x) {}'],
    ['src/a.js', "import { f } from './c.js';", 'src/b.js', 'export function f(x) {}'],
    ['src/a.js', "import { f } from '../b.js';", 'src/b.js', 'export function f(x) {}'],
    [
      'src/a.js',
      "import { g as f } from './b.js';",
      'src/b.js',
      'export function f(x) {}\nexport function g(x) {}',
    ],
    [
      'src/a.js',
      "import { f } from './b.js';",
      'src/b.js',
      'function f(x) {}\nfunction g(x) {}\nexport { g as f };',
    ],
    ['src/a.js', "import { f } from './b.js';", 'src/b.js', 'function f(x) {}'],
    ['src/a.py', 'from other.b import f\n', 'src/b.py', 'def f(x):\n    return x\n'],
    ['src/a.py', 'from ..b import f\n', 'src/b.py', 'def f(x):\n    return x\n'],
    ['src/a.py', 'from b import f\n', 'src/b.py', 'def f(x):\n    return x\n\nf = g\n'],
    ['src/a/A.java', 'import static a.C.f;\nclass A {}', 'src/a/B.java', 'class B { static void f() {} }'],
  ])('in %s, by `%s`, is not that of %s where that is “%s”', async (path, line, other, text) => {
    expect(await isThat(path, line, other, text)).toBe(false);
  });
});
