// What both CI doors know of the main job: one function, which tests replace by their own.
import type { ExitCode } from '#domain/errors.ts';
import type { Environment } from '../environment.ts';
import type { RunRequest } from '../run-request.ts';
import type { TriageOutcome } from '../triage-outcome.ts';

export type Triage = (request: RunRequest, environment: Environment) => Promise<TriageOutcome>;

/** The outcome of a job whose request could not be made; why is in the log already. */
export function failedBefore(exitCode: ExitCode): TriageOutcome {
  return {
    exitCode,
    document: null,
    files: [],
    summary: null,
    annotations: [],
    publication: null,
    display: '',
  };
}
