// The repository, its pull request and what is said there as GraphQL sees them (platforms A4).
import { type Actor, allows, GHOST, type Need } from './actors.ts';
import { connection, fail } from './graphql-connection.ts';
import { nodeId } from './present-repository.ts';
import type { Call } from './routes.ts';
import type { IssueComment, Review, ReviewComment, Thread } from './state.ts';

type Json = Record<string, unknown>;
type Said = ReviewComment | IssueComment | Review;

const PULLS_WRITE: Need = { permissions: ['pull-requests'], access: 'write' };
const CONTENTS: Need = { permissions: ['contents'], access: 'write' };

export function repositoryNode(call: Call, pull: () => Json): Json {
  const { state } = call;
  const { owner, name, repositoryId, number } = state.settings;
  return {
    id: nodeId('R', repositoryId),
    databaseId: repositoryId,
    name,
    nameWithOwner: `${owner}/${name}`,
    isPrivate: state.settings.private,
    isArchived: state.archived,
    url: `${call.web}/${owner}/${name}`,
    viewerPermission: allows(call.token, CONTENTS, false) ? 'WRITE' : 'READ',
    pullRequest: (args: { number: number }) =>
      args.number === number
        ? pull()
        : fail('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${args.number}.`),
  };
}

export function pullNode(call: Call): Json {
  const { state } = call;
  const { owner, name, number, author, fork } = state.settings;
  return {
    id: nodeId('PR', number),
    number,
    state: state.pull.toUpperCase(),
    locked: state.locked,
    isDraft: state.draft,
    isCrossRepository: fork !== 'no',
    author: actorNode(author, call),
    url: `${call.web}/${owner}/${name}/pull/${number}`,
    headRefOid: state.repository.head(),
    baseRefOid: state.repository.baseTip(),
    headRefName: state.repository.headBranch,
    baseRefName: state.repository.baseBranch,
    reviewThreads: connection(
      'reviewThreads',
      () => state.threads(),
      (found) => threadNode(found, call),
    ),
    comments: connection(
      'comments',
      () => state.issueComments,
      (comment) => saidNode(comment, call),
    ),
    reviews: connection(
      'reviews',
      () => state.reviews.filter((review) => review.state !== 'PENDING'),
      (review) => saidNode(review, call),
    ),
  };
}

export const threadId = (thread: Thread): string => nodeId('PRRT', thread.id);

export function saidId(said: Said): string {
  return nodeId('thread' in said ? 'PRRC' : 'createdAt' in said ? 'IC' : 'PRR', said.id);
}

export function threadNode(
  { thread, comments }: { thread: Thread; comments: readonly ReviewComment[] },
  call: Call,
): Json {
  const first = comments[0] as ReviewComment;
  const mayResolve = allows(call.token, CONTENTS, false);
  return {
    __typename: 'PullRequestReviewThread',
    id: threadId(thread),
    isCollapsed: thread.resolvedBy !== null,
    isOutdated: first.outdated,
    isResolved: thread.resolvedBy !== null,
    resolvedBy: thread.resolvedBy && { ...actorNode(thread.resolvedBy, call), __typename: 'User' },
    viewerCanReply: allows(call.token, PULLS_WRITE, false),
    viewerCanResolve: mayResolve && thread.resolvedBy === null,
    viewerCanUnresolve: mayResolve && thread.resolvedBy !== null,
    path: first.path,
    line: first.line,
    startLine: first.startLine,
    originalLine: first.originalLine,
    originalStartLine: first.originalStartLine,
    diffSide: first.side,
    startDiffSide: first.startSide,
    subjectType: first.subject.toUpperCase(),
    comments: connection(
      'comments',
      () => comments,
      (comment) => saidNode(comment, call),
    ),
  };
}

export function saidNode(said: Said, call: Call): Json {
  const { owner, name, number } = call.state.settings;
  const html = `${call.web}/${owner}/${name}/pull/${number}`;
  const own = said.actor === call.token?.actor;
  const shared = {
    id: saidId(said),
    databaseId: said.id,
    fullDatabaseId: String(said.id),
    author: said.actor.login === GHOST ? null : actorNode(said.actor, call),
    editor: said.editedBy && actorNode(said.editedBy, call),
    body: said.body,
    lastEditedAt: said.editedBy === null ? null : 'updatedAt' in said ? said.updatedAt : said.submittedAt,
    includesCreatedEdit: said.editedBy !== null,
    isMinimized: said.minimized !== null,
    minimizedReason: said.minimized,
    viewerCanDelete: own,
    viewerCanMinimize: allows(call.token, PULLS_WRITE, false),
    viewerCanUpdate: own,
    viewerDidAuthor: own,
  };
  if ('thread' in said) return { ...shared, ...commentFields(said, call, html) };
  if ('createdAt' in said) {
    const times = { createdAt: said.createdAt, updatedAt: said.updatedAt };
    return { ...shared, ...times, __typename: 'IssueComment', url: `${html}#issuecomment-${said.id}` };
  }
  const url = `${html}#pullrequestreview-${said.id}`;
  return {
    ...shared,
    __typename: 'PullRequestReview',
    state: said.state,
    submittedAt: said.submittedAt,
    url,
  };
}

function commentFields(comment: ReviewComment, call: Call, html: string): Json {
  const { state } = call;
  return {
    __typename: 'PullRequestReviewComment',
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    outdated: comment.outdated,
    path: comment.path,
    line: comment.line,
    startLine: comment.startLine,
    originalLine: comment.originalLine,
    originalStartLine: comment.originalStartLine,
    subjectType: comment.subject.toUpperCase(),
    url: `${html}#discussion_r${comment.id}`,
    replyTo: () => {
      const first = state.comments.find(({ id }) => id === comment.inReplyTo);
      return first ? saidNode(first, call) : null;
    },
    pullRequestReview: () => {
      const review = state.reviews.find(({ id }) => id === comment.reviewId);
      return review ? saidNode(review, call) : null;
    },
  };
}

export function actorNode(actor: Actor, { web }: Call): Json {
  return {
    __typename: actor.type,
    id: nodeId(actor.type === 'Bot' ? 'BOT' : 'U', actor.id),
    databaseId: actor.id,
    login: actor.authorLogin,
    url: `${web}/${actor.type === 'Bot' ? 'apps/' : ''}${actor.authorLogin}`,
  };
}
