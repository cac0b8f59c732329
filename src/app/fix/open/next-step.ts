// What is to be done next about the branch and the request of the fixes, from how they stand: pure.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { FixDeskState, FixGround, FixRequestRecord, RequestText } from '#ports/fix-desk.ts';
import { markOutside } from '#support/mark-outside.ts';
import { digestOf, type Seal } from '../../../publish/marker.ts';
import { digestIn, digestOfTip, markOfText, readMark, visibleOf, withMark } from './request-mark.ts';

export interface FixWish {
  readonly branch: string;
  readonly target: string;
  /** The commit that the fixes stand on. */
  readonly parent: string;
  /** Of the files; null: there is nothing to fix. */
  readonly digest: string | null;
  /** Without a mark. */
  readonly text: RequestText;
}

export type NextStep =
  | { readonly kind: 'commit' }
  | { readonly kind: 'open'; readonly text: RequestText }
  | { readonly kind: 'amend'; readonly request: FixRequestRecord; readonly text: Partial<RequestText> }
  /** Nothing is to be written; `isAsWished`: nobody has to do anything either. */
  | { readonly kind: 'rest'; readonly why: Phrase; readonly isAsWished: boolean };

export function nextStep(state: FixDeskState, wish: FixWish, seal: Seal): NextStep {
  const { branch, target, digest } = wish;
  const { tip, requests } = state;
  const open = requests.find((one) => one.state === 'open');
  if (digest === null) {
    if (open?.isOwn === true) return rest(phrase`There is nothing to fix; ${open.url} still stands.`);
    return rest(phrase`There is nothing to fix, and no request was opened.`);
  }
  if (open !== undefined && open.target !== target)
    return leftAlone(
      phrase`The branch ${branch} was left alone: its request ${open.url} goes to ${markOutside(open.target)}. Give another one with ${'`--branch`'}.`,
    );
  const isOfThese = ({ isOwn, body, lastMessage }: FixRequestRecord) =>
    isOwn &&
    (readMark(body, seal)?.fix === digest ||
      (lastMessage !== null && digestIn(lastMessage, seal) === digest));
  const ended = open === undefined ? requests.filter(isOfThese) : [];
  const closed = ended.find((one) => one.state === 'closed');
  if (closed !== undefined)
    return rest(
      phrase`${closed.url} holds these very fixes and was closed by somebody: it is not opened again.`,
    );
  const merged = ended.find((one) => one.state === 'merged');
  // At the tip of the target they are missing again: somebody took them back.
  if (merged !== undefined && state.parent !== 'tip')
    return rest(phrase`${merged.url} was merged with these very fixes: run this on the newest commit.`);
  const isStale = open === undefined && requests[0]?.state === 'merged' && tip?.parent !== wish.parent;
  if (tip === null || isStale || digestOfTip(tip, seal) !== digest) return { kind: 'commit' };
  if (open === undefined) {
    const { title, body } = wish.text;
    return { kind: 'open', text: { title, body: withMark(body, markOfText(digest, wish.text), seal) } };
  }
  return amendment(open, { ...wish, digest }, seal);
}

/**
 * A title that a person changed stays. A description that a person changed is not sent again at all: hosts would take commands in it for ours.
 * Then the title stays, too, since the mark that knows it is part of the description.
 */
function amendment(
  request: FixRequestRecord,
  wish: FixWish & { readonly digest: string },
  seal: Seal,
): NextStep {
  const mark = request.isOwn ? readMark(request.body, seal) : null;
  if (mark === null || digestOf(visibleOf(request.body)) !== mark.body)
    return rest(phrase`${request.url} holds the fixes; its text is not ours.`);
  if (mark.fix === wish.digest) return rest(phrase`${request.url} stands as it should.`);
  const keepsTitle = digestOf(request.title) !== mark.title;
  const now = markOfText(wish.digest, wish.text);
  const body = withMark(wish.text.body, { ...now, title: keepsTitle ? mark.title : now.title }, seal);
  const title = keepsTitle || request.title === wish.text.title ? {} : { title: wish.text.title };
  return { kind: 'amend', request, text: { ...title, body } };
}

/** Why the branch may not be written to, whatever the fixes are; null when it may. */
export function branchProblem(
  state: FixDeskState,
  ground: Pick<FixGround, 'defaultBranch' | 'target'>,
  branch: string,
  seal: Seal,
): Phrase | null {
  if (branch === ground.target || branch === ground.defaultBranch)
    return phrase`The branch ${branch} was left alone: fixes go to it, not onto it. Give another one with ${'`--branch`'}.`;
  if (state.isProtected)
    return phrase`The branch ${branch} was left alone: it is protected. Give another one with ${'`--branch`'}.`;
  if (state.tip !== null && digestOfTip(state.tip, seal) === null)
    return phrase`The branch ${branch} was left alone: its last commit is none of Assay's. Merge or delete it, or give another one with ${'`--branch`'}.`;
  return null;
}

function rest(why: Phrase): NextStep {
  return { kind: 'rest', why, isAsWished: true };
}

function leftAlone(why: Phrase): NextStep {
  return { kind: 'rest', why, isAsWished: false };
}
