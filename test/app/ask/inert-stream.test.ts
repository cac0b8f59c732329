import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createInertStream } from '../../../src/app/ask/inert-stream.ts';

function streamed(pieces: readonly string[]) {
  let text = '';
  const stream = createInertStream(
    (piece) => {
      text += piece;
    },
    {
      known: new Map([
        ...['E1', 'E2', 'K1'].map((label) => [label, label] as const),
        ['f-0123456789', '7a73538757ccd7a7'],
      ]),
      unknown: (label) => `${label}?`,
      isPlace: (path, line) => path === 'src/shop.js' && line <= 20,
      redact: (given) => given.replaceAll('hunter2hunter2', '***'),
    },
  );
  for (const piece of pieces) stream.push(piece);
  stream.end();
  return { text, cited: stream.cited };
}

test('citations are checked, also those that come in two pieces or share brackets', () => {
  expect(streamed(['See [E', '1] and [E2, K1; K9].'])).toEqual({
    text: 'See [E1] and [E2][K1][K9?].',
    cited: ['E1', 'E2', 'K1'],
  });
});

test('a finding is cited by its name of the prompt, and shown by its id; a name that is none is marked', () => {
  expect(
    streamed(['Worst: f-0123456789, [f-0123456789] and f-ffffffffff, [deadbeef00], 【E9】, [E1-E7].']),
  ).toEqual({
    text: 'Worst: [7a73538757ccd7a7], [7a73538757ccd7a7] and [f-ffffffffff?], [deadbeef00?], [E9?], [E1][E7?].',
    cited: ['7a73538757ccd7a7', 'E1'],
  });
});

test('a number of an item or a place in the middle of a sentence is checked as well', () => {
  expect(
    streamed([
      'As E1 shows, E99 and K7 do not; src/shop.js:12 does, src/shop.js:99 and lib/none.py:3 do not.',
    ]),
  ).toEqual({
    text: 'As [E1] shows, [E99?] and [K7?] do not; src/shop.js:12 does, [src/shop.js:99?] and [lib/none.py:3?] do not.',
    cited: ['E1'],
  });
  const plain = 'E2E tests of v1.E3x, PRE1, https://a.example:443/x, at 12:30, a::b:3';
  expect(streamed([plain]).text).toBe(plain);
});

test('what is in brackets and no citation stays', () => {
  expect(streamed(['a[0], [see below], rows[i]']).text).toBe('a[0], [see below], rows[i]');
});

test('a secret that comes letter by letter is taken out', () => {
  expect(streamed([...'key hunter2hunter2 end']).text).toBe('key *** end');
});

test('lines stay lines, whichever ends them and wherever it is split', () => {
  expect(streamed(['a\r', '\nb\n', 'c\rd']).text).toBe('a\nb\nc\nd');
});

test('what is long comes before its end', () => {
  let text = '';
  const stream = createInertStream(
    (piece) => {
      text += piece;
    },
    { known: new Map(), unknown: String, redact: String },
  );
  stream.push(`${'word '.repeat(40)}end. And more`);
  expect(text).toMatch(/end\.$/);
});

test('nothing has power over a terminal, however it is cut', () => {
  const letters = fc.array(
    fc.constantFrom(
      '\u001b[',
      '\u001b]8;;',
      '\u0007',
      '\u009b',
      '31m',
      ':',
      '::',
      '##',
      '[error]',
      '\r',
      '\n',
      '. ',
      '\u202e',
      'text',
      '\u001b',
      '\\',
    ),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(letters, (pieces) => {
      expect(streamed(pieces).text).not.toMatch(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|^\s*::|##\[/m,
      );
    }),
    { numRuns: 500 },
  );
});

test('an endless line is cut, an endless answer ends', () => {
  const { text } = streamed(Array.from({ length: 200 }, () => 'x'.repeat(1_000)));
  expect(text.length).toBeLessThan(50_000);
});
