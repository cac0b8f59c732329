// A patch that does away with the function around the finding is none, in every language; one that only gives it another name is.
import { describe, expect, test } from 'vitest';
import { say } from '#domain/phrase.ts';
import { climbLadder } from '#patch/climb-ladder.ts';
import { editsBetween } from '#patch/edits-between.ts';
import { createDraftCode } from '../../src/app/draft-code.ts';
import { assets } from './scanner-fix.ts';

const { understand } = createDraftCode(assets);

async function climb(path: string, before: string, after: string, line: number): Promise<string> {
  const place = { path, startLine: line, endLine: line };
  const edits = editsBetween(before, after);
  const outcome = await climbLadder({ path, before, edits, place, cwe: [], reviewDiff: null, understand });
  return outcome.kind === 'fell' ? `${outcome.failed}: ${say(outcome.why, null)}` : outcome.kind;
}

const FUNCTIONS: readonly (readonly [path: string, whole: string, line: number, empty: string])[] = [
  ['a.py', 'def f(a):\n    return g(a)\n', 2, 'def f(a):\n    pass\n'],
  [
    'b.py',
    'def f(a):\n    return g(a)\n',
    2,
    'def f(a):\n    """Mended."""\n    raise NotImplementedError\n',
  ],
  ['a.js', 'function f(a) {\n  return g(a);\n}\n', 2, 'function f(a) {\n  // mended\n  return null;\n}\n'],
  ['a.ts', 'function f(a: string): void {\n  g(a);\n}\n', 2, 'function f(a: string): void {\n}\n'],
  [
    'a.go',
    'package a\n\nfunc f(a int) int {\n\treturn g(a)\n}\n',
    4,
    'package a\n\nfunc f(a int) int {\n\treturn 0\n}\n',
  ],
  [
    'A.java',
    'class A {\n  int f(int a) {\n    return g(a);\n  }\n}\n',
    3,
    'class A {\n  int f(int a) {\n    return -1;\n  }\n}\n',
  ],
  [
    'A.cs',
    'class A {\n  int F(int a) {\n    return G(a);\n  }\n}\n',
    3,
    'class A {\n  int F(int a) {\n    return 0;\n  }\n}\n',
  ],
  ['a.php', '<?php\nfunction f($a) {\n  return g($a);\n}\n', 3, '<?php\nfunction f($a) {\n  return [];\n}\n'],
  ['a.rb', 'def f(a)\n  g(a)\nend\n', 2, 'def f(a)\n  nil\nend\n'],
  ['a.c', 'int f(int a) {\n  return g(a);\n}\n', 2, 'int f(int a) {\n  return 0;\n}\n'],
];

describe('the function that the finding lies in', () => {
  test.each(FUNCTIONS)('may not be left empty: %s', async (path, whole, line, empty) => {
    expect(await climb(path, whole, empty, line)).toMatch(
      /^policy: The patch leaves nothing of the function/,
    );
  });

  test.each([
    ['a.py', 'x = 1\n\ndef f(a):\n    return g(a)\n', 4, 'x = 1\n\n'],
    [
      'a.js',
      'let x = 1;\n\nfunction f(a) {\n  return g(a);\n}\n',
      4,
      'let x = 1;\n\nfunction f() {}\n'.slice(0, 12),
    ],
    ['A.java', 'class A {\n  int f(int a) {\n    return g(a);\n  }\n}\n', 3, 'class A {\n}\n'],
    ['a.js', 'function f(a) {\n  return g(a);\n}\n', 2, '// function f(a) {\n//   return g(a);\n// }\n'],
  ])('may not go: %s', async (path, whole, line, without) => {
    expect(await climb(path, whole, without, line)).toMatch(
      /^policy: The patch takes away the function .*`f`/,
    );
  });

  test('may do more, do otherwise or have another name', async () => {
    const whole = 'def f(a):\n    b = g(a)\n    return b\n';
    for (const after of [
      'def f(a):\n    b = g(str(a))\n    return b\n',
      'def f(a):\n    return h(a)\n',
      'def safe_f(a):\n    b = h(a)\n    return b\n',
    ])
      expect(await climb('a.py', whole, after, 2)).toBe('climbed');
  });

  test('may stay as empty as it was, and code outside of functions is not asked about', async () => {
    expect(await climb('a.py', 'def f(a=[]):\n    return 1\n', 'def f(a=None):\n    return 1\n', 1)).toBe(
      'climbed',
    );
    expect(
      await climb(
        'a.py',
        'x = g(1)\n\ndef f(a):\n    return a\n',
        'x = h(1)\n\ndef f(a):\n    return a\n',
        1,
      ),
    ).toBe('climbed');
  });
});
