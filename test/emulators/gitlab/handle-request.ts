// From a request to the route that carries it out: limits, who is asking, which project, whether the token reaches that far.
import type { HostAnswer, HostHandler, HostRequest } from '../emulated-host.ts';
import {
  badParameters,
  insufficientScope,
  noRoute,
  notFound,
  notFoundPlain,
  rackLimited,
  unauthorized,
} from './answers.ts';
import { discussionRoutes } from './discussion-routes.ts';
import { draftRoutes } from './draft-routes.ts';
import { fixRoutes } from './fix-routes.ts';
import type { GitLabState } from './gitlab-state.ts';
import { mergeRequestRoutes } from './merge-request-routes.ts';
import type { GitLabToken } from './model.ts';
import { noteRoutes } from './note-routes.ts';
import { spend } from './note-writing.ts';
import { repositoryRoutes } from './repository-routes.ts';
import type { GitLabRoute } from './route.ts';
import { statusRoutes } from './status-routes.ts';
import { nestFields } from './write-schemas.ts';

const ROUTES: readonly (GitLabRoute & { readonly steps: readonly string[] })[] = [
  ...mergeRequestRoutes,
  ...discussionRoutes,
  ...noteRoutes,
  ...draftRoutes,
  ...statusRoutes,
  ...repositoryRoutes,
  ...fixRoutes,
].map((route) => ({
  ...route,
  steps: route.path.replace(/^:mr/, '/projects/:project/merge_requests/:iid').slice(1).split('/'),
}));

/** @param basePath `/api/v4`, below whatever GitLab is installed at */
export function createGitLabHandler(state: GitLabState, basePath: string): HostHandler {
  const installedAt = basePath.replace(/\/api\/v4$/, '');
  return (request) => {
    if (!request.path.startsWith(`${basePath}/`)) {
      state.violations.push(`${request.method} ${request.path} is not below ${basePath}`);
      return noRoute();
    }
    const limit = state.switches.rackAttack;
    if (!spend(limit)) return rackLimited(limit?.retryAfter ?? 1);
    const found = findRoute(request.method, request.path.slice(basePath.length + 1));
    if (!found) {
      state.violations.push(`${request.method} ${request.path} is no endpoint`);
      return noRoute();
    }
    return answer(state, request, found, request.origin + installedAt);
  };
}

interface FoundRoute {
  readonly route: GitLabRoute;
  readonly parameters: Readonly<Record<string, string>>;
}

function findRoute(method: string, path: string): FoundRoute | null {
  const given = path.split('/');
  const fitting = ROUTES.filter(
    ({ steps, method: taken }) =>
      taken === method &&
      steps.length === given.length &&
      steps.every((step, at) => (step.startsWith(':') ? given[at] !== '' : step === given[at])),
  );
  // A literal name wins over a parameter: `draft_notes/bulk_publish`.
  const route = fitting.toSorted((one, other) => count(one.steps) - count(other.steps))[0];
  if (!route) return null;
  const parameters = route.steps.flatMap((step, at) =>
    step.startsWith(':') ? [[step.slice(1), decodeURIComponent(given[at] ?? '')]] : [],
  );
  return { route, parameters: Object.fromEntries(parameters) };
}

const count = (steps: readonly string[]): number => steps.filter((step) => step.startsWith(':')).length;

function answer(state: GitLabState, request: HostRequest, found: FoundRoute, root: string): HostAnswer {
  const { route, parameters } = found;
  const token = authenticate(state, request);
  if (!token || (token.kind === 'job' && !route.jobToken)) return unauthorized();
  if (token.kind === 'read_api' && route.method !== 'GET') return insufficientScope();
  if (parameters.project !== undefined) {
    const { id, path } = state.project;
    const named = [String(id), path].includes(parameters.project);
    if (!named || token.access === 0) return notFound('Project');
  }
  const iids = [state.mergeRequest.iid, ...state.requests.map(({ iid }) => iid)].map(String);
  if (parameters.iid !== undefined && !iids.includes(parameters.iid)) {
    return notFoundPlain();
  }
  const fields = readSent(request);
  if (!fields) {
    state.violations.push(`${request.method} ${request.path}: the body is no object`);
    return badParameters('The request body could not be parsed');
  }
  return route.handle({ state, request, parameters, token, root, sent: fields });
}

/** Whose token it is, in the header of its kind; null for none, an unknown one, or one in the wrong header. */
function authenticate(state: GitLabState, { headers }: HostRequest): GitLabToken | null {
  const job = headers['job-token'];
  if (job !== undefined) {
    const token = state.tokens.get(String(job));
    return token?.kind === 'job' ? token : null;
  }
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  const token = state.tokens.get(String(headers['private-token'] ?? bearer));
  return token && token.kind !== 'job' ? token : null;
}

/** Fields of the body over those of the query, as Grape reads them; of reads the query is left to the route. */
function readSent(request: HostRequest): Record<string, unknown> | null {
  if (request.method === 'GET') return {};
  const query = Object.fromEntries(request.query);
  const { body } = request;
  if (body === null || body === '') return nestFields(query);
  if (typeof body !== 'object' || Array.isArray(body)) return null;
  const form = !/json/i.test(request.headers['content-type'] ?? '');
  return { ...nestFields(query), ...(form ? nestFields(body as Record<string, unknown>) : body) };
}
