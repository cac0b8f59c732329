// The GitLab job's run: pipeline variables → request → triage → log and dotenv report. The files in `out` are the job's artifacts.
import path from 'node:path';
import type { ExitCode } from '#domain/errors.ts';
import { writeDotenv } from '../../adapters/local/dotenv-report.ts';
import { findCommit } from '../../adapters/local/find-commit.ts';
import { explainError } from '../explain-error.ts';
import type { RunRequest } from '../run-request.ts';
import { runTriage } from '../triage.ts';
import type { JobEnvironment } from './github-job.ts';
import { gitLabRequest, targetBranchRef } from './gitlab-request.ts';
import { jobOutputs } from './job-outputs.ts';
import type { Triage } from './job-triage.ts';

/** Beside the result files; the component names it as its `dotenv` report. */
const DOTENV_FILE = 'assay.env';

/** Runs the main job and leaves what later jobs need. Never throws for what a user or a pipeline did. */
export async function runGitLabJob(
  environment: JobEnvironment,
  triage: Triage = runTriage,
): Promise<ExitCode> {
  let request: RunRequest;
  try {
    request = await readRequest(environment);
  } catch (error) {
    return explainError(error, environment, false);
  }
  const outcome = await triage(request, environment);
  environment.write(outcome.display);
  if (outcome.document !== null) {
    await writeDotenv(path.resolve(request.cwd, request.out, DOTENV_FILE), jobOutputs(outcome));
  }
  return outcome.exitCode;
}

async function readRequest({ variables, cwd }: JobEnvironment): Promise<RunRequest> {
  const target = targetBranchRef(variables);
  const targetTip = target === null ? null : await findCommit(cwd, target);
  return gitLabRequest({ variables, cwd, targetTip });
}
