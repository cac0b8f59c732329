// The process of a CI job: its variables are taken once, and secrets are gone from it before anything hostile is read.
import type { JobEnvironment } from '../app/ci/github-job.ts';
import { scrubVariables } from '../app/ci/scrub-variables.ts';
import { processEnvironment } from './process-environment.ts';

/** `workspace` names the variable that says where the job's files are. A job may deepen a shallow clone once. */
export function openJob(workspace: 'GITHUB_WORKSPACE' | 'CI_PROJECT_DIR'): JobEnvironment {
  const variables = { ...process.env };
  scrubVariables(process.env);
  return {
    ...processEnvironment(true),
    variables,
    interactive: false,
    cwd: variables[workspace] || process.cwd(),
    write: (text) => process.stdout.write(text),
  };
}
