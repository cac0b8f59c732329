// Writes the comments of a plan: the finding's text with its marker, and the patch as a suggestion where one click applies it exactly.

import type { Patch, PatchCheck } from '#domain/patch.ts';
import type { Anchor, ChangeRequest, CommentDraft, Host, StandingComment } from '#domain/publication.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import { anchorFinding } from '../anchors/anchor-finding.ts';
import { buildSuggestion } from '../anchors/build-suggestion.ts';
import { findReviewFile } from '../anchors/find-review-file.ts';
import { PLACEMENT_WORDS } from '../anchors/placement-words.ts';
import { renderPatchFold } from '../anchors/render-patch-fold.ts';
import { linkPrefixesOf } from '../code-link.ts';
import { type ClosedBecause, renderClosedComment, renderReviewOpening } from '../comment-closed.ts';
import type { WrittenComment } from '../comment-request.ts';
import { type MarkerFields, type Seal, toolSlug, visibleText } from '../marker.ts';
import { commentMessagesOf } from '../messages/comment-messages-of.ts';
import { renderComment } from '../render-comment.ts';
import type { Closing, CommentWriter } from './comment-writer.ts';
import { fingerprintOf, type KnownComment } from './standing-comments.ts';

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
    open: (finding, anchor, known) => writeNew(finding, { anchor, known }, context),
    standing: (finding, known) => writeStanding(finding, known, context),
    closed: (known, closing) => writeClosed(known, closing, context),
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

function writeNew(
  finding: FindingRecord,
  { anchor, known }: { anchor: Anchor; known: KnownComment | null },
  context: WriterContext,
): CommentDraft {
  const offer = anchor.kind === 'line' ? suggestionAt(finding, anchor, context) : null;
  const { body, marker } = write(finding, context, {
    where: anchor.kind,
    state: known !== null && wasGone(known, context) ? 'reopened' : 'open',
    suggestion: offer?.block ?? null,
  });
  return { findingId: finding.id, anchor: offer?.anchor ?? anchor, body, marker };
}

/** A standing comment's range cannot change: it carries a suggestion only while it stands at exactly the lines that a click has to replace. */
function writeStanding(finding: FindingRecord, known: KnownComment, context: WriterContext): string {
  const { comment } = known;
  const found = anchorFinding(finding.location, context.diff);
  const offer =
    found.kind === 'anchor' && found.anchor.kind === 'line'
      ? suggestionAt(finding, found.anchor, context)
      : null;
  const fits = offer !== null && standsAt(comment, offer.anchor, context.change.host);
  return write(finding, context, {
    where: comment.kind === 'file' ? 'file' : 'line',
    state: wasGone(known, context) ? 'reopened' : 'open',
    suggestion: fits ? offer.block : null,
  }).body;
}

/** Whether its finding was gone once, as the comment says. */
function wasGone({ comment, marker }: KnownComment, { language }: WriterContext): boolean {
  return (
    marker.state === 'closed' || visibleText(comment.body).includes(commentMessagesOf(language).reopened)
  );
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
  if (proven === undefined || file === undefined) return null;
  const built = buildSuggestion({ ...proven, host: change.host, file, redact });
  if (built.kind === 'diff') return null;
  const isNear = location.startLine >= built.startLine - 1 && location.startLine <= built.endLine + 1;
  return isNear ? built : null;
}

interface Wanted {
  readonly where: 'line' | 'file';
  readonly state: 'open' | 'reopened';
  readonly suggestion: string | null;
}

function write(finding: FindingRecord, context: WriterContext, wanted: Wanted): WrittenComment {
  const { change, seal, category, language, patches, patchFolder, diff } = context;
  const words = PLACEMENT_WORDS[language];
  const proven = patches.get(finding.id);
  const isFolded = wanted.suggestion === null && proven !== undefined;
  const found = anchorFinding(finding.location, diff);
  return renderComment({
    ...wanted,
    finding,
    onlyReports: context.onlyReports,
    weakness: context.weaknessOf(finding),
    code: { host: change.host, blobUrl: change.blobUrl },
    proposal: proven === undefined ? null : { tool: proven.patch.tool, checks: proven.checks },
    patchFold: isFolded ? renderPatchFold(proven.diff, `${patchFolder}/${finding.id}.patch`, words) : null,
    whyNotLine: wanted.where === 'file' && found.why !== null ? words.anchor[found.why] : null,
    language,
    marker: { fields: fieldsOf(finding, category), seal },
  });
}

function fieldsOf(finding: FindingRecord, category: string): MarkerFields {
  return {
    kind: 'finding',
    id: finding.id,
    fingerprint: fingerprintOf(finding),
    state: 'open',
    category,
    tool: toolSlug(finding.tools[0]?.name ?? ''),
    posted: [],
  };
}

function writeClosed(known: KnownComment, closing: Closing, context: WriterContext): string {
  const { change, seal, language } = context;
  const { body: _digest, ...fields } = known.marker;
  return renderClosedComment({
    because: becauseOf(closing, known, change),
    former: known.comment.body,
    keepFormer: known.comment.answered,
    code: { host: change.host, blobUrl: change.blobUrl },
    linkPrefixes: linkPrefixesOf(change),
    language,
    marker: { fields: { ...fields, state: 'closed' }, seal },
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
