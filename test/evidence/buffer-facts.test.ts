import { describe, expect, it } from 'vitest';
import { evidenceOf, outcomeOf } from './evidence-of.ts';

const c = (body: string, before = ''): string =>
  `#include <string.h>\n${before}\nvoid work(char *given, int n, char taken[64]) {\n${body}\n}\n`;
const WRITE = { cwe: [120] };

describe('a write that fits by its sizes is a safe call', () => {
  it.each([
    ['a literal that just fits', 'char code[6];\nstrcpy(code, "ABCDE"); // HERE'],
    ['escapes are one byte each', 'char code[6];\nstrcpy(code, "\\n\\t\\x41\\101\\\\"); // HERE'],
    ['a greedy hexadecimal escape', 'char code[2];\nstrcpy(code, "\\x00041"); // HERE'],
    ['adjacent literals', 'char code[7];\nstrcpy(code, "ABC" "DEF"); // HERE'],
    ['one of two literals', 'char code[4];\nstrcpy(code, n ? "AB" : "ABC"); // HERE'],
    ['numbers of a format', 'char line[16];\nsprintf(line, "%d-%c%%", n, n); // HERE'],
    ['a precision bounds a text', 'char line[9];\nsprintf(line, "%.8s", given); // HERE'],
    ['long numbers', 'char line[21];\nsprintf(line, "%ld", 5L); // HERE'],
    ['a size that is sizeof', 'char line[64];\nsnprintf(line, sizeof(line), "%s", given); // HERE'],
    [
      'sizeof of an array of a size unknown',
      'char line[WIDTH];\nsnprintf(line, sizeof line, "%s", given); // HERE',
    ],
    ['sizeof less one', 'char line[64];\nfgets(line, sizeof(line) - 1, stdin); // HERE'],
    ['all of an array of integers', 'int counts[9];\nmemset(counts, 0, sizeof(counts)); // HERE'],
    ['a width that leaves room for the zero', 'char word[32];\nscanf("%31s", word); // HERE'],
    ['a number into a variable of its type', 'int count;\nscanf("%9d", &count); // HERE'],
    ['a read of a constant size', 'char line[64];\nread(0, line, 64); // HERE'],
    ['elements times their count', 'char line[64];\nfread(line, 1, sizeof(line), file); // HERE'],
  ])('%s', async (_name, body) => {
    const name = /(\w+)\([^()]*(\([^()]*\)[^()]*)*\); \/\/ HERE/.exec(body)?.[1];
    expect(await outcomeOf('c', c(body), { ...WRITE, ruleId: `buffer/${name}` })).toBe('safe_call');
  });

  it('names both sizes and cites the call, the declaration and the macro', async () => {
    const code = c('char code[SIZE];\nstrcpy(code, "Label"); // HERE', '#define SIZE 16');
    const { facts } = await evidenceOf('c', code, WRITE);
    const fact = facts.find(({ kind }) => kind === 'safe_call');
    expect(fact?.text).toBe(
      'Line 5 copies 6 bytes at most, the terminator included, into the 16 of `code` (line 4).',
    );
    expect(fact?.citations.map(({ startLine }) => startLine)).toEqual([2, 4, 5]);
  });

  it('knows an array of the file', async () => {
    expect(await outcomeOf('c', c('strcpy(shared, "abc"); // HERE', 'static char shared[4];'), WRITE)).toBe(
      'safe_call',
    );
  });

  it('is believed of a copy between arrays when over-reads are meant', async () => {
    const body = 'char from[8];\nchar to[8];\nmemcpy(to, from, sizeof(to)); // HERE';
    expect(await outcomeOf('c', c(body), { cwe: [125] })).toBe('safe_call');
  });
});

describe('a write that cannot fit is a misuse', () => {
  it.each([
    ['a literal one byte too long', 'char mark[8];\nstrcpy(mark, "EXPRESS!"); // HERE'],
    ['a literal format one byte too long', 'char mark[4];\nsprintf(mark, "abcd"); // HERE'],
    ['scanf without a width', 'char word[32];\nscanf("%s", word); // HERE'],
    ['scanf with a width that forgets the zero', 'char word[32];\nscanf("%32s", word); // HERE'],
    ['gets', 'char word[32];\ngets(word); // HERE'],
    ['a fill that is too large', 'char word[32];\nmemset(word, 0, 33); // HERE'],
    ['the declaration of what is overrun', 'char mark[8]; // HERE\nstrcpy(mark, "EXPRESS!");'],
  ])('%s', async (_name, body) => {
    expect(await outcomeOf('c', c(body), WRITE)).toBe('misuse');
  });

  it('names both sizes', async () => {
    const { facts } = await evidenceOf('c', c('char mark[8];\nstrcpy(mark, "EXPRESS!"); // HERE'), WRITE);
    expect(facts.find(({ kind }) => kind === 'misuse')?.text).toBe(
      'Line 5 copies 9 bytes, the terminator included, into the 8 of `mark` (line 4).',
    );
  });
});

describe('what stays open is asked precisely', () => {
  it.each([
    [
      'char buffer[32];\nstrcpy(buffer, given); // HERE',
      'Does `given` (parameter of `work`) fit into the 32 bytes of `buffer` (line 4)?',
    ],
    ['char *home = getenv("HOME"); // HERE', 'How long is what `getenv("HOME")` returns?'],
    [
      'char line[WIDTH];\nstrcpy(line, "x"); // HERE',
      'Does `"x"` fit into the `WIDTH` bytes of `line` (line 4)?',
    ],
    ['n = strlen(given); // HERE', 'Does `given` (parameter of `work`) always end with a terminator?'],
    ['char a[4];\nputchar(a[n]); // HERE', 'Does `n` (line 5) always stay below the length of `a`?'],
    ['char line[64]; // HERE\nfill(line);', 'What does line 5 do with `line` (line 4, 64 bytes)?'],
  ])('%s', async (body, question) => {
    const { facts, unknowns } = await evidenceOf('c', c(body), { cwe: [120, 126] });
    expect(unknowns.map(({ text }) => text)).toEqual([question]);
    expect(facts.filter(({ kind }) => kind === 'safe_call' || kind === 'misuse')).toEqual([]);
  });

  it('an array among the parameters is a pointer', async () => {
    const { unknowns } = await evidenceOf('c', 'void f(char out[33]) { // HERE\n  out[0] = 0;\n}', WRITE);
    expect(unknowns.map(({ code, text }) => [code, text])).toEqual([
      ['REV.param', '`out` (parameter of `f`) is a pointer: how many bytes do its callers give it?'],
    ]);
  });
});

describe('a report on a declaration', () => {
  it.each([
    [
      'every use is a bounded write and a read',
      'char line[16] = ""; // HERE\nfgets(line, sizeof line, stdin);\nputs(line);',
    ],
    ['a copy comes first', 'char line[16]; // HERE\nstrcpy(line, "abc");\nprintf("%s", line);'],
  ])('is answered when %s', async (_name, body) => {
    expect(await outcomeOf('c', c(body), { cwe: [119, 120] })).toBe('safe_call');
  });

  it.each([
    [
      'input may fail and leave it without a zero',
      'char line[16]; // HERE\nfgets(line, sizeof line, stdin);\nputs(line);',
    ],
    ['a raw read fills it', 'char line[16] = ""; // HERE\nread(0, line, sizeof line);\nputs(line);'],
    ['a pointer into it is taken', 'char line[16] = ""; // HERE\nchar *at = line;\nstrcpy(at, given);'],
    ['an index is a variable', 'char line[16] = ""; // HERE\nline[n] = 0;'],
    [
      'the first copy is behind a condition',
      'char line[16]; // HERE\nif (n) strcpy(line, "abc");\nputs(line);',
    ],
    ['it is read before', 'char line[16]; // HERE\nputs(line);\nstrcpy(line, "abc");'],
    [
      'a jump passes the copy by',
      'char line[16]; // HERE\nif (n) goto end;\nstrcpy(line, "abc");\nend: puts(line);',
    ],
    [
      'a case label stands behind its declaration',
      'switch (n) { case 0: n = 1; char line[16] = ""; // HERE\ncase 1: puts(line); }',
    ],
    ['an address of it is stored', 'char line[16]; // HERE\nstrcpy(line, "abc");\nkeep(&line);'],
    ['a format stores through it', 'char line[16]; // HERE\nstrcpy(line, "abc");\nprintf("%n", line);'],
  ])('stays open when %s', async (_name, body) => {
    expect(await outcomeOf('c', c(body), { cwe: [119, 120] })).toBe('REV.unknown');
  });
});
