import { describe, expect, it } from 'vitest';
import { syntaxAt } from '#code/syntax-at.ts';
import { isUnchangedBetween } from '#code/unchanged-between.ts';
import { originsOf, valueReaches } from '#code/value-reaches.ts';
import { lineWith, SAMPLES, unitOf } from './sample-units.ts';

/** The variables that carry what `clean` gives to the line with SINK; null when it does not surely get there. */
async function carried(path: string, text: string): Promise<string | null> {
  const unit = await unitOf(path, text);
  const line = lineWith(text, 'clean(');
  const call = syntaxAt(unit, line, line).calls.find(({ name }) => name === 'clean')!;
  const sink = lineWith(text, 'SINK');
  return valueReaches(unit, call, sink, sink)?.through.join(' ') ?? null;
}

describe.each(Object.entries(SAMPLES))('a cleaned value in %s', (_language, [path, text]) => {
  it('is known to be what the sink gets', async () => {
    const unit = await unitOf(path, text);
    const line = lineWith(text, 'safe');
    const call = syntaxAt(unit, line, line).calls[0]!;
    const sink = lineWith(text, ', LIMIT');
    const use = valueReaches(unit, call, sink, sink);
    expect(use?.argument).toBe(0);
    expect(use?.call.name).toBe('query');
    expect(use?.through.join()).toMatch(/^\$?safe$/);
  });
});

const FLOWS: readonly (readonly [what: string, path: string, text: string, through: string | null])[] = [
  [
    'cleaned where an exception may be swallowed',
    'a.py',
    'def f(q):\n  with suppress(E):\n    s = clean(q)\n  run(s) # SINK\n',
    null,
  ],
  ['inside the call', 'a.js', 'function f(q) {\n  run(clean(q)); // SINK\n}', ''],
  ['through a text', 'a.py', 'def f(q):\n  s = clean(q)\n  sql = "a" + s\n  run(sql) # SINK\n', 's sql'],
  ['as a part', 'a.py', 'def f(q):\n  sql = "a %s" % clean(q)\n  run(sql) # SINK\n', 'sql'],
  ['replaced before', 'a.py', 'def f(q):\n  s = clean(q)\n  s = q\n  run(s) # SINK\n', null],
  ['added to before', 'a.js', 'function f(q) {\n  let s = clean(q);\n  s += q;\n  run(s); // SINK\n}', null],
  [
    'cleaned only in one branch',
    'a.js',
    'function f(q) {\n  let s = q;\n  if (y) { s = clean(q); }\n  run(s); // SINK\n}',
    null,
  ],
  [
    'replaced in one branch',
    'a.js',
    'function f(q) {\n  let s = clean(q);\n  if (y) { s = q; }\n  run(s); // SINK\n}',
    null,
  ],
  [
    'replaced later in the loop',
    'a.go',
    'package a\nfunc f(q string) {\n s := clean(q)\n for i := 0; i < 9; i++ {\n  run(s) // SINK\n  s = q\n }\n}',
    null,
  ],
  [
    'cleaned again in each round',
    'a.go',
    'package a\nfunc f(q string) {\n for i := 0; i < 9; i++ {\n  s := clean(q)\n  run(s) // SINK\n  s = q\n }\n}',
    's',
  ],
  ['not used at all', 'a.js', 'function f(q) {\n  const s = clean(q);\n  run(q); // SINK\n}', null],
  ['the result thrown away', 'a.js', 'function f(q) {\n  clean(q);\n  run(q); // SINK\n}', null],
  [
    'replaced by a callback',
    'a.js',
    'function f(q) {\n  let s = clean(q);\n  on(() => { s = q; });\n  run(s); // SINK\n}',
    null,
  ],
  [
    'changed through its own method',
    'A.java',
    'class A { void f(String q) {\n  List s = clean(q);\n  s.add(q);\n  run(s); // SINK\n} }',
    null,
  ],
  [
    'changed through a call that fills it',
    'A.java',
    'class A { void f(String q) {\n  List s = clean(q);\n  fill(s, q);\n  run(s); // SINK\n} }',
    null,
  ],
  [
    'only logged',
    'A.java',
    'class A { void f(String q) {\n  String s = clean(q);\n  log.info(s);\n  run(s); // SINK\n} }',
    's',
  ],
  [
    'kept in a field',
    'A.java',
    'class A { String s; void f(String q) {\n  s = clean(q);\n  other();\n  run(s); // SINK\n} }',
    null,
  ],
  [
    'handed over by reference',
    'A.cs',
    'class A { void F(string q) {\n  var s = clean(q);\n  Fill(ref s);\n  run(s); // SINK\n} }',
    null,
  ],
  [
    'handed to a function of C',
    'a.c',
    'void f(char *q) {\n  char *s = clean(q);\n  strcpy(s, q);\n  run(s); // SINK\n}',
    null,
  ],
  ['changed in place', 'a.rb', 'def f(q)\n  s = clean(q)\n  s << q\n  run(s) # SINK\nend\n', null],
  ['a global', 'a.py', 'def f(q):\n  global s\n  s = clean(q)\n  run(s) # SINK\n', null],
  ['an instance variable', 'a.rb', 'def f(q)\n  @s = clean(q)\n  run(@s) # SINK\nend\n', null],
  ['in another function', 'a.py', 'def g(q):\n  s = clean(q)\ndef f(s):\n  run(s) # SINK\n', null],
  [
    'an item replaced',
    'a.php',
    '<?php function f($q) {\n  $s = clean($q);\n  $s[0] = $q;\n  run($s); // SINK\n}',
    null,
  ],
];

describe('whether a cleaned value is what the sink gets', () => {
  it.each(FLOWS)('%s (%s)', async (_what, path, text, through) => {
    expect(await carried(path, text)).toBe(through);
  });
});

describe('what a value is made of', () => {
  const origins = async (path: string, text: string) => {
    const unit = await unitOf(path, text);
    const line = lineWith(text, 'SINK');
    const [sink] = syntaxAt(unit, line, line).calls;
    return originsOf(unit, sink!.node.arguments[0]!.value).map(({ kind, text: what }) => `${kind} ${what}`);
  };

  it('is followed back through variables with one value', async () => {
    const text = 'def f(q, r):\n  s = clean(q)\n  t = "b"\n  sql = "a" + s + t + r\n  run(sql) # SINK\n';
    expect(await origins('a.py', text)).toEqual(['literal "a"', 'call clean(q)', 'literal "b"', 'name r']);
  });

  it('stops where a variable has several values', async () => {
    const text = 'function f(q) {\n  let s = "a";\n  if (q) s = q;\n  run("x" + s); // SINK\n}';
    expect(await origins('a.js', text)).toEqual(['literal "x"', 'name s']);
  });

  it('names both sides of a choice', async () => {
    expect(await origins('a.js', 'function f(q) {\n  run(q ? "a" : b.c); // SINK\n}')).toEqual([
      'literal "a"',
      'name b.c',
    ]);
  });

  it('does not go round in circles', async () => {
    const text = `def f(q):\n${Array.from({ length: 40 }, (_, at) => `  a${at + 1} = a${at} + a${at}\n`).join('')}  run(a40) # SINK\n`;
    expect((await origins('a.py', text)).length).toBeLessThan(64);
  });
});

describe('a place of another function', () => {
  it('says nothing about a variable of this one', async () => {
    const unit = await unitOf('a.py', 'def f(q):\n  a(q)\ndef g(q):\n  b(q)\n');
    const [first, second] = syntaxAt(unit, 1, 9).calls;
    expect(isUnchangedBetween(unit, 'q', first!.span, second!.span)).toBe(false);
  });
});
