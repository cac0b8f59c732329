// Lock files that an earlier call wrote: a job may run the tools in a step that has no token, and open the request in the next.
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { Workspace } from '#ports/workspace.ts';
import { planLock } from '../lock-commands.ts';
import { groupJobs, type LockJob, lockProblem } from '../lock-groups.ts';
import { type LockResult, lockPaths } from '../write-locks.ts';

/** Those that are as they should be; no tool is started. */
export async function locksThere(
  jobs: readonly LockJob[],
  sources: Workspace,
  book: PhraseBook | null,
): Promise<readonly LockResult[]> {
  const { groups } = await groupJobs(jobs, sources);
  const found: LockResult[] = [];
  for (const { project, wishes, jobs: own } of groups) {
    const plan = planLock(project, wishes);
    if (plan.kind !== 'commands' || (await lockProblem(project, wishes, sources)) !== null) continue;
    const text = say(phrase`The lock file holds it already.`, book);
    found.push({ jobs: own, kind: 'there', files: [], there: lockPaths(plan.commands), text, said: '' });
  }
  return found;
}
