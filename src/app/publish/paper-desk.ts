// The desk of a dry run without a token: the change as the clone tells it, with nothing said so far, and nowhere to post to.

import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { DeskProblem, DeskState, Host } from '#domain/publication.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import type { PublishChoice } from '../run-request.ts';
import type { OpenDesk } from './open-desk.ts';
import type { ReviewTarget } from './review-target.ts';

/** Nobody asks: a dry run ends before anything would be posted. */
const NO_POSTING: DeskProblem = {
  code: 'rejected',
  text: 'A dry run posts nothing.',
  hint: 'Leave out --dry-run to post.',
};

export function openPaperDesk(
  changes: ChangeSource,
  target: ReviewTarget,
  { choice, book }: { readonly choice: PublishChoice; readonly book: PhraseBook | null },
): OpenDesk {
  const host: Host = target.kind === 'gitlab' || choice === 'gitlab' ? 'gitlab' : 'github';
  const name = nameOf(target, host);
  const refuse = { kind: 'refused', problem: NO_POSTING } as const;
  const desk: ReviewDesk = {
    read: () => readClone(changes, { host, name, book }),
    post: async (drafts) => drafts.map(() => refuse),
    amend: async (amendments) => amendments.map(() => refuse),
    summarise: async () => refuse,
    report: async () => refuse,
  };
  return { desk, changes, scanning: null, requests: () => ({ reads: 0, writes: 0 }), name };
}

async function readClone(
  changes: ChangeSource,
  { host, name, book }: { readonly host: Host; readonly name: string; readonly book: PhraseBook | null },
): Promise<DeskState | { problem: DeskProblem }> {
  const { baseTip, mergeBase, head } = await changes.commits();
  if (head === null || baseTip === null) {
    const text = say(phrase`A dry run without a host needs to know the change.`, book);
    const hint = say(phrase`Give --base and --head.`, book);
    return { problem: { code: 'not_found', text, hint } };
  }
  const server =
    host === 'github' ? 'https://github.com/owner/repository' : 'https://gitlab.com/group/project/-';
  return {
    change: {
      ...{ host, name, state: 'open', locked: false, head, baseTip, mergeBase, fork: false },
      ...{ blobUrl: `${server}/blob/${head}`, url: `${server}/pull/0` },
    },
    self: 'assay',
    rights: { comment: 'yes', problem: null },
    comments: [],
  };
}

function nameOf(target: ReviewTarget, host: Host): string {
  if (target.kind === 'github') return `${target.repository}#${target.number}`;
  if (target.kind === 'gitlab') return `${target.project}!${target.iid}`;
  return host === 'github' ? 'owner/repository#0' : 'group/project!0';
}
