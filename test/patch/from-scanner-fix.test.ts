import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '#domain/apply-edits.ts';
import type { ProposedFix } from '#domain/finding.ts';
import type { FindingLocation } from '#domain/location.ts';
import { say } from '#domain/phrase.ts';
import { draftFromScannerFix } from '#patch/from-scanner-fix.ts';

type Place = readonly [
  startLine: number,
  startColumn: number | null,
  endLine: number,
  endColumn: number | null,
];

function at(
  [startLine, startColumn, endLine, endColumn]: Place,
  over: Partial<FindingLocation> = {},
): FindingLocation {
  return { path: 'a.py', startLine, startColumn, endLine, endColumn, resolved: true, why: null, ...over };
}

function fix(
  ...parts: readonly (readonly [place: Place, text: string, over?: Partial<FindingLocation>])[]
): ProposedFix {
  const replacements = parts.map(([place, insertedText, over]) => ({
    location: at(place, over),
    insertedText,
  }));
  return { tool: 'scanner', description: null, replacements };
}

function mend(text: string, proposed: ProposedFix): string {
  const draft = draftFromScannerFix(proposed, 'a.py', text);
  if (draft.kind === 'unusable') return `unusable: ${say(draft.why, null)}`;
  expect(applyEdits(text, draft.edits)).toBe(draft.after);
  return draft.after;
}

describe('a fix becomes edits', () => {
  test.each<[what: string, text: string, fix: ProposedFix, result: string]>([
    ['a part of a line is replaced', 'ab\ncd\n', fix([[1, 2, 1, 3], 'X']), 'aX\ncd\n'],
    ['an empty region inserts', 'ab\n', fix([[1, 2, 1, 2], 'X']), 'aXb\n'],
    ['columns run over lines', 'ab\ncd\nef\n', fix([[1, 2, 3, 2], 'X']), 'aXf\n'],
    ['a line is taken with its line end', 'ab\ncd\nef\n', fix([[2, 1, 3, 1], '']), 'ab\nef\n'],
    ['the end of the file is the start of the line behind it', 'ab\ncd\n', fix([[2, 1, 3, 1], '']), 'ab\n'],
    ['whole lines keep their line end', 'ab\ncd\n', fix([[1, null, 1, null], 'X']), 'X\ncd\n'],
    [
      'whole lines with a line end leave no empty line',
      'ab\ncd\n',
      fix([[1, null, 1, null], 'X\n']),
      'X\ncd\n',
    ],
    ['two whole lines become one', 'a\nb\nc\n', fix([[1, null, 2, null], 'X\n']), 'X\nc\n'],
    [
      'inserted line ends are those of the file',
      'ab\r\ncd\r\n',
      fix([[1, 3, 1, 3], '\nX']),
      'ab\r\nX\r\ncd\r\n',
    ],
    ['CRLF becomes LF where the file has that', 'ab\ncd\n', fix([[1, 3, 1, 3], '\r\nX']), 'ab\nX\ncd\n'],
    [
      'in a mixed file the line end of the place counts',
      'ab\ncd\r\nef\n',
      fix([[2, 3, 2, 3], '\nX']),
      'ab\ncd\r\nX\r\nef\n',
    ],
    ['the missing last line end stays missing', 'ab\ncd', fix([[2, null, 2, null], 'X\n']), 'ab\nX'],
    ['the byte order mark stays', '\uFEFFab\ncd\n', fix([[1, null, 1, null], 'X']), '\uFEFFX\ncd\n'],
    ['an empty file gets text', '', fix([[1, 1, 1, 1], 'X\n']), 'X\n'],
    [
      'several parts, in any order, against the text as it was',
      'ab cd\n',
      fix([[1, 4, 1, 6], 'Y'], [[1, 1, 1, 3], 'X']),
      'X Y\n',
    ],
    [
      'an insertion right before a replaced part',
      'ab\n',
      fix([[1, 2, 1, 3], 'Y'], [[1, 2, 1, 2], 'X']),
      'aXY\n',
    ],
  ])('%s', (_what, text, proposed, result) => expect(mend(text, proposed)).toBe(result));

  test.each<[why: RegExp, text: string, fix: ProposedFix]>([
    [/overlap/, 'abcd\n', fix([[1, 1, 1, 3], 'X'], [[1, 2, 1, 4], 'Y'])],
    [/overlap/, 'abcd\n', fix([[1, 2, 1, 2], 'X'], [[1, 2, 1, 2], 'Y'])],
    [/changes nothing/, 'ab\n', fix([[1, 1, 1, 2], 'a'])],
    [/replaces nothing/, 'ab\n', fix()],
    [/another file, `b\.py`/, 'ab\n', fix([[1, 1, 1, 2], 'x', { path: 'b.py' }])],
    [/another file/, 'ab\n', fix([[1, 1, 1, 2], 'x'], [[1, 1, 1, 2], 'x', { path: 'b.py' }])],
    [
      /cannot be told: the lines moved/,
      'ab\n',
      fix([[1, 1, 1, 2], 'x', { resolved: false, why: 'the lines moved' }]),
    ],
    [/cannot be told/, 'ab\n', fix([[1, null, 1, null], 'x', { wholeFile: true }])],
    [/not in the file/, 'ab\n', fix([[1, 1, 1, 4], 'x'])],
    [/not in the file/, 'ab\n', fix([[3, 1, 3, 1], 'x'])],
    [/not in the file/, 'ab', fix([[2, 1, 2, 1], 'x'])],
    [/not in the file/, 'ab\ncd\n', fix([[2, 1, 1, 1], 'x'])],
    [/not in the file/, 'ab\r\n', fix([[1, 4, 1, 4], 'x'])],
    [/byte order mark there/, '\uFEFFab\n', fix([[1, 1, 1, 2], 'x'])],
    [/holds a byte order mark/, 'ab\n', fix([[1, 1, 1, 2], '\uFEFFx'])],
    [/carriage return/, 'a\rb\n', fix([[1, 1, 1, 2], 'x'])],
    [/carriage return/, 'ab\n', fix([[1, 1, 1, 2], 'x\ry'])],
    [/inserts 20001 characters/, 'ab\n', fix([[1, 1, 1, 2], 'x'.repeat(20_001)])],
  ])('%s', (why, text, proposed) => expect(mend(text, proposed)).toMatch(why));

  test('equals the plain replacement of characters, for any text and any place', () => {
    const source = fc
      .array(
        fc.tuple(
          fc.string({ maxLength: 5 }).map((part) => part.replace(/[\r\n]/g, '')),
          fc.constantFrom('\n', '\n', ''),
        ),
        { minLength: 1, maxLength: 8 },
      )
      .map((lines) => lines.map(([line, end]) => line + end).join(''));
    fc.assert(
      fc.property(
        source,
        fc.nat(60),
        fc.nat(20),
        fc.constantFrom('', 'x', 'x\ny', '\n'),
        (text, from, length, inserted) => {
          const start = Math.min(from, text.length);
          const end = Math.min(start + length, text.length);
          const placeOf = (offset: number): readonly [number, number] => {
            const lines = text.slice(0, offset).split('\n');
            return [lines.length, (lines.at(-1) ?? '').length + 1];
          };
          const result = text.slice(0, start) + inserted + text.slice(end);
          fc.pre(result !== text);
          expect(mend(text, fix([[...placeOf(start), ...placeOf(end)], inserted]))).toBe(result);
        },
      ),
      { numRuns: 500 },
    );
  });
});
