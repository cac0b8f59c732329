// A pull request on an emulated GitHub with a desk at it, for tests of what the adapter does there.
import { afterAll, afterEach, expect } from 'vitest';
import { createGitHubClient, type GitHubClient } from '#adapters/github/github-client.ts';
import { createGitHubDesk } from '#adapters/github/github-desk.ts';
import { createBoundedFetch } from '#adapters/http/bounded-fetch.ts';
import type { CommentDraft, DeskState, PostOutcome } from '#domain/publication.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import {
  type GitHubEmulator,
  type GitHubEmulatorOptions,
  startGitHubEmulator,
  WORKFLOW_TOKEN,
} from '../../emulators/github/github-emulator.ts';
import { createReviewRepository, type ReviewRepository } from '../../emulators/review-repository.ts';

export interface DeskWorld {
  readonly host: GitHubEmulator;
  readonly repository: ReviewRepository;
  readonly client: GitHubClient;
  readonly desk: ReviewDesk;
  /** Every pause that the client would have made, in milliseconds. */
  readonly pauses: number[];
  readonly logged: string[];
  /** Another desk with a memory of its own, as the next run has. */
  nextRun(token?: string): ReviewDesk;
}

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const HEAD_LINES = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`);

let shared: ReviewRepository | null = null;
afterAll(() => shared?.dispose());

/** `src/a.ts`: 40 lines, of which 10 to 20 are new; `src/b.ts` as well, untouched but for line 5. */
function createRepository(): ReviewRepository {
  const old = (from: number, to: number) =>
    HEAD_LINES.map((line, index) => (index + 1 >= from && index + 1 <= to ? `old ${index}` : line));
  return createReviewRepository(
    (git) => {
      git.write('src/a.ts', `${old(10, 20).join('\n')}\n`).write('src/b.ts', `${old(5, 5).join('\n')}\n`);
    },
    (git) => {
      git.write('src/a.ts', `${HEAD_LINES.join('\n')}\n`).write('src/b.ts', `${HEAD_LINES.join('\n')}\n`);
    },
  );
}

/** The emulator asks git anew with every request; where nobody pushes the answers are the same. */
function frozen(repository: ReviewRepository): ReviewRepository {
  const { git } = repository;
  const ask = git.git.bind(git);
  const known = new Map<string, string>();
  git.git = (...words) => {
    const question = words.join('\0');
    const answer = known.get(question) ?? ask(...words);
    known.set(question, answer);
    return answer;
  };
  return repository;
}

type WorldOptions = Partial<Omit<GitHubEmulatorOptions, 'repository'>> & {
  /** The test pushes, so it needs a repository of its own; the others share one, because git takes its time. */
  readonly pushes?: boolean;
};

export async function openDeskWorld({ pushes = false, ...options }: WorldOptions = {}): Promise<DeskWorld> {
  if (!pushes) shared ??= frozen(createRepository());
  const repository = pushes || shared === null ? createRepository() : shared;
  if (pushes) open.push(() => repository.dispose());
  const host = await startGitHubEmulator({ repository, ...options });
  open.push(() => host.close());
  // Whatever a test is about, nothing may be sent that GitHub does not know.
  open.push(() => expect(host.violations).toEqual([]));
  const pauses: number[] = [];
  const logged: string[] = [];
  const clientOf = (token: string): GitHubClient =>
    createGitHubClient({
      token,
      apiUrl: host.apiUrl,
      graphqlUrl: host.graphqlUrl,
      fetch: createBoundedFetch({ signal: new AbortController().signal }),
      sleep: async (milliseconds) => void pauses.push(milliseconds),
      now: () => Date.UTC(2026, 0, 1),
      log: { debug: (text) => logged.push(text), info: (text) => logged.push(text) },
    });
  const client = clientOf(WORKFLOW_TOKEN);
  const { owner, name, number } = host.state.settings;
  const at = { repository: `${owner}/${name}`, number, serverUrl: 'https://github.test' };
  return {
    ...{ host, repository, client, pauses, logged },
    desk: createGitHubDesk(client, at),
    nextRun: (token = WORKFLOW_TOKEN) => createGitHubDesk(clientOf(token), at),
  };
}

export function markerOf(id: string): string {
  return `<!-- assay:v1 k=finding id=${id} -->`;
}

export function lineDraft(
  id: string,
  line: number,
  extra: { path?: string; startLine?: number } = {},
): CommentDraft {
  const path = extra.path ?? 'src/a.ts';
  const marker = markerOf(id);
  return {
    findingId: id,
    anchor: {
      kind: 'line',
      path,
      oldPath: path,
      line,
      oldLine: null,
      startLine: extra.startLine ?? null,
      startOldLine: null,
    },
    body: `**${id}** is real\n\n${marker}`,
    marker,
  };
}

export function fileDraft(id: string, path = 'src/a.ts'): CommentDraft {
  const marker = markerOf(id);
  return {
    findingId: id,
    anchor: { kind: 'file', path, oldPath: path },
    body: `**${id}**\n\n${marker}`,
    marker,
  };
}

export async function readState(desk: ReviewDesk): Promise<DeskState> {
  const state = await desk.read();
  if ('problem' in state) throw new Error(`${state.problem.code}: ${state.problem.text}`);
  return state;
}

/** `posted`, or the code of the refusal. */
export function kinds(outcomes: readonly PostOutcome[]): readonly string[] {
  return outcomes.map((outcome) => (outcome.kind === 'posted' ? 'posted' : outcome.problem.code));
}
