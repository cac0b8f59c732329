// One view of both emulated hosts: what stands on the change request after a run, in words that a test can compare.
import { type GitHubEmulator, startGitHubEmulator } from '../emulators/github/github-emulator.ts';
import {
  GITLAB_USERS,
  type GitLabEmulator,
  startGitLabEmulator,
} from '../emulators/gitlab/start-gitlab-emulator.ts';
import type { ReviewRepository } from '../emulators/review-repository.ts';
import { gitHubVariables, gitLabVariables } from './reviewed-change.ts';

/** A comment about a finding as a reviewer sees it. */
export interface SaidComment {
  readonly id: number;
  readonly path: string;
  /** Null: it stands at the file. */
  readonly line: number | null;
  /** Where its range begins; equal to `line` for one line. */
  readonly startLine: number | null;
  readonly body: string;
  /** The finding, as the hidden marker names it. */
  readonly findingId: string;
}

export interface SaidAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

export interface ReviewingHost {
  readonly name: 'github' | 'gitlab';
  readonly repository: ReviewRepository;
  /** Up to the path of a file at head, with the last slash. */
  blobUrl(): string;
  variables(): Record<string, string>;
  /** The bot's comments about findings, in the order of posting. */
  comments(): readonly SaidComment[];
  /** The bodies of the bot's summary comments. */
  summaries(): readonly string[];
  /** Of the newest check run; empty on GitLab. */
  annotations(): readonly SaidAnnotation[];
  /** Requests since the last call of `forget`, as `METHOD path status`. */
  requests(): readonly string[];
  /** Those of them that would change something. */
  writes(): readonly string[];
  forget(): void;
  /** What no careful client sends, and answers of 400 and above. */
  complaints(): readonly string[];
  /** Clicks "Apply suggestion"; throws with the reason when there is no button. */
  apply(comment: SaidComment): void;
  readonly github: GitHubEmulator | null;
  readonly gitlab: GitLabEmulator | null;
  close(): Promise<void>;
}

export const HOSTS = ['github', 'gitlab'] as const;

export function startReviewingHost(
  name: ReviewingHost['name'],
  repository: ReviewRepository,
): Promise<ReviewingHost> {
  return name === 'github' ? onGitHub(repository) : onGitLab(repository);
}

function idOf(body: string): string | null {
  return /<!-- assay:v1 k=finding id=([0-9a-f]+)/.exec(body)?.[1] ?? null;
}

const isSummary = (body: string) => body.includes('<!-- assay:v1 k=summary ');

function follow(emulator: Pick<GitHubEmulator, 'log' | 'violations'> | GitLabEmulator) {
  let seen = 0;
  const fresh = () => emulator.log.slice(seen);
  const told = (log: typeof emulator.log) =>
    log.map(({ method, path, status }) => `${method} ${path} ${status}`);
  return {
    requests: () => told(fresh()),
    writes: () => told(fresh().filter(({ isWrite }) => isWrite)),
    forget: () => {
      seen = emulator.log.length;
    },
    complaints: () => [
      ...emulator.violations,
      ...told(emulator.log.filter(({ status }) => status === null || status >= 400)),
    ],
  };
}

async function onGitHub(repository: ReviewRepository): Promise<ReviewingHost> {
  const github = await startGitHubEmulator({ repository });
  const { owner, name } = github.state.settings;
  return {
    name: 'github',
    repository,
    blobUrl: () => `${github.serverUrl}/${owner}/${name}/blob/${repository.head()}/`,
    variables: () => gitHubVariables(github, repository),
    comments: () =>
      github.state.shownComments().flatMap(({ id, path, line, startLine, body }) => {
        const findingId = idOf(body);
        return findingId === null ? [] : [{ id, path, line, startLine: startLine ?? line, body, findingId }];
      }),
    summaries: () => github.state.issueComments.map(({ body }) => body).filter(isSummary),
    annotations: () =>
      (github.checkRuns.at(-1)?.annotations ?? []).map(({ path, start_line, end_line }) => ({
        path,
        startLine: start_line,
        endLine: end_line,
      })),
    ...follow(github),
    apply: ({ id }) => void github.applySuggestion(id),
    github,
    gitlab: null,
    close: () => github.close(),
  };
}

async function onGitLab(repository: ReviewRepository): Promise<ReviewingHost> {
  const gitlab = await startGitLabEmulator({ repository });
  const notes = () => gitlab.discussionsBy(GITLAB_USERS.bot).flatMap(({ notes: [note] }) => note ?? []);
  return {
    name: 'gitlab',
    repository,
    blobUrl: () => `${gitlab.serverUrl}/group/project/-/blob/${repository.head()}/`,
    variables: () => gitLabVariables(gitlab, repository),
    comments: () =>
      notes().flatMap(({ id, body, position }) => {
        const findingId = idOf(body);
        if (findingId === null) return [];
        const line = position?.new_line ?? null;
        return [
          {
            id,
            path: position?.new_path ?? '',
            line,
            startLine: position?.line_range?.start.new_line ?? line,
            body,
            findingId,
          },
        ];
      }),
    summaries: () =>
      notes()
        .map(({ body }) => body)
        .filter(isSummary),
    annotations: () => [],
    ...follow(gitlab),
    complaints: () => [...follow(gitlab).complaints(), ...gitlab.quickActions],
    apply: ({ id }) => void gitlab.people.applySuggestion(id),
    github: null,
    gitlab,
    close: () => gitlab.close(),
  };
}
