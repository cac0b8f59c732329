import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PackageAssets } from '#adapters/local/package-assets.ts';
import { createCodeIndex } from '#code/code-index.ts';
import { detectLanguage, LANGUAGES } from '#code/languages.ts';
import type { SourceUnit } from '#code/source-unit.ts';
import { say } from '#domain/phrase.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';

const assets = new PackageAssets();
const unitOf = async (path: string, text: string) =>
  createCodeIndex(createMemoryWorkspace({ [path]: text }), assets).unit(path);
const understood = async (path: string, text: string): Promise<SourceUnit> => {
  const unit = await unitOf(path, text);
  if (unit.kind === 'failure') throw new Error(say(unit.why, null));
  return unit;
};

describe('the language of a file', () => {
  it.each([
    ['src/A.java', '', 'java'],
    ['a.mjs', '', 'javascript'],
    ['a.cts', '', 'typescript'],
    ['a.tsx', '', 'tsx'],
    ['a.PY', '', 'python'],
    ['bin/run', '#!/usr/bin/env python3\n', 'python'],
    ['bin/run', '#!/usr/bin/node\n', 'javascript'],
    ['Rakefile', '', 'ruby'],
    ['a.h', 'int f(void);', 'c'],
    ['a.h', 'namespace n {\n}', 'cpp'],
    ['a.h', 'class A : public B {\n};', 'cpp'],
    ['a.C', '', 'cpp'],
    ['a.inc', '<?php echo 1;', 'php'],
    ['a.inc', 'x', null],
    ['a.kt', '', null],
    ['.py', '', null],
    ['README', 'python', null],
  ])('%s is read as it should be', (path, text, language) => {
    expect(detectLanguage(path, text)).toBe(language);
  });
});

describe('a file is read and parsed once', () => {
  it('however often it is asked for', async () => {
    const workspace = createMemoryWorkspace({ 'a.py': 'def f():\n    pass\n' });
    const index = createCodeIndex(workspace, assets);
    const [first, second] = await Promise.all([
      index.unit('a.py'),
      index.unit('a.py'),
      index.functionAt('a.py', 1),
    ]);
    expect(first).toBe(second);
    expect(workspace.asked).toEqual(['a.py']);
  });
});

describe('memory does not grow with the repository', () => {
  it('what was asked for long ago is forgotten, and understood again when asked again', async () => {
    const big = `x = 1 # ${'y'.repeat(40_000)}\n`.repeat(48);
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`f${at}.py`, big]));
    const workspace = createMemoryWorkspace(files);
    const index = createCodeIndex(workspace, assets);
    for (const path of Object.keys(files)) await index.unit(path);
    await index.unit('f29.py');
    await index.unit('f0.py');
    expect(workspace.asked).toEqual([...Object.keys(files), 'f0.py']);
  });
});

describe('a file that is not understood says why', () => {
  it('when it is missing, of an unknown language, too large, or of too long lines', async () => {
    const index = createCodeIndex(
      createMemoryWorkspace({
        'a.kt': 'fun f() {}',
        'big.c': `${'int x;\n'.repeat(320_000)}`,
        'wide.js': `x = "${'a'.repeat(60_000)}"`,
      }),
      assets,
    );
    expect(await index.unit('gone.py')).toMatchObject({ kind: 'failure', reason: 'missing' });
    expect(await index.unit('../a.py')).toMatchObject({ kind: 'failure', reason: 'missing' });
    expect(await index.unit('a.kt')).toMatchObject({ reason: 'unknown language' });
    expect(await index.unit('big.c')).toMatchObject({ reason: 'too large' });
    expect(await index.unit('wide.js')).toMatchObject({ reason: 'too large' });
    expect(await index.functionAt('a.kt', 1)).toBeNull();
  });
});

describe('what a file offers', () => {
  const text =
    'import subprocess as sp\nfrom os import path, system as run\nclass A:\n    def m(self, q):\n        run(path.join("a", q))\n        return lambda x: sp.call(x)\n';

  it('knows the innermost function of a line, lambdas only when asked', async () => {
    const unit = await understood('a.py', text);
    expect(unit.functionAt(5)?.name).toBe('m');
    expect([unit.functionAt(6)?.kind, unit.functionAt(6, 6, false)?.name]).toEqual(['lambda', 'm']);
    expect(unit.functionAt(1)).toBeNull();
    expect(unit.functions.map(({ name, kind }) => `${kind} ${name}`)).toEqual(['method m', 'lambda ']);
  });

  it('resolves calls through imports and aliases', async () => {
    const unit = await understood('a.py', text);
    expect(unit.callsOn(5).map(({ callee, path }) => [callee, path])).toEqual([
      ['run', 'os.system'],
      ['path.join', 'os.path.join'],
    ]);
    expect(unit.callsOn(6).map(({ path, receiver }) => [path, receiver?.kind])).toEqual([
      ['subprocess.call', 'name'],
    ]);
  });

  it('marks the lines that the grammar did not understand', async () => {
    const unit = await understood('a.py', 'x = 1\ny = = 2\nz = 3\n');
    expect([unit.hasErrorBetween(2, 2), unit.hasErrorBetween(1, 1)]).toEqual([true, false]);
  });

  it('counts lines as editors do, with any line end and a byte order mark', async () => {
    const unit = await understood('a.py', '\uFEFFx = 1\r\ndef f():\r\n    pass\r\n');
    expect(unit.lines[1]).toBe('def f():');
    expect(unit.functionAt(3)?.name).toBe('f');
  });
});

describe('hostile code', () => {
  const deep = (open: string, close: string, core: string): string =>
    open.repeat(20_000) + core + close.repeat(20_000);

  it.each([
    ['a.js', `x = ${deep('(', ')', '1')};`],
    ['a.py', `x = ${deep('[', ']', '1')}\n`],
    ['A.java', `class A { int x = ${deep('(', ')', '1')}; }`],
    ['a.c', `int x = ${deep('(', ')', '1')};`],
    ['a.php', `<?php $x = ${deep('[', ']', '1')};`],
    ['a.js', `x = ${'1+'.repeat(30_000)}1;`.slice(0, 49_000)],
    ['a.go', `package a\nfunc f() {\n${'if x {\n'.repeat(5_000)}${'}\n'.repeat(5_000)}}\n`],
  ])('nested thousands of levels deep in %s neither crashes nor hangs', async (path, text) => {
    const unit = await unitOf(path, text);
    expect(['unit', 'failure']).toContain(unit.kind);
  });

  it('of any language and any bytes becomes a unit or a reason', async () => {
    const names = [
      'a.java',
      'a.js',
      'a.ts',
      'a.tsx',
      'a.py',
      'a.go',
      'a.c',
      'a.cpp',
      'a.php',
      'a.rb',
      'a.cs',
    ];
    expect(names).toHaveLength(LANGUAGES.length);
    const soup = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '(',
        ')',
        ';',
        '=',
        '"',
        "'",
        '\n',
        'if',
        'else',
        'for',
        'x',
        '1',
        '$',
        '<?php ',
        'def f',
        ':',
        '    ',
        'class A',
        '`',
        '${',
        '#',
        '//',
        'switch',
        'case',
        '=>',
        'end',
        '\\',
        'é',
      ),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), soup, async (path, words) => {
        expect((await unitOf(path, words.join(' '))).kind).toBe('unit');
      }),
      { numRuns: 150 },
    );
  });
});
