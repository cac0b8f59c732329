// What the token of a GitHub job is known not to be allowed, from the workflow's own file.
import type { DeskProblem } from '#domain/publication.ts';
import type { Workspace } from '#ports/workspace.ts';
import { accessOf, declaredPermissions } from '../../ci/declared-permissions.ts';
import type { Variables } from '../../environment.ts';

/** The account behind every `GITHUB_TOKEN`: what a workflow declares binds no other token. */
export const JOB_ACCOUNT = /^github-actions(?:\[bot\])?$/;
const WORKFLOW = /^([\w.-]+\/[\w.-]+)\/(\.github\/workflows\/[\w. -]+\.ya?ml)@/;
const NEEDS = ['contents', 'pull-requests'] as const;

export interface DeclaredRights {
  /** The workflow's file. */
  readonly file: string;
  /** Null when all that is needed is declared: the host says the rest. */
  readonly missing: DeskProblem | null;
}

/**
 * Null when the workflow says nothing of this token, or is not known.
 *
 * @param treeAt the sources at a commit; null where it is not in the clone
 */
export async function declaredRights(
  self: string,
  variables: Variables,
  treeAt: (commit: string) => Promise<Pick<Workspace, 'read'> | null>,
): Promise<DeclaredRights | null> {
  const [, repository, file = ''] = WORKFLOW.exec(variables.GITHUB_WORKFLOW_REF ?? '') ?? [];
  const commit = variables.GITHUB_WORKFLOW_SHA || variables.GITHUB_SHA || '';
  const isHere = repository?.toLowerCase() === (variables.GITHUB_REPOSITORY ?? '').toLowerCase();
  if (!JOB_ACCOUNT.test(self) || !isHere || !/^[0-9a-f]{40,64}$/.test(commit)) return null;
  const read = await (await treeAt(commit))?.read(file);
  if (read?.kind !== 'text') return null;
  const declared = declaredPermissions(read.text, variables.GITHUB_JOB ?? '');
  if (declared === null || 'jobLine' in declared) return null;
  const missing = NEEDS.filter((name) => accessOf(declared, name) !== 'write');
  if (missing.length === 0) return { file, missing: null };
  const lines = missing.map((name) => `\`${name}: write\``).join(' and ');
  const line = declared.lines.get(missing[0] ?? '') ?? declared.newLine;
  const text = 'The token of the job may not open a request with fixes.';
  const hint = `Put ${lines} under \`permissions:\` in \`${file}:${line}\`.`;
  return { file, missing: { code: 'permission', text, hint } };
}
