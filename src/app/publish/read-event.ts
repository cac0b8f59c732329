// The event that a GitHub run is about, as the runner wrote it; null elsewhere.
import { readEventFile } from '../../adapters/github/event-file.ts';
import type { Variables } from '../environment.ts';

export async function readEvent(variables: Variables): Promise<unknown> {
  const file = variables.GITHUB_EVENT_PATH;
  return file ? await readEventFile(file) : null;
}
