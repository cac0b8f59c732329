// The files through which a step speaks to the GitHub runner: GITHUB_OUTPUT and GITHUB_STEP_SUMMARY.
import { randomBytes } from 'node:crypto';
import { appendFile } from 'node:fs/promises';

/** 1 MiB a step (docs.github.com/actions: workflow commands); an over-size summary is not shown at all. */
const SUMMARY_LIMIT_BYTES = 1024 * 1024;
const CUT_NOTE = '\n\n*Cut here: a job summary holds 1 MiB.*\n';

/**
 * Appends outputs in the runner's multi-line form. The delimiter is random, so no value can end its own block and set another output
 * (CVE-2022-35954 was a guessable one).
 */
export async function appendOutputs(
  path: string,
  outputs: readonly { readonly name: string; readonly value: string }[],
): Promise<void> {
  const blocks = outputs.map(({ name, value }) => {
    const delimiter = `assay_${randomBytes(16).toString('hex')}`;
    return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
  });
  await appendFile(path, blocks.join(''), 'utf8');
}

/** Appends Markdown to the job summary, cut at a line when it would be too large to be shown. */
export async function appendSummary(path: string, markdown: string): Promise<void> {
  await appendFile(path, cutToLimit(markdown.endsWith('\n') ? markdown : `${markdown}\n`), 'utf8');
}

function cutToLimit(markdown: string): string {
  const bytes = Buffer.from(markdown, 'utf8');
  if (bytes.length <= SUMMARY_LIMIT_BYTES) return markdown;
  const room = bytes.subarray(0, SUMMARY_LIMIT_BYTES - Buffer.byteLength(CUT_NOTE));
  const lastLine = room.lastIndexOf(0x0a);
  // Without a line end there is no place that is surely between two characters and outside of markup: then only the note is said.
  return `${room.subarray(0, Math.max(lastLine, 0)).toString('utf8')}${CUT_NOTE}`;
}
