// What every request passes before it reaches its endpoint, in GitHub's order (platforms A7, D14–D19).
import type { HostAnswer, HostRequest } from '../emulated-host.ts';
import { acceptedPermissions, allows, type Need, type Token } from './actors.ts';
import { answerGraphql } from './graphql.ts';
import type { Throttle } from './limits.ts';
import type { OpenApiCheck } from './openapi-check.ts';
import { DOCS, notFound, refuse } from './refusals.ts';
import { type Call, findRoute, type Route } from './routes.ts';
import type { GitHubState } from './state.ts';

export interface FrontDoor {
  readonly state: GitHubState;
  readonly tokens: ReadonlyMap<string, Token>;
  readonly throttle: Throttle;
  readonly routes: readonly Route[];
  readonly check: OpenApiCheck | null;
  readonly violations: string[];
}

const API_VERSIONS = ['2022-11-28', '2026-03-10'];
const ENTERPRISE_PREFIX = '/api/v3';

export function answerRequest(request: HostRequest, door: FrontDoor): HostAnswer {
  const version = header(request, 'x-github-api-version') ?? '2022-11-28';
  const answer = admit(request, door, version);
  const { enterprise } = door.state.settings;
  return {
    ...answer,
    headers: {
      'x-github-request-id': 'E0E1:2F:3A',
      'x-github-media-type': 'github.v3; format=json',
      'x-github-api-version-selected': version,
      ...(enterprise === null ? door.throttle.headers() : { 'x-github-enterprise-version': enterprise }),
      ...answer.headers,
    },
  };
}

function admit(request: HostRequest, door: FrontDoor, version: string): HostAnswer {
  if (!header(request, 'user-agent')) {
    const body =
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required).\n';
    return { status: 403, headers: { 'content-type': 'text/html' }, body };
  }
  if (!API_VERSIONS.includes(version)) {
    return refuse(
      400,
      `The version '${version}' is not supported. Supported versions are: ${API_VERSIONS.join(', ')}.`,
    );
  }
  const credentials = /^(?:token|bearer) (\S+)$/i.exec(header(request, 'authorization') ?? '')?.[1];
  const token = credentials === undefined ? null : (door.tokens.get(credentials) ?? null);
  if (token === null && header(request, 'authorization') !== undefined) return refuse(401, 'Bad credentials');
  // An Enterprise Server has no limits unless somebody switches them on.
  const spent = door.state.settings.enterprise === null ? door.throttle.count() : null;
  // GraphQL says the same with 200.
  if (spent && /\/graphql$/.test(request.path)) {
    return {
      status: 200,
      body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded for installation.' }] },
    };
  }
  if (spent) return spent;
  const scopes =
    token?.kind === 'classic'
      ? { 'x-oauth-scopes': token.scopes.join(', '), 'x-accepted-oauth-scopes': 'repo' }
      : {};
  const answer = dispatch(request, door, token);
  const shown = version === '2026-03-10' ? withoutRemoved(answer) : answer;
  return { ...shown, headers: { ...scopes, ...shown.headers } };
}

/** Gone from pull requests in this version (platforms A3). */
function withoutRemoved(answer: HostAnswer): HostAnswer {
  if (answer.body === null || typeof answer.body !== 'object' || !('merge_commit_sha' in answer.body))
    return answer;
  const { merge_commit_sha: _removed, ...body } = answer.body;
  return { ...answer, body };
}

function dispatch(request: HostRequest, door: FrontDoor, token: Token | null): HostAnswer {
  const onEnterprise = request.path.startsWith('/api/');
  const path = onEnterprise
    ? request.path.replace(/^\/api\/(v3(?=\/|$))?/, '/').replace('//', '/')
    : request.path;
  const api = onEnterprise ? `${request.origin}${ENTERPRISE_PREFIX}` : request.origin;
  const { owner, name, repositoryId } = door.state.settings;
  const named = path.replace(new RegExp(`^/repositories/${repositoryId}(?=/|$)`), `/repos/${owner}/${name}`);
  const found = findRoute(door.routes, request.method, named);
  const call: Call = {
    state: door.state,
    api,
    web: request.origin,
    request,
    token,
    parameters: found?.parameters ?? {},
    numbered: `${api}/repositories/${repositoryId}${named.replace(/^\/repos\/[^/]+\/[^/]+/, '')}`,
    throttle: door.throttle,
    violate: (text) => void door.violations.push(`${request.method} ${path}: ${text}`),
  };
  if (path === '/graphql' && request.method === 'POST')
    return refuseBody(request) ?? heldMutation(request, call) ?? answerGraphql(call);
  if (!found || !isHere(call)) return notFound();
  return enter(found.route, call, door);
}

/** Mutations count as writes for the secondary limit. */
function heldMutation(request: HostRequest, call: Call): HostAnswer | null {
  const query = (request.body as { query?: unknown }).query;
  return typeof query === 'string' && /^\s*mutation\b/.test(query) ? call.throttle.hold(undefined) : null;
}

/** Whether the path names this repository and this pull request, and the caller may know of them. */
function isHere(call: Call): boolean {
  const { parameters, state, token } = call;
  const { owner, name, number } = state.settings;
  if (parameters.owner === undefined) return true;
  const same = `${parameters.owner}/${parameters.repo}`.toLowerCase() === `${owner}/${name}`.toLowerCase();
  const asked = parameters.pull_number ?? parameters.issue_number ?? String(number);
  const known = asked === String(number) || state.pulls.some((pull) => String(pull.number) === asked);
  return same && known && (!state.settings.private || token?.seesRepository === true);
}

function enter(route: Route, call: Call, door: FrontDoor): HostAnswer {
  const { state, request, token } = call;
  const writes = route.method !== 'GET';
  const headers =
    route.need && token?.kind !== 'classic'
      ? { 'x-accepted-github-permissions': acceptedPermissions(route.need) }
      : {};
  const refused =
    refuseAccess(route.need, writes, call) ??
    (writes && state.archived ? refuse(403, 'Repository was archived so is read-only.') : null) ??
    (route.creates && state.locked && token?.actor.type === 'Bot'
      ? refuse(403, 'Unable to create comment because issue is locked.')
      : null) ??
    (route.body ? refuseBody(request) : null) ??
    (writes ? call.throttle.hold(route.creates) : null);
  if (refused) return { ...refused, headers: { ...headers, ...refused.headers } };
  for (const fault of door.check?.request(route.method, route.path, request) ?? []) call.violate(fault);
  const read = route.body?.safeParse(request.body);
  if (read && !read.success) {
    const reasons = read.error.issues
      .map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`)
      .join('\n');
    call.violate(reasons);
    return (
      route.refuseBody?.(request.body, reasons) ??
      refuse(422, `Invalid request.\n\n${reasons}`, undefined, DOCS.rest)
    );
  }
  if (!route.body && request.body !== null) call.violate('takes no body');
  const answer = route.run(call, read?.data);
  // Stringified, since that is what leaves: a key that is undefined does not.
  const body: unknown =
    Buffer.isBuffer(answer.body) || answer.body === undefined ? '' : JSON.parse(JSON.stringify(answer.body));
  for (const fault of door.check?.answer(route.method, route.path, { status: answer.status, body }) ?? [])
    call.violate(`answered ${fault}`);
  return { ...answer, headers: { ...headers, ...answer.headers } };
}

function refuseAccess(need: Need | null, writes: boolean, { token, state }: Call): HostAnswer | null {
  if (writes && token === null) return refuse(401, 'Requires authentication');
  if (need === null || allows(token, need, !state.settings.private)) return null;
  if (token === null) return notFound();
  const person = token.kind === 'classic' || token.kind === 'fine_grained';
  if (person && writes && need.permissions.includes('checks'))
    return refuse(403, 'You must authenticate via a GitHub App.');
  // Without the scope it is not there for a classic token.
  if (token.kind === 'classic') return notFound();
  const kind = token.kind === 'fine_grained' ? 'personal access token' : 'integration';
  return refuse(403, `Resource not accessible by ${kind}`);
}

function refuseBody(request: HostRequest): HostAnswer | null {
  if (typeof request.body === 'string' && !isJson(request.text)) return refuse(400, 'Problems parsing JSON');
  const isObject = typeof request.body === 'object' && request.body !== null && !Array.isArray(request.body);
  return isObject ? null : refuse(400, 'Body should be a JSON object');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function header(request: HostRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
