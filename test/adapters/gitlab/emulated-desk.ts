// A desk on the emulated GitLab, over a real repository with one change to discuss.

import type { GitLabClient } from '#adapters/gitlab/gitlab-client.ts';
import { createGitLabDesk, type GitLabDeskOptions } from '#adapters/gitlab/gitlab-desk.ts';
import type { Anchor, CommentDraft, DeskState } from '#domain/publication.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import {
  GITLAB_TOKENS,
  type GitLabEmulator,
  type GitLabEmulatorOptions,
  startGitLabEmulator,
} from '../../emulators/gitlab/start-gitlab-emulator.ts';
import { createReviewRepository, type ReviewRepository } from '../../emulators/review-repository.ts';
import { clientOf } from './scripted-host.ts';

export interface EmulatedDesk {
  readonly gitlab: GitLabEmulator;
  readonly repository: ReviewRepository;
  readonly client: GitLabClient;
  readonly desk: ReviewDesk;
  readonly waits: readonly number[];
  /** Another run on the same merge request. */
  again(options?: Partial<GitLabDeskOptions>): ReviewDesk;
  close(): Promise<void>;
}

const LINES = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);
/** Line 10 of `src/a.ts` is changed, a line comes after 20, `src/new.ts` is new, `src/old name.ts` has another name. */
const CHANGED = [...LINES.slice(0, 9), 'changed 10', ...LINES.slice(10, 20), 'added 21', ...LINES.slice(20)];

/** Made once for the tests that leave it as it is. */
let shared: ReviewRepository | null = null;

export function disposeShared(): void {
  shared?.dispose();
  shared = null;
}

function createRepository(): ReviewRepository {
  return createReviewRepository(
    (git) => git.write('src/a.ts', `${LINES.join('\n')}\n`).write('src/x&body=y.ts', 'one\ntwo\n'),
    (git) =>
      git
        .write('src/a.ts', `${CHANGED.join('\n')}\n`)
        .write('src/new.ts', 'a\nb\nc\n')
        .write('src/x&body=y.ts', 'one\n2\n'),
  );
}

export async function openEmulatedDesk(
  options: Partial<GitLabEmulatorOptions> & {
    readonly token?: string;
    readonly desk?: Partial<GitLabDeskOptions>;
    /** A repository of its own, for a test that pushes. */
    readonly own?: boolean;
  } = {},
): Promise<EmulatedDesk> {
  const { token = GITLAB_TOKENS.bot, desk: deskOptions, own = false, ...emulatorOptions } = options;
  shared ??= own ? null : createRepository();
  const repository = own || shared === null ? createRepository() : shared;
  const gitlab = await startGitLabEmulator({ repository, ...emulatorOptions });
  const { client, waits } = clientOf(fetch, { token, apiUrl: gitlab.apiUrl });
  const again = (more: Partial<GitLabDeskOptions> = {}): ReviewDesk =>
    createGitLabDesk(client, {
      project: 42,
      iid: 7,
      serverUrl: gitlab.serverUrl,
      fallbackRefs: null,
      ...deskOptions,
      ...more,
    });
  return {
    gitlab,
    repository,
    client,
    desk: again(),
    waits,
    again,
    close: async () => {
      await gitlab.close();
      if (own) repository.dispose();
    },
  };
}

export function markerOf(id: string): string {
  return `<!-- assay:v1 k=finding id=${id} -->`;
}

export function draftAt(
  id: string,
  anchor: Partial<Extract<Anchor, { kind: 'line' }>> | 'file',
  text = 'Bad.',
): CommentDraft {
  const file = { path: 'src/a.ts', oldPath: 'src/a.ts' };
  const marker = markerOf(id);
  return {
    findingId: id,
    anchor:
      anchor === 'file'
        ? { kind: 'file', ...file }
        : { kind: 'line', ...file, line: 10, oldLine: null, startLine: null, startOldLine: null, ...anchor },
    body: `${text}\n\n${marker}`,
    marker,
  };
}

export async function stateOf(desk: ReviewDesk): Promise<DeskState> {
  const state = await desk.read();
  if ('problem' in state) throw new Error(state.problem.text);
  return state;
}
