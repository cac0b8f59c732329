// The fixes of a run on the host: looked at first, then a branch and its request, each written once whatever happens in between.
import { AssayError } from '#domain/errors.ts';
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { DeskProblem } from '#domain/publication.ts';
import type { FixDesk, FixDeskState, FixedFile, FixGround, FixPlace, RequestText } from '#ports/fix-desk.ts';
import { lastLook } from '../../../publish/last-look.ts';
import type { Seal } from '../../../publish/marker.ts';
import { branchProblem, type FixWish, nextStep } from './next-step.ts';
import { digestOfFiles, withTrailer } from './request-mark.ts';

export interface Proposal {
  readonly desk: FixDesk;
  readonly ground: FixGround;
  readonly place: FixPlace;
  readonly seal: Seal;
}

export interface Proposed {
  readonly lines: readonly string[];
  /** Whether something was left alone that was asked for. */
  readonly isShort: boolean;
}

export interface FixContent {
  readonly files: readonly FixedFile[];
  /** Without trailers. */
  readonly message: string;
  readonly text: RequestText;
}

/** Another run may be faster a few times; more often is no accident. */
const MOST_TURNS = 4;

/** Null when the branch may be written to; else why not. Throws AssayError for a commit that the fixes cannot stand on. */
export async function proposalProblem(proposal: Proposal): Promise<Phrase | null> {
  const state = await look(proposal);
  const { ground, place, seal } = proposal;
  if (state.parent === 'elsewhere' || state.parent === 'unknown') throw notBelow(place, state.parent);
  return branchProblem(state, ground, place.branch, seal);
}

/** Throws AssayError for what the host refuses. */
export async function proposeFixes(
  proposal: Proposal,
  content: FixContent,
  book: PhraseBook | null,
): Promise<Proposed> {
  const { desk, ground, place, seal } = proposal;
  const digest = content.files.length === 0 ? null : digestOfFiles(content.files);
  const wish: FixWish = {
    parent: place.parent,
    branch: place.branch,
    target: place.target,
    digest,
    text: content.text,
  };
  const message = withTrailer(content.message, digest ?? '', seal);
  const done: Phrase[] = [];
  const tell = (isShort: boolean, ...more: readonly Phrase[]): Proposed => ({
    lines: [...done, ...more].map((one) => say(one, book)),
    isShort,
  });
  let state = await look(proposal);
  for (let turns = 0; turns < MOST_TURNS; turns += 1) {
    const problem = digest === null ? null : branchProblem(state, ground, place.branch, seal);
    if (problem !== null) return tell(true, problem);
    const step = nextStep(state, wish, seal);
    if (step.kind === 'rest') return tell(!step.isAsWished, step.why);
    if (step.kind === 'commit') {
      const { branch, parent } = place;
      const made = await desk.commit({
        branch,
        parent,
        message,
        files: content.files,
        tip: state.tip?.commit ?? null,
      });
      if (made.kind === 'refused') throw asError(made.problem);
      if (made.kind === 'done') {
        done.push(phrase`Committed to ${branch} on the host as ${made.commit.slice(0, 12)}.`);
        state = { ...state, tip: { commit: made.commit, message, parent, isOwn: true } };
        continue;
      }
    } else {
      lookOnceMore(step.text);
      const written =
        step.kind === 'open'
          ? await desk.open({ ...step.text, branch: place.branch, target: place.target })
          : await desk.amend(step.request.number, step.text);
      if (written.kind === 'refused') throw asError(written.problem);
      if (written.kind === 'done')
        return tell(
          false,
          step.kind === 'open'
            ? phrase`Opened: ${'url' in written ? String(written.url) : ''}`
            : phrase`Brought up to date: ${step.request.url}`,
        );
    }
    state = await look(proposal);
  }
  throw new AssayError('output', `The branch ${place.branch} was written to by others again and again.`, {
    hint: 'Run assay fix again when no other run works on it.',
  });
}

async function look({ desk, place }: Proposal): Promise<FixDeskState> {
  const state = await desk.look(place);
  if ('problem' in state) throw asError(state.problem);
  return state;
}

/** A text in which something is live that is not ours never leaves (security row 12). */
function lookOnceMore({ title, body }: Partial<RequestText>): void {
  for (const text of [title, body]) {
    const live = text === undefined ? null : lastLook(text, { allowedLinkPrefixes: [] });
    if (live === null) continue;
    throw new AssayError(
      'internal',
      `A text was not posted, because it holds something that would be live: ${live}.`,
      {
        hint: 'Report this as a fault of Assay, with assay.json.',
      },
    );
  }
}

function notBelow({ parent, target }: FixPlace, how: 'elsewhere' | 'unknown'): AssayError {
  const commit = parent.slice(0, 12);
  const what =
    how === 'unknown'
      ? `The host does not know the commit ${commit}, or has no branch ${JSON.stringify(target)}.`
      : `The commit ${commit} is not part of the branch ${JSON.stringify(target)}.`;
  return new AssayError('repository', what, {
    hint: `Push it first, or name its branch with --target. On pull_request a workflow has a merge of its own checked out: give actions/checkout \`ref: \${{ github.head_ref }}\`; in a pipeline of merged results, check the source branch out.`,
  });
}

export function asError({ text, hint, code }: DeskProblem): AssayError {
  const kind = code === 'unreachable' || code === 'rate_limit' ? 'output' : 'configuration';
  return new AssayError(kind, text, { hint });
}
