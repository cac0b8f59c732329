// What a CI job hands to the steps after it: the decision, counts and paths. Words and numbers of ours, no outside text.
import type { PublishOutcome } from '../publish/publish-file.ts';
import type { TriageOutcome } from '../triage-outcome.ts';

export interface JobOutput {
  readonly name: string;
  readonly value: string;
}

/** Names as action.yml declares them. Without a result (usage errors) only `exit-code` is said. */
export function jobOutputs(outcome: TriageOutcome): readonly JobOutput[] {
  const exitCode = { name: 'exit-code', value: String(outcome.exitCode) };
  const { document, files } = outcome;
  if (document === null) return [exitCode];
  const { accounting, decision, findings } = document;
  const blocking = findings.filter((finding) => finding.gate.effect === 'blocks').length;
  return [
    { name: 'decision', value: decision.outcome },
    exitCode,
    { name: 'true-positives', value: String(accounting.truePositives) },
    { name: 'false-positives', value: String(accounting.falsePositives) },
    { name: 'needs-review', value: String(accounting.needsReview) },
    { name: 'blocking', value: String(blocking) },
    { name: 'result', value: pathOf(files, 'assay.json') },
    { name: 'sarif', value: pathOf(files, 'assay.sarif') },
    { name: 'summary', value: pathOf(files, 'summary.md') },
    { name: 'publication', value: pathOf(files, 'publication.json') },
  ];
}

/** What a job that only posted hands on. */
export function publishOutputs({
  exitCode,
  files,
}: Pick<PublishOutcome, 'exitCode' | 'files'>): readonly JobOutput[] {
  return [
    { name: 'exit-code', value: String(exitCode) },
    { name: 'publication', value: pathOf(files, 'publication.json') },
  ];
}

function pathOf(files: readonly string[], name: string): string {
  return files.find((file) => file.endsWith(`/${name}`)) ?? '';
}
