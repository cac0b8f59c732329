// A judged set → what was said of each labelled result.
import type { FindingRecord, ResultDocument, ResultRecord } from '#domain/result-document.ts';
import { detectLanguage } from '../../code/languages.ts';
import type { GivenVerdict, LabelledFinding } from '../../measure/labelled-finding.ts';
import type { SetLabels } from './label-set.ts';

export interface ReadVerdicts {
  readonly findings: readonly LabelledFinding[];
  readonly verdicts: readonly GivenVerdict[];
  readonly notices: readonly string[];
}

/** Results that became no finding, or were not judged, are told as notices and are in no figure. */
export function readVerdicts(
  { matched, record, set }: SetLabels,
  document: ResultDocument,
  redact: (text: string) => string,
): ReadVerdicts {
  const rows = new Map(document.results.map((row) => [placeOf(row), row]));
  const byId = new Map(document.findings.map((finding) => [finding.id, finding]));
  const findings: LabelledFinding[] = [];
  const verdicts: GivenVerdict[] = [];
  const unjudged: string[] = [];
  for (const { label, result } of matched) {
    const row = rows.get(placeOf(result));
    const finding = byId.get(row?.findingId ?? '');
    const verdict = finding?.verdict ?? null;
    if (row === undefined || finding === undefined || verdict === null) {
      unjudged.push(`line ${label.fileLine}: ${row?.why ?? 'the result was not read'}`);
      continue;
    }
    const key = redact(`${set.name}/${label.key}`);
    findings.push({
      ...{ key, set: set.name, isReal: label.isReal },
      path: redact(label.path ?? result.path ?? finding.location.path),
      line: label.line ?? result.line ?? finding.location.startLine,
      ruleId: redact(result.ruleId ?? row.ruleId ?? ''),
      tool: row.tool,
      cwe: label.cwe ?? cweOf(finding),
      language: label.language ?? detectLanguage(finding.location.path, ''),
    });
    const [reason] = verdict.reasons;
    const { label: said, confidence, by } = verdict;
    verdicts.push({ key, verdict: said, confidence, by, reason: reason?.code ?? '' });
  }
  return { findings, verdicts, notices: describeUnjudged(unjudged, `${set.name}: ${record.labels.name}`) };
}

function cweOf({ cwe: [first] }: FindingRecord): string | null {
  return first === undefined ? null : String(first);
}

function placeOf({ input, run, index }: Pick<ResultRecord, 'input' | 'run' | 'index'>): string {
  return `${input}.${run}.${index}`;
}

function describeUnjudged(unjudged: readonly string[], name: string): readonly string[] {
  if (unjudged.length === 0) return [];
  const count = unjudged.length === 1 ? '1 labelled result was' : `${unjudged.length} labelled results were`;
  return [`${name}: ${count} not judged, and is in no figure; the first is ${unjudged[0]}`];
}
