import { describe, expect, test } from 'vitest';
import { say } from '#domain/phrase.ts';
import { importedModules } from '#patch/imported-modules.ts';
import { forbiddenContent } from '#patch/new-content.ts';
import { CONTENT_RULES } from '#patch/new-content-rules.ts';

const ask = (
  removed: string,
  added: string,
  language: 'javascript' | 'python' | 'php' | null = 'javascript',
  file = removed,
) => {
  const why = forbiddenContent({ removed, added, file, language });
  return why === null ? null : say(why, null);
};

describe('what the old lines already held', () => {
  test.each([
    ["get('https://a.example/x')\n", "get('https://a.example/x', 1)\n"],
    ["get('http://a.example/x')\n", "get('https://a.example/x')\n"],
    ['cp.exec(a)\n', 'cp.exec(b)\n'],
    ["x = 'naïve \u200b'\n", "y = 'naïve \u200b'\n"],
    ["authorize(a, 'x')\n", "authorize(a, 'y')\n"],
    ['csrf_exempt(f)\n', 'f\n'],
  ])('may stay: %j → %j', (removed, added) => expect(ask(removed, added)).toBeNull());

  test.each([
    ["get('https://a.example/x')\n", "get('http://a.example/x')\n", /unencrypted address/],
    ["get('https://a.example/x')\n", "get('https://b.example/x')\n", /b\.example/],
    ['cp.exec(a)\n', 'cp.exec(a); cp.exec(b)\n', /starts programs/],
    ['authorize(a)\n', 'a\n', /takes away `authorize`/],
  ])('may not grow or turn worse: %j → %j', (removed, added, why) =>
    expect(ask(removed, added)).toMatch(why),
  );

  test('a long name that the file uses elsewhere hides nothing', () => {
    const name = 'anExtremelyLongNameThatSomebodyGaveToAThingOnce';
    expect(ask('f()\n', `${name}()\n`, 'javascript', `let ${name};\nf()\n`)).toBeNull();
    expect(ask('f()\n', `${name}()\n`)).toMatch(/long run/);
  });

  test('a reason sets outside text apart, on one line', () => {
    const why = ask('a\n', "x = 'https://a.example/`**[x](y)';\n") ?? '';
    expect(why.split('`')).toHaveLength(3);
    expect(why).not.toContain('\n');
  });
});

describe('rules of a language', () => {
  test('a backtick is a program in PHP and a text in JavaScript', () => {
    expect(ask('$a\n', '`$a`\n', 'php')).toMatch(/starts programs/);
    expect(ask('a\n', '`a`\n', 'javascript')).toBeNull();
  });

  test('a language that nobody knows meets them all', () => {
    expect(ask('a\n', 'subprocess.run(a)\n', null)).toMatch(/subprocess/);
    expect(ask('a\n', 'ProcessBuilder(a)\n', null)).toMatch(/ProcessBuilder/);
    expect(ask('a\n', 'import kotlin.io.path\n', null)).toMatch(/imports `import kotlin\.io\.path`/);
  });
});

test('imports are read in every language', () => {
  const read = (text: string, language: Parameters<typeof importedModules>[1]) => [
    ...importedModules(text, language),
  ];
  expect(
    read("import a from 'x';\nconst b = require(\"y\");\nexport * from 'z';\nimport('w')", 'typescript'),
  ).toEqual(['x', 'y', 'z', 'w']);
  expect(read('import os, sys as s\nfrom a.b import c\nx = 1; import d', 'python')).toEqual([
    'a.b',
    'os',
    'sys',
    'd',
  ]);
  expect(read('import java.util.List;\nimport static a.B.c;', 'java')).toEqual(['java.util', 'a.B']);
  expect(read('import "fmt"\nimport (\n\tx "net/http"\n)\n', 'go')).toEqual(['fmt', 'net/http']);
  expect(read('#include <a.h>\n# include "b.h"', 'c')).toEqual(['<a.h>', '"b.h"']);
  expect(read("<?php\nuse A\\B;\nrequire_once 'c.php';", 'php')).toEqual(["'c.php'", 'A\\B']);
  expect(read("require 'json'\nrequire_relative 'a'", 'ruby')).toEqual(["'json'", "'a'"]);
  expect(read('using System.IO;\nusing P = System.Diagnostics;', 'csharp')).toEqual([
    'System.IO',
    'System.Diagnostics',
  ]);
});

describe('no text makes a pattern slow', () => {
  const pieces = [
    'a',
    ' ',
    '\n',
    '/',
    '/*',
    '.',
    'a.',
    '-',
    '_',
    'import ',
    'require(',
    'from ',
    '"',
    "'",
    '`',
    '$',
    '(',
    '[',
    '#',
    '<',
    '1.',
    ':',
    '://',
    'a-',
    '||',
    'if(',
    '\\',
    'use ',
    're',
    'is_admin',
    '+',
    ',',
    'csrf',
    'exempt',
    '\t',
  ];
  const worst = [...pieces, 'import ', 'import  '].map((piece) => piece.repeat(10_000 / piece.length));
  worst.push(`import${' '.repeat(10_000)}`, `if${' '.repeat(10_000)}`, `data:${'a'.repeat(10_000)}`);

  test('of the dangers and of the imports', () => {
    for (const text of worst) {
      for (const { pattern, what } of CONTENT_RULES) {
        const start = performance.now();
        text.match(pattern);
        expect(
          performance.now() - start,
          `${what} ${pattern} on ${JSON.stringify(text.slice(0, 20))}`,
        ).toBeLessThan(150);
      }
      const start = performance.now();
      importedModules(text.repeat(4), null);
      forbiddenContent({ removed: text, added: text, file: text, language: null });
      expect(performance.now() - start, JSON.stringify(text.slice(0, 20))).toBeLessThan(1_000);
    }
  });
});
