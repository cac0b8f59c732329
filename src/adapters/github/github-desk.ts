// The review desk on GitHub: a pull request's conversation, its reviews and the checks of its head.
import type { ReviewDesk } from '../../ports/review-desk.ts';
import { amendComments } from './amend-comments.ts';
import type { DeskContext } from './desk-context.ts';
import { explainFailure } from './explain-failure.ts';
import type { GitHubClient } from './github-client.ts';
import { postComments } from './post-comments.ts';
import { readCommentsAgain, readConversation } from './read-conversation.ts';
import { reportStatus } from './report-status.ts';
import { splitRepository } from './split-repository.ts';
import { tryHost } from './try-host.ts';
import { writeSummary } from './write-summary.ts';

export interface GitHubDeskOptions {
  /** `owner/repo`. */
  readonly repository: string;
  /** The pull request's. */
  readonly number: number;
  /** Of the web pages: `https://github.com`. */
  readonly serverUrl: string;
}

/** The desk of one pull request. Throws AssayError `usage` for a repository's name that is none. */
export function createGitHubDesk(client: GitHubClient, options: GitHubDeskOptions): ReviewDesk {
  const serverUrl = options.serverUrl.replace(/\/+$/, '');
  const { owner, repo } = splitRepository(options.repository);
  const context: DeskContext = {
    client,
    owner,
    repo,
    number: options.number,
    url: `${serverUrl}/${owner}/${repo}/pull/${options.number}`,
    memory: {
      ...{ bot: null, pendingReviews: null, threads: new Map(), nodes: new Map() },
      ...{ listed: null, mayNotResolve: false },
    },
  };
  return {
    read: async (before, again) => {
      const state = await tryHost(client, () =>
        before === undefined
          ? readConversation(context, serverUrl)
          : readCommentsAgain(context, before, again ?? 'comments'),
      );
      if (state.kind === 'done') return state.value;
      return { problem: explainRead(state.failure) };
    },
    post: (drafts, at) => postComments(context, drafts, at),
    amend: (amendments) => amendComments(context, amendments),
    summarise: (body, marker, standing) => writeSummary(context, body, marker, standing),
    report: (status) => reportStatus(context, status),
  };
}

function explainRead(failure: Parameters<typeof explainFailure>[0]) {
  const problem = explainFailure(failure, { what: 'read the pull request', needs: 'pull-requests: write' });
  if (failure.status !== 404) return problem;
  const hint =
    'Check that the repository and the number are right, and that the token may read both: `contents: read`, `pull-requests: write`.';
  return { ...problem, code: 'not_found' as const, hint };
}
