// For `assay doctor`: what `assay fix --open` would need here, and whether the token has it, as far as that is known before anything is written.
import { AssayError } from '#domain/errors.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import type { FixGround } from '#ports/fix-desk.ts';
import type { Log } from '#ports/log.ts';
import type { Environment } from '../../environment.ts';
import { readEvent } from '../../publish/read-event.ts';
import { declaredRights, JOB_ACCOUNT } from './declared-rights.ts';
import { fixWhere, fromFork, type WhereRequest } from './fix-where.ts';
import { openFixDesk } from './open-fix-desk.ts';

export interface FixDeskQuestion extends Pick<Environment, 'variables' | 'signal' | 'waiting'> {
  readonly log: Log;
  /** Of the repository, for the workflow's own file; null without one. */
  readonly clone: Pick<ChangeSource, 'at'> | null;
}

/** One line. What is missing is no failure: no run but `assay fix --open` needs it. */
export async function describeFixDesk(
  named: Pick<WhereRequest, 'pullRequest' | 'mergeRequest'>,
  question: FixDeskQuestion,
): Promise<string> {
  try {
    return await lookAt(named, question);
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return noneWith(error.message, error.hint);
  }
}

async function lookAt(
  named: Pick<WhereRequest, 'pullRequest' | 'mergeRequest'>,
  { clone, ...context }: FixDeskQuestion,
): Promise<string> {
  const { variables } = context;
  const where = fixWhere({ target: null, ...named }, variables, await readEvent(variables));
  const desk = await openFixDesk(where, { ...context, allowHttp: false });
  const ground = await desk.locate(where.target);
  if ('problem' in ground) return noneWith(ground.problem.text, ground.problem.hint);
  if (ground.isFork) throw fromFork();
  const treeAt = async (commit: string) => clone?.at(commit) ?? null;
  // A clone without that commit says nothing of the workflow.
  const declared = await declaredRights(ground.self, variables, treeAt).catch(() => null);
  const missing = ground.withheld ?? declared?.missing ?? null;
  if (missing !== null) return noneWith(missing.text, missing.hint);
  const { self, target, repository } = ground;
  const would = `${self} would open a request for ${target} of ${repository}`;
  const needs = where.host === 'github' ? gitHubNeeds(ground, declared?.file ?? null) : GITLAB_NEEDS;
  return `${would}; that needs ${needs}`;
}

const GITLAB_NEEDS = 'scope `api` and role Developer, of which none is known to be missing';

function gitHubNeeds({ self }: FixGround, file: string | null): string {
  const needs = '`contents: write` and `pull-requests: write`';
  if (!JOB_ACCOUNT.test(self)) return `${needs}, of which none is known to be missing`;
  const told = file === null ? 'what the workflow declares is not known here' : `\`${file}\` declares both`;
  return `${needs} (${told}) and the setting "Allow GitHub Actions to create and approve pull requests", which the token of a job may not read`;
}

function noneWith(text: string, hint: string | null): string {
  return `none could be opened from here. ${text}${hint === null ? '' : ` ${hint}`}`;
}
