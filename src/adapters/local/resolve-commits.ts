// Turns the refs a person names into full commit ids, once per run, fetching what a shallow clone lacks when that is allowed.
import type { Commits } from '../../domain/change.ts';
import { AssayError } from '../../domain/errors.ts';
import { DEPTH_HINT } from './explain-git-failure.ts';
import { fetchHistory } from './fetch-history.ts';
import { type GitSession, runGit } from './run-git.ts';

export interface AskedRefs {
  readonly base: string | null;
  /** Null for the working tree. */
  readonly head: string | null;
}

/**
 * @param fetchSession git with the transports it may use for one bounded fetch; null to stay offline
 * @throws AssayError `repository` when a ref is unknown, or base and head have no common commit here
 */
export async function resolveCommits(
  session: GitSession,
  asked: AskedRefs,
  fetchSession: GitSession | null,
): Promise<Commits> {
  for (const [option, ref] of [['--base', asked.base] as const, ['--head', asked.head] as const]) {
    if (ref !== null) refuseOption(option, ref);
  }
  const first = await lookUp(session, asked);
  if (first.kind === 'found') return first.commits;
  if (fetchSession === null || first.kind === 'unborn') throw await explain(session, asked, first, null);
  const problem = await fetchHistory(fetchSession, { ...asked, shallow: await isShallow(session) });
  const second = await lookUp(session, asked);
  if (second.kind === 'found') return second.commits;
  throw await explain(session, asked, second, problem);
}

/** Full ids that were found to be commits, which they stay: a process for each question is what a run on a large change waits for. */
const knownCommits = new WeakMap<GitSession, Set<string>>();

/** The full id of the commit that `ref` names; null when it names none here. */
export async function resolveCommit(session: GitSession, ref: string): Promise<string | null> {
  const known = knownCommits.get(session) ?? new Set();
  knownCommits.set(session, known);
  if (known.has(ref)) return ref;
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
  const { exitCode, stdout } = await runGit(session, args, { answers: [1, 128] });
  const id = stdout.toString('latin1').trim();
  if (exitCode !== 0 || !/^[0-9a-f]{40,64}$/.test(id)) return null;
  known.add(id);
  return id;
}

/** When a commit was made, ISO 8601 in UTC. Times before 1970 or after 9999, which git stores too, are brought back into that range. */
export async function commitTime(session: GitSession, commit: string): Promise<string> {
  const { stdout } = await runGit(session, ['rev-list', '--max-count=1', '--format=%ct', commit]);
  const seconds = Number(stdout.toString('latin1').trim().split('\n').at(-1));
  const LAST_SECOND = 253_402_300_799;
  return new Date(
    Math.min(Math.max(Number.isFinite(seconds) ? seconds : 0, 0), LAST_SECOND) * 1000,
  ).toISOString();
}

type LookUp =
  | { readonly kind: 'found'; readonly commits: Commits }
  | { readonly kind: 'unknown'; readonly option: '--base' | '--head'; readonly ref: string }
  | { readonly kind: 'unborn' }
  | { readonly kind: 'no_merge_base' };

async function lookUp(session: GitSession, asked: AskedRefs): Promise<LookUp> {
  const head = asked.head === null ? null : await resolveBranch(session, asked.head);
  if (asked.head !== null && head === null) return { kind: 'unknown', option: '--head', ref: asked.head };
  if (asked.base === null) return { kind: 'found', commits: { baseTip: null, mergeBase: null, head } };
  const baseTip = await resolveBranch(session, asked.base);
  if (baseTip === null) return { kind: 'unknown', option: '--base', ref: asked.base };
  const tip = head ?? (await resolveCommit(session, 'HEAD'));
  if (tip === null) return { kind: 'unborn' };
  const mergeBase = await findMergeBase(session, baseTip, tip);
  if (mergeBase === null) return { kind: 'no_merge_base' };
  return { kind: 'found', commits: { baseTip, mergeBase, head } };
}

/** A clone of CI often has `origin/main` and no `main`. */
async function resolveBranch(session: GitSession, ref: string): Promise<string | null> {
  const branch = ref.replace(/^refs\/heads\//, '');
  return (
    (await resolveCommit(session, ref)) ?? (await resolveCommit(session, `refs/remotes/origin/${branch}`))
  );
}

async function findMergeBase(session: GitSession, base: string, head: string): Promise<string | null> {
  const { stdout } = await runGit(session, ['merge-base', base, head], { answers: [1] });
  const id = stdout.toString('latin1').trim();
  return id === '' ? null : id;
}

async function isShallow(session: GitSession): Promise<boolean> {
  const { stdout } = await runGit(session, ['rev-parse', '--is-shallow-repository']);
  return stdout.toString('latin1').trim() === 'true';
}

function refuseOption(option: string, ref: string): void {
  if (ref !== '' && !ref.startsWith('-') && !/\p{Cc}/u.test(ref)) return;
  throw new AssayError('usage', `${option} ${JSON.stringify(ref)} is not a commit or branch.`, {
    hint: `Give a branch, tag or commit id, for example ${option} origin/main.`,
  });
}

async function explain(
  session: GitSession,
  asked: AskedRefs,
  found: Exclude<LookUp, { kind: 'found' }>,
  fetchProblem: string | null,
): Promise<AssayError> {
  const shallow = await isShallow(session);
  const tried = fetchProblem === null ? '' : ` Fetching it failed: ${fetchProblem}`;
  switch (found.kind) {
    case 'unborn':
      return new AssayError(
        'repository',
        `${session.folder} has no commit yet, so there is nothing to compare.`,
        {
          hint: 'Leave --base out.',
        },
      );
    case 'unknown':
      return new AssayError(
        'repository',
        `${found.option} ${found.ref} names no commit of ${shallow ? 'this shallow clone' : 'this repository'}.${tried}`,
        { hint: shallow ? DEPTH_HINT : 'Check the spelling, or fetch it first: git fetch origin' },
      );
    case 'no_merge_base':
      return new AssayError(
        'repository',
        `${asked.base} and ${asked.head ?? 'HEAD'} have no common commit${shallow ? ' in this shallow clone' : ''}.${tried}`,
        { hint: shallow ? DEPTH_HINT : 'Give a base that the change was branched off.' },
      );
  }
}
