// GraphQL over the same state as REST: threads, who resolved them, and what is minimised (platforms A4, D25).
import { buildSchema, GraphQLError, graphqlSync } from 'graphql';
import type { HostAnswer } from '../emulated-host.ts';
import { type Actor, allows, type Need } from './actors.ts';
import { GRAPHQL_SCHEMA } from './graphql-schema.ts';
import { nodeId } from './present-repository.ts';
import { refuse } from './refusals.ts';
import type { Call } from './routes.ts';
import type { IssueComment, Review, ReviewComment, Thread } from './state.ts';

type Json = Record<string, unknown>;
type Said = ReviewComment | IssueComment | Review;

interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

const schema = buildSchema(GRAPHQL_SCHEMA);
const MOST_NODES = 100;
const PULLS = (access: Need['access']): Need => ({ permissions: ['pull-requests'], access });
const CONTENTS: Need = { permissions: ['contents'], access: 'write' };
const TIMELINE: Need = { permissions: ['issues'], access: 'write' };

/** Answers 200 whatever happens inside; refusals stand in `errors` with a `type`. */
export function answerGraphql(call: Call): HostAnswer {
  if (!call.token) return refuse(401, 'This endpoint requires you to be authenticated.');
  const { query, variables, operationName } = call.request.body as Json;
  if (typeof query !== 'string')
    return {
      status: 200,
      body: { errors: [{ message: 'A query attribute must be specified and must be a string.' }] },
    };
  const result = graphqlSync({
    schema,
    source: query,
    rootValue: createRoot(call),
    variableValues: variables as Json | null,
    operationName: (operationName as string | undefined) ?? null,
  });
  const errors = result.errors?.map((error) => {
    const type = error.extensions.type;
    // With a place in the answer but no kind it was thrown by a bug of ours.
    if (error.path !== undefined && type === undefined) throw error.originalError ?? error;
    if (error.path === undefined) call.violate(`GraphQL: ${error.message}`);
    return {
      ...(type === undefined ? {} : { type }),
      path: error.path ?? [],
      locations: error.locations,
      message: error.message,
    };
  });
  // What does not even validate has no data at all.
  const data = result.data === undefined ? {} : { data: result.data };
  return { status: 200, body: errors ? { ...data, errors } : data };
}

function fail(type: string, message: string): never {
  throw new GraphQLError(message, { extensions: { type } });
}

const forbid = (): never => fail('FORBIDDEN', 'Resource not accessible by integration');

function createRoot(call: Call): Json {
  const { state, token } = call;
  const isPublic = !state.settings.private;
  const may = (need: Need): boolean => allows(token, need, isPublic);
  const { owner, name } = state.settings;
  const onlyFor = (need: Need): void => {
    if (!may(need)) forbid();
    if (state.archived) fail('UNPROCESSABLE', 'Repository was archived so is read-only.');
  };
  const resolving =
    (access: Actor | null) => (args: { input: { threadId: string; clientMutationId?: string } }) => {
      const found = state.threads().find(({ thread }) => threadId(thread) === args.input.threadId);
      if (!found)
        return fail(
          'NOT_FOUND',
          `Could not resolve to a node with the global id of '${args.input.threadId}'`,
        );
      // Thread resolution asks for contents, not for pull requests.
      onlyFor(CONTENTS);
      found.thread.resolvedBy = access;
      return { clientMutationId: args.input.clientMutationId, thread: threadNode(found, call) };
    };
  const minimizing = (id: string, reason: string | null): Json => {
    const all = [...state.shownComments(), ...state.issueComments, ...state.reviews];
    const said = all.find((candidate) => saidId(candidate) === id);
    if (!said) return fail('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
    onlyFor('createdAt' in said && !('thread' in said) ? TIMELINE : PULLS('write'));
    said.minimized = reason;
    return saidNode(said, call);
  };
  return {
    viewer: () => ({
      ...actorNode(token?.actor as Actor, call),
      __typename: 'User',
      login: token?.actor.login,
    }),
    rateLimit: () => ({ cost: 1, limit: 1000, remaining: 999, resetAt: '2026-01-01T01:00:00Z' }),
    node: ({ id }: { id: string }) => {
      const all = [...state.shownComments(), ...state.issueComments, ...state.reviews];
      const said = all.find((candidate) => saidId(candidate) === id);
      const thread = state.threads().find((candidate) => threadId(candidate.thread) === id);
      if (thread) return threadNode(thread, call);
      return said
        ? saidNode(said, call)
        : fail('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
    },
    repository: (args: { owner: string; name: string }) => {
      const same = `${args.owner}/${args.name}`.toLowerCase() === `${owner}/${name}`.toLowerCase();
      if (!same || (!isPublic && !token?.seesRepository)) {
        return fail(
          'NOT_FOUND',
          `Could not resolve to a Repository with the name '${args.owner}/${args.name}'.`,
        );
      }
      return repositoryNode(call, () => (may(PULLS('read')) ? pullNode(call) : forbid()));
    },
    resolveReviewThread: resolving(token?.actor ?? null),
    unresolveReviewThread: resolving(null),
    minimizeComment: ({
      input,
    }: {
      input: { subjectId: string; classifier: string; clientMutationId?: string };
    }) => ({
      clientMutationId: input.clientMutationId,
      minimizedComment: minimizing(input.subjectId, input.classifier.toLowerCase().replace('_', '-')),
    }),
    unminimizeComment: ({ input }: { input: { subjectId: string; clientMutationId?: string } }) => ({
      clientMutationId: input.clientMutationId,
      unminimizedComment: minimizing(input.subjectId, null),
    }),
  };
}

function repositoryNode(call: Call, pull: () => Json): Json {
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

function pullNode(call: Call): Json {
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

/** Cursors are places in the list. A connection without `first` or `last`, or above 100, is refused. */
function connection<Row>(field: string, rows: () => readonly Row[], present: (row: Row) => Json) {
  return ({ first, last, after, before }: PageArguments): Json => {
    if (first == null && last == null) {
      return fail(
        'MISSING_PAGINATION_BOUNDARIES',
        `You must provide a \`first\` or \`last\` value to properly paginate the \`${field}\` connection.`,
      );
    }
    const asked = (first ?? last) as number;
    const argument = first == null ? 'last' : 'first';
    if (asked > MOST_NODES) {
      return fail(
        'EXCESSIVE_PAGINATION',
        `Requesting ${asked} records on the \`${field}\` connection exceeds the \`${argument}\` limit of ${MOST_NODES} records.`,
      );
    }
    const all = rows();
    const from = after == null ? 0 : fromCursor(after);
    const to = before == null ? all.length : fromCursor(before) - 1;
    const start = first == null ? Math.max(from, to - asked) : from;
    const end = first == null ? to : Math.min(to, from + asked);
    return {
      totalCount: all.length,
      nodes: all.slice(start, end).map(present),
      pageInfo: {
        hasNextPage: end < all.length,
        hasPreviousPage: start > 0,
        startCursor: end > start ? toCursor(start + 1) : null,
        endCursor: end > start ? toCursor(end) : null,
      },
    };
  };
}

const toCursor = (place: number): string => Buffer.from(`cursor:${place}`).toString('base64');

function fromCursor(cursor: string): number {
  const place = Number(
    Buffer.from(cursor, 'base64')
      .toString()
      .replace(/^cursor:/, ''),
  );
  return Number.isInteger(place)
    ? place
    : fail('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
}

const threadId = (thread: Thread): string => nodeId('PRRT', thread.id);

function saidId(said: Said): string {
  return nodeId('thread' in said ? 'PRRC' : 'createdAt' in said ? 'IC' : 'PRR', said.id);
}

function threadNode(
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
    viewerCanReply: allows(call.token, PULLS('write'), false),
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

function saidNode(said: Said, call: Call): Json {
  const { owner, name, number } = call.state.settings;
  const html = `${call.web}/${owner}/${name}/pull/${number}`;
  const own = said.actor === call.token?.actor;
  const shared = {
    id: saidId(said),
    databaseId: said.id,
    fullDatabaseId: String(said.id),
    author: actorNode(said.actor, call),
    editor: said.editedBy && actorNode(said.editedBy, call),
    body: said.body,
    lastEditedAt: said.editedBy === null ? null : 'updatedAt' in said ? said.updatedAt : said.submittedAt,
    includesCreatedEdit: said.editedBy !== null,
    isMinimized: said.minimized !== null,
    minimizedReason: said.minimized,
    viewerCanDelete: own,
    viewerCanMinimize: allows(call.token, PULLS('write'), false),
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

function actorNode(actor: Actor, { web }: Call): Json {
  return {
    __typename: actor.type,
    id: nodeId(actor.type === 'Bot' ? 'BOT' : 'U', actor.id),
    databaseId: actor.id,
    login: actor.authorLogin,
    url: `${web}/${actor.type === 'Bot' ? 'apps/' : ''}${actor.authorLogin}`,
  };
}
