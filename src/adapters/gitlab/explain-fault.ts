// A fault → the problem that a person is told: what GitLab refused, in its words, and what to do.
import { AssayError } from '#domain/errors.ts';
import type { DeskProblem } from '#domain/publication.ts';
import { codeSpan } from '#support/escape-markdown.ts';
import { shorten } from '#support/shorten.ts';
import type { GitLabFault } from './gitlab-fault.ts';
import { TOKEN_HINT } from './token-problem.ts';

/** Most characters of what the host said that are quoted. */
const QUOTE_CAP = 300;

/**
 * @param asked what was asked for, as in "GitLab refused …": `the comment`, `to read the merge request`
 */
export function explainFault(fault: GitLabFault, asked: string): DeskProblem {
  if (fault.kind === 'lost') return unreachable(fault, asked);
  if (fault.kind === 'held_off') {
    return problem('rate_limit', 'The rate limit of GitLab held off', asked, fault, RATE_HINT);
  }
  const { code, hint } = CAUSES.find(({ applies }) => applies(fault)) ?? {
    code: 'rejected' as const,
    hint: REJECTED_HINT,
  };
  return problem(code, 'GitLab refused', asked, fault, hint);
}

/** For whoever cannot go on without the answer. */
export function asAssayError(fault: GitLabFault, asked: string): AssayError {
  const { text, hint } = explainFault(fault, asked);
  return new AssayError('repository', text, { hint, cause: fault });
}

/** Problems that the next request would meet again: nothing more is sent after one of them. */
export function endsTheBatch({ code }: DeskProblem): boolean {
  return ['permission', 'rate_limit', 'locked', 'moved', 'not_found'].includes(code);
}

export function movedProblem(expected: string, found: string): DeskProblem {
  return {
    code: 'moved',
    text: `The merge request's head is ${codeSpan(found.slice(0, 12))} by now, not ${codeSpan(expected.slice(0, 12))}.`,
    hint: 'Nothing is to be done: the pipeline of the newer commit comments on it.',
  };
}

const RATE_HINT =
  'Run the job again later; what was posted is found again and not repeated. On an instance of your own, the limits are under Admin, Settings, Network.';
const REJECTED_HINT =
  'Report this with the words of GitLab; the finding stands in the summary and in the result files.';
const ANCHOR_HINT =
  'GitLab takes comments on the lines that its diff shows; the finding stands in the summary instead.';

interface Cause {
  readonly code: DeskProblem['code'];
  readonly hint: string;
  readonly applies: (fault: GitLabFault) => boolean;
}

/** The first that applies. Words are those of platforms D33–D49. */
const CAUSES: readonly Cause[] = [
  {
    code: 'anchor',
    hint: ANCHOR_HINT,
    applies: ({ status, said }) => status === 400 && /line_code|:?position\b/.test(said),
  },
  {
    code: 'too_long',
    hint: 'The text is longer than GitLab takes (1,000,000 characters); the finding stands in the result files.',
    applies: ({ status, said }) => status === 413 || (status === 400 && /too long/i.test(said)),
  },
  {
    code: 'spam',
    hint: 'Ask an administrator of the instance to mark the bot as trusted; its comments are taken for spam.',
    applies: ({ status, said }) => (status === 400 || status === 409) && /\bspam\b/i.test(said),
  },
  {
    code: 'locked',
    hint: 'Unlock the discussion of the merge request, or unarchive the project; until then nothing can be said there.',
    applies: ({ status, said }) =>
      (status === 400 || status === 403) && /\b(?:locked|archived|read-only)\b/i.test(said),
  },
  {
    code: 'locked',
    hint: 'GitLab takes no more comments on this merge request (5,000 unless the instance says otherwise); the findings stand in the result files.',
    applies: ({ status, said }) => status === 400 && /maximum number of comments/i.test(said),
  },
  {
    code: 'permission',
    hint: TOKEN_HINT,
    applies: ({ status }) => status === 401 || status === 403,
  },
  {
    code: 'not_found',
    hint: `Check that the project and the number are right. GitLab says so also when the token may not see it. ${TOKEN_HINT}`,
    applies: ({ status }) => status === 404,
  },
];

function unreachable(fault: GitLabFault, asked: string): DeskProblem {
  const hint =
    fault.hint ??
    'Look whether the instance answers at CI_API_V4_URL from the runner (HTTPS_PROXY for a proxy, NODE_EXTRA_CA_CERTS for an own certificate authority), and run the job again; what was posted is found again.';
  return problem('unreachable', 'GitLab gave no usable answer when asked', asked, fault, hint);
}

function problem(
  code: DeskProblem['code'],
  opening: string,
  asked: string,
  fault: GitLabFault,
  hint: string,
): DeskProblem {
  const status = fault.status === null ? '' : ` (${fault.status})`;
  const said = fault.said.trim() === '' ? '.' : `: ${codeSpan(shorten(fault.said, QUOTE_CAP))}.`;
  return { code, text: `${opening} ${asked}${status}${said}`, hint };
}
