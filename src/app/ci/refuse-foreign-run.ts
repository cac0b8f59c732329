// No door runs where a stranger's files lie beside the secrets of the base repository (security §1.3).
import path from 'node:path';
import { readEventFile } from '../../adapters/github/event-file.ts';
import { findCommit } from '../../adapters/local/find-commit.ts';
import type { Variables } from '../environment.ts';
import { changeOfGitHubEvent } from './github-event.ts';
import { isCommit } from './reviewed-change.ts';

/** Throws AssayError `configuration` under `pull_request_target` with the change checked out; whatever else the run is asked. */
export async function refuseForeignRun(
  { cwd, repo }: { readonly cwd: string; readonly repo: string },
  variables: Variables,
): Promise<void> {
  const { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file, GITHUB_SHA: sha } = variables;
  if (name !== 'pull_request_target') return;
  changeOfGitHubEvent(name, file ? await readEventFile(file) : null, {
    triggeredBy: isCommit(sha) ? sha : null,
    workTreeHead: await findCommit(path.resolve(cwd, repo), 'HEAD'),
  });
}
