// Decides whether a suppression that a report carries counts. A change cannot silence its own findings (security row 8).
import type { Finding } from '#domain/finding.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { RawSuppression } from '#domain/report.ts';
import type { SuppressionRuling } from '#domain/scoped-finding.ts';
import { type FileChange, firstNewLine } from './change-index.ts';
import type { FunctionAt } from './rule-scope.ts';
import { hasBlockMarker, hasMarker, isLeadIn } from './suppression-markers.ts';

/** A `SuppressionRuling` whose reason has no language yet. */
export interface RuledSuppression extends Omit<SuppressionRuling, 'why'> {
  readonly why: Phrase;
}

export interface SuppressionContext {
  /** Null when nothing is under review. */
  readonly changes: ReadonlyMap<string, FileChange> | null;
  readonly acceptExternal: boolean;
  readonly functionAt: FunctionAt;
  lineText(path: string, line: number): Promise<string | null>;
}

/** Lines looked at: within the finding, above it as one block of comments, above it for a block's marker, and at the file's top. */
const REACH = { inside: 50, leadIn: 10, above: 200, top: 30 } as const;

/** The ruling to show: the one that is honoured, else the first. Null when the report carries no suppression. */
export async function ruleSuppressions(
  finding: Finding,
  context: SuppressionContext,
): Promise<RuledSuppression | null> {
  // One that is not accepted outweighs the others (SARIF 2.1.0 §3.27.23).
  const open = finding.suppressions.find(({ status }) => status !== 'accepted');
  if (open !== undefined) return ruling(open, false, whyNotAccepted(open.status));
  let first: RuledSuppression | null = null;
  for (const suppression of finding.suppressions) {
    const ruled = await ruleSuppression(suppression, finding, context);
    if (ruled.honoured) return ruled;
    first ??= ruled;
  }
  return first;
}

async function ruleSuppression(
  suppression: RawSuppression,
  finding: Finding,
  context: SuppressionContext,
): Promise<RuledSuppression> {
  if (suppression.kind === 'external') {
    return context.acceptExternal
      ? ruling(suppression, true, phrase`the policy accepts suppressions from outside the source`)
      : ruling(suppression, false, phrase`it was made outside the source, which the policy does not accept`);
  }
  if (suppression.kind !== 'inSource')
    return ruling(suppression, false, phrase`its kind is not one that SARIF knows`);
  if (context.changes === null) {
    return ruling(suppression, true, phrase`it stands in the source, and no change is under review`);
  }
  if (!finding.location.resolved) {
    return ruling(
      suppression,
      false,
      phrase`the reported place was not found, so its comment cannot be checked`,
    );
  }
  const { honoured, why } = await judgeComment(suppression, finding, {
    ...context,
    changes: context.changes,
  });
  return ruling(suppression, honoured, why);
}

type ReviewContext = SuppressionContext & { readonly changes: ReadonlyMap<string, FileChange> };

/** Honoured only when a comment that may suppress was found and none that may is new. */
async function judgeComment(
  suppression: RawSuppression,
  finding: Finding,
  context: ReviewContext,
): Promise<{ honoured: boolean; why: Phrase }> {
  const { path, startLine } = finding.location;
  const change = context.changes.get(path);
  const isNew = (line: number) =>
    change !== undefined && firstNewLine(change, { startLine: line, endLine: line }) !== null;
  const given = givenLine(suppression, path);
  const markers = await findMarkers(finding, given, context);
  const comments = markers.length === 0 && given !== null ? [given] : markers;

  const added = comments.find(isNew);
  if (added !== undefined) {
    return {
      honoured: false,
      why: phrase`the comment on line ${added} was added or modified by this change`,
    };
  }
  const [old] = comments;
  return old === undefined
    ? {
        honoured: false,
        why: phrase`no suppressing comment was found around line ${startLine}, so its age cannot be told`,
      }
    : { honoured: true, why: phrase`the comment on line ${old} is in the base too` };
}

/** The line that the report itself names, when it is one of the finding's file. */
function givenLine({ location }: RawSuppression, path: string): number | null {
  const line = location?.region?.startLine ?? null;
  const uri = location?.uri ?? null;
  if (line === null || line < 1) return null;
  const isSameFile = uri === null || `/${path}`.endsWith(`/${uri}`) || uri.endsWith(`/${path}`);
  return isSameFile ? line : null;
}

/** Lines with a comment that may suppress the finding, the nearest first. */
async function findMarkers(
  finding: Finding,
  given: number | null,
  context: ReviewContext,
): Promise<readonly number[]> {
  const { path, startLine, endLine } = finding.location;
  const around = await context.functionAt(path, startLine);
  const near = [
    ...(given === null ? [] : [given]),
    ...range(startLine, Math.min(endLine, startLine + REACH.inside)),
    ...(await leadInLines(path, startLine, context)),
    ...(around === null ? [] : [around.startLine, ...(await leadInLines(path, around.startLine, context))]),
  ];
  const above = [
    ...range(Math.max(1, startLine - REACH.above), startLine - 1).toReversed(),
    ...range(1, Math.min(REACH.top, startLine - 1)),
    ...addedLinesAbove(context.changes.get(path), startLine),
  ];
  const found = new Set<number>();
  for (const line of new Set(near)) {
    if (hasMarker((await context.lineText(path, line)) ?? '')) found.add(line);
  }
  for (const line of new Set(above)) {
    if (hasBlockMarker((await context.lineText(path, line)) ?? '')) found.add(line);
  }
  return [...found];
}

/** The line above, and further up as long as there are only comments and annotations. */
async function leadInLines(path: string, startLine: number, context: SuppressionContext): Promise<number[]> {
  const lines: number[] = [];
  for (let line = startLine - 1; line >= 1 && lines.length < REACH.leadIn; line -= 1) {
    lines.push(line);
    const text = await context.lineText(path, line);
    if (text === null || !isLeadIn(text)) break;
  }
  return lines;
}

/** A block's marker that the change adds counts from however far above. */
function addedLinesAbove(change: FileChange | undefined, startLine: number): readonly number[] {
  const hunks = change?.hunks ?? [];
  return hunks
    .flatMap((hunk) => range(hunk.newStart, Math.min(hunk.newStart + hunk.newLines, startLine) - 1))
    .slice(-REACH.above * 5);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

function whyNotAccepted(status: string): Phrase {
  if (status === 'rejected') return phrase`it was rejected`;
  return status === 'underReview'
    ? phrase`it is still under review`
    : phrase`its status is not one that SARIF knows`;
}

function ruling(suppression: RawSuppression, honoured: boolean, why: Phrase): RuledSuppression {
  return { kind: suppression.kind, honoured, why };
}
