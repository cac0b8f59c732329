import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf } from './evidence-of.ts';

const c = (body: string, before = ''): string =>
  `${before}\nvoid work(char *given, int n, char taken[64]) {\n${body}\n}\n`;

async function isDismissed(language: string, code: string, cwe: readonly number[] = [120]): Promise<boolean> {
  const { facts } = await evidenceOf(language, code, { cwe });
  return facts.some(
    ({ kind }) => kind === 'safe_call' || kind === 'constant_arguments' || kind === 'not_the_sink',
  );
}

/** Near misses: each looks as if it fits, and does not or need not. */
const NEAR_MISSES: readonly (readonly [sentence: string, code: string, cwe?: readonly number[]])[] = [
  ['the terminator is forgotten', c('char b[5];\nstrcpy(b, "ABCDE"); // HERE')],
  [
    'a literal with a byte after its zero, copied as memory',
    c('char b[4];\nmemcpy(b, "ab\\0cd", 6); // HERE'),
  ],
  ['sizeof of a pointer', c('char *b = malloc(4);\nsnprintf(b, sizeof(b), "%s", given); // HERE')],
  ['sizeof of a parameter that looks like an array', c('fgets(taken, sizeof(taken), stdin); // HERE')],
  ['a constant size for a parameter', c('strcpy(taken, "x"); // HERE')],
  ['a shadowed name', c('char b[64];\n{ char b[2];\nstrcpy(b, "abc"); // HERE\n}')],
  [
    'a name declared again after the block',
    c('{ char b[64]; b[0] = 0; }\nstrcpy(b, "abc"); // HERE', 'char b[2];'),
  ],
  ['a parameter hides the array of the file', 'char b[64];\nvoid f(char *b) {\nstrcpy(b, "abc"); // HERE\n}'],
  [
    'an old-style parameter hides the array of the file',
    'char b[64];\nvoid f(b) char *b; {\nstrcpy(b, "abc"); // HERE\n}',
  ],
  [
    'a macro defined twice',
    c('char b[N];\nstrcpy(b, "abc"); // HERE', '#define N 64\n#undef N\n#define N 2'),
  ],
  [
    'a macro defined under a condition',
    c('char b[N];\nstrcpy(b, "abc"); // HERE', '#ifdef BIG\n#define N 64\n#endif'),
  ],
  ['a macro with a default', c('char b[N];\nstrcpy(b, "abc"); // HERE', '#ifndef N\n#define N 64\n#endif')],
  ['a macro in a comment', c('char b[N];\nstrcpy(b, "abc"); // HERE', '/*\n#define N 64\n*/')],
  [
    'a macro that goes on in the next line',
    c('char b[N];\nstrcpy(b, "abc"); // HERE', '#define N 64 \\\n - 62'),
  ],
  ['a macro that is an expression', c('char b[2 * N];\nstrcpy(b, "abcdefg"); // HERE', '#define N 1 + 1')],
  [
    'a file included after the macro',
    c('char b[N];\nstrcpy(b, "abc"); // HERE', '#define N 64\n#include "small.h"'),
  ],
  ['a macro defined after its use', 'char b[N];\n#define N 64\nvoid f(void) {\nstrcpy(b, "abc"); // HERE\n}'],
  [
    'a macro takes the place of the function',
    c('char b[64];\nstrcpy(b, "abc"); // HERE', '#define strcpy(a, b) copy(a, b, n)'),
  ],
  ['a macro takes the place of the array', c('char b[64];\nstrcpy(b, "abc"); // HERE', '#define b small')],
  [
    'a macro takes the place of the type',
    c('char b[64];\nmemset(b, 0, 64); // HERE', '#define char struct bit'),
  ],
  [
    'the file has a strcpy of its own',
    c('char b[64];\nstrcpy(b, "abc"); // HERE', 'void strcpy(char *a, const char *b) { a[99] = 0; }'),
  ],
  [
    'a variable has the name of the function',
    c('char b[64]; void (*strcpy)(char *, char *) = pick();\nstrcpy(b, "abc"); // HERE'),
  ],
  [
    'declared on one side of a condition',
    c('#ifdef BIG\nchar b[64];\n#else\nchar b[2];\n#endif\nstrcpy(b, "abc"); // HERE'),
  ],
  [
    'declared only under a condition',
    c('#ifdef BIG\nchar b[64];\n#endif\nstrcpy(b, "abc"); // HERE', 'char b[2];'),
  ],
  ['declared by a macro', c('char b[64];\n{ DECLARE(b, 2);\nstrcpy(b, "abc"); // HERE\n}')],
  ['an offset', c('char b[4];\nstrcpy(b + 2, "abc"); // HERE')],
  ['an offset by an address', c('char b[4];\nstrcpy(&b[2], "abc"); // HERE')],
  ['an offset and the size of the whole', c('char b[64];\nsnprintf(b + n, sizeof(b), "%s", given); // HERE')],
  ['a field of the same name', c('char b[64];\nstrcpy(s->b, "abc"); // HERE')],
  ['an array of pointers', c('char *b[64];\nmemcpy(b, given, 64 * 8); // HERE')],
  ['an array of arrays', c('char b[64][2];\nstrcpy(b[0], "abc"); // HERE')],
  ['an array of another declaration', c('extern char b[64];\nstrcpy(b, "abc"); // HERE')],
  ['a variable length', c('char b[n];\nstrcpy(b, "abc"); // HERE')],
  ['a larger size than the array', c('char b[64];\nfgets(b, 65, stdin); // HERE')],
  ['a size with a sum', c('char b[64];\nfgets(b, sizeof(b) + 1, stdin); // HERE')],
  ['a size below zero', c('char b[4];\nsnprintf(b, sizeof(b) - 5, "%s", given); // HERE')],
  ['a size of another array', c('char b[4]; char a[64];\nsnprintf(b, sizeof(a), "%s", given); // HERE')],
  ['a size that is a variable', c('char b[4];\nfgets(b, n, stdin); // HERE')],
  ['the size of one element asked as the whole', c('int b[4];\nmemcpy(b, given, 4 * sizeof(b)); // HERE')],
  ['sizeof of an expression', c('char b[4];\nfgets(b, sizeof(b - 1), stdin); // HERE')],
  ['elements that are larger than a byte', c('short b[4];\nread(0, b, 9); // HERE')],
  ['elements times too many', c('char b[64];\nfread(b, 2, sizeof(b), file); // HERE')],
  ['a text of a variable', c('char b[64];\nsprintf(b, "%s", given); // HERE')],
  ['a width beyond the array', c('char b[8];\nsprintf(b, "%8d", n); // HERE')],
  ['the sign of a number', c('char b[11];\nsprintf(b, "%d", n); // HERE')],
  ['a long number', c('char b[20];\nsprintf(b, "%ld", 5L); // HERE')],
  ['a width from an argument', c('char b[64];\nsprintf(b, "%*d", n, n); // HERE')],
  ['a precision from an argument', c('char b[64];\nsprintf(b, "%.*s", n, given); // HERE')],
  ['a number stored through the format', c('char b[64];\nsprintf(b, "%n", &n); // HERE')],
  ['a fraction', c('char b[64];\nsprintf(b, "%f", 1.0); // HERE')],
  ['fewer arguments than conversions', c('char b[64];\nsprintf(b, "%d %d", n); // HERE')],
  ['a format in a variable', c('char b[64];\nsprintf(b, given); // HERE')],
  ['a wide literal', c('char b[8];\nstrcpy(b, L"abc"); // HERE')],
  ['a raw literal of an odd prefix', c('char b[8];\nstrcpy(b, u8"ab"); // HERE')],
  ['letters of several bytes', c('char b[4];\nstrcpy(b, "äö"); // HERE')],
  ['letters named by number', c('char b[4];\nstrcpy(b, "\\u00e4\\u00f6"); // HERE')],
  ['a literal and a macro', c('char b[8];\nstrcpy(b, "a" PRId64); // HERE')],
  ['the second of two literals is too long', c('char b[3];\nstrcpy(b, n ? "AB" : "ABC"); // HERE')],
  ['appended to what is there', c('char b[8] = "abcdef";\nstrcat(b, "gh"); // HERE')],
  ['a bounded append of the whole size', c('char b[8];\nstrncat(b, given, sizeof(b)); // HERE')],
  ['two calls on the line', c('char b[8];\nstrcpy(b, "a"); strcpy(taken, given); // HERE')],
  ['an index on the line', c('char b[8];\nstrcpy(b, "a"); taken[n] = 0; // HERE')],
  ['an unknown call on the line', c('char b[8];\nstrcpy(b, "a"); fill(b); // HERE')],
  ['an open call nearby', c('char b[8];\nstrcpy(b, "a"); // HERE\nstrcpy(taken, given);')],
  ['scanf with a width for another array', c('char b[8]; char a[64];\nscanf("%63s %63s", a, b); // HERE')],
  [
    'input that fits, where another line may use it badly',
    c('int count;\nscanf("%9d", &count); // HERE\ntaken[count] = 0;'),
  ],
  ['scanf into a smaller number', c('short small;\nscanf("%d", &small); // HERE')],
  ['scanf into a pointer', c('int *p;\nscanf("%d", p); // HERE')],
  ['scanf of a set without a width', c('char b[64];\nscanf("%[^\\n]", b); // HERE')],
  ['an over-read of a shorter literal', c('char b[64];\nmemcpy(b, "abc", 64); // HERE'), [125]],
  ['an over-read of a pointer', c('char b[64];\nmemcpy(b, given, 64); // HERE'), [126]],
  [
    'an over-read by a copy of unended text',
    c('char b[64];\nsnprintf(b, sizeof b, "%s", given); // HERE'),
    [119],
  ],
  ['a cut that leaves no terminator', c('char b[64];\nstrncpy(b, given, sizeof(b)); // HERE'), [170]],
  ['a weakness of another kind beside', c('char b[64];\nstrcpy(b, "abc"); // HERE'), [120, 416]],
  ['the length of an array without a known end', c('char b[4];\nn = strlen(b); // HERE'), [126]],
  ['a text in an array that changes', c('char a[64] = "x"; fill(a); char b[4];\nstrcpy(b, a); // HERE')],
  [
    'a pointer to an array that changes',
    c('char a[64] = "x"; char *p = a; gets(a); char b[4];\nstrcpy(b, p); // HERE'),
  ],
  [
    'a pointer that is set in a loop',
    c('const char *p = "x"; char b[4];\nwhile (n--) {\nstrcpy(b, p); // HERE\np = given; }'),
  ],
];

describe('is never dismissed:', () => {
  it.each(NEAR_MISSES.map(([sentence, code, cwe]) => [sentence, code, cwe ?? [120]] as const))(
    '%s',
    async (_sentence, code, cwe) => {
      expect(await isDismissed('c', code, cwe)).toBe(false);
    },
  );

  it.each([
    [
      'a field hides the array of the file',
      'char b[64];\nstruct A { char b[2]; void f() {\nstrcpy(b, "abc"); // HERE\n} };',
    ],
    ['a reference to an array', 'void f(char (&b)[64]) {\nstrcpy(b, "abc"); // HERE\n}'],
    [
      'a template parameter as the size',
      'template <int N> void f() { char b[N];\nstrcpy(b, "abc"); // HERE\n}',
    ],
    [
      'a name of a structured binding',
      'void f() { char b[9]; { auto [a, b] = g();\nstrcpy(b, "abc"); // HERE\n} }',
    ],
    ['a method of the name of a function', 'struct A { void f() { char b[9];\nread(0, b, 9); // HERE\n} };'],
    [
      'a loop over other things of the name',
      'void f() { char b[9];\nfor (char *b : g()) {\nstrcpy(b, "abc"); // HERE\n} }',
    ],
    [
      'an array of a namespace',
      'namespace x { char b[9]; }\nusing namespace x;\nvoid f() {\nstrcpy(b, "abc"); // HERE\n}',
    ],
    ['a raw string', 'void f() { char b[4];\nstrcpy(b, R"(abcdefg)"); // HERE\n}'],
  ])('%s (C++)', async (_sentence, code) => {
    expect(await isDismissed('cpp', code)).toBe(false);
  });
});

describe('a literal copied into an array', () => {
  const piece = fc.constantFrom('a', ' ', '%', '\\n', '\\\\', '\\"', '\\x41', '\\101', '\\0', "'");
  it('is dismissed only when every byte of it and the zero fit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 12 }),
        fc.integer({ min: 1, max: 14 }),
        async (pieces, size) => {
          const code = c(`char b[${size}];\nstrcpy(b, "${pieces.join('" "')}"); // HERE`);
          expect(await isDismissed('c', code)).toBe(pieces.length + 1 <= size);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('numbers printed into an array', () => {
  it('are dismissed only when the longest of them fits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          ['%d', 11],
          ['%u', 10],
          ['%hhd', 4],
          ['%15d', 15],
          ['%.12d', 13],
          ['%c', 1],
          ['%%', 1],
        ),
        fc.integer({ min: 1, max: 20 }),
        async ([conversion, most], size) => {
          const given = conversion === '%%' ? '' : ', n';
          const code = c(`char b[${size}];\nsprintf(b, "x${conversion}"${given}); // HERE`);
          expect(await isDismissed('c', code)).toBe(Number(most) + 2 <= size);
        },
      ),
      { numRuns: 60 },
    );
  });
});
