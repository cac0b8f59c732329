// Every finding of a run in one row: where a reviewer meets it, and why there. The sums are checked.
import type { ChangeRequest, DeskProblem, StatusOutcome } from '#domain/publication.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { AnchorReason } from '../../publish/anchors/placement-reasons.ts';
import { wordsFor } from '../../publish/plan/why-words.ts';
import type { PublicationRecord } from '../../publish/publication-schema.ts';
import type { ClosedComment, PlacedFinding } from './apply-plan.ts';

type Row = PublicationRecord['ledger'][number];
type Place = Row['where'];

export interface LedgerFacts {
  readonly document: ResultDocument;
  readonly placed: readonly PlacedFinding[];
  /** Findings that stand as annotations of the check run. */
  readonly annotated: ReadonlySet<string>;
  /** Findings whose rows the summary comment shows; empty when there is none. */
  readonly shown: ReadonlySet<string>;
  /** Why a finding's line is no place for a comment; null where it is one. */
  readonly whyNotAtLine: (finding: FindingRecord) => AnchorReason | null;
}

/** One row a finding, in the document's order. Throws when a finding has none or two: that is a fault of ours. */
export function ledgerOf({ document, placed, annotated, shown, whyNotAtLine }: LedgerFacts): readonly Row[] {
  const { language } = document.run;
  const byId = new Map(placed.map((one) => [one.findingId, one]));
  if (byId.size !== placed.length || document.findings.some(({ id }) => !byId.has(id))) {
    throw new Error('the ledger of what was published does not account for every finding exactly once');
  }
  return document.findings.map((finding): Row => {
    const one = byId.get(finding.id);
    if (one === undefined) throw new Error(`no row for finding ${finding.id}`);
    const elsewhere = otherPlace(finding, one);
    const isAtLine = one.why === 'comment' || one.why === 'unchanged';
    const why = elsewhere !== null && isAtLine ? 'other_line' : one.why;
    return {
      findingId: finding.id,
      where: whereIs(finding, one, { annotated, shown }),
      action: one.action,
      why: wordsFor(why, language, whyNotAtLine(finding)),
      ...(elsewhere ?? placeOf(finding)),
      url: one.url,
    };
  });
}

function placeOf({ location }: FindingRecord): Pick<Row, 'path' | 'line'> {
  return { path: location.path, line: location.resolved ? location.startLine : null };
}

/** A comment about a package may stand at another file that has it: the lock file. */
function otherPlace(
  { dependency, location }: FindingRecord,
  { comment, at }: PlacedFinding,
): Pick<Row, 'path' | 'line'> | null {
  if (dependency === undefined || comment === null || at === null || at.path === location.path) return null;
  return { path: at.path, line: at.line };
}

const FOLDED_AWAY: ReadonlySet<PlacedFinding['why']> = new Set(['dismissed', 'accepted']);

function whereIs(
  { id }: FindingRecord,
  { comment, why }: PlacedFinding,
  { annotated, shown }: Pick<LedgerFacts, 'annotated' | 'shown'>,
): Place {
  if (comment !== null) return comment;
  if (why === 'out_of_scope') return 'none';
  if (annotated.has(id)) return 'annotation';
  if (!shown.has(id)) return 'files';
  return FOLDED_AWAY.has(why) ? 'listed' : 'summary';
}

function countLedger(document: ResultDocument, ledger: readonly Row[]): PublicationRecord['counts'] {
  const count = (where: Place) => ledger.filter((row) => row.where === where).length;
  return {
    findings: document.findings.length,
    inline: count('inline'),
    file: count('file'),
    annotation: count('annotation'),
    summary: count('summary'),
    listed: count('listed'),
    files: count('files'),
    none: count('none'),
    lost: document.findings.length - ledger.length,
  };
}

export interface RecordFacts {
  readonly change: ChangeRequest;
  readonly self: string;
  readonly ledger: readonly Row[];
  readonly closed: readonly ClosedComment[];
  readonly summary: PublicationRecord['summary'];
  readonly status: StatusOutcome | null;
  readonly codeScanning: PublicationRecord['codeScanning'];
  readonly problems: readonly DeskProblem[];
  readonly requests: PublicationRecord['requests'];
}

export function recordOf(
  document: ResultDocument,
  facts: RecordFacts,
  outcome: Pick<PublicationRecord, 'mode' | 'why'>,
): PublicationRecord {
  const { change, self, status } = facts;
  return {
    schemaVersion: 1,
    host: change.host,
    change: change.name,
    url: change.url,
    head: change.head,
    self,
    ...outcome,
    ledger: [...facts.ledger],
    closed: facts.closed.map(({ findingId, how, why, url }) => ({
      findingId,
      how,
      why: wordsFor(why, document.run.language),
      url,
    })),
    summary: facts.summary,
    status:
      status?.kind === 'reported'
        ? { as: status.as, action: status.action, annotations: status.annotations, url: status.url }
        : null,
    codeScanning: facts.codeScanning,
    counts: countLedger(document, facts.ledger),
    requests: facts.requests,
    problems: facts.problems.map(({ code, text, hint }) => ({ code, text, hint })),
  };
}

/** The record of a run that says nothing on a host. */
export function silentRecord(
  document: ResultDocument,
  about: Pick<PublicationRecord, 'host' | 'change' | 'mode' | 'why'> & {
    problems?: readonly DeskProblem[];
    requests?: PublicationRecord['requests'];
  },
): PublicationRecord {
  const ledger = document.findings.map(
    (finding): Row => ({
      findingId: finding.id,
      where: finding.verdict === null ? 'none' : 'files',
      action: 'none',
      why: about.why,
      ...placeOf(finding),
      url: null,
    }),
  );
  return {
    schemaVersion: 1,
    ...{ host: about.host, change: about.change, url: null, head: document.run.head, self: null },
    ...{ mode: about.mode, why: about.why, ledger, closed: [] },
    ...{ summary: { action: 'none', url: null }, status: null, codeScanning: null },
    counts: countLedger(document, ledger),
    requests: about.requests ?? null,
    problems: (about.problems ?? []).map(({ code, text, hint }) => ({ code, text, hint })),
  };
}
