// Reads the labels of a set and finds the results that they speak of, before anything is judged.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { AssayError } from '#domain/errors.ts';
import type { OperatorFiles } from '#ports/operator-files.ts';
import type { SetRecord } from '../../measure/evaluation.ts';
import { listResults, type ReportedResult } from '../../measure/list-results.ts';
import { matchLabels } from '../../measure/match-labels.ts';
import { type LabelRow, parseLabels } from '../../measure/parse-labels.ts';
import type { LabelledSet } from './find-sets.ts';

export interface SetLabels {
  readonly set: LabelledSet;
  readonly record: SetRecord;
  readonly matched: readonly { readonly label: LabelRow; readonly result: ReportedResult }[];
  readonly notices: readonly string[];
}

/** Throws AssayError `usage` with `file:line` for a mistake in the labels, and when no label finds its result. */
export async function labelSet(set: LabelledSet, files: Pick<OperatorFiles, 'read'>): Promise<SetLabels> {
  const labelsName = path.basename(set.labels);
  const { text: labelText } = await files.read(set.labels);
  const labels = parseLabels(labelText, `${set.name}: ${labelsName}`);
  const reports: { name: string; text: string }[] = [];
  for (const report of set.reports) {
    reports.push({ name: path.basename(report), text: (await files.read(report)).text });
  }
  const results = reports.flatMap(({ name, text }, input) => listResults(text, name, input));
  const { matched, unmatched, unlabelled } = matchLabels(labels, results);
  if (matched.length === 0) {
    const [first] = unmatched;
    throw new AssayError(
      'usage',
      `${set.name}: ${labelsName}:${first?.fileLine ?? 1}: none of the ${labels.length} labels belongs to a result of ${reports.map(({ name }) => name).join(', ')}.`,
      { hint: 'Are labels and report of the same run? docs/evaluation.md says how they are matched.' },
    );
  }
  return {
    ...{ set, matched },
    record: {
      name: set.name,
      reports: reports.map(({ name, text }) => ({ name, sha256: digest(text) })),
      labels: { name: labelsName, sha256: digest(labelText) },
      labelled: matched.length,
      real: matched.filter(({ label }) => label.isReal).length,
      ...{ unlabelled, missing: unmatched.length },
    },
    notices: describeUnmatched(unmatched, `${set.name}: ${labelsName}`),
  };
}

const SHOWN = 3;

function describeUnmatched(unmatched: readonly LabelRow[], name: string): readonly string[] {
  if (unmatched.length === 0) return [];
  const lines = unmatched.slice(0, SHOWN).map(({ fileLine }) => `line ${fileLine}`);
  const rest = unmatched.length - lines.length;
  const where = `${lines.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  const labels = unmatched.length === 1 ? '1 label belongs' : `${unmatched.length} labels belong`;
  return [`${name}: ${labels} to no result of the report, and to no figure (${where}).`];
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
