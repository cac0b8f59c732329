// The line that opens the function around a place, in any language.
import { expect, it } from 'vitest';
import { createHeaderFinder } from '#findings/enclosing-header.ts';
import { createSourceText } from '#findings/source-texts.ts';

function headerOf(source: string): string {
  const lines = source.split('\n');
  const line = lines.findIndex((text) => text.includes('HERE')) + 1;
  return createHeaderFinder(createSourceText(source))(line);
}

it.each([
  [
    'a brace on the same line',
    'class A {\n  void f(int a) {\n    if (a) {\n      HERE\n    }\n  }\n}',
    'void f(int a) {',
  ],
  [
    'a brace of its own',
    'void f(int a,\n       int b)\n{\n    while (a)\n    {\n        HERE\n    }\n}',
    'void f(int a,',
  ],
  ['indentation only', 'def f(a):\n    try:\n        HERE\n    except E:\n        pass', 'def f(a):'],
  ['no parentheses', 'class A\n  def  run\n    HERE\n  end\nend', 'def run'],
  ['a callback', "app.get('/x', (q, r) => {\n\tconst a = 1;\n\tHERE\n});", "app.get('/x', (q, r) => {"],
  ['a finished block before', 'f() {\n  a;\n}\ng() {\n  if (x) {\n    y(\n  z);\n  }\n  HERE\n}', 'g() {'],
  ['preprocessor and comments at column 0', 'int f(void) {\n#if (A)\n// (note)\n  HERE\n}', 'int f(void) {'],
  ['nothing around', 'call(a)\nHERE', ''],
  ['one line', 'HERE', ''],
])('%s', (_, source, header) => {
  expect(headerOf(source)).toBe(header);
});

it('a file of a hundred thousand lines is read in one pass', () => {
  const text = createSourceText(`f() {\n${'  x;\n'.repeat(100_000)}}`);
  const start = performance.now();
  const find = createHeaderFinder(text);
  for (let line = 2; line <= 100_001; line += 1) expect(find(line) === 'f() {').toBe(true);
  expect(performance.now() - start).toBeLessThan(15_000);
});
