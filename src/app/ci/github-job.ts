// The GitHub Action's run: event → request → triage → outputs, job summary and annotations.
import path from 'node:path';
import type { ExitCode } from '#domain/errors.ts';
import { readEventFile } from '../../adapters/github/event-file.ts';
import { appendOutputs, appendSummary } from '../../adapters/github/runner-files.ts';
import { findCommit } from '../../adapters/local/find-commit.ts';
import type { Environment } from '../environment.ts';
import { explainError } from '../explain-error.ts';
import { publishFile } from '../publish/publish-file.ts';
import type { PublishRequest, RunRequest } from '../run-request.ts';
import { runTriage } from '../triage.ts';
import type { TriageOutcome } from '../triage-outcome.ts';
import { gitHubRequest, readActionInput } from './github-request.ts';
import { readPublishInputs } from './job-inputs.ts';
import { jobOutputs, publishOutputs } from './job-outputs.ts';
import { failedBefore, type Triage } from './job-triage.ts';
import { fenceCommands, showAnnotations } from './workflow-log.ts';

/** What a job may reach: its environment, where it stands, and stdout. */
export type JobEnvironment = Environment & {
  readonly cwd: string;
  readonly write: (text: string) => void;
};

/** Runs the main job and says how it ended to the runner. Never throws for what a user or an event did. */
export async function runGitHubJob(
  environment: JobEnvironment,
  triage: Triage = runTriage,
): Promise<ExitCode> {
  const { variables, write } = environment;
  if (readActionInput(variables, 'result') !== '') return publishEarlier(environment);
  const outcome = await triageEvent(environment, triage);
  write(fenceCommands(outcome.display));
  write(showAnnotations(outcome));
  const outputFile = variables.GITHUB_OUTPUT;
  if (outputFile) await appendOutputs(outputFile, jobOutputs(outcome));
  const summaryFile = variables.GITHUB_STEP_SUMMARY;
  if (summaryFile && outcome.summary !== null) await appendSummary(summaryFile, outcome.summary);
  return outcome.exitCode;
}

/** The second workflow of a fork's pull request: what its own run found is posted, and nothing is judged. */
async function publishEarlier(environment: JobEnvironment): Promise<ExitCode> {
  const { variables, write, cwd } = environment;
  const read = (name: string) => readActionInput(variables, name);
  let request: PublishRequest;
  try {
    request = readPublishInputs(read, cwd);
  } catch (error) {
    return explainError(error, environment, false);
  }
  const outcome = await publishFile(request, environment);
  write(fenceCommands(outcome.display));
  const outputFile = variables.GITHUB_OUTPUT;
  if (outputFile) await appendOutputs(outputFile, publishOutputs(outcome));
  return outcome.exitCode;
}

async function triageEvent(environment: JobEnvironment, triage: Triage): Promise<TriageOutcome> {
  let request: RunRequest;
  try {
    request = await readRequest(environment);
  } catch (error) {
    return failedBefore(explainError(error, environment, false));
  }
  return triage(request, environment);
}

async function readRequest({ variables, cwd }: JobEnvironment): Promise<RunRequest> {
  const eventFile = variables.GITHUB_EVENT_PATH;
  const repository = path.resolve(cwd, readActionInput(variables, 'repo') || '.');
  return gitHubRequest({
    variables,
    event: eventFile ? await readEventFile(eventFile) : null,
    workTreeHead: await findCommit(repository, 'HEAD'),
    cwd,
  });
}
