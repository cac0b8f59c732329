// What `assay fix --open` does with what was made: it becomes a commit and a request on the host, or a text that shows what they would be.
import type { PatchCheck } from '#domain/patch.ts';
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import type { SourceHistory } from '#ports/source-history.ts';
import type { Workspace } from '#ports/workspace.ts';
import { commitMessage, isShort, mendedBy } from '../commit-fixes.ts';
import type { FileFix, LeftOut } from '../prove-fixes.ts';
import type { Fixable } from '../select-fixes.ts';
import type { LockResult } from '../write-locks.ts';
import { describeRequest } from './describe-request.ts';
import { type ChangeSources, gatherChanges } from './gather-changes.ts';
import { type Proposal, type Proposed, proposeFixes } from './propose-fixes.ts';

export interface MadeFixes {
  readonly files: readonly FileFix[];
  readonly locks: readonly LockResult[];
  readonly selected: readonly Fixable[];
  readonly leftOut: readonly LeftOut[];
  readonly commands: readonly { readonly folder: string; readonly lines: readonly string[] }[];
}

export interface OpeningContext {
  readonly document: ResultDocument;
  /** Null: only what would be written is shown. */
  readonly proposal: Proposal | null;
  readonly checks: ReadonlyMap<string, readonly PatchCheck[]>;
  readonly sources: () => Workspace;
  readonly history: SourceHistory | null;
  readonly modes: ChangeSources['modes'] | null;
  readonly book: PhraseBook | null;
  readonly redact: (text: string) => string;
}

export async function openAll(made: MadeFixes, context: OpeningContext): Promise<Proposed> {
  const { document, proposal, checks, book, redact } = context;
  const { locks, selected, leftOut, commands } = made;
  if (locks.some(isShort)) {
    const why = phrase`No request was opened or changed, since a lock file could not be written.`;
    return { lines: [say(why, book)], isShort: true };
  }
  const files = proposal === null ? [] : await changedFiles(made, context);
  const paths = new Set(files.map(({ path }) => path));
  // What the last commit has already is no part of this one.
  const own = proposal === null ? made.files : made.files.filter(({ path }) => paths.has(path));
  const locked = locks.map((lock) =>
    lock.there.some((path) => paths.has(path)) ? { ...lock, kind: 'written' as const } : lock,
  );
  const findings = mendedBy(own, locked, selected);
  const text = describeRequest({
    ...{
      language: document.run.language,
      head: document.run.head,
      done: findings,
      all: document.findings,
      leftOut,
      commands,
      checks,
    },
    locks: [...new Set(locks.map((lock) => lock.text))],
  });
  const shown = { title: redact(text.title), body: redact(text.body) };
  if (proposal === null) return { lines: shownLines(shown, findings.length, book), isShort: false };
  const written = locks.flatMap((lock) => lock.files);
  const message = redact(commitMessage(findings, written));
  return proposeFixes(proposal, { files, message, text: shown }, book);
}

async function changedFiles({ files, locks }: MadeFixes, { sources, history, modes }: OpeningContext) {
  const [head] = (await history?.treesAt(['HEAD'])) ?? [];
  if (head === undefined || modes === null) return [];
  const now = sources();
  const known = new Set(await now.files());
  const perhaps = locks.flatMap((lock) => lock.there).filter((path) => known.has(path));
  const paths = [...files.map(({ path }) => path), ...locks.flatMap((lock) => lock.files), ...perhaps];
  return gatherChanges(paths, { now, head, modes });
}

/** Indented, so that no line of it is taken for one of ours. */
function shownLines(
  { title, body }: { readonly title: string; readonly body: string },
  count: number,
  book: PhraseBook | null,
): readonly string[] {
  if (count === 0) return [say(phrase`There is nothing to open a request for.`, book)];
  return [
    say(phrase`The request would say (nothing was written; ${'`--write`'} opens it):`, book),
    `  ${title}`,
    '',
    ...body.split('\n').map((line) => (line === '' ? '' : `  ${line}`)),
  ];
}
