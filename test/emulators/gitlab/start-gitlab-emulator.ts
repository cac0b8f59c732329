// Starts a GitLab with one project and one merge request over a real git repository: what the product is proven against.
import { type EmulatedHost, startEmulatedHost } from '../emulated-host.ts';
import type { ReviewRepository } from '../review-repository.ts';
import { GitLabState } from './gitlab-state.ts';
import { createGitLabHandler } from './handle-request.ts';
import type { CommitStatus, Discussion, GitLabSwitches, GitLabToken, GitLabUser } from './model.ts';
import { GitLabPeople } from './people.ts';

export interface GitLabEmulatorOptions {
  readonly repository: ReviewRepository;
  /** `/api/v4` when left out; `/gitlab/api/v4` for one that is installed below a path. */
  readonly basePath?: string;
  readonly project?: { readonly id?: number; readonly path?: string; readonly sourceId?: number };
  readonly mergeRequest?: { readonly iid?: number; readonly title?: string };
  /** Other tokens beside those of `GITLAB_TOKENS`, by their value. */
  readonly tokens?: Readonly<Record<string, GitLabToken>>;
  readonly switches?: Partial<GitLabSwitches>;
}

export interface GitLabEmulator extends EmulatedHost {
  /** With the base path: `http://127.0.0.1:1234/api/v4`, what a runner sets as CI_API_V4_URL. */
  readonly apiUrl: string;
  /** Without `/api/v4`: CI_SERVER_URL. */
  readonly serverUrl: string;
  readonly people: GitLabPeople;
  readonly switches: GitLabSwitches;
  /** What clients sent that they must not send; a test asserts that it stays empty. */
  readonly violations: readonly string[];
  /** Lines of notes that were run as commands; the same. */
  readonly quickActions: readonly string[];
  readonly state: GitLabState;
  /** Another token, or other rights for one, from now on. */
  grant(value: string, token: GitLabToken): void;
  /** As they are now, in order of opening, with those of the system. */
  discussions(): readonly Discussion[];
  /** The discussions that one user opened. */
  discussionsBy(user: GitLabUser): readonly Discussion[];
  statuses(): readonly CommitStatus[];
}

const person = (id: number, username: string, bot = false): GitLabUser => ({
  id,
  username,
  name: username,
  bot,
});

export const GITLAB_USERS = {
  /** Made for the project access token. */
  bot: person(101, 'project_42_bot_5f3a', true),
  /** Who opened the merge request. */
  author: person(2, 'ada'),
  reviewer: person(3, 'grace'),
  maintainer: person(4, 'barbara'),
} as const;

/** The token of every kind, by what it is for. */
export const GITLAB_TOKENS = {
  /** Project access token, scope `api`, Developer. */
  bot: 'glpat-bot-developer',
  /** The same with the role Reporter: may comment, may not resolve or set a status. */
  reporter: 'glpat-bot-reporter',
  guest: 'glpat-bot-guest',
  readApi: 'glpat-read-api',
  /** CI_JOB_TOKEN; goes into `JOB-TOKEN`. */
  job: 'glcbt-64_job',
  /** Of somebody who is no member. */
  stranger: 'glpat-stranger',
  author: 'glpat-author',
  reviewer: 'glpat-reviewer',
  maintainer: 'glpat-maintainer',
} as const;

const TOKENS: Readonly<Record<string, GitLabToken>> = {
  [GITLAB_TOKENS.bot]: { kind: 'api', user: GITLAB_USERS.bot, access: 30 },
  [GITLAB_TOKENS.reporter]: { kind: 'api', user: GITLAB_USERS.bot, access: 20 },
  [GITLAB_TOKENS.guest]: { kind: 'api', user: GITLAB_USERS.bot, access: 10 },
  [GITLAB_TOKENS.readApi]: { kind: 'read_api', user: GITLAB_USERS.bot, access: 30 },
  [GITLAB_TOKENS.job]: { kind: 'job', user: GITLAB_USERS.author, access: 30 },
  [GITLAB_TOKENS.stranger]: { kind: 'api', user: person(5, 'mallory'), access: 0 },
  [GITLAB_TOKENS.author]: { kind: 'api', user: GITLAB_USERS.author, access: 20 },
  [GITLAB_TOKENS.reviewer]: { kind: 'api', user: GITLAB_USERS.reviewer, access: 30 },
  [GITLAB_TOKENS.maintainer]: { kind: 'api', user: GITLAB_USERS.maintainer, access: 40 },
};

/** The project is `group/project` with id 42 and the merge request `!7` unless told otherwise. Call `close()` when done. */
export async function startGitLabEmulator(options: GitLabEmulatorOptions): Promise<GitLabEmulator> {
  const { repository, basePath = '/api/v4' } = options;
  const id = options.project?.id ?? 42;
  const state = new GitLabState(
    repository,
    { path: 'group/project', sourceId: id, ...options.project, id },
    { iid: 7, title: 'A change', ...options.mergeRequest, author: GITLAB_USERS.author },
    new Map(Object.entries({ ...TOKENS, ...options.tokens })),
  );
  Object.assign(state.switches, options.switches);
  const host = await startEmulatedHost(createGitLabHandler(state, basePath));
  return {
    ...host,
    apiUrl: host.url + basePath,
    serverUrl: host.url + basePath.replace(/\/api\/v4$/, ''),
    people: new GitLabPeople(state, GITLAB_USERS.reviewer),
    switches: state.switches,
    violations: state.violations,
    quickActions: state.quickActions,
    state,
    grant: (value, token) => void state.tokens.set(value, token),
    discussions: () => state.discussions,
    discussionsBy: (user) => state.discussions.filter(({ notes }) => notes[0]?.author.id === user.id),
    statuses: () => state.statuses,
  };
}
