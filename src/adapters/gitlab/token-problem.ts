// What is wrong with a token before anything is asked with it.
import type { DeskProblem } from '#domain/publication.ts';

/** How to get a token that may comment (docs.gitlab.com/user/project/settings/project_access_tokens; platforms B5). */
export const TOKEN_HINT =
  'Create a project access token with the scope `api` and the role Developer, keep it in a CI/CD variable that is masked and not protected, ' +
  'and name that variable in the job under `variables:` with the line `ASSAY_GITLAB_TOKEN: $NAME_OF_THE_VARIABLE` ' +
  '(no line is needed when the variable itself is called `ASSAY_GITLAB_TOKEN`).';

/** For a token that may comment, and may not set a status. */
export const STATUS_HINT =
  'Give the project access token the role Developer; the comments need no more than they have. The result of the job is the gate either way.';

/** Null when the token may be tried. Nothing of the token stands in the problem. */
export function tokenProblem(token: string, jobToken: string | null): DeskProblem | null {
  if (token === '') return problem('There is no GitLab token.');
  if (!/^[\x21-\x7e]+$/.test(token)) {
    return problem('The GitLab token holds characters that no token has, such as a space or a line break.');
  }
  // The prefix of job tokens is in docs.gitlab.com/security/tokens, "Token prefixes".
  if (token === jobToken || token.startsWith('glcbt-')) {
    return problem(
      'The GitLab token is the job token (CI_JOB_TOKEN), which may neither read nor write discussions.',
    );
  }
  return null;
}

function problem(text: string): DeskProblem {
  return { code: 'permission', text, hint: TOKEN_HINT };
}
