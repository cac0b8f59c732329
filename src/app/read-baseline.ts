// The findings that a team accepted as existing; a baseline that the change itself edits does not count (security row 8).

import type { TreeDiff } from '#domain/change.ts';
import type { Notice } from '#domain/decision.ts';
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import { type Baseline, parseBaseline } from '../scope/baseline.ts';
import type { RunRequest } from './run-request.ts';
import type { World } from './world.ts';

export interface BaselineInForce {
  readonly baseline: Baseline | null;
  readonly notices: readonly Notice[];
}

/** Reads `--baseline`; where the change under review touches that file, the merge base's version is what binds. */
export async function readBaseline(
  request: RunRequest,
  world: Pick<World, 'changes' | 'operatorFiles'>,
  context: { mergeBase: string | null; diff: TreeDiff | null; book: PhraseBook | null },
): Promise<BaselineInForce> {
  if (request.baseline === null) return { baseline: null, notices: [] };
  const file = await world.operatorFiles.read(request.baseline);
  const touched = context.diff?.files.find(
    (changed) => file.repositoryPath !== null && changed.newPath === file.repositoryPath,
  );
  if (touched === undefined || context.mergeBase === null || world.changes === null) {
    return { baseline: parseBaseline(file.text, request.baseline), notices: [] };
  }
  const before =
    touched.oldPath === null ? null : await world.changes.at(context.mergeBase).read(touched.oldPath);
  const inForce =
    before?.kind === 'text'
      ? { text: before.text, why: phrase`the version of the base was used` }
      : { text: NOTHING, why: phrase`it is not on the base yet, so nothing is accepted` };
  return {
    baseline: parseBaseline(inForce.text, request.baseline),
    notices: [changedNotice(request.baseline, inForce.why, context.book)],
  };
}

const NOTHING = '{"schemaVersion":1,"findings":[]}';

function changedNotice(name: string, why: Phrase, book: PhraseBook | null): Notice {
  const text = phrase`The baseline ${name} is changed by this change: ${why}.`;
  return { code: 'baseline-changed', text: say(text, book) };
}
