// Asks the code about every finding in scope: facts with citations, and what stays open.
import type { Evidence, UnknownCode } from '#domain/evidence.ts';
import { say } from '#domain/phrase.ts';
import type { Policy, PolicyPathKind } from '#domain/policy.ts';
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import { compileGlobs } from '#support/glob.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { CodeIndex } from '../code/code-index.ts';
import type { SourceUnit, UnitFailure } from '../code/source-unit.ts';
import { judgeBuffers } from './buffer-facts.ts';
import { judgeCalls } from './call-facts.ts';
import type { Catalog } from './catalog.ts';
import { cite, citeLines } from './citing.ts';
import { findDeadBranch } from './dead-branch.ts';
import { EvidenceDraft } from './draft.ts';
import { findOddNames } from './find-odd-names.ts';
import { locatePlace } from './locate-place.ts';
import { judgeMisuse } from './misuse.ts';
import { describeNoCode } from './no-code.ts';
import type { Place } from './place.ts';
import { addReportedFlow } from './reported-flow.ts';

export interface EvidenceContext {
  readonly code: CodeIndex;
  readonly catalog: Catalog;
  readonly policyPaths: Policy['policyPaths'];
  /** Told how many findings are done. */
  onDone(done: number): void;
}

/** Each round may find that one more file is called. */
const MOST_ROUNDS = 6;

/** Evidence by finding id, for the findings in scope. */
export async function gatherEvidence(
  findings: readonly ScopedFinding[],
  context: EvidenceContext,
): Promise<ReadonlyMap<string, Evidence>> {
  const evidence = new Map<string, Evidence>();
  const policy = compilePolicyPaths(context.policyPaths);
  for (const finding of findings) {
    if (!finding.inScope) continue;
    const program = await context.code.program();
    program.turnTo(finding.location.path);
    let draft = new EvidenceDraft();
    await gatherOne(finding, draft, context, policy);
    // What it asked for of other files is there now: once more, with them.
    for (let round = 0; round < MOST_ROUNDS && (await program.load()); round++) {
      draft = new EvidenceDraft();
      await gatherOne(finding, draft, context, policy);
    }
    evidence.set(finding.id, draft.finish());
    context.onDone(evidence.size);
  }
  return evidence;
}

interface PolicyMatcher {
  readonly kind: PolicyPathKind;
  readonly glob: string;
  readonly matches: (path: string) => boolean;
}

function compilePolicyPaths(paths: Policy['policyPaths']): readonly PolicyMatcher[] {
  return (['test', 'generated', 'vendored'] as const).flatMap((kind) =>
    paths[kind].map((glob) => ({ kind, glob, matches: compileGlobs([glob]) })),
  );
}

async function gatherOne(
  finding: ScopedFinding,
  draft: EvidenceDraft,
  context: EvidenceContext,
  policy: readonly PolicyMatcher[],
): Promise<void> {
  const { location } = finding;
  if (!location.resolved) {
    draft.unknown(
      'REV.unresolved',
      `The place that the report names was not found in the repository: ${location.why ?? 'no such file or line'}.`,
    );
    return;
  }
  const unit = await context.code.unit(location.path);
  if (unit.kind === 'failure') {
    draft.unknown(failureCode(unit), say(unit.why, null));
    return;
  }
  draft.language = unit.language;
  addPolicyPath(unit, finding, draft, policy);
  if (location.wholeFile === true) {
    draft.unknown('REV.unresolved', 'The report names the file and no line of it: which place is meant?');
    return;
  }
  if (location.startLine > unit.lines.length) {
    draft.unknown(
      'REV.unresolved',
      `The file has ${unit.lines.length} lines; the report speaks of line ${location.startLine}.`,
    );
    return;
  }
  const place = locatePlace(finding, unit, context.catalog, await context.code.program());
  addContext(place, draft);
  judgePlace(place, draft);
  draft.oddNames = findOddNames(unit, place.within, draft.citations);
}

function failureCode(failure: UnitFailure): UnknownCode {
  if (failure.reason === 'missing') return 'REV.unresolved';
  if (failure.reason === 'too large') return 'REV.too-large';
  return failure.reason === 'not parsed' ? 'REV.parse' : 'REV.language';
}

function addPolicyPath(
  unit: SourceUnit,
  finding: ScopedFinding,
  draft: EvidenceDraft,
  policy: readonly PolicyMatcher[],
): void {
  const hit = policy.find((matcher) => matcher.matches(finding.location.path));
  if (hit === undefined) return;
  const { startLine, endLine } = finding.location;
  draft.fact('policy_path', `The configuration lists this path as ${hit.kind} code (\`${hit.glob}\`).`, [
    citeLines(unit, startLine, endLine),
  ]);
}

function addContext(place: Place, draft: EvidenceDraft): void {
  const { unit, within } = place;
  const named = unit.functionAt(place.startLine, place.endLine, false);
  if (named !== null) {
    draft.enclosingFunction = { name: named.name, startLine: named.span.line, endLine: named.span.endLine };
    draft.fact(
      'enclosing_function',
      `The place is in \`${named.name}\`, lines ${named.span.line} to ${named.span.endLine}.`,
      [citeLines(unit, named.span.line, named.span.line)],
    );
  }
  const text = unit.textOf(within === unit.topLevel ? { ...within.span, end: 0 } : within.span);
  const used = unit.imports
    .filter(({ local, span }) => span.line > 0 && local.length > 1 && text.includes(local))
    .slice(0, 4);
  if (used.length > 0) {
    draft.fact(
      'imports',
      `The function uses ${used.map(({ path }) => `\`${path}\``).join(', ')}.`,
      used.map(({ span }) => cite(unit, span)),
    );
  }
  addReportedFlow(place, draft);
}

/** The questions in order: is it understood, is there code, can it run, what does it do. */
function judgePlace(place: Place, draft: EvidenceDraft): void {
  const { unit, finding, within } = place;
  if (finding.cwe.length === 0) {
    draft.unknown(
      'REV.weakness',
      `The report does not say which weakness ${markOutside(finding.ruleId)} is about, so no evidence can be asked for.`,
    );
    return;
  }
  const from = within === unit.topLevel ? place.startLine - 3 : within.span.line;
  const to = within === unit.topLevel ? place.endLine + 3 : within.span.endLine;
  if (unit.hasErrorBetween(from, to)) {
    draft.unknown(
      'REV.parse',
      `The code around line ${place.startLine} was not fully understood by the parser.`,
      [citeLines(unit, place.startLine, place.endLine)],
    );
    return;
  }
  if (describeNoCode(place, draft)) return;
  if (findDeadBranch(place, draft)) return;
  if (judgeBuffers(place, draft)) return;
  if (place.isMisuse) judgeMisuse(place, draft);
  else judgeCalls(place, draft);
}
