// A GitHub for tests: one repository with one pull request, as strict as the real one and with its traps.
import type { EmulatedHost } from '../emulated-host.ts';
import { startEmulatedHost } from '../emulated-host.ts';
import type { ReviewRepository } from '../review-repository.ts';
import { actionsToken, type Token } from './actors.ts';
import { repositionComment } from './anchors.ts';
import { createChecks } from './check-routes.ts';
import type { CheckRun } from './check-run.ts';
import { commentRoutes } from './comment-routes.ts';
import { answerRequest } from './front-door.ts';
import { gitRoutes } from './git-routes.ts';
import { Throttle } from './limits.ts';
import { madePullRoutes } from './made-pulls.ts';
import { readOpenApi } from './openapi-check.ts';
import { People } from './people.ts';
import { pullRoutes } from './pull-routes.ts';
import { reviewRoutes } from './review-routes.ts';
import { createScanning, type Scanning } from './scanning-routes.ts';
import { AUTHOR, GitHubState, type PullRequestSettings } from './state.ts';
import { type CommitStatus, createStatuses } from './status-routes.ts';
import { applySuggestions } from './suggestions.ts';

export interface GitHubEmulatorOptions extends Partial<PullRequestSettings> {
  readonly repository: ReviewRepository;
  /** By the token's text. Left out: `ghs_workflow`, a GITHUB_TOKEN that may do everything. */
  readonly tokens?: Readonly<Record<string, Token>>;
  /** GitHub's OpenAPI; left out: what `ASSAY_GITHUB_OPENAPI` names; null: none. */
  readonly openApi?: string | null;
}

export interface GitHubEmulator
  extends Pick<EmulatedHost, 'log' | 'faults' | 'writes' | 'onRequest' | 'close'> {
  /** As the runner sets them: `GITHUB_API_URL`, `GITHUB_GRAPHQL_URL`, `GITHUB_SERVER_URL`. */
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly serverUrl: string;
  readonly state: GitHubState;
  /** Tokens may be added and changed while it runs. */
  readonly tokens: Map<string, Token>;
  readonly people: People;
  readonly throttle: Throttle;
  readonly scanning: Scanning;
  readonly checkRuns: readonly CheckRun[];
  readonly statuses: readonly CommitStatus[];
  /** Requests that no careful client sends, and answers of our own that are not as GitHub describes them. A test asserts `[]`. */
  readonly violations: string[];
  /** Clicks "Commit suggestion" on a comment; returns the new head. Throws with the reason when there is no button. */
  applySuggestion(id: number): string;
  /** Clicks "Add to batch" on each, then "Commit suggestions". */
  applySuggestions(ids: readonly number[]): string;
}

export const WORKFLOW_TOKEN = 'ghs_workflow';

export async function startGitHubEmulator(options: GitHubEmulatorOptions): Promise<GitHubEmulator> {
  const {
    repository,
    tokens: granted,
    openApi = process.env.ASSAY_GITHUB_OPENAPI ?? null,
    ...settings
  } = options;
  const state = new GitHubState(repository, {
    owner: 'octo',
    name: 'shop',
    number: 7,
    private: true,
    fork: 'no',
    findsForkCommits: false,
    author: AUTHOR,
    repositoryId: 1_296_269,
    enterprise: null,
    ...settings,
  });
  repository.onChange(() => {
    for (const comment of state.comments) repositionComment(comment, repository);
  });
  const tokens = new Map(Object.entries(granted ?? { [WORKFLOW_TOKEN]: actionsToken() }));
  const throttle = new Throttle();
  const checks = createChecks();
  const statuses = createStatuses();
  const scanning = createScanning(() => `refs/pull/${state.settings.number}/head`);
  const violations: string[] = [];
  const routes = [
    ...pullRoutes,
    ...madePullRoutes,
    ...gitRoutes,
    ...reviewRoutes,
    ...commentRoutes,
    ...checks.routes,
    ...statuses.routes,
    ...scanning.routes,
  ];
  const check = openApi === null ? null : readOpenApi(openApi);
  const host = await startEmulatedHost((request) =>
    answerRequest(request, { state, tokens, throttle, routes, check, violations }),
  );
  const { log, faults, writes, onRequest, close } = host;
  const enterprise = state.settings.enterprise !== null;
  return {
    ...{ log, faults, writes, onRequest, close },
    ...{ state, tokens, throttle, scanning, violations },
    apiUrl: enterprise ? `${host.url}/api/v3` : host.url,
    graphqlUrl: enterprise ? `${host.url}/api/graphql` : `${host.url}/graphql`,
    serverUrl: host.url,
    people: new People(state),
    checkRuns: checks.runs,
    statuses: statuses.statuses,
    applySuggestion: (id) => applySuggestions(state, [id]),
    applySuggestions: (ids) => applySuggestions(state, ids),
  };
}
