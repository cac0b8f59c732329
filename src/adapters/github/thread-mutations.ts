// What only GraphQL can do to a comment: resolve its thread, hide it, and undo either.
import { z } from 'zod';
import type { GitHubClient, QueryAnswer } from './github-client.ts';
import type { HostFailure } from './host-failure.ts';
import { type Tried, tryHost, writeOnce } from './try-host.ts';

export const RESOLVE = `mutation AssayResolve($id: ID!) {
  resolveReviewThread(input: {threadId: $id}) { thread { id isResolved } }
}`;
export const UNRESOLVE = `mutation AssayUnresolve($id: ID!) {
  unresolveReviewThread(input: {threadId: $id}) { thread { id isResolved } }
}`;
export const MINIMIZE = `mutation AssayMinimize($id: ID!) {
  minimizeComment(input: {subjectId: $id, classifier: OUTDATED}) { minimizedComment { isMinimized } }
}`;
export const UNMINIMIZE = `mutation AssayUnminimize($id: ID!) {
  unminimizeComment(input: {subjectId: $id}) { unminimizedComment { isMinimized } }
}`;
/** How a mutation whose answer was lost is looked for. */
export const LOOK = `query AssayNode($id: ID!) {
  node(id: $id) {
    ... on PullRequestReviewThread { isResolved }
    ... on Minimizable { isMinimized }
  }
}`;

export type Mutation = 'resolve' | 'unresolve' | 'minimize' | 'unminimize';

const DOCUMENTS: Readonly<Record<Mutation, string>> = {
  resolve: RESOLVE,
  unresolve: UNRESOLVE,
  minimize: MINIMIZE,
  unminimize: UNMINIMIZE,
};

const nodeShape = z.object({
  node: z.object({ isResolved: z.boolean().optional(), isMinimized: z.boolean().optional() }),
});

/**
 * Does it to a thread or comment, by node id. A refusal comes inside an answer with status 200 (platforms D25) and is given as a failure with
 * status 403.
 */
export async function mutateThread(
  client: GitHubClient,
  mutation: Mutation,
  id: string,
): Promise<Tried<null>> {
  const sent = await writeOnce<QueryAnswer | null>(
    client,
    () => client.mutate(DOCUMENTS[mutation], { id }),
    async () => ((await holds(client, mutation, id)) ? { data: null, errors: [] } : null),
  );
  if (sent.kind === 'failed') return sent;
  const refusal = sent.value?.errors[0];
  if (refusal === undefined) return { kind: 'done', value: null };
  const failure: HostFailure = { status: 403, said: refusal.message, codes: [], headers: {}, ours: null };
  return { kind: 'failed', failure };
}

async function holds(client: GitHubClient, mutation: Mutation, id: string): Promise<boolean> {
  const asked = await tryHost(client, () => client.query(LOOK, { id }));
  const parsed = asked.kind === 'done' ? nodeShape.safeParse(asked.value.data) : null;
  if (parsed?.success !== true) return false;
  const { isResolved, isMinimized } = parsed.data.node;
  return {
    resolve: isResolved === true,
    unresolve: isResolved === false,
    minimize: isMinimized === true,
    unminimize: isMinimized === false,
  }[mutation];
}
