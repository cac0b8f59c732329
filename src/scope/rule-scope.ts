// Says of one finding whether the change under review may have made it (`new`), touched its files (`changed`), or neither.
import type { ScopeState } from '#domain/change.ts';
import type { Finding } from '#domain/finding.ts';
import type { FindingLocation } from '#domain/location.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import {
  countDeleted,
  deletionsWithin,
  type FileChange,
  firstNewLine,
  type LineSpan,
} from './change-index.ts';

export type FunctionAt = (path: string, line: number) => Promise<LineSpan | null>;

/** A `Scope` whose reason has no language yet. */
export interface RuledScope {
  readonly state: ScopeState;
  readonly why: Phrase;
}

export interface ChangeContext {
  readonly changes: ReadonlyMap<string, FileChange>;
  readonly functionAt: FunctionAt;
}

/**
 * Files that only declare: a deleted line of them guards no other line, and lock files lose lines all the time. What their
 * findings span is looked at all the same.
 */
const DECLARATIONS =
  /\.(json|jsonc|json5|lock|ya?ml|toml|xml|md|txt|csv|ini|cfg|conf|properties|tf|tfvars|hcl|sum|mod)$|(^|\/)Dockerfile[^/]*$/i;

/** The scope against a base. First the finding's own lines, then its flow, then what was deleted around them. */
export async function ruleScope(finding: Finding, context: ChangeContext): Promise<RuledScope> {
  if (!finding.location.resolved) {
    return {
      state: 'new',
      why: phrase`the reported place is no place of this repository, so its age cannot be told`,
    };
  }
  if (finding.location.wholeFile === true && context.changes.has(finding.location.path)) {
    return { state: 'new', why: phrase`the report names no line, and the file was touched by this change` };
  }
  const places = placesOf(finding);
  const why =
    whyNewLine(places, context.changes) ??
    whyDeletedInside(finding.location, context.changes) ??
    (await whyDeletedAround(places, context));
  if (why !== null) return { state: 'new', why };
  return whyUntouched(finding, places, context.changes);
}

/** The finding's place, then its flow's places that were found in the repository. */
function placesOf(finding: Finding): readonly FindingLocation[] {
  const steps = finding.flow.map((step) => step.location).filter((location) => location.resolved);
  return [finding.location, ...steps];
}

function whyNewLine(
  [own, ...steps]: readonly FindingLocation[],
  changes: ReadonlyMap<string, FileChange>,
): Phrase | null {
  if (own === undefined) return null;
  const ownChange = changes.get(own.path);
  if (ownChange !== undefined) {
    const line = firstNewLine(ownChange, own);
    if (line !== null && ownChange.allNew !== null) return phrase`the file ${ownChange.allNew}`;
    if (line !== null) return phrase`line ${line} was added or modified by this change`;
  }
  for (const step of steps) {
    const change = changes.get(step.path);
    const line = change === undefined ? null : firstNewLine(change, step);
    if (line !== null) return phrase`flow step ${step.path}:${line} was added or modified by this change`;
  }
  return null;
}

function whyDeletedInside(own: FindingLocation, changes: ReadonlyMap<string, FileChange>): Phrase | null {
  const change = changes.get(own.path);
  if (change === undefined) return null;
  const count = countDeleted(deletionsWithin(change, own));
  return count === 0
    ? null
    : phrase`${linesWere(count)} deleted between lines ${own.startLine} and ${own.endLine}`;
}

/**
 * A deleted sanitizer adds no line: any deletion in a function that the finding or its flow runs through counts. So does a replaced
 * line, which git shows as deleted too: a sanitizer can give way to any other line.
 */
async function whyDeletedAround(
  places: readonly FindingLocation[],
  context: ChangeContext,
): Promise<Phrase | null> {
  for (const [index, place] of places.entries()) {
    const change = context.changes.get(place.path);
    if (change === undefined || !change.hunks.some((hunk) => hunk.oldLines > 0)) continue;
    const around = await context.functionAt(place.path, place.startLine);
    const why =
      around === null
        ? await whyDeletedOutsideFunctions(place, change, context.functionAt)
        : whyDeletedInFunction(around, change);
    if (why !== null)
      return index === 0 ? why : phrase`${why}, which holds flow step ${place.path}:${place.startLine}`;
  }
  return null;
}

function whyDeletedInFunction(around: LineSpan, change: FileChange): Phrase | null {
  const count = countDeleted(deletionsWithin(change, around));
  if (count === 0) return null;
  return phrase`${linesWere(count)} deleted or replaced in the enclosing function (lines ${around.startLine}–${around.endLine})`;
}

/**
 * Code outside functions runs top to bottom, so the rest of it is what encloses it. Only pure deletions count here: a script is
 * large, and a replaced line in it is seen as a modified one.
 */
async function whyDeletedOutsideFunctions(
  place: FindingLocation,
  change: FileChange,
  functionAt: FunctionAt,
): Promise<Phrase | null> {
  if (DECLARATIONS.test(place.path)) return null;
  let count = 0;
  for (const hunk of change.hunks) {
    if (hunk.oldLines === 0 || hunk.newLines > 0) continue;
    const around = await functionAt(place.path, Math.max(1, hunk.newStart));
    const isInside = around !== null && hunk.newStart < around.endLine;
    if (!isInside) count += hunk.oldLines;
  }
  return count === 0
    ? null
    : phrase`${linesWere(count)} deleted outside functions, as this place is, in ${place.path}`;
}

function whyUntouched(
  finding: Finding,
  places: readonly FindingLocation[],
  changes: ReadonlyMap<string, FileChange>,
): RuledScope {
  if (changes.has(finding.location.path)) {
    return { state: 'changed', why: phrase`the file was changed elsewhere` };
  }
  const touched = places.find((place) => changes.has(place.path));
  return touched === undefined
    ? { state: 'existing', why: phrase`this change does not touch its files` }
    : { state: 'changed', why: phrase`${touched.path}, which its flow runs through, was changed elsewhere` };
}

function linesWere(count: number): Phrase {
  return count === 1 ? phrase`1 line was` : phrase`${count} lines were`;
}
