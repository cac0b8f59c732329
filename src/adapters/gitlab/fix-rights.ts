// What the token is known not to be allowed, before a branch or a merge request is written.
import type { DeskProblem } from '#domain/publication.ts';
import type { FixContext } from './fix-context.ts';
import { attempt, GitLabFault } from './gitlab-fault.ts';
import { readShape, tokenShape } from './gitlab-shapes.ts';
import { TOKEN_HINT } from './token-problem.ts';

/** docs.gitlab.com/api/access_requests, "Valid access levels". */
const DEVELOPER = 30;

/** Null when nothing is known to be missing. @throws GitLabFault */
export async function fixRights(context: FixContext): Promise<DeskProblem | null> {
  const { archived, permissions } = await context.project();
  if (archived === true) {
    const text = 'The project is archived: nothing can be written there.';
    return { code: 'locked', text, hint: 'Unarchive the project (Settings, General, Advanced).' };
  }
  const scopes = await attempt(async () => {
    const { body } = await context.client.api.requester.get('personal_access_tokens/self');
    return readShape(tokenShape, body).scopes;
  });
  // Not every kind of token may look at itself.
  if (!(scopes instanceof GitLabFault) && !scopes.includes('api'))
    return missing('The GitLab token has no scope `api`, so it cannot write a branch.');
  const { project_access: direct, group_access: inherited } = permissions ?? {};
  const level = Math.max(direct?.access_level ?? 0, inherited?.access_level ?? 0);
  if (level !== 0 && level < DEVELOPER)
    return missing('The role of the GitLab token is too low to write a branch.');
  return null;
}

function missing(text: string): DeskProblem {
  return { code: 'permission', text, hint: TOKEN_HINT };
}
