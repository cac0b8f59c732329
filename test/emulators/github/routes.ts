// The endpoints that exist: each with its path, what it needs, what its body must be, and what it does.
import type { z } from 'zod';
import type { HostAnswer, HostRequest } from '../emulated-host.ts';
import type { Need, Token } from './actors.ts';
import type { Throttle } from './limits.ts';
import type { Presenter } from './present-repository.ts';
import type { GitHubState } from './state.ts';

/** One request on its way through a route. */
export interface Call extends Presenter {
  readonly state: GitHubState;
  readonly request: HostRequest;
  readonly token: Token | null;
  /** Decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The absolute address of this request's path, with the repository's number in place of its name. */
  readonly numbered: string;
  readonly throttle: Throttle;
  /** Notes something that a careful client does not send; what is answered is another matter. */
  violate(text: string): void;
}

export interface Route<Body = unknown> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** As in GitHub's OpenAPI: `/repos/{owner}/{repo}/pulls/{pull_number}`. */
  readonly path: string;
  /** Null: any token will do. */
  readonly need: Need | null;
  /** What a body is, without any key that is not known. */
  readonly body?: z.ZodType<Body>;
  /** How a body that is not that is refused; left out: as an invalid request. */
  readonly refuseBody?: (body: unknown, reasons: string) => HostAnswer;
  /** Makes content, and so may be held back as spam or by the secondary limit. */
  readonly creates?: 'PullRequestReviewComment' | 'IssueComment';
  readonly run: (call: Call, body: Body) => HostAnswer;
}

/** Keeps the body's type inside one route while a list of routes has one type. */
export function route<Body>(definition: Route<Body>): Route {
  return definition as unknown as Route;
}

interface Found {
  readonly route: Route;
  readonly parameters: Record<string, string>;
}

/** The only parameter that may hold slashes: a path of a file. Everywhere else one must be encoded (D18). */
const LONG_PARAMETER = '{path}';

/** Null when no route has this path; `'method'` when one has it for another method. */
export function findRoute(routes: readonly Route[], method: string, path: string): Found | null {
  for (const candidate of routes) {
    if (candidate.method !== method) continue;
    const match = patternOf(candidate.path).exec(path);
    if (match) return { route: candidate, parameters: decodeAll(match.groups ?? {}) };
  }
  return null;
}

const patterns = new Map<string, RegExp>();

function patternOf(path: string): RegExp {
  const known = patterns.get(path);
  if (known) return known;
  const source = path
    .split('/')
    .map((part) =>
      part === LONG_PARAMETER ? '(?<path>.*[^/])' : part.replace(/^\{(\w+)\}$/, '(?<$1>[^/]+)'),
    )
    .join('/');
  const pattern = new RegExp(`^${source}$`);
  patterns.set(path, pattern);
  return pattern;
}

function decodeAll(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([key, value]) => [key, decodeSafely(value)]));
}

function decodeSafely(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
