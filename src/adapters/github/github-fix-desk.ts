// The FixDesk port on GitHub: a branch made through the git database, and its pull request. No token ever reaches git.
import type { DeskProblem } from '../../domain/publication.ts';
import type { FixDesk, FixOutcome } from '../../ports/fix-desk.ts';
import { explainFix, type FixAttempt } from './explain-fix.ts';
import type { GitHubFixContext } from './fix-context.ts';
import { amendFixPull, openFixPull } from './fix-pull.ts';
import type { GitHubClient } from './github-client.ts';
import type { HostFailure } from './host-failure.ts';
import { locateFix } from './locate-fix.ts';
import { lookAtFix } from './look-at-fix.ts';
import { makeFixCommit } from './make-fix-commit.ts';
import { splitRepository } from './split-repository.ts';
import { type Tried, tryHost } from './try-host.ts';

/** Throws AssayError `usage` for a repository's name that is none. */
export function createGitHubFixDesk(
  client: GitHubClient,
  options: { readonly repository: string; readonly serverUrl: string },
): FixDesk {
  const serverUrl = options.serverUrl.replace(/\/+$/, '');
  const context: GitHubFixContext = { client, serverUrl, ...splitRepository(options.repository) };
  const reading = async <T>(attempt: FixAttempt, work: () => Promise<T>) => {
    const tried = await tryHost(client, work);
    return tried.kind === 'done' ? tried.value : { problem: explainFix(tried.failure, attempt) };
  };
  return {
    locate: (target) => reading('locate', () => locateFix(context, target)),
    look: (place) => reading('look', () => lookAtFix(context, place)),
    commit: async (wish) => asOutcome(await makeFixCommit(context, wish), 'commit'),
    open: async (wish) => asOutcome(await openFixPull(context, wish), 'open'),
    amend: async (number, text) => asOutcome(await amendFixPull(context, number, text), 'amend'),
  };
}

/** Said of what was there already when it was to be made: another run was faster. */
const RACED = /reference already exists|a pull request already exists/i;

function asOutcome<Done>(tried: Tried<Done | 'raced'>, attempt: FixAttempt): FixOutcome<Done> {
  if (tried.kind === 'failed') {
    if (isRaced(tried.failure)) return { kind: 'raced' };
    const problem: DeskProblem = explainFix(tried.failure, attempt);
    return { kind: 'refused', problem };
  }
  return tried.value === 'raced' ? { kind: 'raced' } : { kind: 'done', ...tried.value };
}

function isRaced({ status, said }: HostFailure): boolean {
  return status === 422 && RACED.test(said);
}
