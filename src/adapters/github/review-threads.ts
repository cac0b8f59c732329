// The threads of a pull request and who asks, in one GraphQL query: REST says nothing of either (platforms A4).
import { z } from 'zod';
import type { BotIdentity } from './bot-identity.ts';
import type { GitHubClient } from './github-client.ts';
import { StrangeAnswer } from './host-failure.ts';
import { userShape } from './host-shapes.ts';
import { readAnswer, tryHost } from './try-host.ts';

/** A review thread, found by its first comment. */
export interface ThreadState {
  readonly threadId: string;
  readonly resolved: boolean;
  readonly outdated: boolean;
  readonly mayResolve: boolean;
  readonly mayUnresolve: boolean;
  readonly resolvedBy: string | null;
  readonly commentNode: string | null;
  readonly minimized: boolean;
  readonly mayMinimize: boolean;
}

export interface Threads {
  readonly bot: BotIdentity;
  /** By the number and by the node id of the first comment; either may be all that a host gives. Empty where the host would not say. */
  readonly byComment: ReadonlyMap<number | string, ThreadState>;
}

export const THREADS_QUERY = `query AssayThreads($owner: String!, $name: String!, $number: Int!, $after: String) {
  viewer { login databaseId }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id isResolved isOutdated viewerCanResolve viewerCanUnresolve
          resolvedBy { login }
          comments(first: 1) { nodes { id databaseId isMinimized minimizedReason viewerCanMinimize } }
        }
      }
    }
  }
}`;

export const VIEWER_QUERY = 'query AssayViewer { viewer { login databaseId } }';

const viewerShape = z.object({
  viewer: z.object({ login: z.string().min(1), databaseId: z.number().int().nullish() }),
});
const commentShape = z.object({
  id: z.string(),
  databaseId: z.number().nullish(),
  isMinimized: z.boolean(),
  viewerCanMinimize: z.boolean(),
});
const threadShape = z.object({
  id: z.string(),
  isResolved: z.boolean(),
  isOutdated: z.boolean(),
  viewerCanResolve: z.boolean(),
  viewerCanUnresolve: z.boolean(),
  resolvedBy: z.object({ login: z.string() }).nullish(),
  comments: z.object({ nodes: z.array(commentShape.nullable()).nullish() }),
});
const threadsShape = z.object({
  repository: z.object({
    pullRequest: z.object({
      reviewThreads: z.object({
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
        nodes: z.array(threadShape.nullable()).nullish(),
      }),
    }),
  }),
});

const PAGE_CAP = 100;

/**
 * All threads and the bot's own identity. When the token may not read threads (or the server is too old for the query), only the identity;
 * throws when even that is not told.
 */
export async function readThreads(
  client: GitHubClient,
  change: { readonly owner: string; readonly name: string; readonly number: number },
): Promise<Threads> {
  const byComment = new Map<number | string, ThreadState>();
  let bot: BotIdentity | null = null;
  let after: string | null = null;
  for (let page = 0; page < PAGE_CAP; page += 1) {
    const tried = await tryHost(client, () => client.query(THREADS_QUERY, { ...change, after }));
    if (tried.kind === 'failed') break;
    bot ??= readViewer(tried.value.data);
    const threads = threadsShape.safeParse(tried.value.data);
    if (!threads.success) break;
    const { nodes, pageInfo } = threads.data.repository.pullRequest.reviewThreads;
    for (const node of nodes ?? []) if (node !== null) keepThread(byComment, node);
    if (!pageInfo.hasNextPage || typeof pageInfo.endCursor !== 'string') break;
    after = pageInfo.endCursor;
  }
  return { bot: bot ?? (await readIdentity(client)), byComment };
}

function keepThread(byComment: Map<number | string, ThreadState>, node: z.infer<typeof threadShape>): void {
  const first = node.comments.nodes?.[0] ?? null;
  if (first === null) return;
  const state: ThreadState = {
    threadId: node.id,
    resolved: node.isResolved,
    outdated: node.isOutdated,
    mayResolve: node.viewerCanResolve,
    mayUnresolve: node.viewerCanUnresolve,
    resolvedBy: node.resolvedBy?.login ?? null,
    commentNode: first.id,
    minimized: first.isMinimized,
    mayMinimize: first.viewerCanMinimize,
  };
  byComment.set(first.id, state);
  if (typeof first.databaseId === 'number') byComment.set(first.databaseId, state);
}

async function readIdentity(client: GitHubClient): Promise<BotIdentity> {
  const asked = await tryHost(client, () => client.query(VIEWER_QUERY, {}));
  const viewer = asked.kind === 'done' ? readViewer(asked.value.data) : null;
  if (viewer !== null) return viewer;
  // A person's token may read this where GraphQL is closed.
  const user = await tryHost(client, () => client.read('GET /user', {}));
  if (user.kind === 'done') return readAnswer(userShape, user.value.data, 'who the token belongs to');
  throw new StrangeAnswer('neither GraphQL nor REST says who the token belongs to');
}

function readViewer(data: unknown): BotIdentity | null {
  const parsed = viewerShape.safeParse(data);
  if (!parsed.success) return null;
  return { login: parsed.data.viewer.login, id: parsed.data.viewer.databaseId ?? null };
}
