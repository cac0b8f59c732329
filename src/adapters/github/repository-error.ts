// What GitHub would not tell about the sources or the change ends the run: there is nothing to judge then.
import { AssayError } from '../../domain/errors.ts';
import { explainFailure } from './explain-failure.ts';
import type { GitHubClient } from './github-client.ts';
import { tryHost } from './try-host.ts';

/** Runs `work`; a failure of the host's becomes an AssayError `repository` that says what Assay could not do. */
export async function orRepositoryError<T>(
  client: GitHubClient,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  const tried = await tryHost(client, work);
  if (tried.kind === 'done') return tried.value;
  const problem = explainFailure(tried.failure, { what, needs: 'contents: read' });
  throw new AssayError('repository', problem.text, { hint: problem.hint });
}
