// Writes the comments of a plan: the finding's text with its marker, and the patch as a suggestion where one click applies it exactly.

import type { Patch, PatchCheck } from '#domain/patch.ts';
import { patchNameOf } from '#domain/patch-file.ts';
import type { Anchor, ChangeRequest, CommentDraft, Host, StandingComment } from '#domain/publication.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import { anchorRecord } from '../anchors/anchor-record.ts';
import { buildSuggestion } from '../anchors/build-suggestion.ts';
import { findReviewFile } from '../anchors/find-review-file.ts';
import { PLACEMENT_WORDS } from '../anchors/placement-words.ts';
import { renderPatchFold } from '../anchors/render-patch-fold.ts';
import { linkPrefixesOf } from '../code-link.ts';
import {
  type ClosedBecause,
  renderClosedComment,
  renderRepeatedOpening,
  renderReviewOpening,
} from '../comment-closed.ts';
import type { CommentRequest, WrittenComment } from '../comment-request.ts';
import { type MarkerFields, type MarkerPast, type Seal, toolSlug } from '../marker.ts';
import { renderComment } from '../render-comment.ts';
import { type AlsoTold, fingerprintOf, subjectOf } from './comment-subject.ts';
import type { Closing, CommentWriter } from './comment-writer.ts';
import type { KnownComment } from './standing-comments.ts';

/** A patch that was proved against the file at head. */
export interface ProvenPatch {
  readonly patch: Patch;
  /** The file's text at head, and with the patch applied. */
  readonly before: string;
  readonly after: string;
  /** What was seen of it. */
  readonly checks: readonly PatchCheck[];
  /** As `git apply` takes it. */
  readonly diff: string;
}

type Language = 'en' | 'zh-CN';

export interface WriterContext {
  readonly change: ChangeRequest;
  readonly seal: Seal;
  /** As markers hold it. */
  readonly category: string;
  readonly language: Language;
  readonly diff: ReviewDiff;
  /** By finding id. */
  readonly patches: ReadonlyMap<string, ProvenPatch>;
  /** Where people find the patch files: `assay-out/patches`. */
  readonly patchFolder: string;
  readonly redact: (text: string) => string;
  /** Whether the gate stops nothing yet. */
  readonly onlyReports: boolean;
  /** The name of a finding's weakness as its card has it. */
  readonly weaknessOf: (finding: FindingRecord) => string | null;
}

export function createCommentWriter(context: WriterContext): CommentWriter {
  return {
    open: (finding, anchor, known, also) => writeNew(finding, { anchor, known, also }, context),
    standing: (finding, known, also) => writeStanding(finding, { known, also }, context),
    closed: (known, closing) => writeClosed(known, closing, context),
    moved: (known, to) => writeMoved(known, to, context),
    repeated: (opening, first) => writeRepeated(opening, first, context),
  };
}

/** The text that opens the review which holds these findings' comments. */
export function writeOpening(
  ids: readonly string[],
  { seal, category, language }: Pick<WriterContext, 'seal' | 'category' | 'language'>,
): string {
  const fields: MarkerFields = {
    ...{ kind: 'review', id: '-', fingerprint: null, state: 'open', category, tool: null },
    posted: ids,
  };
  return renderReviewOpening({ count: ids.length, language, marker: { fields, seal } }).body;
}

/** Still remembers which findings it was posted with. */
function writeRepeated(
  { marker }: KnownComment,
  { comment: { url } }: KnownComment,
  { change, seal, language }: WriterContext,
): string {
  const { body: _digest, ...fields } = marker;
  return renderRepeatedOpening({
    ...{ url, language, linkPrefixes: linkPrefixesOf(change) },
    marker: { fields: { ...fields, state: 'closed' }, seal },
  }).body;
}

function writeNew(
  finding: FindingRecord,
  { anchor, known, also }: { anchor: Anchor; known: KnownComment | null; also: AlsoTold },
  context: WriterContext,
): CommentDraft {
  const offer = anchor.kind === 'line' ? suggestionAt(finding, anchor, context) : null;
  const { body, marker } = write(finding, context, {
    where: isElsewhere(finding, anchor.path) ? 'file' : anchor.kind,
    also,
    past: known === null ? undefined : pastOf(known, context),
    posted: known === null ? [] : otherMemory(subjectOf(finding), known),
    suggestion: offer?.block ?? null,
  });
  return { findingId: finding.id, anchor: offer?.anchor ?? anchor, body, marker };
}

/** A standing comment's range cannot change: it carries a suggestion only while it stands at exactly the lines that a click has to replace. */
function writeStanding(
  finding: FindingRecord,
  { known, also }: { known: KnownComment; also: AlsoTold },
  context: WriterContext,
): string {
  const { comment } = known;
  const found = anchorRecord(finding, context.diff);
  const offer =
    found.kind === 'anchor' && found.anchor.kind === 'line'
      ? suggestionAt(finding, found.anchor, context)
      : null;
  const fits = offer !== null && standsAt(comment, offer.anchor, context.change.host);
  return write(finding, context, {
    where: whereStands(finding, comment),
    also,
    past: pastOf(known, context),
    posted: known.marker.posted,
    suggestion: fits ? offer.block : null,
  }).body;
}

/** What is told of the time in which its finding was gone: written once, when it is back, and kept from then on. */
function pastOf({ marker }: KnownComment, { change: { head } }: WriterContext): MarkerPast | undefined {
  if (marker.state === 'open') return marker.past;
  const past = marker.past ?? { why: 'other', setAside: false, closedAt: head };
  return { ...past, backSince: head };
}

/**
 * A new comment that says what the one before said must not have the same marker, letter by letter: by it the desk looks whether a comment
 * was stored.
 */
function otherMemory(id: string, { marker: { posted } }: KnownComment): readonly string[] {
  return posted.includes(id) ? posted.filter((one) => one !== id) : [...posted, id];
}

function whereStands(finding: FindingRecord, { kind, outdated, path }: StandingComment): Wanted['where'] {
  if (kind === 'file') return 'file';
  if (outdated) return 'outdated';
  return isElsewhere(finding, path) ? 'file' : 'line';
}

/** A package may be told of at the lock file's line, where the diff shows that and not the manifest's. */
function isElsewhere({ dependency, location }: FindingRecord, path: string | null): boolean {
  return dependency !== undefined && path !== location.path;
}

/** On GitHub a click replaces the comment's lines, on GitLab it counts from the comment's line, which is the first. */
function standsAt(comment: StandingComment, anchor: Anchor, host: Host): boolean {
  if (comment.outdated || anchor.kind !== 'line' || comment.path !== anchor.path) return false;
  return host === 'github'
    ? comment.line === anchor.line && comment.startLine === anchor.startLine
    : comment.line === (anchor.startLine ?? anchor.line);
}

/** A suggestion stands where its lines are, and only when the finding's own line is among them or next to them. */
function suggestionAt(
  { id, location }: FindingRecord,
  anchor: Extract<Anchor, { kind: 'line' }>,
  { patches, diff, change, redact }: WriterContext,
): { readonly anchor: Anchor; readonly block: string } | null {
  const proven = patches.get(id);
  const file = findReviewFile(diff, anchor.path);
  // The version of a dependency may stand in another file than its finding.
  if (proven === undefined || file === undefined || proven.patch.path !== anchor.path) return null;
  const built = buildSuggestion({ ...proven, host: change.host, file, redact });
  if (built.kind === 'diff') return null;
  const isNear = location.startLine >= built.startLine - 1 && location.startLine <= built.endLine + 1;
  return isNear ? built : null;
}

interface Wanted {
  readonly where: CommentRequest['where'];
  readonly also: AlsoTold;
  readonly past: MarkerPast | undefined;
  readonly posted: readonly string[];
  readonly suggestion: string | null;
}

function write(finding: FindingRecord, context: WriterContext, wanted: Wanted): WrittenComment {
  const { change, seal, category, language, patches, patchFolder, diff } = context;
  const words = PLACEMENT_WORDS[language];
  const proven = patches.get(finding.id);
  const isFolded = wanted.suggestion === null && proven !== undefined;
  const found = anchorRecord(finding, diff);
  return renderComment({
    where: wanted.where,
    back: backOf(wanted.past),
    suggestion: wanted.suggestion,
    also: wanted.also,
    finding,
    onlyReports: context.onlyReports,
    weakness: context.weaknessOf(finding),
    code: { host: change.host, blobUrl: change.blobUrl },
    proposal:
      proven === undefined
        ? null
        : {
            ...{ origin: proven.patch.origin, tool: proven.patch.tool, checks: proven.checks },
            command:
              proven.patch.origin === 'upgrade' ? (finding.dependency?.upgrade?.command ?? null) : null,
          },
    patchFold: isFolded
      ? renderPatchFold(proven.diff, `${patchFolder}/${patchNameOf(finding)}`, words)
      : null,
    whyNotLine: wanted.where === 'file' && found.why !== null ? words.anchor[found.why] : null,
    language,
    marker: { fields: { ...fieldsOf(finding, category), ...memoryOf(wanted) }, seal },
  });
}

function memoryOf({ posted, past }: Wanted): Pick<MarkerFields, 'posted' | 'past'> {
  return past === undefined ? { posted } : { posted, past };
}

function backOf(past: MarkerPast | undefined): CommentRequest['back'] {
  if (past?.backSince == null) return null;
  const { why, closedAt, backSince } = past;
  const isGone = why === 'fixed' || why === 'gone';
  return { since: backSince, was: isGone ? { why, commit: closedAt } : null };
}

function fieldsOf(finding: FindingRecord, category: string): Omit<MarkerFields, 'posted' | 'past'> {
  return {
    kind: 'finding',
    id: subjectOf(finding),
    fingerprint: fingerprintOf(finding),
    state: 'open',
    category,
    tool: toolSlug(finding.tools[0]?.name ?? ''),
  };
}

function writeClosed(known: KnownComment, closing: Closing, context: WriterContext): string {
  const because = becauseOf(closing, known, context.change);
  const { resolved, resolvedBy, answered } = known.comment;
  const why = because.kind === 'fixed' || because.kind === 'gone' ? because.kind : 'other';
  const setAside = resolved && resolvedBy !== 'self';
  return close(known, { because, keepFormer: answered, past: { why, setAside } }, context);
}

function writeMoved(
  known: KnownComment,
  { url, keepFormer }: { url: string; keepFormer: boolean },
  context: WriterContext,
): string {
  const past = { why: 'moved', setAside: false } as const;
  return close(known, { because: { kind: 'moved', url }, keepFormer, past }, context);
}

interface Closed {
  readonly because: ClosedBecause;
  readonly keepFormer: boolean;
  readonly past: Pick<MarkerPast, 'why' | 'setAside'>;
}

function close(
  { comment, marker }: KnownComment,
  { because, keepFormer, past }: Closed,
  { change, seal, language }: WriterContext,
): string {
  const { body: _digest, ...fields } = marker;
  const closedPast: MarkerPast = { ...past, closedAt: change.head, backSince: null };
  return renderClosedComment({
    ...{ because, keepFormer, language, former: comment.body },
    code: { host: change.host, blobUrl: change.blobUrl },
    linkPrefixes: linkPrefixesOf(change),
    marker: { fields: { ...fields, state: 'closed', past: closedPast }, seal },
  }).body;
}

function becauseOf(
  { why, finding }: Closing,
  { comment }: KnownComment,
  change: ChangeRequest,
): ClosedBecause {
  switch (why) {
    case 'fixed':
      // Where the line stands as it stood, the scanner may only look less closely now.
      return { kind: comment.outdated ? 'fixed' : 'gone', commit: change.head };
    case 'dismissed':
      return { kind: 'dismissed', why: finding.verdict?.reasons[0]?.text ?? null };
    case 'accepted':
      return { kind: 'waived', why: finding.gate.why };
    case 'out_of_scope':
      return { kind: 'out_of_change' };
    case 'needs_review_listed':
      return { kind: 'listed' };
  }
}
