// What GitHub refused of a branch or its pull request, and the line or setting that mends it.
import type { DeskProblem } from '../../domain/publication.ts';
import { markOutside } from '../../support/mark-outside.ts';
import { type Attempt, explainFailure } from './explain-failure.ts';
import type { HostFailure } from './host-failure.ts';

export type FixAttempt = 'locate' | 'look' | 'commit' | 'open' | 'amend';

const ATTEMPTS: Readonly<Record<FixAttempt, Attempt>> = {
  locate: { what: 'read the repository', needs: 'contents: write' },
  look: { what: 'read the branch of the fixes and its pull requests', needs: 'pull-requests: write' },
  commit: { what: 'write the branch of the fixes', needs: 'contents: write' },
  open: { what: 'open the pull request', needs: 'pull-requests: write' },
  amend: { what: 'change the pull request', needs: 'pull-requests: write' },
};

/** docs.github.com: "Preventing GitHub Actions from creating or approving pull requests". */
const SETTING_HINT =
  'Switch "Allow GitHub Actions to create and approve pull requests" on: Settings, Actions, General, of the repository, and of the organisation ' +
  'where it is locked there. Or give the step the token of an app or a person as `GITHUB_TOKEN`. The branch is written: the next run opens the pull request.';
const RULES_HINT =
  'A rule of the repository covers the branch (Settings, Rules or Branches): give another one with `--branch`, or except the bot from the rule.';
const NOT_ALLOWED = /not permitted to create or approve pull requests/i;
const RULES =
  /protected (?:branch|ref)|repository rule|cannot force-push|must be made through a pull request|update is not a fast forward|GH006|GH013/i;
const FORBIDDEN_STATUS: readonly (number | null)[] = [403, 404, 409, 422];

export function explainFix(failure: HostFailure, attempt: FixAttempt): DeskProblem {
  const problem = explainFailure(failure, ATTEMPTS[attempt]);
  if (NOT_ALLOWED.test(failure.said)) {
    return {
      code: 'permission',
      text: 'GitHub Actions may not open pull requests here.',
      hint: SETTING_HINT,
    };
  }
  if (RULES.test(failure.said) && FORBIDDEN_STATUS.includes(failure.status)) {
    const text = `Assay could not ${ATTEMPTS[attempt].what}: GitHub said ${markOutside(failure.said, 200)}.`;
    return { code: 'permission', text, hint: RULES_HINT };
  }
  if (failure.status === 422 && /no commits between/i.test(failure.said)) {
    const hint = 'What is to be fixed is on the target already: run assay triage again there.';
    return { ...problem, hint };
  }
  if (problem.code !== 'permission' || failure.status === 401) return problem;
  const lines = '`contents: write` and `pull-requests: write`';
  const hint =
    `Give the job ${lines} under \`permissions:\`, or another token as \`GITHUB_TOKEN\` that has both; it must belong to this repository. ` +
    'Runs of forks and of Dependabot only read.';
  return { ...problem, hint };
}
