// Both emulated hosts as places where fixes are proposed, over a clone of the repository that is fixed: what people do there, and what stands there.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createTemporaryFolder, type GitRepository } from '../doubles/git-repository.ts';
import { actionsToken } from '../emulators/github/actors.ts';
import { startGitHubEmulator, WORKFLOW_TOKEN } from '../emulators/github/github-emulator.ts';
import {
  GITLAB_TOKENS,
  GITLAB_USERS,
  startGitLabEmulator,
} from '../emulators/gitlab/start-gitlab-emulator.ts';
import { ReviewRepository } from '../emulators/review-repository.ts';
import type { StoredObjects } from '../emulators/stored-objects.ts';

export interface ShownRequest {
  readonly number: number;
  readonly state: 'open' | 'closed' | 'merged';
  readonly title: string;
  readonly body: string;
  readonly head: string;
  readonly target: string;
}

export interface FixHost {
  readonly name: 'github' | 'gitlab';
  readonly objects: StoredObjects;
  readonly git: GitRepository;
  readonly log: readonly { readonly method: string; readonly path: string; readonly isWrite: boolean }[];
  readonly faults: Awaited<ReturnType<typeof startGitHubEmulator>>['faults'];
  onRequest: Awaited<ReturnType<typeof startGitHubEmulator>>['onRequest'];
  /** A job on a branch; `main` when left out. */
  variables(branch?: string): Record<string, string>;
  /** A job of the change that comes from `feature`. */
  ofChange(options?: { readonly fork?: boolean }): Record<string, string>;
  requests(): readonly ShownRequest[];
  edit(number: number, text: { readonly title?: string; readonly body?: string }): void;
  close(number: number): void;
  merge(number: number): void;
  protect(branch: string): void;
  /** Of writing to the repository; of opening requests. */
  takeRight(right: 'contents' | 'requests'): void;
  writes(): number;
  /** What a careful client does not send. */
  violations(): readonly string[];
  dispose(): Promise<void>;
}

export const FIX_HOSTS = {
  github: openFixGitHub,
  gitlab: openFixGitLab,
} as const;

/** Where the change under review comes from. */
function hostRepository(origin: GitRepository): ReviewRepository {
  const git = origin.copy();
  git.write('.git/refs/heads/feature', readFileSync(git.path('.git/refs/heads/main')));
  return new ReviewRepository(git);
}

async function openFixGitHub(origin: GitRepository): Promise<FixHost> {
  const repository = hostRepository(origin);
  const github = await startGitHubEmulator({ repository });
  const { state } = github;
  const find = (number: number) => {
    const found = state.pulls.find((pull) => pull.number === number);
    if (!found) throw new Error(`There is no pull request ${number}.`);
    return found;
  };
  const base = {
    ...{ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'octo/shop', GITHUB_TOKEN: WORKFLOW_TOKEN },
    ...{ GITHUB_API_URL: github.apiUrl, GITHUB_GRAPHQL_URL: github.graphqlUrl },
    GITHUB_SERVER_URL: github.serverUrl,
  };
  return {
    name: 'github',
    ...{ objects: state.objects, git: repository.git, log: github.log, faults: github.faults },
    onRequest: github.onRequest,
    variables: (branch = 'main') => ({
      ...base,
      ...{ GITHUB_EVENT_NAME: 'push', GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: branch },
    }),
    ofChange: ({ fork = false } = {}) => {
      const file = path.join(createTemporaryFolder(), 'event.json');
      const full = 'octo/shop';
      const head = { sha: repository.head(), repo: { full_name: fork ? 'someone/shop' : full } };
      const event = {
        pull_request: { number: 7, head, base: { sha: repository.baseTip(), repo: { full_name: full } } },
      };
      writeFileSync(file, JSON.stringify(event));
      return { ...base, GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: file };
    },
    requests: () => state.pulls.map(({ base: target, ...pull }) => ({ ...pull, target })),
    edit: (number, text) => void Object.assign(find(number), text),
    close: (number) => {
      find(number).state = 'closed';
    },
    merge: (number) => {
      find(number).state = 'merged';
    },
    protect: (branch) => void state.protectedBranches.add(branch),
    takeRight: (right) =>
      void (right === 'contents'
        ? github.tokens.set(WORKFLOW_TOKEN, actionsToken({ contents: 'read', 'pull-requests': 'write' }))
        : Object.assign(state, { actionsMayOpenPulls: false })),
    writes: () => github.writes().length,
    violations: () => github.violations,
    dispose: async () => {
      await github.close();
      repository.dispose();
    },
  };
}

async function openFixGitLab(origin: GitRepository): Promise<FixHost> {
  const repository = hostRepository(origin);
  const gitlab = await startGitLabEmulator({ repository });
  const { state } = gitlab;
  const find = (iid: number) => {
    const found = state.requests.find((one) => one.iid === iid);
    if (!found) throw new Error(`There is no merge request ${iid}.`);
    return found;
  };
  const base = {
    ...{ GITLAB_CI: 'true', CI_API_V4_URL: gitlab.apiUrl, CI_SERVER_URL: gitlab.serverUrl },
    ...{ CI_PROJECT_ID: String(state.project.id), ASSAY_GITLAB_TOKEN: GITLAB_TOKENS.bot },
  };
  return {
    name: 'gitlab',
    ...{ objects: state.objects, git: repository.git, log: gitlab.log, faults: gitlab.faults },
    onRequest: gitlab.onRequest,
    variables: (branch = 'main') => ({ ...base, CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: branch }),
    ofChange: ({ fork = false } = {}) => ({
      ...base,
      ...{ CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_IID: String(state.mergeRequest.iid) },
      CI_MERGE_REQUEST_PROJECT_ID: String(state.project.id),
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: fork ? '99' : String(state.project.id),
    }),
    requests: () =>
      state.requests.map(({ iid, source, description, state: at, title, target }) => ({
        ...{
          number: iid,
          state: at === 'opened' ? 'open' : at,
          title,
          body: description,
          head: source,
          target,
        },
      })),
    edit: (number, { title, body }) =>
      void Object.assign(find(number), {
        ...(title === undefined ? {} : { title }),
        ...(body === undefined ? {} : { description: body }),
      }),
    close: (number) => {
      find(number).state = 'closed';
    },
    merge: (number) => {
      find(number).state = 'merged';
    },
    protect: (branch) => void state.protectedBranches.add(branch),
    takeRight: (right) =>
      gitlab.grant(GITLAB_TOKENS.bot, {
        kind: right === 'contents' ? 'api' : 'read_api',
        user: GITLAB_USERS.bot,
        access: right === 'contents' ? 20 : 30,
      }),
    writes: () => gitlab.writes().length,
    violations: () => [...gitlab.violations, ...gitlab.quickActions],
    dispose: async () => {
      await gitlab.close();
      repository.dispose();
    },
  };
}
