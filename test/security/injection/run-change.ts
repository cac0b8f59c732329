// The whole main job over a real repository, an emulated host and a model behind a socket, with a payload in what surrounds the change.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunRequest } from '../../../src/app/run-request.ts';
import { createTemporaryFolder } from '../../doubles/git-repository.ts';
import { gitHubVariables, publishChange } from '../../e2e/reviewed-change.ts';
import { startGitHubEmulator } from '../../emulators/github/github-emulator.ts';
import type { ModelServer, SaidByModel } from '../../emulators/models/model-server.ts';
import { startOpenAiServer } from '../../emulators/models/openai-server.ts';
import { createReviewRepository } from '../../emulators/review-repository.ts';
import { reachedHere, type SceneRun } from './run-scene.ts';
import { CANARY, type Scene } from './scene.ts';

/** What people and other programs write around a change. */
export interface Surroundings {
  readonly title?: string;
  readonly body?: string;
  readonly message?: string;
  readonly branch?: string;
  readonly author?: string;
  /** On the timeline and at a line, by somebody without any right. */
  readonly comment?: string;
}

export interface ChangeOptions {
  readonly around?: Surroundings;
  /** What the model says to a prompt. */
  readonly answer: (prompt: string) => string | SaidByModel;
  readonly variables?: Readonly<Record<string, string>>;
  readonly request?: Partial<RunRequest>;
  readonly fork?: boolean;
  readonly cache?: string;
}

/** With the bodies of what was sent to the host. */
export interface ChangeRun extends SceneRun {
  readonly sent: readonly string[];
}

/** Commit ids, which hold the message and the author, are made the same. */
export async function runChange(scene: Scene, options: ChangeOptions): Promise<ChangeRun> {
  const around = { title: 'plain', body: 'plain', message: 'plain', branch: 'plain', ...options.around };
  const repository = createReviewRepository(
    (git) => {
      for (const [name, text] of Object.entries(scene.base)) git.write(name, text);
    },
    (git) => {
      for (const [name, text] of Object.entries(scene.head)) git.write(name, text);
    },
  );
  const author = `${around.author ?? 'Ada'} <ada@example.org>`;
  const amend = ['commit', '--quiet', '--amend', '--allow-empty-message', `--author=${author}`];
  repository.git.git('checkout', '--quiet', repository.headBranch);
  repository.git.git(...amend, '-m', around.message);
  const [github, server] = await Promise.all([
    startGitHubEmulator({ repository }),
    startOpenAiServer({ key: CANARY, model: 'base-model' }),
  ]);
  server.otherwise(({ text }) => {
    const said = options.answer(promptOf(JSON.parse(text)));
    return typeof said === 'string' ? { text: said } : said;
  });
  if (around.comment !== undefined) {
    github.people.comment(around.comment, 'mallory');
    github.people.commentOnLine('src/list.js', 5, around.comment, 'mallory');
  }
  const cache = options.cache ?? createTemporaryFolder();
  const variables: Record<string, string> = {
    ...gitHubVariables(github, repository, { fork: options.fork ?? false }),
    ...{ ASSAY_MODEL_BASE_URL: server.url, ASSAY_MODEL_API_KEY: CANARY, ASSAY_CACHE_DIR: cache },
    ...{ GITHUB_HEAD_REF: around.branch, GITHUB_ACTOR: around.author ?? 'Ada' },
    ...options.variables,
  };
  describeEvent(variables.GITHUB_EVENT_PATH ?? '', around);
  const before = reachedHere().length;
  const request = { dryRun: true, verbose: true, ...options.request };
  const { outcome, log, out } = await publishChange({ repository, report: scene.report, variables, request });
  const same = sameNames([
    [repository.head(), 'head'],
    [github.serverUrl, 'http://host'],
    [server.origin, 'http://model'],
  ]);
  const run = {
    ...{ outcome, log: same(log), shown: [same(outcome.summary ?? '')], annotations: outcome.annotations },
    files: new Map(textsBelow(out).map(([name, text]) => [name, same(text)])),
    cached: textsBelow(cache).map(([name, text]) => name + text),
    prompts: asked(server),
    opened: [
      ...new Set(server.questions().map(({ body }) => `http://model ${(body as { model: string }).model}`)),
    ],
    read: [],
    reached: reachedHere().slice(before),
    links: ['http://host/'],
    sent: github.log.filter(({ isWrite }) => isWrite).map(({ body }) => JSON.stringify(body)),
  };
  await Promise.all([github.close(), server.close()]);
  repository.dispose();
  return run;
}

interface Question {
  readonly messages: readonly { readonly content: string }[];
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
}

const promptOf = ({ messages }: Question) => messages.at(-1)?.content ?? '';

function asked(server: ModelServer): SceneRun['prompts'] {
  return server.questions().map(({ text }) => {
    const question = JSON.parse(text) as Question;
    const most = question.max_completion_tokens ?? question.max_tokens ?? 0;
    const said = question.messages.map(({ content }) => content).join('\n');
    return { text: said, prompt: promptOf(question), most };
  });
}

/** As the host writes it, with everything that people wrote. */
function describeEvent(file: string, around: Surroundings): void {
  const event = JSON.parse(readFileSync(file, 'utf8')) as { pull_request: Record<string, object> };
  const user = { login: around.author, name: around.author };
  const { head, ...rest } = event.pull_request;
  const said = { title: around.title, body: around.body, user, head: { ...head, ref: around.branch, user } };
  const commits = [{ message: around.message, author: user }];
  writeFileSync(
    file,
    JSON.stringify({ ...event, sender: user, commits, pull_request: { ...rest, ...said } }),
  );
}

function sameNames(pairs: readonly (readonly [name: string, plain: string])[]) {
  return (text: string) =>
    pairs.reduce(
      (all, [name, plain]) => all.replaceAll(name, plain).replaceAll(name.slice(0, 12), plain),
      text,
    );
}

function textsBelow(folder: string): (readonly [name: string, text: string])[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]);
}
