import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { applyEdits, editProblem, splitLines } from '#domain/apply-edits.ts';
import { parseHunks } from '#domain/parse-hunks.ts';
import type { LineEdit } from '#domain/patch.ts';
import type { Host } from '#domain/publication.ts';
import type { ReviewFile } from '#domain/review-diff.ts';
import { createRedactor } from '#support/redact.ts';
import {
  type BuiltSuggestion,
  buildSuggestion,
  type SuggestionRequest,
} from '../../src/publish/anchors/build-suggestion.ts';
import type { DiffReason } from '../../src/publish/anchors/placement-reasons.ts';
import { applyGitHubSuggestion, applyGitLabSuggestion } from '../doubles/apply-suggestion.ts';
import { createPatchReader, fileTexts } from '../doubles/git-patches.ts';

const HOSTS: readonly Host[] = ['github', 'gitlab'];
const redact = createRedactor(['hunter2-hunter2']);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A file that the change added, so that every line of it is shown. */
function addedFile(text: string, path = 'a.ts'): ReviewFile {
  const lines = splitLines(text);
  const patch = `@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line.replace(/\n?$/, '\n')}`).join('')}`;
  return {
    status: 'added',
    oldPath: null,
    newPath: path,
    hunks: lines.length === 0 ? [] : parseHunks(patch),
  };
}

function build(
  before: string,
  edits: readonly LineEdit[],
  { host = 'github', ...more }: Partial<SuggestionRequest> = {},
): BuiltSuggestion {
  const after = applyEdits(before, edits);
  const file = more.file ?? addedFile(before);
  const patch = { path: file.newPath ?? '', edits, before: sha256(before), after: sha256(after) };
  return buildSuggestion({ host, file, patch, before, after, redact, ...more });
}

const edit = (startLine: number, lines: number, newText: string): LineEdit => ({ startLine, lines, newText });

/** The file after the click. The comment has text around the block, as a posted one does. */
function click(host: Host, before: string, built: BuiltSuggestion): string {
  if (built.kind === 'diff') throw new Error(`no suggestion: ${built.why}`);
  const { anchor } = built;
  if (anchor.kind !== 'line') throw new Error('a suggestion stands at lines');
  const body = `**Real.** Why, and how to fix it.\n\n${built.block}\n<details><summary>More</summary>\n\nx\n\n</details>\n`;
  if (host === 'gitlab') return applyGitLabSuggestion(before, anchor.line, body);
  return applyGitHubSuggestion(before, anchor.startLine ?? anchor.line, anchor.line, body);
}

function blockOf(built: BuiltSuggestion): string {
  return built.kind === 'diff' ? built.why : built.block;
}

describe('a patch becomes one block', () => {
  it('that replaces a line, at that line', () => {
    const github = build('a\nb\nc\n', [edit(2, 1, 'B\n')]);
    expect(github).toEqual({
      kind: 'suggestion',
      anchor: {
        ...{ kind: 'line', path: 'a.ts', oldPath: 'a.ts', line: 2, oldLine: null },
        ...{ startLine: null, startOldLine: null },
      },
      block: '```suggestion\nB\n```\n',
      startLine: 2,
      endLine: 2,
    });
    expect(blockOf(build('a\nb\nc\n', [edit(2, 1, 'B\n')], { host: 'gitlab' }))).toBe(
      '```suggestion:-0+0\nB\n```\n',
    );
  });

  it('over several lines: the comment spans them on GitHub, and stands at the first on GitLab', () => {
    const before = 'a\nb\nc\nd\n';
    const github = build(before, [edit(2, 2, 'X\n')]);
    expect(github).toMatchObject({ anchor: { startLine: 2, line: 3 }, startLine: 2, endLine: 3 });
    const gitlab = build(before, [edit(2, 2, 'X\n')], { host: 'gitlab' });
    expect(gitlab).toMatchObject({ anchor: { startLine: null, line: 2 }, startLine: 2, endLine: 3 });
    expect(blockOf(gitlab)).toBe('```suggestion:-0+1\nX\n```\n');
  });

  it('of edits that stand close together, with the unchanged lines between them', () => {
    const built = build('a\nb\nc\nd\ne\n', [edit(2, 1, 'B\n'), edit(4, 1, 'D\n')]);
    expect(blockOf(built)).toBe('```suggestion\nB\nc\nD\n```\n');
  });

  it('without the lines that an edit repeats', () => {
    const built = build('a\nb\nc\nd\n', [edit(1, 4, 'a\nb\nX\nd\n')]);
    expect(built).toMatchObject({ startLine: 3, endLine: 3, block: '```suggestion\nX\n```\n' });
  });

  it('of an insertion, with the line beside it that the diff shows', () => {
    expect(blockOf(build('a\nb\n', [edit(2, 0, 'x\n')]))).toBe('```suggestion\nx\nb\n```\n');
    expect(blockOf(build('a\nb\n', [edit(3, 0, 'x\n')]))).toBe('```suggestion\nb\nx\n```\n');
    const file = { ...addedFile('a\nb\n'), hunks: parseHunks('@@ -0,0 +1 @@\n+a\n') };
    expect(blockOf(build('a\nb\n', [edit(2, 0, 'x\n')], { file }))).toBe('```suggestion\na\nx\n```\n');
  });

  it('that is empty where lines are deleted', () => {
    expect(blockOf(build('a\nb\nc\n', [edit(2, 2, '')]))).toBe('```suggestion\n```\n');
    expect(blockOf(build('a\nb\nc\n', [edit(2, 2, '')], { host: 'gitlab' }))).toBe(
      '```suggestion:-0+1\n```\n',
    );
  });

  it('that no host takes for a deletion where a blank line is meant', () => {
    for (const host of HOSTS) {
      const before = 'a\nb\nc\n';
      const built = build(before, [edit(2, 1, ' \n')], { host });
      expect(blockOf(built)).toContain(' \nc\n');
      expect(click(host, before, built)).toBe('a\n \nc\n');
      expect(click(host, before, build(before, [edit(2, 0, '\n')], { host }))).toBe('a\n\nb\nc\n');
      expect(build('a\n', [edit(1, 1, '\n')], { host })).toEqual({ kind: 'diff', why: 'blank_text' });
      expect(build('\n \n', [edit(2, 1, '\t\n')], { host })).toEqual({ kind: 'diff', why: 'blank_text' });
    }
  });

  it('whose fence outlasts the backticks of the new lines and of the old ones', () => {
    expect(blockOf(build('a\n', [edit(1, 1, '````js\n')]))).toBe('`````suggestion\n````js\n`````\n');
    expect(blockOf(build('```\n', [edit(1, 1, 'x\n')]))).toBe('````suggestion\nx\n````\n');
    expect(blockOf(build('a\n', [edit(1, 1, '~~~~~\n')]))).toBe('```suggestion\n~~~~~\n```\n');
  });
});

describe('a patch that no click would write exactly is shown as a diff', () => {
  const refusals = (before: string, edits: readonly LineEdit[], more: Partial<SuggestionRequest> = {}) =>
    HOSTS.map((host) => {
      const built = build(before, edits, { host, ...more });
      return built.kind === 'diff' ? built.why : built.kind;
    });
  const both = (why: DiffReason) => [why, why];
  const shown = (patch: string): ReviewFile => ({
    ...{ status: 'modified', oldPath: 'a.ts', newPath: 'a.ts' },
    hunks: parseHunks(patch),
  });
  const twenty = Array.from({ length: 20 }, (_, index) => `${index + 1}\n`).join('');

  it('when its lines are not shown, or in two hunks', () => {
    const file = shown('@@ -2 +2 @@\n-x\n+2\n@@ -3 +3 @@\n-x\n+3\n');
    expect(refusals(twenty, [edit(5, 1, 'X\n')], { file })).toEqual(both('outside_hunks'));
    expect(refusals(twenty, [edit(3, 2, 'X\n')], { file })).toEqual(both('outside_hunks'));
    expect(refusals(twenty, [edit(10, 0, 'X\n')], { file })).toEqual(both('outside_hunks'));
    expect(refusals(twenty, [edit(2, 2, 'X\n')], { file })).toEqual(both('two_hunks'));
    expect(refusals(twenty, [edit(2, 1, 'X\n')], { file })).toEqual(['suggestion', 'suggestion']);
    expect(refusals(twenty, [edit(2, 1, 'X\n')], { file: { ...file, hunks: null } })).toEqual(
      both('not_shown'),
    );
  });

  it('when deleted lines stand between its own, and not when they stand beside them', () => {
    const file = shown('@@ -1,5 +1,3 @@\n-gone\n 1\n-gone\n-gone\n+2\n 3\n');
    expect(refusals('1\n2\n3\n', [edit(1, 2, 'X\n')], { file })).toEqual(both('deleted_inside'));
    expect(refusals('1\n2\n3\n', [edit(2, 2, 'X\n')], { file })).toEqual(['suggestion', 'suggestion']);
    expect(refusals('1\n2\n3\n', [edit(1, 1, 'X\n')], { file })).toEqual(['suggestion', 'suggestion']);
  });

  it('when it changes several places, is too long, or changes nothing', () => {
    expect(refusals(twenty, [edit(2, 1, 'X\n'), edit(10, 1, 'X\n')])).toEqual(both('several_places'));
    const long = twenty.repeat(6);
    expect(refusals(long, [edit(1, 100, 'X\n')])).toEqual(['suggestion', 'suggestion']);
    expect(refusals(long, [edit(1, 101, 'X\n')])).toEqual(['suggestion', 'too_long']);
    expect(refusals('a\n', [edit(1, 1, `${'x'.repeat(30_000)}\n`)])).toEqual(both('too_long'));
    expect(refusals('a\n', [edit(1, 1, 'a\n')])).toEqual(both('unchanged'));
  });

  it('when lines end in CRLF, but for one line or a deletion on GitLab', () => {
    expect(refusals('a\r\nb\r\n', [edit(1, 1, 'X\r\n')])).toEqual(['crlf', 'suggestion']);
    expect(refusals('a\r\nb\r\nc\r\n', [edit(1, 2, '')])).toEqual(['crlf', 'suggestion']);
    expect(refusals('a\r\nb\r\n', [edit(1, 1, 'X\r\nY\r\n')])).toEqual(both('crlf'));
    expect(refusals('a\r\nb\r\n', [edit(1, 1, 'X\n')])).toEqual(both('crlf'));
    expect(refusals('a\r\nb\n', [edit(2, 1, 'X\n')])).toEqual(['crlf', 'suggestion']);
  });

  it('when it reaches a last line without a line end, but where GitLab keeps that', () => {
    expect(refusals('a\nb', [edit(2, 1, 'X')])).toEqual(['no_newline_at_end', 'suggestion']);
    expect(refusals('a\nb', [edit(2, 1, '')])).toEqual(['no_newline_at_end', 'suggestion']);
    expect(refusals('a\nb', [edit(2, 1, 'X\n')])).toEqual(both('no_newline_at_end'));
    expect(refusals('a\nb\n', [edit(2, 1, 'X')])).toEqual(both('no_newline_at_end'));
    expect(refusals('a\nb', [edit(1, 1, 'X\n')])).toEqual(['suggestion', 'suggestion']);
  });

  it('when a reader could not see what it holds, or it holds a secret', () => {
    for (const hidden of ['\u202e', '\u200b', '\u00a0', '\u0007', '\ufeff', '\ud800']) {
      expect(refusals('a\nb\n', [edit(1, 1, `x${hidden}y\n`)])[0]).toBe('invisible');
    }
    expect(refusals('a\n', [edit(1, 1, "key = 'hunter2-hunter2'\n")])).toEqual(both('secret'));
  });

  it('when an older GitLab could take a line of it for a command', () => {
    const edits = [edit(1, 1, '```\n/merge\n')];
    expect(refusals('a\n', edits)).toEqual(['suggestion', 'command_line']);
    expect(refusals('a\n', [edit(1, 1, '/merge\n')])).toEqual(['suggestion', 'suggestion']);
  });

  it('when GitLab takes no suggestions in such a file', () => {
    expect(refusals('a\n', [edit(1, 1, 'X\n')], { file: addedFile('a\n', 'n.ipynb') })).toEqual([
      'suggestion',
      'not_suggestable_file',
    ]);
  });

  it('when the file, the patch and the texts are not of one another', () => {
    const edits = [edit(1, 1, 'X\n')];
    const patch = { path: 'a.ts', edits, before: sha256('a\n'), after: sha256('X\n') };
    expect(refusals('a\n', edits, { patch: { ...patch, before: sha256('b\n') } })).toEqual(both('stale'));
    expect(refusals('a\n', edits, { patch: { ...patch, after: sha256('b\n') } })).toEqual(both('stale'));
    expect(refusals('a\n', edits, { patch: { ...patch, path: 'b.ts' } })).toEqual(both('stale'));
    expect(refusals('a\n', edits, { patch: { ...patch, edits: [edit(1, 1, 'Y\n')] } })).toEqual(
      both('stale'),
    );
    expect(refusals('a\n', edits, { patch: { ...patch, edits: [edit(2, 5, 'X\n')] } })).toEqual(
      both('stale'),
    );
  });
});

describe('a click on any suggestion writes the patch, byte for byte', () => {
  const reader = createPatchReader();
  afterAll(() => reader.dispose());

  const someEdits = fc.array(
    fc.record({ gap: fc.nat(9), lines: fc.nat(3), text: fc.oneof(fc.constant(''), fileTexts) }),
    { minLength: 1, maxLength: 2 },
  );
  const scene = fc.record({ base: fileTexts, head: fileTexts, edits: someEdits });

  it('on either host, over files, changes and edits made at random', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(scene, { minLength: 60, maxLength: 80 }), (scenes) => {
        const read = reader.read(scenes.map(({ base, head }) => [base, head] as const));
        for (const { after: head, file } of read) {
          const edits = fitEdits(head, scenes[Number.parseInt(file.newPath ?? '', 10)]?.edits ?? []);
          if (editProblem(head, edits) !== null) continue;
          for (const host of HOSTS) {
            const built = build(head, edits, { host, file });
            const key = `${host} ${built.kind === 'diff' ? built.why : built.kind}`;
            seen.set(key, (seen.get(key) ?? 0) + 1);
            if (built.kind === 'diff') continue;
            expect(click(host, head, built)).toBe(applyEdits(head, edits));
            expect(built.block.split('suggestion')[0]).toMatch(/^`{3,}$/);
          }
        }
      }),
      { numRuns: 6 },
    );
    for (const host of HOSTS) expect(seen.get(`${host} suggestion`)).toBeGreaterThan(20);
  });
});

/** Wishes turned into edits that this text can take, with the file's own line ends where the text has any. */
function fitEdits(
  text: string,
  wishes: readonly { readonly gap: number; readonly lines: number; readonly text: string }[],
): readonly LineEdit[] {
  const count = splitLines(text).length;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const edits: LineEdit[] = [];
  let free = 1;
  for (const wish of wishes) {
    const startLine = free + wish.gap;
    const lines = Math.min(wish.lines, count + 1 - startLine);
    if (lines < 0) break;
    const newText = splitLines(wish.text)
      .slice(0, 4)
      .map((line) => line.replace(/\r?\n$/, '') + end)
      .join('');
    edits.push({ startLine, lines, newText });
    free = startLine + lines + 1;
  }
  return edits;
}
