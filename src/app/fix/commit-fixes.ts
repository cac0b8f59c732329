// The commit of what was fixed, on a branch of its own: what it says, and whether there may be one.
import { AssayError } from '#domain/errors.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { SourceHistory } from '#ports/source-history.ts';
import type { FileFix } from './prove-fixes.ts';
import type { Fixable } from './select-fixes.ts';
import type { LockResult } from './write-locks.ts';

/** Before anything is written; throws AssayError `usage` for a branch that cannot be committed to. */
export async function requireBranch(branch: string | null, history: SourceHistory | null): Promise<void> {
  if (branch === null) return;
  const problem =
    history === null ? 'There is no git repository to commit to.' : await history.branchProblem(branch);
  if (problem === null) return;
  throw new AssayError('usage', problem, {
    hint: 'Give --branch a new name of letters, digits, ".", "_", "-" and "/", or check the branch out first.',
  });
}

/** Names of packages, versions, paths and rules are outside text, and hosts read commit messages for commands: only plain ones are told. */
const PLAIN = /^[\w@./+~:-]{1,150}$/;

export function commitMessage(findings: readonly FindingRecord[], locks: readonly string[]): string {
  const count = findings.length === 1 ? 'one finding' : `${findings.length} findings`;
  const lines = findings.slice(0, 200).map((finding) => `- ${plain(finding.id)}: ${toldOf(finding)}`);
  const more = findings.length > 200 ? [`- and ${findings.length - 200} more`] : [];
  const written = locks.filter((path) => PLAIN.test(path));
  const lock = written.length === 0 ? [] : ['', `Lock files written again: ${written.join(', ')}.`];
  return [
    `Fix ${count}`,
    '',
    'Proved by assay fix; not built, not tested.',
    '',
    ...lines,
    ...more,
    ...lock,
    '',
  ].join('\n');
}

function toldOf({ dependency, ruleId, patch }: FindingRecord): string {
  const upgrade = dependency?.upgrade;
  const rule = PLAIN.test(ruleId) && !/^GH-\d+$/i.test(ruleId) ? ruleId.replaceAll('@', '') : 'weakness';
  const isUpgrade = patch === null || patch.origin === 'upgrade';
  const words = isUpgrade ? [dependency?.package.name ?? '', upgrade?.to ?? ''] : [rule, patch.path];
  const [first, second] = words.map(plain);
  if (!isUpgrade) return `${first} in ${second}`;
  return `${first} to ${second}${upgrade?.breaking === true ? ', breaking' : ''}, for ${rule}`;
}

/** `@scope` calls a person or a team, and `GH-7` an issue, wherever they stand. */
function plain(word: string): string {
  return PLAIN.test(word) && !/^GH-\d+$/i.test(word) ? word.replaceAll('@', '') : '(odd name)';
}

/** What files and lock files mend, in the order of selection. */
export function mendedBy(
  files: readonly FileFix[],
  locks: readonly LockResult[],
  selected: readonly Fixable[],
): readonly FindingRecord[] {
  const done = new Set([
    ...files.flatMap(({ made, there }) => [...made, ...there]),
    ...locks.flatMap(({ kind, jobs }) => (kind === 'written' ? jobs.map(({ finding }) => finding) : [])),
  ]);
  return selected.flatMap(({ finding }) => (done.has(finding) ? [finding] : []));
}

export function isShort({ kind }: LockResult): boolean {
  return kind === 'refused' || kind === 'not_run';
}
