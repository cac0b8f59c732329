// What a GitHub step prints: results that the runner must not take for commands, then the commands that are ours.
import { randomBytes } from 'node:crypto';
import type { TriageOutcome } from '../triage-outcome.ts';

/** One command of ours on one line: kind, properties, text, with everything from outside escaped by who made it. */
const ANNOTATION = /^::(?:error|warning|notice)(?: [^\r\n:]*)?::[^\r\n]*$/;
const COULD_NOT_RUN = '::error title=Assay::Assay could not run; the log of this step says why.';

/**
 * Wraps text in `stop-commands` with a random token (docs.github.com/actions: workflow commands): nothing between is a command, whatever
 * a scanned file or message holds. Empty text needs no fence.
 */
export function fenceCommands(text: string): string {
  if (text === '') return '';
  const token = randomBytes(16).toString('hex');
  return `::stop-commands::${token}\n${text}${text.endsWith('\n') ? '' : '\n'}::${token}::\n`;
}

/** The annotations as lines; what is not exactly one annotation command is left out rather than printed. */
export function showAnnotations(outcome: TriageOutcome): string {
  const lines =
    outcome.document === null ? [COULD_NOT_RUN] : outcome.annotations.filter((line) => ANNOTATION.test(line));
  return lines.map((line) => `${line}\n`).join('');
}
