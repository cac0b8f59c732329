// GitHub Action → RunRequest: the inputs, and what the runner says of the event. Pure; github-job.ts reads the world for it.
import type { Variables } from '../environment.ts';
import type { RunRequest } from '../run-request.ts';
import { changeOfGitHubEvent } from './github-event.ts';
import { readJobInputs } from './job-inputs.ts';
import { isCommit } from './reviewed-change.ts';

export interface GitHubJob {
  readonly variables: Variables;
  /** Content of the file at `GITHUB_EVENT_PATH`, parsed as JSON and not looked at yet; null when the runner gave none. */
  readonly event: unknown;
  readonly workTreeHead: string | null;
  readonly cwd: string;
}

/** Throws AssayError for an input or an event that cannot be used. Inputs `base` and `head` win over the event. */
export function gitHubRequest(job: GitHubJob): RunRequest {
  const request = readJobInputs((name) => readActionInput(job.variables, name), job.cwd);
  const sha = job.variables.GITHUB_SHA;
  const change = changeOfGitHubEvent(job.variables.GITHUB_EVENT_NAME ?? '', job.event, {
    triggeredBy: isCommit(sha) ? sha : null,
    workTreeHead: job.workTreeHead,
  });
  return {
    ...request,
    base: request.base ?? change.base,
    head: request.head ?? change.head,
    scannedRevision: change.scannedRevision,
    policyRevision: change.policyRevision,
  };
}

/** The runner upper-cases an input's name and turns spaces into `_`; hyphens stay (@actions/core getInput). */
export function readActionInput(variables: Variables, name: string): string {
  return (variables[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '').trim();
}
