// A busy change on either emulated host, at its last push: opened afresh as often as a test wants, with what the runs before left there.
import { type GitHubEmulator, startGitHubEmulator } from '../emulators/github/github-emulator.ts';
import {
  GITLAB_USERS,
  type GitLabEmulator,
  startGitLabEmulator,
} from '../emulators/gitlab/start-gitlab-emulator.ts';
import { type BusyChange, createBusyChange } from './busy-change.ts';
import { gitHubVariables, gitLabVariables, publishChange } from './reviewed-change.ts';

export type HostName = 'github' | 'gitlab';
export const HOSTS: readonly HostName[] = ['github', 'gitlab'];

/** One comment as a reader sees it, without what differs from run to run: numbers of comments, signatures. */
export interface SeenComment {
  readonly place: string;
  readonly text: string;
  readonly closed: boolean;
}

export interface BusyHost
  extends Pick<GitHubEmulator, 'log' | 'faults' | 'writes' | 'onRequest' | 'close' | 'violations'> {
  readonly name: HostName;
  readonly change: BusyChange;
  /** What the runner sets. */
  readonly variables: (token?: string) => Record<string, string>;
  /** Everything the bot said, sorted; commit statuses and check runs as texts, the newest check run last. */
  readonly seen: () => { readonly comments: readonly SeenComment[]; readonly statuses: readonly string[] };
  /** Clicks on every suggestion that is open, one after the other; gives the paths that changed. */
  readonly applySuggestions: () => readonly string[];
}

export interface BusySeed {
  readonly change: BusyChange;
  readonly open: () => Promise<BusyHost>;
}

/** Runs all pushes but the last on the host, brings that one, and keeps what stands there. */
export async function seedBusyHost(name: HostName): Promise<BusySeed> {
  const change = createBusyChange();
  return name === 'github' ? seedGitHub(change) : seedGitLab(change);
}

async function runBefore(
  { repository, before }: BusyChange,
  variables: () => Record<string, string>,
): Promise<void> {
  for (const { report, push } of before) {
    const { record } = await publishChange({ repository, report, variables: variables() });
    if (record?.mode !== 'posted') throw new Error(`an earlier push was not posted: ${record?.why}`);
    push();
  }
}

/** Addresses in texts are the same wherever the emulator listens. */
const SERVER = { github: 'https://github.example', gitlab: 'https://gitlab.example' } as const;

async function seedGitHub(change: BusyChange): Promise<BusySeed> {
  const { repository } = change;
  const variables = (host: GitHubEmulator, token?: string) => ({
    ...gitHubVariables(host, repository, token === undefined ? {} : { token }),
    GITHUB_SERVER_URL: SERVER.github,
  });
  const seed = await startGitHubEmulator({ repository });
  await runBefore(change, () => variables(seed));
  const open = async (): Promise<BusyHost> => {
    // What the seeding run sent was held against GitHub's description; reading that again for each host takes its time.
    const host = await startGitHubEmulator({ repository, openApi: null });
    copyGitHub(seed, host);
    const { log, faults, writes, onRequest, close, violations } = host;
    return {
      ...{ log, faults, writes, onRequest, close, violations, name: 'github', change },
      variables: (token) => {
        if (token !== undefined) host.tokens.set(token, [...host.tokens.values()][0] ?? fail());
        return variables(host, token);
      },
      seen: () => seenOnGitHub(host),
      applySuggestions: () =>
        host.state
          .shownComments()
          .filter((comment) => holdsSuggestion(comment.body) && comment.thread.resolvedBy === null)
          .map(({ id, path }) => {
            host.applySuggestion(id);
            return path;
          }),
    };
  };
  return { change, open };
}

/** Actors stay the same objects: that is how the emulator tells them apart. */
function copyGitHub(from: GitHubEmulator, to: GitHubEmulator): void {
  const threads = new Map(from.state.threads().map(({ thread }) => [thread, { ...thread }]));
  const { state } = to;
  state.reviews.push(...from.state.reviews.map((review) => ({ ...review })));
  state.issueComments.push(...from.state.issueComments.map((comment) => ({ ...comment })));
  state.comments.push(
    ...from.state.comments.map((comment) => ({
      ...comment,
      thread: threads.get(comment.thread) ?? comment.thread,
    })),
  );
  const last = from.state.nextId();
  while (state.nextId() < last) state.now();
}

function seenOnGitHub({ state, checkRuns, statuses }: GitHubEmulator): ReturnType<BusyHost['seen']> {
  const inDiff = state.shownComments().map((comment) => ({
    place: comment.outdated ? `${comment.path} outdated` : `${comment.path}:${comment.line ?? 'file'}`,
    text: plain(comment.body),
    closed: comment.thread.resolvedBy !== null || comment.minimized !== null,
  }));
  const texts = state.issueComments.map(({ body, minimized }) => ({
    place: 'conversation',
    text: plain(body),
    closed: minimized !== null,
  }));
  return {
    comments: sorted([...inDiff, ...texts]),
    statuses: [
      ...statuses.map(({ context, state: to, description }) => `${context} ${to} ${description}`),
      ...checkRuns
        .filter(({ headSha }) => headSha === state.repository.head())
        .map(({ id: _, ...run }) => withoutTimes(run)),
    ],
  };
}

async function seedGitLab(change: BusyChange): Promise<BusySeed> {
  const { repository } = change;
  const variables = (host: GitLabEmulator, token?: string) => ({
    ...gitLabVariables(host, repository, token),
    CI_SERVER_URL: SERVER.gitlab,
  });
  const seed = await startGitLabEmulator({ repository });
  await runBefore(change, () => variables(seed));
  const open = async (): Promise<BusyHost> => {
    const host = await startGitLabEmulator({ repository });
    const { state } = host;
    state.versions.splice(0, state.versions.length, ...structuredClone(seed.state.versions));
    state.discussions.push(...structuredClone(seed.state.discussions));
    const last = seed.state.nextId();
    while (state.nextId() < last) state.now();
    return {
      ...host,
      violations: state.violations,
      ...{ name: 'gitlab', change },
      variables: (token) => {
        if (token !== undefined) host.grant(token, { kind: 'api', user: GITLAB_USERS.bot, access: 30 });
        return variables(host, token);
      },
      seen: () => seenOnGitLab(host),
      applySuggestions: () =>
        host
          .discussionsBy(GITLAB_USERS.bot)
          .filter(({ notes: [note] }) => note && holdsSuggestion(note.body) && note.resolved === null)
          .map(({ id, notes: [note] }) => {
            host.people.applySuggestion(id);
            return note?.position?.new_path ?? '';
          }),
    };
  };
  return { change, open };
}

function seenOnGitLab(host: GitLabEmulator): ReturnType<BusyHost['seen']> {
  const head = host.state.refs.head_sha;
  const comments = host.discussionsBy(GITLAB_USERS.bot).flatMap(({ notes }) =>
    notes
      .filter(({ system }) => !system)
      .map((note) => {
        const at = note.position;
        const outdated = note.changePosition !== null || (at !== null && at.head_sha !== head);
        const line = outdated ? ' outdated' : `:${at?.new_line ?? 'file'}`;
        return {
          place: at === null ? 'conversation' : `${at.new_path}${line}`,
          text: plain(note.body),
          closed: note.resolved !== null,
        };
      }),
  );
  const statuses = host
    .statuses()
    .filter(({ sha }) => sha === head)
    .map(
      ({ name, state, description, targetUrl }) =>
        // What stands behind the words tells equal ones apart; nobody reads it.
        `${name} ${state} ${description?.replace(/ \[[0-9a-f]+\]$/, '')} ${targetUrl}`,
    );
  return { comments: sorted(comments), statuses };
}

function withoutTimes(run: object): string {
  return JSON.stringify(run, (key, value: unknown) => (/At$|^suite$/.test(key) ? undefined : value));
}

const holdsSuggestion = (body: string): boolean => /^`{3,}suggestion/m.test(body);

function sorted(comments: readonly SeenComment[]): readonly SeenComment[] {
  const key = (comment: SeenComment) => `${comment.place} ${comment.text}`;
  return [...comments].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

function plain(body: string): string {
  return body
    .replace(/(?:discussion_r|note_|issuecomment-|pullrequestreview-|\/runs\/)\d+/g, '#')
    .replace(/ body=[0-9a-f]{16}/, '')
    .replace(/ mac=[0-9a-f]{32}/, '')
    .replace(/ posted=(\S+)/, (_, ids: string) => ` posted=${ids.split(',').sort().join(',')}`);
}

function fail(): never {
  throw new Error('the emulator has no token');
}
