// The one summary comment: written when there is something to say, or something was said before; left alone when equal.
import type { DeskProblem } from '#domain/publication.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import type { AnchorReason } from '../../publish/anchors/placement-reasons.ts';
import { linkPrefixesOf } from '../../publish/code-link.ts';
import { type MarkerFields, visibleText, withMarker, writeMarker } from '../../publish/marker.ts';
import { subjectOf } from '../../publish/plan/comment-subject.ts';
import { sameWords } from '../../publish/plan/same-words.ts';
import { type KnownComment, readStandingComments } from '../../publish/plan/standing-comments.ts';
import { wordsFor } from '../../publish/plan/why-words.ts';
import type { PublicationRecord } from '../../publish/publication-schema.ts';
import { renderSummaryComment } from '../../publish/render-summary-comment.ts';
import type { AppliedPlan } from './apply-plan.ts';
import type { Prepared, Publishing } from './publishing.ts';
import { watchWords } from './watch-words.ts';

/** A comment holds 65,536 characters on GitHub (platforms A1); the rest is room for the marker. */
const LIMIT = 55_000;
/** Ids that the summary remembers; the oldest are forgotten first. */
const REMEMBERED = 400;

export interface Summarised {
  readonly record: PublicationRecord['summary'];
  /** Findings whose rows it shows. */
  readonly shown: ReadonlySet<string>;
  readonly problems: readonly DeskProblem[];
}

interface SummaryContext {
  readonly prepared: Prepared;
  readonly applied: AppliedPlan;
  readonly annotated: ReadonlySet<string>;
  readonly publishing: Publishing;
}

export async function summarise(document: ResultDocument, context: SummaryContext): Promise<Summarised> {
  const { standing, state } = context.prepared;
  const known = standing.summary;
  if (context.applied.moved || !isWanted(document, context)) {
    const record = known === null ? ({ action: 'none', url: null } as const) : keptAt(known.comment.url);
    return { record, shown: new Set(), problems: [] };
  }
  const { text, shown } = writeSummary(document, context);
  const fields = markerOf(document, context);
  if (known?.edited === true) {
    await rememberBelow(known, fields, context);
    return { record: keptAt(known.comment.url), shown: new Set(), problems: [] };
  }
  const { body, marker } = withMarker(text, fields, context.prepared.seal);
  if (
    known !== null &&
    sameWords(known.comment.body, body) &&
    remembers(known.marker.posted, fields.posted)
  ) {
    return { record: keptAt(known.comment.url), shown, problems: [] };
  }
  const desk = watchWords(context.publishing.desk, linkPrefixesOf(state.change));
  const outcome = await desk.summarise(body, marker, known?.comment ?? null);
  if (outcome.kind === 'refused') {
    return { record: { action: 'refused', url: null }, shown: new Set(), problems: [outcome.problem] };
  }
  if (known !== null) return { record: { action: 'edited', url: outcome.url }, shown, problems: [] };
  const first = await keepFirst(context, outcome.url);
  return { record: { action: 'posted', url: first.url }, shown, problems: first.problems };
}

/**
 * A summary that a person wrote into keeps every word. Only its hidden marker is brought up to date, because where no review remembers it
 * (GitLab) nothing else tells that a comment was deleted. When the host does not take it, nothing is lost but that.
 */
async function rememberBelow(
  { comment, marker }: KnownComment,
  fields: MarkerFields,
  { prepared, publishing }: SummaryContext,
): Promise<void> {
  if (remembers(marker.posted, fields.posted)) return;
  const line = writeMarker({ ...fields, body: marker.body }, prepared.seal);
  await publishing.desk.summarise(`${visibleText(comment.body)}\n\n${line}`, line, comment);
}

/** Looks whether another run posted a summary at the same time; of two the later one goes. */
async function keepFirst(
  { prepared, publishing }: SummaryContext,
  url: string,
): Promise<{ readonly url: string; readonly problems: readonly DeskProblem[] }> {
  const { state, seal, category } = prepared;
  const after = await publishing.desk.read(state, 'summaries');
  if ('problem' in after) return { url, problems: [after.problem] };
  const texts = after.comments.filter(({ kind }) => kind === 'summary');
  const { summary, copies } = readStandingComments(texts, seal, category);
  const later = copies.filter(({ known: { comment } }) => !comment.answered);
  const outcomes =
    later.length === 0
      ? []
      : await publishing.desk.amend(
          later.map(({ known: { comment } }) => ({ comment, body: null, thread: 'delete' as const })),
        );
  return {
    url: summary?.comment.url ?? url,
    problems: outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? [outcome.problem] : [])),
  };
}

function isWanted(document: ResultDocument, { prepared }: SummaryContext): boolean {
  switch (prepared.policy.summary) {
    case 'never':
      return false;
    case 'always':
      return true;
    case 'auto':
      return (
        prepared.standing.summary !== null ||
        document.accounting.judged > 0 ||
        document.decision.outcome !== 'passed'
      );
  }
}

export function writeSummary(
  document: ResultDocument,
  { prepared, applied, annotated, publishing }: SummaryContext,
): { text: string; shown: ReadonlySet<string> } {
  const { change } = prepared.state;
  const { language } = document.run;
  const reasons = new Map(document.findings.map((one) => [one.id, prepared.whyNotAtLine(one)]));
  const placements = new Map(
    applied.placed.map((one) => {
      const reason = reasons.get(one.findingId) ?? null;
      return [one.findingId, placementOf(one, { annotated, language, reason })];
    }),
  );
  return renderSummaryComment(document, {
    ...{ placements, host: change.host, blobUrl: change.blobUrl, limit: LIMIT },
    patches: prepared.patches,
    fixed: countFixed(document, prepared, applied),
    leftOpen: countLeftOpen(prepared),
    ownSide: !publishing.trusted,
  });
}

/** Those that this run found fixed, and those that an earlier one did: the same number from run to run. */
function countFixed(document: ResultDocument, { standing }: Prepared, { closed }: AppliedPlan): number {
  const here = new Set(document.findings.map(subjectOf));
  const before = standing.findings.filter(({ marker }) => marker.state === 'closed' && !here.has(marker.id));
  return before.length + closed.filter(({ why }) => why === 'fixed').length;
}

/** Open comments that the plan says nothing of: their findings were not looked for. */
function countLeftOpen({ standing, plan }: Prepared): number {
  const told = new Set([
    ...plan.amendments.map(({ amendment }) => amendment.comment.id),
    ...plan.settled.flatMap(({ standing: comment }) => comment?.id ?? []),
    ...plan.posts.flatMap(({ replaces }) => replaces?.comment.id ?? []),
  ]);
  return standing.findings.filter(({ comment, marker }) => marker.state === 'open' && !told.has(comment.id))
    .length;
}

interface PlacedAt {
  readonly annotated: ReadonlySet<string>;
  readonly language: 'en' | 'zh-CN';
  readonly reason: AnchorReason | null;
}

function placementOf(
  { findingId, comment, why, url }: AppliedPlan['placed'][number],
  { annotated, language, reason }: PlacedAt,
): { where: 'inline' | 'file' | 'annotation' | 'summary'; why: string; url: string | null } {
  const words = wordsFor(why, language, reason);
  if (comment !== null) return { where: comment, why: words, url };
  return { where: annotated.has(findingId) ? 'annotation' : 'summary', why: words, url: null };
}

function markerOf({ findings }: ResultDocument, { prepared, applied }: SummaryContext) {
  const commented = new Set(
    applied.placed.flatMap(({ findingId, comment }) => (comment === null ? [] : [findingId])),
  );
  const now = findings.filter(({ id }) => commented.has(id)).map(subjectOf);
  const posted = [...new Set([...prepared.standing.posted, ...now])].slice(-REMEMBERED);
  const { category } = prepared;
  return {
    kind: 'summary',
    id: '-',
    fingerprint: null,
    state: 'open',
    category,
    tool: null,
    posted,
  } as const;
}

function remembers(standing: readonly string[], wanted: readonly string[]): boolean {
  const known = new Set(standing);
  return wanted.every((id) => known.has(id));
}

function keptAt(url: string): PublicationRecord['summary'] {
  return { action: 'kept', url };
}
