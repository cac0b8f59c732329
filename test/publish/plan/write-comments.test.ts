// A standing comment carries a suggestion only where a click would replace the lines that it was made for.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Patch } from '#domain/patch.ts';
import type { ChangeRequest, Host, StandingComment } from '#domain/publication.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import { createSeal } from '../../../src/publish/marker.ts';
import { NOTHING_ELSE } from '../../../src/publish/plan/comment-subject.ts';
import type { CommentWriter } from '../../../src/publish/plan/comment-writer.ts';
import { readStandingComments } from '../../../src/publish/plan/standing-comments.ts';
import { createCommentWriter } from '../../../src/publish/plan/write-comments.ts';
import { aFinding, aLocation } from '../../doubles/result-document.ts';

const PATH = 'src/app.ts';
const before = 'one\nexec(a);\nexec(b);\nfour\n';
const after = 'one\nlist(a);\nlist(b);\nfour\n';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const patch: Patch = {
  ...{ path: PATH, origin: 'scanner', tool: 'Semgrep', description: null, checks: [] },
  ...{ edits: [{ startLine: 2, lines: 2, newText: 'list(a);\nlist(b);\n' }] },
  ...{ before: sha256(before), after: sha256(after) },
};
const diff: ReviewDiff = {
  complete: true,
  files: [
    {
      ...{ status: 'added', oldPath: null, newPath: PATH },
      hunks: [{ oldStart: 0, oldLines: 0, newStart: 1, newLines: 4, marks: '++++', newlineMissing: false }],
    },
  ],
};
const finding = aFinding({
  id: 'a'.repeat(16),
  location: aLocation({ path: PATH, startLine: 3, endLine: 3 }),
});

function writerFor(host: Host): CommentWriter {
  const change: ChangeRequest = {
    ...{ host, name: 'o/r#7', state: 'open', locked: false, fork: false, mergeBase: null },
    ...{ head: 'a'.repeat(40), baseTip: 'b'.repeat(40) },
    ...{ blobUrl: 'https://host.example/blob', url: 'https://host.example/7' },
  };
  return createCommentWriter({
    ...{ change, diff, category: '-', language: 'en', patchFolder: 'out/patches' },
    seal: createSeal({ host, change: 'o/r#7', key: null }),
    patches: new Map([[finding.id, { patch, before, after, checks: [], diff: '--- a\n+++ b\n' }]]),
    redact: (text) => text,
    onlyReports: false,
    weaknessOf: () => null,
  });
}

/** Whether the comment that was posted with the suggestion still has it when it stands so. */
function keeps(host: Host, stands: Partial<StandingComment>): boolean {
  const writer = writerFor(host);
  const anchor = {
    ...{ path: PATH, oldPath: PATH, line: 3, oldLine: null },
    startLine: null,
    startOldLine: null,
  };
  const draft = writer.open(finding, { kind: 'line', ...anchor }, null, NOTHING_ELSE);
  expect(draft.body).toContain('suggestion');
  const comment: StandingComment = {
    ...{ id: 'c', kind: 'line', body: draft.body, path: PATH, url: 'https://host.example/c', order: 1 },
    ...{ outdated: false, resolved: false, resolvedBy: null, minimized: false, answered: false },
    ...{ line: host === 'github' ? 3 : 2, startLine: host === 'github' ? 2 : null },
    ...stands,
  };
  const seal = createSeal({ host, change: 'o/r#7', key: null });
  const [known] = readStandingComments([comment], seal, '-').findings;
  if (known === undefined) throw new Error('the comment is not known');
  return /^`{3,}suggestion/m.test(writer.standing(finding, known, NOTHING_ELSE));
}

it('a comment that takes the place of another has a marker of its own, though it says the same', () => {
  const writer = writerFor('github');
  const seal = createSeal({ host: 'github', change: 'o/r#7', key: null });
  const at = { path: PATH, oldPath: PATH, line: 3, oldLine: null, startLine: null, startOldLine: null };
  const markers: string[] = [];
  for (let generation = 0; generation < 3; generation += 1) {
    const [known = null] = readStandingComments(
      markers.slice(-1).map((body) => ({
        ...{ id: 'c', kind: 'line', body, path: PATH, line: null, startLine: null, outdated: true, url: '' },
        ...{ resolved: false, resolvedBy: null, minimized: false, answered: false, order: 1 },
      })),
      seal,
      '-',
    ).findings;
    markers.push(writer.open(finding, { kind: 'line', ...at }, known, NOTHING_ELSE).body);
    expect(markers.at(-1)).not.toBe(markers.at(-2));
  }
});

describe.each(['github', 'gitlab'] as const)('a standing suggestion on %s', (host) => {
  it('stays at its lines', () => {
    expect(keeps(host, {})).toBe(true);
  });

  it('goes when its comment is outdated, at other lines, or in another file', () => {
    expect(keeps(host, { outdated: true, line: null, startLine: null })).toBe(false);
    expect(keeps(host, { line: 4 })).toBe(false);
    expect(keeps(host, { path: 'src/old.ts' })).toBe(false);
  });

  it('goes when its comment begins at another line', () => {
    expect(keeps(host, host === 'github' ? { startLine: 1 } : { line: 3 })).toBe(false);
    expect(keeps(host, host === 'github' ? { startLine: null } : { line: 1 })).toBe(false);
  });
});
