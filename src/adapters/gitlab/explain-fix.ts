// What GitLab refused of a branch or its merge request, and the setting that mends it.
import type { DeskProblem } from '#domain/publication.ts';
import { explainFault } from './explain-fault.ts';
import type { GitLabFault } from './gitlab-fault.ts';
import { TOKEN_HINT } from './token-problem.ts';

const PROTECTED = /not allowed to (?:push|force push)|protected branch|pre-receive|push rule/i;

/** @param asked what was asked for, as in "GitLab refused …" */
export function explainFix(fault: GitLabFault, asked: string): DeskProblem {
  const problem = explainFault(fault, asked);
  if (fault.kind !== 'refused') return problem;
  if (PROTECTED.test(fault.said)) {
    const hint =
      'A rule of the project covers the branch (Settings, Repository, Protected branches or Push rules): give another one with `--branch`, ' +
      'or let the user of the token push there. The token needs the scope `api` and the role Developer.';
    return { ...problem, code: 'permission', hint };
  }
  if (fault.status === 404 || problem.code === 'permission') return { ...problem, hint: TOKEN_HINT };
  const hint = 'Run assay triage and assay fix again on the commit that is there now.';
  return problem.code === 'rejected' ? { ...problem, hint } : problem;
}
