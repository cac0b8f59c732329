import { describe, expect, it } from 'vitest';
import { controls, dominates, knownTests, spanOfLines } from '#code/controls.ts';
import { syntaxAt } from '#code/syntax-at.ts';
import { lineWith, SAMPLES, unitOf } from './sample-units.ts';

/** How the condition on the line with GUARD must have come out for the line with SINK to run. */
async function outcome(path: string, text: string): Promise<string | null> {
  const unit = await unitOf(path, text);
  return dominates(unit, lineWith(text, 'GUARD'), lineWith(text, 'SINK'))?.outcome ?? null;
}

describe.each(Object.entries(SAMPLES))('a check that leaves in %s', (_language, [path, text]) => {
  it('decides about what follows it in its block, and not about what stands before', async () => {
    const unit = await unitOf(path, text);
    const guard = lineWith(text, 'if');
    expect(dominates(unit, guard, lineWith(text, 'query('))?.outcome).toBe('failed');
    expect(dominates(unit, guard, guard + 1)?.outcome).toBe('held');
    expect(dominates(unit, guard, lineWith(text, 'LIMIT'))).toBeNull();
  });
});

const GUARDED: readonly (readonly [what: string, path: string, text: string, outcome: string | null])[] = [
  [
    'a check whose exception a with may swallow',
    'a.py',
    'def f(x):\n  with suppress(E):\n    if bad(x): # GUARD\n      raise E()\n  run(x) # SINK\n',
    null,
  ],
  [
    'a check whose exception is rescued',
    'a.rb',
    'def f(x)\n  begin\n    raise E if bad(x) # GUARD\n  rescue E\n    log(x)\n  end\n  run(x) # SINK\nend\n',
    null,
  ],
  ['the block of an if', 'a.py', 'def f(x):\n  if ok(x): # GUARD\n    run(x) # SINK\n', 'held'],
  [
    'the else block',
    'a.py',
    'def f(x):\n  if bad(x): # GUARD\n    pass\n  else:\n    run(x) # SINK\n',
    'failed',
  ],
  [
    'an early return',
    'a.js',
    'function f(x) {\n  if (bad(x)) return; // GUARD\n  run(x); // SINK\n}',
    'failed',
  ],
  [
    'a return that only one way takes',
    'a.js',
    'function f(x) {\n  if (bad(x)) { if (y) return; } // GUARD\n  run(x); // SINK\n}',
    null,
  ],
  [
    'a check that only logs',
    'a.js',
    'function f(x) {\n  if (bad(x)) { log(x); } // GUARD\n  run(x); // SINK\n}',
    null,
  ],
  [
    'an else that leaves',
    'A.java',
    'class A { void f(String x) {\n  if (ok(x)) { log(x); } else { throw new E(); } // GUARD\n  run(x); // SINK\n} }',
    'held',
  ],
  [
    'continue in a loop',
    'a.go',
    'package a\nfunc f() {\n for _, x := range xs {\n  if bad(x) { // GUARD\n   continue\n  }\n  run(x) // SINK\n }\n}',
    'failed',
  ],
  [
    'a check in a loop, the place after the loop',
    'a.go',
    'package a\nfunc f() {\n for _, x := range xs {\n  if bad(x) { // GUARD\n   continue\n  }\n }\n run(x) // SINK\n}',
    null,
  ],
  [
    'a check in one branch',
    'a.php',
    '<?php function f($x) {\n if ($y) {\n  if (bad($x)) { return; } // GUARD\n }\n run($x); // SINK\n}',
    null,
  ],
  ['a modifier', 'a.rb', 'def f(x)\n  return unless ok(x) # GUARD\n  run(x) # SINK\nend\n', 'failed'],
  ['raise', 'a.rb', 'def f(x)\n  raise "no" if bad(x) # GUARD\n  run(x) # SINK\nend\n', 'failed'],
  [
    'a block that may run later',
    'a.rb',
    'def f(x)\n  return if bad(x) # GUARD\n  later do\n    run(x) # SINK\n  end\nend\n',
    null,
  ],
  [
    'a callback in the guarded block',
    'a.js',
    'function f(x) {\n  if (ok(x)) { // GUARD\n    on(() => {\n      run(x); // SINK\n    });\n  }\n}',
    null,
  ],
  [
    'an assert, which may be switched off',
    'a.py',
    'def f(x):\n  assert ok(x) # GUARD\n  run(x) # SINK\n',
    null,
  ],
  [
    'an assert of Java',
    'A.java',
    'class A { void f(String x) {\n  assert ok(x); // GUARD\n  run(x); // SINK\n} }',
    null,
  ],
  [
    'or die',
    'a.php',
    '<?php function f($x) {\n  ok($x) or die("no"); // GUARD\n  run($x); // SINK\n}',
    'held',
  ],
  [
    'the right side of an and',
    'a.js',
    'function f(x) {\n  return ok(x) && // GUARD\n    run(x); // SINK\n}',
    'held',
  ],
  ['a while', 'a.c', 'void f(char *x) {\n  while (ok(x)) { // GUARD\n    run(x); // SINK\n  }\n}', 'held'],
  [
    'a do while',
    'a.c',
    'void f(char *x) {\n  do {\n    run(x); // SINK\n  } while (ok(x)); // GUARD\n}',
    null,
  ],
  [
    'a goto around it',
    'a.c',
    'void f(char *x) {\n  if (y) goto end;\n  if (bad(x)) return; // GUARD\nend:\n  run(x); // SINK\n}',
    null,
  ],
  [
    'a labelled case',
    'A.cs',
    'class A { void F(string x) {\n  switch (x) { // GUARD\n    case "a":\n      Run(x); // SINK\n      break;\n  }\n} }',
    'held',
  ],
  [
    'a case that others fall into',
    'a.c',
    'void f(int x) {\n  switch (x) { // GUARD\n    default: log(x);\n    case 1: run(x); // SINK\n  }\n}',
    null,
  ],
  [
    'a check inside a try that goes on',
    'A.java',
    'class A { void f(String x) {\n  try {\n    if (bad(x)) { throw new E(); } // GUARD\n  } catch (E e) { log(e); }\n  run(x); // SINK\n} }',
    null,
  ],
  [
    'an exit that the file itself defines',
    'a.py',
    'def abort(x):\n  pass\ndef f(x):\n  if bad(x): # GUARD\n    abort(403)\n  run(x) # SINK\n',
    null,
  ],
  [
    "a framework's abort",
    'a.py',
    'def f(x):\n  if bad(x): # GUARD\n    abort(403)\n  run(x) # SINK\n',
    'failed',
  ],
  [
    'code that is not understood',
    'a.js',
    'function f(x) {\n  if (bad(x)) return; // GUARD\n  ((( ;\n  run(x); // SINK\n}',
    null,
  ],
];

describe('whether a condition decides about a place', () => {
  it.each(GUARDED)('%s (%s)', async (_what, path, text, expected) => {
    expect(await outcome(path, text)).toBe(expected);
  });
});

describe('what is known of the parts of a condition', () => {
  it.each([
    ['ok(x) && !bad(x)', 'held', ['ok(x):true', 'bad(x):false']],
    ['ok(x) && !bad(x)', 'failed', []],
    ['empty(x) || bad(x)', 'failed', ['empty(x):false', 'bad(x):false']],
    ['!(a || b)', 'held', ['a:false', 'b:false']],
  ] as const)('%s that %s', async (text, how, known) => {
    const unit = await unitOf('a.js', `if (${text}) { run(); }`);
    const condition = syntaxAt(unit, 1, 1).conditions.find(({ kind }) => kind === 'if')!;
    expect(knownTests(unit, condition, how).map((test) => `${test.text}:${test.isTrue}`)).toEqual(known);
  });
});

describe('the place of whole lines', () => {
  it('leaves out the white space around, and stays within the file', async () => {
    const unit = await unitOf('a.py', 'def f():\n    run()  \n');
    const span = spanOfLines(unit, 2, 99);
    expect(unit.text.slice(span.start, spanOfLines(unit, 2, 2).end)).toBe('run()');
    expect(
      controls(unit, syntaxAt(await unitOf('a.py', 'if a:\n  b()\n'), 1, 1).conditions[0]!, span),
    ).toBeNull();
  });
});
