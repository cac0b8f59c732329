// The desk of a dry run without a token: the change as the clone tells it, with nothing said so far, and nowhere to post to.

import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { DeskProblem, DeskState, Host } from '#domain/publication.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import type { Variables } from '../environment.ts';
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
  {
    choice,
    variables,
    book,
  }: { readonly choice: PublishChoice; readonly variables: Variables; readonly book: PhraseBook | null },
): OpenDesk {
  const host: Host = target.kind === 'gitlab' || choice === 'gitlab' ? 'gitlab' : 'github';
  const name = nameOf(target, host);
  const refuse = { kind: 'refused', problem: NO_POSTING } as const;
  const desk: ReviewDesk = {
    read: () => readClone(changes, { host, name, addresses: addressesOf(target, host, variables), book }),
    post: async (drafts) => drafts.map(() => refuse),
    amend: async (amendments) => amendments.map(() => refuse),
    summarise: async () => refuse,
    report: async () => refuse,
  };
  return { desk, changes, scanning: null, requests: () => ({ reads: 0, writes: 0 }), name };
}

interface PaperChange {
  readonly host: Host;
  readonly name: string;
  readonly addresses: { readonly project: string; readonly change: string };
  readonly book: PhraseBook | null;
}

async function readClone(
  changes: ChangeSource,
  { host, name, addresses, book }: PaperChange,
): Promise<DeskState | { problem: DeskProblem }> {
  const { baseTip, mergeBase, head } = await changes.commits();
  if (head === null || baseTip === null) {
    const text = say(phrase`A dry run without a host needs to know the change.`, book);
    const hint = say(phrase`Give --base and --head.`, book);
    return { problem: { code: 'not_found', text, hint } };
  }
  return {
    change: {
      ...{ host, name, state: 'open', locked: false, head, baseTip, mergeBase, fork: false },
      ...{ blobUrl: `${addresses.project}/blob/${head}`, url: addresses.change },
    },
    self: 'assay',
    rights: { comment: 'yes', problem: null },
    comments: [],
  };
}

/** As the operator or the CI names the project; a stand-in where nobody does. */
function addressesOf(target: ReviewTarget, host: Host, variables: Variables): PaperChange['addresses'] {
  if (host === 'github') {
    const repository =
      target.kind === 'github' || target.kind === 'github-commit' ? target.repository : 'owner/repository';
    const project = `${serverOf(variables.GITHUB_SERVER_URL, 'https://github.com')}/${repository}`;
    return { project, change: `${project}/pull/${target.kind === 'github' ? target.number : 0}` };
  }
  const named = target.kind === 'gitlab' ? target.project : 'group/project';
  // A pipeline knows its project by number, and by address beside it.
  const known = /^\d+$/.test(named)
    ? variables.CI_MERGE_REQUEST_PROJECT_URL || variables.CI_PROJECT_URL
    : null;
  const project = `${known || `${serverOf(variables.CI_SERVER_URL, 'https://gitlab.com')}/${named}`}/-`;
  return { project, change: `${project}/merge_requests/${target.kind === 'gitlab' ? target.iid : 0}` };
}

function serverOf(told: string | undefined, usual: string): string {
  return (told || usual).replace(/\/+$/, '');
}

function nameOf(target: ReviewTarget, host: Host): string {
  if (target.kind === 'github') return `${target.repository}#${target.number}`;
  if (target.kind === 'gitlab') return `${target.project}!${target.iid}`;
  return host === 'github' ? 'owner/repository#0' : 'group/project!0';
}
