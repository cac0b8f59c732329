// Both emulated hosts under one name, so that what a reviewer sees after several runs is told once for both.
import { afterEach, describe, expect } from 'vitest';
import type { RunRequest } from '#app/run-request.ts';
import type { LoggedRequest, RequestHook } from '../emulators/emulated-host.ts';
import type { Faults } from '../emulators/faults.ts';
import { actionsToken } from '../emulators/github/actors.ts';
import { startGitHubEmulator, WORKFLOW_TOKEN } from '../emulators/github/github-emulator.ts';
import type { ReviewComment } from '../emulators/github/state.ts';
import type { GitLabUser, Note } from '../emulators/gitlab/model.ts';
import {
  GITLAB_TOKENS,
  GITLAB_USERS,
  startGitLabEmulator,
} from '../emulators/gitlab/start-gitlab-emulator.ts';
import type { ReviewRepository } from '../emulators/review-repository.ts';
import { createShop, type ShopOptions } from './again-shop.ts';
import { gitHubVariables, gitLabVariables, type PublishedRun, publishChange } from './reviewed-change.ts';

/** A comment of the bot's as a reviewer meets it. */
export interface SeenComment {
  readonly id: number;
  /** Without the hidden marker, line ends LF. */
  readonly text: string;
  readonly path: string | null;
  /** Null when it is outdated or about a whole file. */
  readonly line: number | null;
  readonly thread: 'open' | 'resolved' | 'hidden';
  readonly resolvedBy: string | null;
  /** What others said below it. */
  readonly answers: readonly string[];
}

export interface RunAgain {
  readonly variables?: Readonly<Record<string, string>>;
  readonly request?: Partial<RunRequest>;
}

export interface AgainHost {
  readonly name: 'github' | 'gitlab';
  readonly repository: ReviewRepository;
  /** A run of the main job on the head of now with this report. */
  run(report: string, again?: RunAgain): Promise<PublishedRun>;
  /** The bot's comments about findings, in the order of posting. */
  comments(): readonly SeenComment[];
  summaries(): readonly SeenComment[];
  /** What opens the bot's reviews, in the order of posting; there are none on GitLab. */
  openings(): readonly { readonly id: number; readonly text: string }[];
  readonly log: readonly LoggedRequest[];
  onRequest(number: number, hook: RequestHook, when?: 'before' | 'after'): void;
  /** Requests so far that changed something: what the host refused for a missing right is none. */
  writes(): number;
  /** What the emulator complains of. */
  violations(): readonly string[];
  /** The bot may not resolve threads from now on; `hide`: nor hide comments. */
  takeRights(hide: boolean): void;
  /** The host refuses to delete anything; `false`: not any more. */
  refuseDeletions(refused: boolean): void;
  /** What the host makes of texts when it gives them back. */
  givesBack(change: (body: string) => string): void;
  reply(id: number, body: string): void;
  edit(id: number, body: string): void;
  resolve(id: number): void;
  delete(id: number): void;
  /** Somebody says something: on the timeline, or at the line of a comment. */
  say(body: string, at?: number): void;
  /** Another program with the bot's account says something at the line of a comment. */
  sayAsBot(body: string, at: number): void;
  /** The raw text with its marker. */
  raw(id: number): string;
  close(): Promise<void>;
}

export type StartAgain = (
  places: Readonly<Record<number, string>>,
  options?: ShopOptions,
) => Promise<AgainHost>;

/** The tests on both hosts. Whatever happens in one, the host has nothing to complain of. */
export function describeAgain(
  name: string,
  tests: (start: StartAgain, host: AgainHost['name']) => void,
): void {
  describe.each([
    ['github', openGitHub],
    ['gitlab', openGitLab],
  ] as const)(`${name}, on %s`, (hostName, open) => {
    const opened: AgainHost[] = [];
    afterEach(async () => {
      for (const host of opened.splice(0)) {
        await host.close();
        host.repository.dispose();
        expect(host.violations()).toEqual([]);
      }
    });
    tests(async (places, options) => {
      const host = await open(createShop(places, options));
      opened.push(host);
      return host;
    }, hostName);
  });
}

/** What was written since about the conversation: all but checks and commit statuses, which belong to a commit. */
export function saidSince(host: AgainHost, logged: number): readonly string[] {
  return host.log
    .slice(logged)
    .filter(({ isWrite, path }) => isWrite && !/check-runs|statuses/.test(path))
    .map(({ method, path }) => `${method} ${path}`);
}

const wasTaken = ({ status }: LoggedRequest) => status === null || status < 400;
const MARKER = /\n*<!-- assay:v1 [^\n]*-->\s*$/;
const textOf = (body: string) => body.replaceAll('\r\n', '\n').replace(MARKER, '').trim();
const isAbout = (body: string, kind: 'finding' | 'summary') => body.includes(`<!-- assay:v1 k=${kind} `);

function refuseDeletions(faults: Faults, refused: boolean): void {
  faults.clear();
  const body = { message: 'Forbidden' };
  if (refused) faults.add({ kind: 'status', status: 403, body, method: 'DELETE', nth: 'always' });
}

async function openGitHub(repository: ReviewRepository): Promise<AgainHost> {
  const github = await startGitHubEmulator({ repository });
  const { state, people } = github;
  const bot = github.tokens.get(WORKFLOW_TOKEN)?.actor;
  if (!bot) throw new Error('The workflow has no token.');
  const isOwn = ({ actor }: { actor: { id: number } }) => actor.id === bot.id;
  const seen = (comment: ReviewComment): SeenComment => ({
    id: comment.id,
    text: textOf(comment.body),
    path: comment.path,
    line: comment.line,
    thread: comment.thread.resolvedBy ? 'resolved' : comment.minimized ? 'hidden' : 'open',
    resolvedBy: comment.thread.resolvedBy?.login ?? null,
    answers: state.comments.filter(({ inReplyTo }) => inReplyTo === comment.id).map(({ body }) => body),
  });
  return {
    ...{ name: 'github', repository, log: github.log, onRequest: github.onRequest },
    run: (report, again = {}) =>
      publishChange({
        ...{ repository, report, request: again.request ?? {} },
        variables: { ...gitHubVariables(github, repository), ...again.variables },
      }),
    comments: () =>
      state.comments
        .filter((comment) => isOwn(comment) && comment.inReplyTo === null && isAbout(comment.body, 'finding'))
        .map(seen),
    summaries: () =>
      state.issueComments
        .filter((comment) => isOwn(comment) && isAbout(comment.body, 'summary'))
        .map(({ id, body, minimized }) => ({
          ...{ id, text: textOf(body), path: null, line: null, resolvedBy: null, answers: [] },
          thread: minimized ? 'hidden' : 'open',
        })),
    openings: () =>
      state.reviews
        .filter((review) => isOwn(review) && review.body !== '')
        .map(({ id, body }) => ({ id, text: textOf(body) })),
    refuseDeletions: (refused) => refuseDeletions(github.faults, refused),
    writes: () => github.writes().filter(wasTaken).length,
    violations: () => github.violations,
    takeRights: (hide) => {
      const token = actionsToken();
      const permissions = { ...token.permissions, contents: 'read' } as const;
      github.tokens.set(WORKFLOW_TOKEN, { ...token, permissions });
      const refusal = { data: { minimizeComment: null }, errors: [{ type: 'FORBIDDEN', message: 'no' }] };
      if (hide)
        github.faults.add({
          kind: 'status',
          status: 200,
          text: /minimizeComment/,
          body: refusal,
          nth: 'always',
        });
    },
    givesBack: (change) => {
      state.givesBack = change;
    },
    reply: (id, body) => void people.reply(id, body),
    edit: (id, body) => people.edit(id, body),
    resolve: (id) => people.resolve(id),
    delete: (id) => people.delete(id),
    say: (body, at) => {
      if (at === undefined) people.comment(body);
      else {
        const { path, line } = state.find(at) as ReviewComment;
        people.commentOnLine(path, line ?? 0, body);
      }
    },
    sayAsBot: (body, at) => {
      const { path, line } = state.find(at) as ReviewComment;
      Object.assign(people.commentOnLine(path, line ?? 0, body), { actor: bot });
    },
    raw: (id) => state.find(id).body,
    close: () => github.close(),
  };
}

async function openGitLab(repository: ReviewRepository): Promise<AgainHost> {
  const gitlab = await startGitLabEmulator({ repository });
  const { people, state } = gitlab;
  const { bot, reviewer } = GITLAB_USERS;
  let token: string = GITLAB_TOKENS.bot;
  const isOwn = ({ author }: Note) => author.id === bot.id;
  const first = (kind: 'finding' | 'summary') =>
    gitlab.discussions().flatMap(({ notes }) => {
      const [note] = notes;
      return note !== undefined && isOwn(note) && isAbout(note.body, kind) ? [seen(note, notes)] : [];
    });
  const seen = (note: Note, notes: readonly Note[]): SeenComment => ({
    id: note.id,
    text: textOf(note.body),
    path: note.position?.new_path ?? null,
    line: note.changePosition ? null : (note.position?.new_line ?? null),
    thread: note.resolved ? 'resolved' : 'open',
    resolvedBy: note.resolved?.by.username ?? null,
    answers: notes.filter((one) => !isOwn(one) && !one.system).map(({ body }) => body),
  });
  const sayAt = (body: string, at: number, by: GitLabUser) => {
    people.quote(at, by);
    const quoted = state.discussions.at(-1)?.notes[0];
    if (quoted) quoted.body = body;
  };
  return {
    ...{ name: 'gitlab', repository, log: gitlab.log, onRequest: gitlab.onRequest },
    run: (report, again = {}) =>
      publishChange({
        ...{ repository, report, request: again.request ?? {} },
        variables: { ...gitLabVariables(gitlab, repository, token), ...again.variables },
      }),
    comments: () => first('finding'),
    summaries: () => first('summary'),
    openings: () => [],
    refuseDeletions: (refused) => refuseDeletions(gitlab.faults, refused),
    writes: () => gitlab.writes().filter(wasTaken).length,
    violations: () => [...gitlab.violations, ...gitlab.quickActions],
    takeRights: () => {
      token = GITLAB_TOKENS.reporter;
    },
    givesBack: (change) => {
      state.givesBack = change;
    },
    reply: (id, body) => void people.reply(id, body),
    edit: (id, body) => people.edit(id, body),
    resolve: (id) => people.resolve(id),
    delete: (id) => people.delete(id),
    say: (body, at) => {
      if (at === undefined) people.comment(body);
      else sayAt(body, at, reviewer);
    },
    sayAsBot: (body, at) => sayAt(body, at, bot),
    raw: (id) => people.note(id).body,
    close: () => gitlab.close(),
  };
}
