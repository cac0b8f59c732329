// What the token may do, as far as GitLab tells before anything is written.
import type { DeskProblem, DeskRights } from '#domain/publication.ts';
import type { GitLabClient } from './gitlab-client.ts';
import { attempt, GitLabFault } from './gitlab-fault.ts';
import { type ProjectAnswer, projectShape, readShape, tokenShape } from './gitlab-shapes.ts';
import { STATUS_HINT, TOKEN_HINT } from './token-problem.ts';

/** docs.gitlab.com/api/access_requests, "Valid access levels". */
const DEVELOPER = 30;

/** Never throws for what GitLab says: what it does not tell is unknown. */
export async function readRights(client: GitLabClient, name: string | number): Promise<DeskRights> {
  const project = await readProject(client, name);
  if (project?.archived === true) return { comment: 'no', problem: ARCHIVED };
  const scopes = await readScopes(client);
  if (scopes !== null && !scopes.includes('api')) return { comment: 'no', problem: SCOPE_MISSING };
  const level = accessLevel(project);
  const isDeveloper = level !== null && level >= DEVELOPER;
  return {
    comment: scopes !== null && isDeveloper ? 'yes' : 'unknown',
    problem: null,
    // GitLab has no check runs: a status is both.
    ...(level === null || isDeveloper ? {} : { withheld: { status: ROLE_TOO_LOW, check: ROLE_TOO_LOW } }),
  };
}

/** Null when the token may not see it, which the merge request alone survives. */
async function readProject(client: GitLabClient, name: string | number): Promise<ProjectAnswer | null> {
  const project = await attempt(async () => readShape(projectShape, await client.api.Projects.show(name)));
  return project instanceof GitLabFault ? null : project;
}

/** Null when GitLab does not tell: not every kind of token may look at itself, and older instances have no such address. */
async function readScopes(client: GitLabClient): Promise<readonly string[] | null> {
  const token = await attempt(async () =>
    readShape(tokenShape, await client.api.PersonalAccessTokens.show()),
  );
  return token instanceof GitLabFault ? null : token.scopes;
}

/** The role in the project or through its group, whichever is higher; null when neither is told (administrators, inherited roles). */
function accessLevel(project: ProjectAnswer | null): number | null {
  const { project_access: direct, group_access: inherited } = project?.permissions ?? {};
  const level = Math.max(direct?.access_level ?? 0, inherited?.access_level ?? 0);
  return level === 0 ? null : level;
}

const ARCHIVED: DeskProblem = {
  code: 'locked',
  text: 'The project is archived, so nobody can comment on its merge requests.',
  hint: 'Unarchive the project (Settings, General, Advanced), or take the job out of its pipeline.',
};

/** docs.gitlab.com/user/permissions: who may push may set a status; comments take less. */
const ROLE_TOO_LOW: DeskProblem = {
  code: 'permission',
  text: 'The role of the GitLab token is too low for a commit status.',
  hint: STATUS_HINT,
};

const SCOPE_MISSING: DeskProblem = {
  code: 'permission',
  text: 'The GitLab token has no scope `api`, so it cannot comment.',
  hint: TOKEN_HINT,
};
