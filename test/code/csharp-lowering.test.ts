import { describe, expect, it } from 'vitest';
import { PackageAssets } from '#adapters/local/package-assets.ts';
import { createCodeIndex } from '#code/code-index.ts';
import { UnitEvaluator } from '#code/evaluate/evaluate-function.ts';
import type { SourceUnit } from '#code/source-unit.ts';
import { loadCatalog } from '#evidence/catalog.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';

const assets = new PackageAssets();
const { knowledge } = (await loadCatalog(assets)).language('csharp');

async function unitOf(text: string): Promise<SourceUnit> {
  const index = createCodeIndex(createMemoryWorkspace({ 'a.cs': text }), assets);
  return (await index.unit('a.cs')) as SourceUnit;
}

/** Every exact value that `v` may have after the statements; null when they are not known. */
async function valuesOf(statements: string): Promise<readonly unknown[] | null> {
  const unit = await unitOf(`class A { void M(string q, bool b, int n) {\n${statements}\n} }`);
  const run = new UnitEvaluator(unit, knowledge).evaluate(unit.functionAt(2)!);
  const value = [...run.stored].filter(([key]) => key.startsWith('v@')).at(-1)?.[1];
  return value === undefined || value.doubts.length > 0
    ? null
    : (value.constants?.map((one) => one.value) ?? null);
}

describe('what C# literals stand for', () => {
  it.each([
    ['a regular text', 'var v = "a\\t\\"\\\\";', ['a\t"\\']],
    ['an escape of one to four digits', 'var v = "\\x9|\\x41bc";', ['\t|\u41bc']],
    ['an escape that ends before other digits', 'var v = "\\012";', ['\u000012']],
    ['an escape of eight digits', 'var v = "\\U0001F600\\u0041";', ['\u{1f600}A']],
    ['a verbatim text', 'var v = @"a\\n""b""";', ['a\\n"b"']],
    ['a raw text', 'var v = """a "b" \\n""";', ['a "b" \\n']],
    ['a raw text of several lines', 'var v = """\n    a\n      b\n    """;', ['a\n  b']],
    ['an interpolated text', 'var s = "x"; var v = $"{{a}}{s}\\t{1 + 2}";', ['{a}x\t3']],
    ['an interpolated verbatim text', 'var s = "x"; var v = $@"a\\""{s}";', ['a\\"x']],
    ['an interpolated raw text', 'var s = "x"; var v = $$"""{a}{{s}}""";', ['{a}x']],
    ['a character', 'var v = "a" + \'\\x41\';', ['aA']],
    ['a number with leading zeros', 'var v = 010 + 0x1F + 1_000;', [1041]],
    ['a name of something', 'var v = nameof(q);', null],
    ['bytes', 'var v = "a"u8;', null],
    ['an unsigned number', 'var v = 1u;', null],
    ['a number beyond 31 bits', 'var v = 4294967295;', null],
    ['an unknown escape', 'var v = "\\q";', null],
    ['a formatted hole', 'var s = "x"; var v = $"{s,4}";', null],
    ['an empty text', 'var v = string.Empty + $"";', ['']],
  ])('%s', async (_what, code, expected) => {
    expect(await valuesOf(code)).toEqual(expected);
  });
});

describe('what C# statements leave in a variable', () => {
  it.each([
    ['both ways of a branch', 'string v; if (b) v = "a"; else v = "c";', ['a', 'c'], 1],
    ['the arm that fits', 'var m = 2; var v = m switch { 1 => "a", 2 or 3 => "b", _ => q };', ['b'], 0],
    ['every arm that may fit', 'var v = n switch { 1 => "a", > 5 => "b", _ => "c" };', ['a', 'b', 'c'], 0],
    ['a swap', 'var s = "a"; var t = "b"; (s, t) = (t, s); var v = s + t;', ['ba'], 0],
    ['a part of a tuple', 'var (s, (t, u)) = ("a", ("b", "c")); var v = s;', ['a'], 0],
    ['a counter', 'int i = 1; i += 2; i++; var v = i;', [4], 0],
    ['a whole division', 'var v = 7 / 2;', [3], 0],
    ['a cut number', 'byte x = 200; var v = x;', null, 0],
    ['a fraction', 'double x = 1; var v = x / 2;', null, 0],
    ['an element', 'var c = new[] { "a", "b" }; var v = c[1];', ['b'], 0],
    ['an element of a collection expression', 'string[] c = ["a", "b"]; var v = c[0];', ['a'], 0],
    ['a constant after a check', 'var s = "a"; var v = s ?? throw new E();', ['a'], 0],
    ['nothing known after `out`', 'string v = "a"; Fill(out v); v = v;', null, 0],
    ['an enumeration of the platform', 'var v = CipherMode.ECB;', ['ECB'], 0],
  ])('%s', async (_what, code, expected, later) => {
    const values = await valuesOf(
      later === 1 ? `${code} var w = v; { var z = w; } string y = v; v = y;` : code,
    );
    expect(values === null ? null : [...values].sort()).toEqual(expected);
  });
});

describe('what a C# file consists of', () => {
  const text = `// licence
using System.Data;
using static System.Math;
using Json = Newtonsoft.Json.Linq;
var top = Run();
int Twice(int a) => a * 2;
namespace N {
#if DEBUG
  class Extra { void Debugged() { } }
#endif
  partial class A(string given) : Base, IThing {
    const string S = "a";
    public string P { get => S; private set { Use(value); } }
    string this[int key] => S;
    A(int x) : this("x") { }
    static A() { }
    ~A() { }
    public static A operator +(A a, A b) => a;
    void M() { void Local() { } Run(delegate { }); Run(x => x); }
  }
}`;

  it('lists every function under its name', async () => {
    const { functions } = await unitOf(text);
    expect(functions.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'Main',
        'Twice',
        'Debugged',
        'P.get',
        'P.set',
        'this.get',
        'A',
        'M',
        'Local',
        '',
      ]),
    );
  });

  it('knows imports, aliases and static imports', async () => {
    const { module } = await unitOf(text);
    expect([module.stars, module.imports.map(({ local, path }) => `${local} = ${path}`)]).toEqual([
      ['System.Data', 'System.Math'],
      ['Json = Newtonsoft.Json.Linq'],
    ]);
  });

  it('shows the place of top-level statements as a function of their own', async () => {
    const unit = await unitOf(text);
    expect([unit.functionAt(5)?.name, unit.functionAt(12)?.name ?? null]).toEqual(['Main', null]);
  });

  it('keeps what it does not know, with the names in it', async () => {
    const unit = await unitOf('class A { int M(int q) { return __makeref(q); } }');
    const [first] = unit.functions[0]!.body;
    expect(first?.kind === 'return' && first.value?.kind).toBe('unknown');
  });

  it('does not overflow on deep nesting', async () => {
    const unit = await unitOf(`class A { int M() { return ${'('.repeat(3000)}1${')'.repeat(3000)}; } }`);
    expect(unit.kind).toBe('unit');
  });
});
