// The last rung: the engine looks at the patched file. What it had proved must be gone, and nothing else may be proved instead.
import type { Evidence } from '#domain/evidence.ts';
import type { LineEdit } from '#domain/patch.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import { type LineSpan, mapSpan, mapThroughEdits, spanAfter } from './map-through-edits.ts';
import type { Rung } from './rung.ts';

/** Findings of the file that are looked at again with each patch: a report may hold thousands. */
const MAX_NEIGHBOURS = 30;

/** What the engine says of a text in place of the file at head. */
export interface WeaknessProver {
  /** Evidence by finding id; all findings lie in `path`, at lines of `text`. */
  gather(
    path: string,
    text: string,
    findings: readonly ScopedFinding[],
  ): Promise<ReadonlyMap<string, Evidence>>;
  /** The weaknesses that are asked about together, as CWE numbers. */
  readonly families: readonly (readonly number[])[];
}

export interface RejudgeQuestion {
  readonly finding: ScopedFinding;
  /** All findings of the file, whatever their verdicts; the nearest ones are looked at. */
  readonly inFile: readonly ScopedFinding[];
  readonly before: string;
  readonly after: string;
  readonly edits: readonly LineEdit[];
  readonly prover: WeaknessProver;
}

/** The rung, or a sentence on what speaks against the patch. */
export async function rejudge(question: RejudgeQuestion): Promise<Rung | Phrase> {
  const { finding, before, after, edits, prover } = question;
  const { path } = finding.location;
  const neighbours = nearest(question);
  const standing = [finding, ...neighbours];
  const old = await prover.gather(path, before, [...standing, ...probes(question, 'before')].map(included));
  const now = await prover.gather(
    path,
    after,
    [...standing.map((one) => moved(one, edits)), ...probes(question, 'after')].map(included),
  );

  const wasProved = isProved(old.get(finding.id));
  if (wasProved && isNotUnderstood(now.get(finding.id)))
    return phrase`The patched place is not understood, so whether the weakness is gone cannot be told.`;
  for (const [id, evidence] of now) {
    if (!isProved(evidence) || (id !== finding.id && isProved(old.get(id)))) continue;
    if (id === finding.id)
      return wasProved
        ? phrase`The weakness is still there in the patched file.`
        : phrase`The patched line is proved to be weak.`;
    const line = neighbours.find((one) => one.id === id)?.location.startLine;
    return line === undefined
      ? phrase`The patch brings in another weakness.`
      : phrase`With the patch, the finding at line ${line} is proved.`;
  }
  return wasProved
    ? {
        check: 'rejudged',
        outcome: 'passed',
        text: phrase`What proved the weakness is gone in the patched file, and nothing new is proved.`,
      }
    : {
        check: 'rejudged',
        outcome: 'not_applicable',
        text: phrase`The weakness was not proved before, so whether it is gone was not checked. Nothing new is proved in the patched file.`,
      };
}

/** Findings whose places still hold a meaning, the nearest ones first. */
function nearest({ finding, inFile }: RejudgeQuestion): readonly ScopedFinding[] {
  const distance = ({ location }: ScopedFinding) => Math.abs(location.startLine - finding.location.startLine);
  return inFile
    .filter(({ id, location }) => id !== finding.id && location.resolved && location.wholeFile !== true)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, MAX_NEIGHBOURS);
}

function isProved(evidence: Evidence | undefined): boolean {
  return evidence?.facts.some(({ kind }) => kind === 'misuse' || kind === 'direct_flow') ?? false;
}

function isNotUnderstood(evidence: Evidence | undefined): boolean {
  return (
    evidence?.unknowns.some(
      ({ code }) => code === 'REV.parse' || code === 'REV.too-large' || code === 'REV.unresolved',
    ) ?? true
  );
}

/** Questions are asked of findings in scope only; here the place counts. */
function included(finding: ScopedFinding): ScopedFinding {
  return finding.inScope ? finding : { ...finding, inScope: true };
}

function moved(finding: ScopedFinding, edits: readonly LineEdit[]): ScopedFinding {
  const { location } = finding;
  const touched = [location.startLine, location.endLine].some(
    (line) => mapThroughEdits(edits, line) === null,
  );
  return at(finding, mapSpan(edits, location), touched ? { startColumn: null, endColumn: null } : location);
}

function at(
  finding: ScopedFinding,
  { startLine, endLine }: LineSpan,
  { startColumn, endColumn }: { readonly startColumn: number | null; readonly endColumn: number | null },
): ScopedFinding {
  return { ...finding, location: { ...finding.location, startLine, endLine, startColumn, endColumn } };
}

/** One question a changed stretch and family of weaknesses: is anything proved here that nobody reported? */
function probes(
  { finding, edits, prover }: RejudgeQuestion,
  side: 'before' | 'after',
): readonly ScopedFinding[] {
  return edits.flatMap(({ startLine, lines }, index) => {
    const span = side === 'after' ? spanAfter(edits, index) : { startLine, endLine: startLine + lines - 1 };
    if (span.endLine < span.startLine) return [];
    return prover.families.map((cwe, family) => ({
      ...at(finding, span, { startColumn: null, endColumn: null }),
      id: `family-${family}-edit-${index}`,
      ruleId: '',
      message: '',
      cwe,
      flow: [],
      related: [],
    }));
  });
}
