// Reads the event that started a GitHub run. What it says is an outsider's text; app/ci/github-event.ts takes commits out of it.
import { open } from 'node:fs/promises';
import { AssayError } from '../../domain/errors.ts';

/** GitHub caps a webhook payload at 25 MB (docs.github.com/webhooks/webhook-events-and-payloads). */
const LIMIT_BYTES = 25 * 1024 * 1024;
const HINT = 'GITHUB_EVENT_PATH must name the event file that the runner wrote.';

/** The parsed JSON of the file; throws AssayError `input` when it is missing, too large or no JSON. */
export async function readEventFile(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AssayError('input', 'The event file is not JSON.', { hint: HINT, cause });
  }
}

async function readText(path: string): Promise<string> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > LIMIT_BYTES) throw new RangeError(`it has ${size} bytes`);
    return await file.readFile('utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AssayError('input', `The event file cannot be read: ${why}.`, { hint: HINT, cause });
  }
}
