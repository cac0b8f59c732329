// What `assay fix` says on the terminal: each fix with its place, what was left out and why, and what is still to do.
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { placeOf } from '../../publish/finding-order.ts';
import { toTerminal } from '../../support/escape-terminal.ts';
import type { LeftOut } from './prove-fixes.ts';
import type { LockResult } from './write-locks.ts';

export interface FixReport {
  readonly isWritten: boolean;
  /** In the order in which they were selected. */
  readonly made: readonly FindingRecord[];
  readonly there: readonly FindingRecord[];
  /** Upgrades that no manifest has to say. */
  readonly lockAlone: readonly FindingRecord[];
  readonly leftOut: readonly LeftOut[];
  /** Commands that nobody ran, by folder. */
  readonly commands: readonly { readonly folder: string; readonly lines: readonly string[] }[];
  readonly locks: readonly LockResult[];
  readonly closing: readonly string[];
}

/** Lines for a terminal, each inert. */
export function describeFixes(report: FixReport, book: PhraseBook | null): string {
  const { isWritten, made, there, lockAlone, leftOut, commands, locks, closing } = report;
  const told = (finding: FindingRecord) => lineOf(finding, book);
  const lines = [
    ...section(say(isWritten ? phrase`Written:` : phrase`Would be written:`, book), made.map(told)),
    ...section(say(phrase`There already:`, book), there.map(told)),
    ...section(say(phrase`The lock file alone has to be written again:`, book), lockAlone.map(told)),
    ...section(
      say(phrase`Left out:`, book),
      leftOut.flatMap(({ finding, why }) => [told(finding), `  ${why}`]),
    ),
    ...section(
      say(phrase`Lock files:`, book),
      locks.flatMap(({ text, said }) => [text, ...lastLines(said)]),
    ),
    ...section(
      say(phrase`What writes the lock file again (${'`--lock`'} runs it where Assay can):`, book),
      commands.flatMap(({ folder, lines: own }) =>
        own.map((line) => (folder === '' ? line : `${folder}: ${line}`)),
      ),
    ),
    ...closing,
  ];
  return lines.map((line) => `${indentOf(line)}${toTerminal(line.trimStart())}\n`).join('');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function indentOf(line: string): string {
  return /^ {0,6}/.exec(line)?.[0] ?? '';
}

/** `3f2a9c0d1b2c3d4e  package.json:4  lodash 4.17.20 → 4.17.21 (CVE-2021-23337)`. */
function lineOf({ id, patch, location, dependency, ruleId }: FindingRecord, book: PhraseBook | null): string {
  const edits = patch?.edits ?? [];
  const place = patch === null ? placeOf(location) : `${patch.path}:${edits.map(linesOf).join(',')}`;
  const upgrade = dependency?.upgrade;
  if (patch !== null && patch.origin !== 'upgrade') return `${id}  ${place}  ${ruleId}`;
  const from = upgrade?.from ?? dependency?.versions.at(-1) ?? '?';
  const move = `${dependency?.package.name ?? ''} ${from} → ${upgrade?.to ?? '?'}`;
  const said =
    upgrade?.breaking === true ? say(phrase`${move}, breaking (${ruleId})`, book) : `${move} (${ruleId})`;
  return `${id}  ${place}  ${said}`;
}

function linesOf({ startLine, lines }: { readonly startLine: number; readonly lines: number }): string {
  return lines > 1 ? `${startLine}-${startLine + lines - 1}` : String(startLine);
}

/** Of what a tool printed. */
function lastLines(said: string): readonly string[] {
  const lines = said.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  return lines.slice(-8).map((line) => `  | ${line.slice(0, 300)}`);
}
