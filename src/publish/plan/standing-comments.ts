// What the bot said before, told apart by the markers: one comment a finding, the summary, and which findings were ever commented on.
import type { StandingComment } from '#domain/publication.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { isEdited, type Marker, readMarker, type Seal } from '../marker.ts';
import { fingerprintOf, subjectOf } from './comment-subject.ts';

/** A comment with its marker read. */
export interface KnownComment {
  readonly comment: StandingComment;
  readonly marker: Marker;
  /** A person changed its text: it is never overwritten. */
  readonly edited: boolean;
}

/** A comment that is told by another one as well. */
export interface SecondCopy {
  readonly known: KnownComment;
  /** The one that stays. */
  readonly of: KnownComment;
}

export interface StandingComments {
  /** Comments about findings; of open copies the first one. */
  readonly findings: readonly KnownComment[];
  /**
   * Later open copies of a comment, and later summaries: two runs at once made them. Closed ones beside an open one: its finding came back
   * at another line, and the run was killed or refused before they were gone.
   */
  readonly copies: readonly SecondCopy[];
  readonly summary: KnownComment | null;
  /** What opens the reviews that hold comments (GitHub), in the order of posting. */
  readonly openings: readonly KnownComment[];
  /** The reviews that hold a comment which stays, by the id of what opens them; empty where the host does not say. */
  readonly holding: ReadonlySet<string>;
  /** Ids of the findings that were ever commented on, as far as reviews and the summary remember. */
  readonly posted: ReadonlySet<string>;
}

/** @param category of this run as markers hold it: comments of other runs of the same pipeline are left alone */
export function readStandingComments(
  comments: readonly StandingComment[],
  seal: Seal,
  category: string,
): StandingComments {
  const known = [...comments]
    .sort((a, b) => a.order - b.order)
    .flatMap((comment): KnownComment[] => {
      const marker = readMarker(comment.body, seal);
      if (marker === null || marker.category !== category) return [];
      return [{ comment, marker, edited: isEdited(comment.body, marker) }];
    });
  const findings = known.filter(({ marker }) => marker.kind === 'finding');
  const [summary = null, ...summaries] = known.filter(
    ({ comment, marker }) => marker.kind === 'summary' && comment.kind === 'summary',
  );
  const firsts = firstOfEach(findings);
  const second = copiesAmong(findings, firsts);
  const going = new Set(
    second.filter(({ known: { comment } }) => !comment.answered).map((copy) => copy.known),
  );
  return {
    findings: firsts,
    holding: new Set(findings.flatMap((one) => (going.has(one) ? [] : (one.comment.review ?? [])))),
    copies: [...second, ...(summary === null ? [] : summaries.map((one) => ({ known: one, of: summary })))],
    summary,
    openings: known.filter(({ comment, marker }) => marker.kind === 'review' && comment.kind === 'review'),
    posted: new Set(known.flatMap(({ marker }) => marker.posted)),
  };
}

/**
 * Of each finding the first open comment, one that still stands at its line before one that does not (it was being replaced when a run
 * was killed); when all are closed the last one, which is what people saw last.
 */
function firstOfEach(comments: readonly KnownComment[]): readonly KnownComment[] {
  const byId = Map.groupBy(comments, ({ marker }) => marker.id);
  return [...byId.values()].flatMap((all) => {
    const open = all.filter(({ marker }) => marker.state === 'open');
    // What was moved is told by another comment, or was until a person deleted that one.
    const closed = all.filter(({ marker }) => marker.past?.why !== 'moved');
    return open.find(({ comment }) => !comment.outdated) ?? open[0] ?? closed.at(-1) ?? [];
  });
}

/** Beside an open one all others of the same finding. A text that a person changed stays; so does an open thread in which somebody answered. */
function copiesAmong(
  comments: readonly KnownComment[],
  firsts: readonly KnownComment[],
): readonly SecondCopy[] {
  const kept = new Map(firsts.map((one) => [one.marker.id, one]));
  return comments.flatMap((known): SecondCopy[] => {
    const { comment, marker, edited } = known;
    const of = kept.get(marker.id);
    if (of === undefined || of === known || of.marker.state === 'closed' || edited) return [];
    if (comment.answered && (marker.state === 'open' || marker.past?.why === 'moved')) return [];
    return [{ known, of }];
  });
}

/**
 * Which comment is about which finding: by subject, else by the fingerprint without the path, where exactly one open comment and one
 * subject without a partner have it. (A closed one stays closed: the same code somewhere else is another finding.)
 */
export function matchComments(
  comments: readonly KnownComment[],
  findings: readonly FindingRecord[],
): ReadonlyMap<string, KnownComment> {
  const byId = new Map(comments.map((known) => [known.marker.id, known]));
  const matched = new Map<string, KnownComment>();
  for (const finding of findings) {
    const known = byId.get(subjectOf(finding));
    if (known !== undefined) matched.set(finding.id, known);
  }
  const taken = new Set(matched.values());
  const free = Map.groupBy(
    comments.filter(
      (known) => !taken.has(known) && known.marker.state === 'open' && known.marker.fingerprint !== null,
    ),
    ({ marker }) => marker.fingerprint,
  );
  const lonely = Map.groupBy(
    findings.filter(({ id }) => !matched.has(id)),
    (finding) => fingerprintOf(finding),
  );
  for (const [fingerprint, members] of lonely) {
    const subjects = new Set(members.map(subjectOf));
    const candidates = fingerprint === null ? [] : (free.get(fingerprint) ?? []);
    const [known] = candidates;
    if (subjects.size !== 1 || candidates.length !== 1 || known === undefined) continue;
    for (const { id } of members) matched.set(id, known);
  }
  return matched;
}
