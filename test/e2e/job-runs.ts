// One step of a GitHub job, run in this process: the Action's inputs and the runner's files in, what the runner would see out.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runGitHubJob } from '#app/ci/github-job.ts';
import type { PublicationRecord } from '../../src/publish/publication-schema.ts';
import { readOutputFile } from '../ci/runner-protocol.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';
import type { GitHubEmulator } from '../emulators/github/github-emulator.ts';
import { WORKFLOW_TOKEN } from '../emulators/github/github-emulator.ts';

export interface JobRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly log: string;
  readonly outputs: ReadonlyMap<string, string>;
  readonly summary: string;
  /** Null when there is no publication.json. */
  readonly record: PublicationRecord | null;
  /** The output folder. */
  readonly out: string;
}

/** Inputs as a workflow's `with:` has them; what is left out is empty, as with the runner. */
export async function runGitHubStep(step: {
  readonly inputs: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly cwd: string;
}): Promise<JobRun> {
  const files = createTemporaryFolder();
  const [output, summary] = [path.join(files, 'output'), path.join(files, 'summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  const inputs = Object.entries(step.inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const pieces: string[] = [];
  const log = captureStderr();
  const exitCode = await runGitHubJob({
    variables: {
      CI: 'true',
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      ...Object.fromEntries(inputs),
      ...step.variables,
    },
    stdin: (async function* () {})(),
    terminalWidth: null,
    color: false,
    interactive: false,
    signal: new AbortController().signal,
    allowFetch: true,
    cwd: step.cwd,
    write: (text) => void pieces.push(text),
  }).finally(log.stop);
  const out = path.join(step.cwd, step.inputs.out ?? 'assay-out');
  return {
    exitCode,
    stdout: pieces.join(''),
    log: log.text(),
    outputs: readOutputFile(readFileSync(output, 'utf8')),
    summary: readFileSync(summary, 'utf8'),
    record: readRecord(path.join(out, 'publication.json')),
    out,
  };
}

/** As the runner sets them for a `workflow_run` that follows the run of a commit; the event says no more than is trusted of it. */
export function workflowRunVariables(
  github: GitHubEmulator,
  run: { readonly headSha: string; readonly token?: string; readonly also?: object },
): Record<string, string> {
  const { owner, name, author, fork } = github.state.settings;
  const login = fork === 'no' ? owner : author.login;
  const file = path.join(createTemporaryFolder(), 'event.json');
  const workflowRun = {
    head_sha: run.headSha,
    head_branch: github.state.repository.headBranch,
    head_repository: fork === 'deleted' ? null : { full_name: `${login}/${name}`, owner: { login } },
    pull_requests: [],
    ...run.also,
  };
  writeFileSync(file, JSON.stringify({ action: 'completed', workflow_run: workflowRun }));
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: github.apiUrl,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
    GITHUB_SERVER_URL: github.serverUrl,
    GITHUB_REPOSITORY: `${owner}/${name}`,
    GITHUB_EVENT_NAME: 'workflow_run',
    GITHUB_EVENT_PATH: file,
    GITHUB_SHA: github.state.repository.baseTip(),
    GITHUB_TOKEN: run.token ?? WORKFLOW_TOKEN,
  };
}

/** What is written to stderr from now on, until it is stopped. */
function captureStderr(): { stop: () => void; text: () => string } {
  const { write } = process.stderr;
  const pieces: string[] = [];
  process.stderr.write = (piece: string | Uint8Array) => {
    pieces.push(String(piece));
    return true;
  };
  return {
    stop: () => {
      process.stderr.write = write;
    },
    text: () => pieces.join(''),
  };
}

function readRecord(file: string): PublicationRecord | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
