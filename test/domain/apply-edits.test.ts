import { describe, expect, test } from 'vitest';
import { applyEdits, editProblem, splitLines } from '#domain/apply-edits.ts';
import type { LineEdit } from '#domain/patch.ts';
import { say } from '#domain/phrase.ts';

const edit = (startLine: number, lines: number, newText: string): LineEdit => ({ startLine, lines, newText });

describe('edits of whole lines', () => {
  test.each<[what: string, text: string, edits: readonly LineEdit[], result: string]>([
    ['a line is replaced', 'a\nb\nc\n', [edit(2, 1, 'B\n')], 'a\nB\nc\n'],
    ['a line is deleted', 'a\nb\nc\n', [edit(2, 1, '')], 'a\nc\n'],
    ['lines go before a line', 'a\nb\n', [edit(2, 0, 'x\ny\n')], 'a\nx\ny\nb\n'],
    ['lines go behind the last one', 'a\n', [edit(2, 0, 'b\n')], 'a\nb\n'],
    ['an empty file gets a line', '', [edit(1, 0, 'a\n')], 'a\n'],
    ['a file loses all lines', 'a\nb', [edit(1, 2, '')], ''],
    ['the missing last line end stays missing', 'a\nb', [edit(2, 1, 'B')], 'a\nB'],
    ['the missing last line end is added', 'a\nb', [edit(2, 1, 'B\n')], 'a\nB\n'],
    ['CRLF stays where nothing changes', 'a\r\nb\r\nc\r\n', [edit(2, 1, 'B\r\n')], 'a\r\nB\r\nc\r\n'],
    ['a byte order mark stays', '\uFEFFa\nb\n', [edit(2, 1, 'B\n')], '\uFEFFa\nB\n'],
    ['two edits keep their places', 'a\nb\nc\nd\n', [edit(1, 1, ''), edit(3, 1, 'x\ny\n')], 'b\nx\ny\nd\n'],
    ['no edits change nothing', 'a\r\nb', [], 'a\r\nb'],
  ])('%s', (_what, text, edits, result) => {
    expect(applyEdits(text, edits)).toBe(result);
  });

  test.each<[why: RegExp, text: string, edits: readonly LineEdit[]]>([
    [/overlaps or touches/, 'a\nb\nc\n', [edit(1, 2, 'x\n'), edit(2, 1, 'y\n')]],
    [/overlaps or touches/, 'a\nb\nc\n', [edit(1, 1, 'x\n'), edit(2, 1, 'y\n')]],
    [/overlaps or touches/, 'a\nb\nc\n', [edit(2, 0, 'x\n'), edit(2, 1, 'y\n')]],
    [/overlaps or touches/, 'a\nb\nc\n', [edit(3, 1, 'x\n'), edit(1, 1, 'y\n')]],
    [/beyond the file's 2 lines/, 'a\nb\n', [edit(2, 2, 'x\n')]],
    [/beyond the file's 2 lines/, 'a\nb\n', [edit(4, 0, 'x\n')]],
    [/beyond the file's 0 lines/, '', [edit(1, 1, 'x\n')]],
    [/makes no sense/, 'a\n', [edit(0, 1, 'x\n')]],
    [/makes no sense/, 'a\n', [edit(1, -1, 'x\n')]],
    [/makes no sense/, 'a\n', [edit(Number.NaN, 1, 'x\n')]],
    [/makes no sense/, 'a\n', [edit(1.5, 1, 'x\n')]],
    [/changes nothing/, 'a\n', [edit(1, 0, '')]],
    [/join its last line/, 'a\nb\n', [edit(1, 1, 'x')]],
    [/no line end/, 'a\nb', [edit(3, 0, 'x\n')]],
    [/carriage return/, 'a\rb\n', [edit(1, 1, 'x\n')]],
    [/carriage return/, 'a\nb\n', [edit(1, 1, 'x\ry\n')]],
  ])('%s is refused for %j %j', (why, text, edits) => {
    const problem = editProblem(text, edits);
    expect(problem === null ? null : say(problem, null)).toMatch(why);
    expect(() => applyEdits(text, edits)).toThrow(why);
  });

  test('lines are counted as git counts them', () => {
    expect(splitLines('')).toEqual([]);
    expect(splitLines('\n')).toEqual(['\n']);
    expect(splitLines('a\r\n\u2028b\fc\nd')).toEqual(['a\r\n', '\u2028b\fc\n', 'd']);
  });
});
