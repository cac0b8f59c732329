// A change that scanners find things in, the emulated hosts that it is discussed on, and runs of the main job that publish there.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Environment } from '#app/environment.ts';
import { defaultRequest, type RunRequest } from '#app/run-request.ts';
import { runTriage } from '#app/triage.ts';
import type { TriageOutcome } from '#app/triage-outcome.ts';
import type { PublicationRecord } from '../../src/publish/publication-schema.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';
import { type GitHubEmulator, WORKFLOW_TOKEN } from '../emulators/github/github-emulator.ts';
import { GITLAB_TOKENS, type GitLabEmulator } from '../emulators/gitlab/start-gitlab-emulator.ts';
import type { ReviewRepository } from '../emulators/review-repository.ts';

/** One result of a made-up scanner that calls everything a high command injection. */
export interface Reported {
  readonly path: string;
  readonly line: number;
  readonly message?: string;
  readonly ruleId?: string;
  /** What the scanner would put in the place of the line. */
  readonly fix?: string;
}

export const RULE = 'js/command-injection';

export function sarifOf(results: readonly Reported[], tool = 'Finder'): string {
  return sarifWith(results.map(resultOf), { tool });
}

/** The same with results as SARIF has them. */
export function sarifWith(
  results: readonly object[],
  {
    tool = 'Finder',
    run = {},
    rules = [],
  }: { readonly tool?: string; readonly run?: object; readonly rules?: readonly object[] } = {},
): string {
  const rule = { id: RULE, properties: { tags: ['external/cwe/cwe-078'], 'security-severity': '8.8' } };
  return JSON.stringify({
    version: '2.1.0',
    runs: [{ ...run, tool: { driver: { name: tool, version: '1.0.0', rules: [rule, ...rules] } }, results }],
  });
}

export function resultOf({
  path: uri,
  line,
  message = 'A command is built from input.',
  ruleId = RULE,
  fix,
}: Reported) {
  const artifactLocation = { uri: encodeURI(uri) };
  return {
    ruleId,
    level: 'error',
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation, region: { startLine: line } } }],
    ...(fix === undefined
      ? {}
      : {
          fixes: [
            {
              description: { text: 'Call it without a shell' },
              artifactChanges: [
                {
                  artifactLocation,
                  replacements: [
                    { deletedRegion: { startLine: line, endLine: line }, insertedContent: { text: fix } },
                  ],
                },
              ],
            },
          ],
        }),
  };
}

/** What a run left behind. */
export interface PublishedRun {
  readonly outcome: TriageOutcome;
  /** Null when there is no publication.json. */
  readonly record: PublicationRecord | null;
  readonly log: string;
  /** The output folder. */
  readonly out: string;
}

export interface RunOptions {
  readonly repository: ReviewRepository;
  readonly report: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly request?: Partial<RunRequest>;
  readonly signal?: AbortSignal;
}

/** The main job in this process, on the head of the change, publishing where the variables say. */
export async function publishChange(options: RunOptions): Promise<PublishedRun> {
  const { repository, variables } = options;
  const folder = createTemporaryFolder();
  writeFileSync(path.join(folder, 'scan.sarif'), options.report);
  const request: RunRequest = {
    ...defaultRequest(folder),
    reports: ['scan.sarif'],
    repo: repository.git.root,
    base: repository.baseTip(),
    head: repository.head(),
    publish: 'auto',
    format: 'none',
    ...options.request,
  };
  const environment = environmentWith(variables, options.signal);
  const log = captureStderr();
  const outcome = await runTriage(request, environment).finally(log.stop);
  const out = path.join(folder, request.out);
  return { outcome, record: outcome.publication, log: log.text(), out };
}

/** Of a CI job that has these variables. */
export function environmentWith(
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal = new AbortController().signal,
): Environment {
  return {
    variables: { CI: 'true', ...variables },
    stdin: (async function* () {})(),
    terminalWidth: null,
    color: false,
    interactive: false,
    signal,
    allowFetch: false,
  };
}

const listeners = new Set<string[]>();
const realWrite = process.stderr.write;

/** Runs at the same time all hear everything. */
function captureStderr(): { stop: () => void; text: () => string } {
  const pieces: string[] = [];
  listeners.add(pieces);
  process.stderr.write = (piece: string | Uint8Array) => {
    for (const heard of listeners) heard.push(String(piece));
    return true;
  };
  return {
    stop: () => {
      listeners.delete(pieces);
      if (listeners.size === 0) process.stderr.write = realWrite;
    },
    text: () => pieces.join(''),
  };
}

/** As the runner of GitHub sets them for a pull request; the event is written to `folder`. */
export function gitHubVariables(
  github: GitHubEmulator,
  repository: ReviewRepository,
  options: { readonly token?: string; readonly fork?: boolean; readonly folder?: string } = {},
): Record<string, string> {
  const { owner, name, number } = github.state.settings;
  const full = `${owner}/${name}`;
  const event = {
    pull_request: {
      number,
      base: { sha: repository.baseTip(), repo: { full_name: full } },
      head: { sha: repository.head(), repo: { full_name: options.fork ? `someone/${name}` : full } },
    },
  };
  const file = path.join(options.folder ?? createTemporaryFolder(), 'event.json');
  writeJson(file, event);
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: github.apiUrl,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
    GITHUB_SERVER_URL: github.serverUrl,
    GITHUB_REPOSITORY: full,
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: file,
    GITHUB_TOKEN: options.token ?? WORKFLOW_TOKEN,
  };
}

/** As the runner of GitLab sets them for a merge request. */
export function gitLabVariables(
  gitlab: GitLabEmulator,
  repository: ReviewRepository,
  token: string = GITLAB_TOKENS.bot,
): Record<string, string> {
  const { project, mergeRequest } = gitlab.state;
  return {
    GITLAB_CI: 'true',
    CI_PIPELINE_SOURCE: 'merge_request_event',
    CI_API_V4_URL: gitlab.apiUrl,
    CI_SERVER_URL: gitlab.serverUrl,
    CI_PROJECT_ID: String(project.id),
    CI_MERGE_REQUEST_PROJECT_ID: String(project.id),
    CI_MERGE_REQUEST_IID: String(mergeRequest.iid),
    CI_COMMIT_SHA: repository.head(),
    ASSAY_GITLAB_TOKEN: token,
  };
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, JSON.stringify(value));
}

export function readOut(run: PublishedRun, name: string): string {
  return readFileSync(path.join(run.out, name), 'utf8');
}
