// What can be known of a token's rights before the first write; an app's token says nothing of its own.
import type { DeskProblem, DeskRights } from '../../domain/publication.ts';
import type { PullAnswer } from './host-shapes.ts';

/** Out of the pull request's answer and its headers. `unknown` is found out by the first write. */
export function readRights(pull: PullAnswer, headers: Readonly<Record<string, unknown>>): DeskRights {
  const { repo } = pull.base;
  if (repo.archived === true) {
    return locked('The repository is archived and takes no comments.', 'Take it out of the archive.');
  }
  if (pull.locked === true && repo.permissions?.push !== true) {
    return locked(
      'The conversation of the pull request is locked.',
      'Unlock it, or read the job summary instead.',
    );
  }
  return byScopes(String(headers['x-oauth-scopes'] ?? ''), repo.private === true);
}

/** Only classic tokens and OAuth tokens come with this header (docs.github.com: scopes for OAuth apps). */
function byScopes(header: string, isPrivate: boolean): DeskRights {
  const scopes = header.split(',').map((scope) => scope.trim());
  if (header.trim() === '') return { comment: 'unknown', problem: null };
  if (scopes.includes('repo') || (scopes.includes('public_repo') && !isPrivate)) {
    return { comment: 'yes', problem: null, withheld: { check: NO_APP } };
  }
  const wanted = isPrivate ? '`repo`' : '`public_repo` or `repo`';
  return {
    comment: 'no',
    problem: {
      code: 'permission',
      text: 'The token may not comment: it is a classic token without the scope for it.',
      hint: `Give it the scope ${wanted}, or use the job's GITHUB_TOKEN with \`pull-requests: write\`.`,
    },
  };
}

/** docs.github.com/rest/checks: only apps make check runs (platforms A5). */
const NO_APP: DeskProblem = {
  code: 'permission',
  text: 'A classic token cannot make a check run.',
  hint: "Use the job's GITHUB_TOKEN with `checks: write`, or `status: status` in assay.yml.",
};

function locked(text: string, hint: string): DeskRights {
  return { comment: 'no', problem: { code: 'locked', text, hint } };
}
