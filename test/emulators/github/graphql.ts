// GraphQL over the same state as REST: threads, who resolved them, and what is minimised (platforms A4, D25).
import { buildSchema, graphqlSync } from 'graphql';
import type { HostAnswer } from '../emulated-host.ts';
import { type Actor, allows, type Need } from './actors.ts';
import { fail } from './graphql-connection.ts';
import {
  actorNode,
  pullNode,
  repositoryNode,
  saidId,
  saidNode,
  threadId,
  threadNode,
} from './graphql-nodes.ts';
import { GRAPHQL_SCHEMA } from './graphql-schema.ts';
import { refuse } from './refusals.ts';
import type { Call } from './routes.ts';

type Json = Record<string, unknown>;

const schema = buildSchema(GRAPHQL_SCHEMA);
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
