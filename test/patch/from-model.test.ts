import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '#domain/apply-edits.ts';
import { say } from '#domain/phrase.ts';
import { draftFromModel } from '#patch/from-model.ts';

const PATH = 'src/a.py';

function draft(before: string, swaps: readonly (readonly [old: string, now: string])[], file = PATH) {
  const edits = swaps.map(([old, now]) => ({ file, old, new: now }));
  const drafted = draftFromModel(edits, PATH, before);
  if (drafted.kind === 'unusable') return `${drafted.failed}: ${say(drafted.why, null)}`;
  expect(applyEdits(before, drafted.edits)).toBe(drafted.after);
  return drafted;
}

describe("a model's edit", () => {
  test('of a part of a line replaces the line', () => {
    expect(draft('a\nb = f(c)\nd\n', [['f(c)', 'g(c)']])).toMatchObject({
      edits: [{ startLine: 2, lines: 1, newText: 'b = g(c)\n' }],
    });
  });

  test('from inside of a line to inside of another replaces both', () => {
    expect(draft('if (a) {\n  b;\n}\nc\n', [['a) {\n  b', 'x) {\n  y']])).toMatchObject({
      edits: [{ startLine: 1, lines: 2, newText: 'if (x) {\n  y;\n' }],
    });
  });

  test('with lines around it that stay replaces only what changes', () => {
    expect(draft('a\nb\nc\nd\n', [['a\nb\nc\n', 'a\nB\nc\n']])).toMatchObject({
      edits: [{ startLine: 2, lines: 1, newText: 'B\n' }],
    });
  });

  test('with Windows line ends writes Windows line ends, shown LF or not', () => {
    for (const old of ['b\nc', 'b\r\nc'])
      expect(draft('a\r\nb\r\nc\r\n', [[old, 'x\ny\nc']])).toMatchObject({ after: 'a\r\nx\r\ny\r\nc\r\n' });
  });

  test('keeps the line end of each line that it leaves alone, where they differ', () => {
    expect(draft('a\r\nb\nc\r\nd\n', [['a\nb\nc\n', 'a\nB\nc\n']])).toMatchObject({
      after: 'a\r\nB\nc\r\nd\n',
    });
    expect(draft('a\r\nb\nc\r\n', [['b\n', 'b\nx\n']])).toMatchObject({ after: 'a\r\nb\nx\r\nc\r\n' });
  });

  test('keeps tabs, a byte order mark and a last line without line end', () => {
    expect(draft('\uFEFFa\n\tb\t= 1', [['\tb\t= 1', '\tb\t= 2']])).toMatchObject({
      after: '\uFEFFa\n\tb\t= 2',
    });
    expect(draft('\uFEFFa\nb\n', [['a\n', 'x\n']])).toMatchObject({ after: '\uFEFFx\nb\n' });
  });

  test('may take lines away, the last ones too', () => {
    expect(draft('a\nb\nc\n', [['b\n', '']])).toMatchObject({
      edits: [{ startLine: 2, lines: 1, newText: '' }],
    });
    expect(draft('a\nb\nc', [['\nc', '']])).toMatchObject({ after: 'a\nb' });
  });

  test('writes dollar signs as they are', () => {
    expect(draft('a = b\n', [['b', "$& $1 $' $$"]])).toMatchObject({ after: "a = $& $1 $' $$\n" });
  });
});

describe('several edits', () => {
  test('are made against the text as it was, in any order, and come out ascending', () => {
    expect(
      draft('a\nb\nc\nd\ne\n', [
        ['e', 'x = a'],
        ['a\n', 'e\n'],
      ]),
    ).toMatchObject({
      after: 'e\nb\nc\nd\nx = a\n',
      edits: [{ startLine: 1 }, { startLine: 5 }],
    });
  });

  test('that touch become one', () => {
    expect(
      draft('a\nb\nc\n', [
        ['a\n', 'x\n'],
        ['b\n', 'y\n'],
      ]),
    ).toMatchObject({
      edits: [{ startLine: 1, lines: 2, newText: 'x\ny\n' }],
    });
  });

  test('on one line become one', () => {
    expect(
      draft('f(a, b)\n', [
        ['a,', 'x,'],
        ['b)', 'y)'],
      ]),
    ).toMatchObject({
      edits: [{ startLine: 1, lines: 1, newText: 'f(x, y)\n' }],
    });
  });

  test('may share lines that stay', () => {
    expect(
      draft('a\nb\nc\n', [
        ['a\nb\n', 'A\nb\n'],
        ['b\nc\n', 'b\nC\n'],
      ]),
    ).toMatchObject({ after: 'A\nb\nC\n' });
  });

  test.each<[swaps: readonly (readonly [string, string])[]]>([
    [
      [
        ['a\nb', 'x'],
        ['b\nc', 'y'],
      ],
    ],
    [
      [
        ['b', 'x'],
        ['b', 'x'],
      ],
    ],
    [
      [
        ['b\n', 'b\nx\n'],
        ['b\nc', 'b\ny\nc'],
      ],
    ],
  ])('that overlap are refused %#', (swaps) => {
    expect(draft('a\nb\nc\n', swaps)).toMatch(/^applies: Edits of the patch overlap/);
  });
});

describe('a draft is refused', () => {
  test.each<[what: string, before: string, swap: readonly [string, string], why: RegExp, file?: string]>([
    ['for another file', 'a\n', ['a', 'b'], /^policy: .*another file than the finding's, `\.\.\/x`/, '../x'],
    ['when the old text is not there', 'a\n', ['A', 'b'], /does not stand in the file/],
    ['when the old text is there twice', 'a a\n', ['a', 'b'], /more than once/],
    ['when the old text overlaps itself', 'aaa\n', ['aa', 'b'], /more than once/],
    ['when the old text is in other letters', 'é\n', ['e\u0301', 'b'], /does not stand in the file/],
    ['when the old text is empty', 'a\n', ['', 'b'], /is empty/],
    ['when it changes nothing', 'a\r\nb\r\n', ['a\nb', 'a\r\nb'], /changes nothing/],
    ['when the old text was redacted', 'a\n', ['⟦redacted: key⟧', 'b'], /was not shown/],
    ['when the new text holds a mark', 'a\n', ['a', '⟦U+200B⟧'], /was not shown/],
    [
      'with a carriage return in a line',
      'a\n',
      ['a', 'b\rc'],
      /edit 1 has a carriage return|Edit 1 has a carriage return/,
    ],
    ['for a file with carriage returns in lines', 'a\rb\n', ['b', 'c'], /file has a carriage return/],
    ['with a byte order mark', 'a\n', ['a', '\uFEFFb'], /byte order mark/],
    ['when the last line end goes', 'a\nb\n', ['b\n', 'c'], /how the last line/],
    ['when a last line end comes', 'a\nb', ['b', 'c\n'], /how the last line/],
  ])('%s', (_what, before, swap, why, file) => {
    expect(draft(before, [swap], file)).toMatch(why);
  });

  test('without any edit', () => expect(draft('a\n', [])).toMatch(/changes nothing/));
});

describe('whatever the text and its line ends', () => {
  const character = fc.constantFrom('a', 'b', '\t', ' ', '\n', '\n', '😀', '$', '`', 'é');
  const piece = fc.string({ unit: character, maxLength: 12 });
  const lineEnds = fc.constantFrom<'lf' | 'crlf' | 'mixed'>('lf', 'crlf', 'mixed');
  const write = (text: string, ends: 'lf' | 'crlf' | 'mixed') => {
    let line = 0;
    return ends === 'lf'
      ? text
      : text.replace(/\n/g, () => (ends === 'crlf' || line++ % 2 === 0 ? '\r\n' : '\n'));
  };

  test('a draft is the one occurrence replaced, and nothing else is touched', () => {
    let drafted = 0;
    fc.assert(
      fc.property(piece, piece, piece, piece, lineEnds, (head, old, tail, now, ends) => {
        // Unique by a letter that stands nowhere else.
        const wanted = `${old}Z`;
        const text = `${head}${wanted}${tail}`;
        const before = write(text, ends);
        const outcome = draftFromModel([{ file: PATH, old: wanted, new: now }], PATH, before);
        if (outcome.kind === 'unusable') return;
        drafted += 1;
        const meant = text.replace(wanted, () => now);
        const after = applyEdits(before, outcome.edits);
        expect(after.replaceAll('\r\n', '\n')).toBe(meant);
        // A file of one line without an end says nothing about line ends.
        if (ends === 'crlf' && text.includes('\n')) expect(after).toBe(meant.replaceAll('\n', '\r\n'));
        if (ends === 'lf') expect(after).toBe(meant);
        expect(outcome.after).toBe(after);
      }),
      { numRuns: 500 },
    );
    expect(drafted).toBeGreaterThan(250);
  });

  test('two edits are both replaced, or the draft is refused', () => {
    fc.assert(
      fc.property(piece, piece, piece, piece, lineEnds, (head, middle, first, second, ends) => {
        const text = `${head}Y${middle}Z\nend\n`;
        const edits = [
          { file: PATH, old: 'Z', new: second },
          { file: PATH, old: 'Y', new: first },
        ];
        const outcome = draftFromModel(edits, PATH, write(text, ends));
        const meant = `${head}${first}${middle}${second}\nend\n`;
        expect(outcome.kind === 'drafted' && outcome.after.replaceAll('\r\n', '\n')).toBe(meant);
      }),
    );
  });

  test('no edit, however absurd, throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        (before, old, now) => {
          const outcome = draftFromModel([{ file: PATH, old, new: now }], PATH, before + old);
          if (outcome.kind === 'drafted') expect(applyEdits(before + old, outcome.edits)).toBe(outcome.after);
        },
      ),
    );
  });
});
