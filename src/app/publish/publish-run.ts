// What a run found → what people see on the change request: read the desk, plan, do it, look again, keep account.

import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { ChangeRequest, DeskProblem, DeskState, StatusOutcome } from '#domain/publication.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import { loadCards } from '../../knowledge/load-cards.ts';
import { anchorRecord } from '../../publish/anchors/anchor-record.ts';
import { byAttention } from '../../publish/finding-order.ts';
import { categoryMark, createSeal } from '../../publish/marker.ts';
import { subjectOf } from '../../publish/plan/comment-subject.ts';
import type { PublicationPlan } from '../../publish/plan/plan.ts';
import { planPublication } from '../../publish/plan/plan-publication.ts';
import { readStandingComments } from '../../publish/plan/standing-comments.ts';
import { createCommentWriter, writeOpening } from '../../publish/plan/write-comments.ts';
import type { PublicationRecord } from '../../publish/publication-schema.ts';
import { chooseAnnotated, renderGateStatus } from '../../publish/render-gate-status.ts';
import { phraseBookOf } from '../phrase-book.ts';
import { type AppliedPlan, applyPlan } from './apply-plan.ts';
import { describeDryRun } from './dry-run.ts';
import { ledgerOf, recordOf, silentRecord } from './ledger.ts';
import { provePatches } from './prove-patches.ts';
import type { Prepared, Published, Publishing } from './publishing.ts';
import { rememberComments } from './remember-comments.ts';
import { scanCode } from './scan-code.ts';
import { summarise } from './summarise.ts';

/** Posts a result. Never throws for what the host says: that stands in the record. */
export async function publishRun(
  document: ResultDocument,
  publishing: Publishing,
  options: { readonly dryRun: boolean },
): Promise<Published> {
  const state = await publishing.desk.read();
  const requests = publishing.requests;
  const problem = 'problem' in state ? state.problem : refusalOf(state, document);
  if (problem !== null || 'problem' in state) {
    const change = 'problem' in state ? null : state.change;
    return { record: refusedRecord(document, problem, change, requests()), files: [] };
  }
  const prepared = await prepare(document, state, publishing);
  if (options.dryRun) return describeDryRun(document, prepared, publishing);
  return { record: await post(document, prepared, publishing), files: [] };
}

async function prepare(
  document: ResultDocument,
  state: DeskState,
  publishing: Publishing,
): Promise<Prepared> {
  const { markerKey, redact } = publishing;
  const { change } = state;
  const sources = await sourcesOf(change, publishing);
  const policy = await publishing.policyAt(change.baseTip, sources);
  const seal = createSeal({ host: change.host, change: change.name, key: markerKey });
  const category = categoryMark(document.run.category);
  const standing = readStandingComments(state.comments, seal, category);
  const known = change.mergeBase ?? (publishing.trusted ? document.run.mergeBase : null);
  const diff = await reviewDiffOf(change, known, sources);
  if (diff === null)
    publishing.log.warn('The diff of the change is not known, so no comment can stand at a line.');
  const { assets, trusted, log } = publishing;
  const patches = await provePatches(document, { change, sources, diff, assets, trusted, log });
  const files = diff ?? { files: [], complete: false };
  const anchorOf = (finding: FindingRecord) => {
    const found = anchorRecord(finding, files);
    return found.kind === 'anchor' ? found.anchor : null;
  };
  const whyNotAtLine = (finding: FindingRecord) => anchorRecord(finding, files).why;
  const { language } = document.run;
  const cards = await loadCards(publishing.assets, language);
  const writer = createCommentWriter({
    ...{ change, seal, category, patches, diff: files, redact, language },
    weaknessOf: ({ cwe }) => cards.cardFor(cwe)?.name ?? null,
    patchFolder: `${publishing.outName}/patches`,
    onlyReports: document.decision.mode === 'report',
  });
  const plan = planPublication(document, { policy, standing, writer, anchorOf });
  // Only what the review itself holds: what is posted after it may be missing yet when a run is killed, and was not deleted by anybody.
  const ids = plan.posts
    .filter(({ draft }) => draft.anchor.kind === 'line')
    .map(({ finding }) => subjectOf(finding));
  const opening = writeOpening(ids, { seal, category, language: document.run.language });
  const made = { state, policy, plan, standing, writer, seal, category, opening };
  // One upgrade of a package may mend several findings.
  const diffs = new Set([...patches.values()].map(({ diff }) => diff));
  return { ...made, patches: diffs.size, whyNotAtLine };
}

async function post(
  document: ResultDocument,
  prepared: Prepared,
  publishing: Publishing,
): Promise<PublicationRecord> {
  const { desk, trusted, requests } = publishing;
  const { plan, policy, state } = prepared;
  const applied = await applyPlan(prepared, desk);
  const unplaced = findingsWithoutComment(document, applied);
  const status =
    policy.status === 'none' || !trusted || applied.moved
      ? null
      : await desk.report(
          renderGateStatus(document, { annotated: unplaced, prefer: policy.status, head: state.change.head }),
        );
  const unasked = status === null ? null : spareProblem(status, policy);
  // What mends the comments is told with them.
  if (unasked !== null && !applied.problems.some(({ hint }) => hint === unasked.hint))
    publishing.log.info(`${unasked.text} ${unasked.hint}`);
  const annotated = annotatedOf(unplaced, status);
  const summary = await summarise(document, { prepared, applied, annotated, publishing });
  if (policy.summary === 'never' && !applied.moved) await rememberComments(prepared, applied, desk);
  const scanning = await scanCode(document, { ...publishing, policy, change: state.change });
  const problems = [
    ...applied.problems,
    ...(status?.kind === 'refused' && unasked === null ? [status.problem] : []),
    ...summary.problems,
    ...scanning.problems,
  ];
  const { shown } = summary;
  const ledger = ledgerOf({
    ...{ document, placed: applied.placed, annotated, shown },
    whyNotAtLine: prepared.whyNotAtLine,
  });
  return recordOf(
    document,
    {
      ...{ change: state.change, self: state.self, ledger, closed: applied.closed, status, problems },
      ...{ summary: summary.record, codeScanning: scanning.record, requests: requests() },
    },
    outcomeOf({
      plan,
      applied,
      status,
      summary: summary.record,
      problems,
      book: phraseBookOf(document.run.language),
    }),
  );
}

function findingsWithoutComment(document: ResultDocument, applied: AppliedPlan): readonly FindingRecord[] {
  const commented = new Set(
    applied.placed.flatMap(({ findingId, comment }) => (comment === null ? [] : [findingId])),
  );
  return byAttention(document.findings).matters.filter(({ id }) => !commented.has(id));
}

/** By default a check is made where the token may, and nobody is warned that it may not: the job itself is the gate. */
function spareProblem(status: StatusOutcome, policy: Prepared['policy']): DeskProblem | null {
  const spare = policy.status === 'auto' && status.kind === 'refused' && status.problem.code === 'permission';
  return spare ? status.problem : null;
}

/** The host takes annotations in their order. */
function annotatedOf(unplaced: readonly FindingRecord[], status: StatusOutcome | null): ReadonlySet<string> {
  const taken = status?.kind === 'reported' ? status.annotations : 0;
  return new Set(
    chooseAnnotated(unplaced)
      .slice(0, taken)
      .map(({ id }) => id),
  );
}

/** Who knows the change: the clone where it has the head, then the host. */
async function sourcesOf(
  { head }: ChangeRequest,
  { clone, host }: Publishing,
): Promise<readonly ChangeSource[]> {
  const isThere = clone !== null && clone !== host && (await clone.reviewDiff(head, head)) !== null;
  return isThere ? [clone, host] : [host];
}

/**
 * From the merge base to head.
 *
 * @param mergeBase what the host names, else what a run of our own found; null asks each source
 */
async function reviewDiffOf(
  change: ChangeRequest,
  mergeBase: string | null,
  sources: readonly ChangeSource[],
): Promise<ReviewDiff | null> {
  for (const source of sources) {
    const from = mergeBase ?? (await source.commits()).mergeBase;
    const diff = from === null ? null : await source.reviewDiff(from, change.head);
    if (diff !== null) return diff;
  }
  return null;
}

/** Why nothing may be posted, before anything is tried. */
function refusalOf({ change, rights }: DeskState, document: ResultDocument): DeskProblem | null {
  const { head, language } = document.run;
  const book = phraseBookOf(language);
  if (head === null) {
    return {
      code: 'rejected',
      text: say(phrase`The result is of a working tree, and comments stand at commits.`, book),
      hint: say(phrase`Give the commit with --head.`, book),
    };
  }
  if (change.state !== 'open') {
    const { name } = change;
    const text = change.state === 'merged' ? phrase`${name} is merged.` : phrase`${name} is closed.`;
    return { code: 'locked', text: say(text, book), hint: say(phrase`Nothing needs to be done.`, book) };
  }
  if (change.head !== head) {
    return {
      code: 'moved',
      text: say(
        phrase`The result is of commit ${head.slice(0, 12)}, and ${change.name} is at ${change.head.slice(0, 12)} by now.`,
        book,
      ),
      hint: say(phrase`The run of that commit posts its own result.`, book),
    };
  }
  return rights.comment === 'no' ? rights.problem : null;
}

const QUIET_REFUSALS: ReadonlySet<DeskProblem['code']> = new Set(['moved', 'locked']);

function refusedRecord(
  document: ResultDocument,
  problem: DeskProblem | null,
  change: ChangeRequest | null,
  requests: PublicationRecord['requests'],
): PublicationRecord {
  const why = problem?.text ?? say(phrase`The host could not be read.`, phraseBookOf(document.run.language));
  const quiet = problem !== null && QUIET_REFUSALS.has(problem.code);
  return silentRecord(document, {
    ...{ host: change?.host ?? null, change: change?.name ?? null, requests, why },
    mode: quiet ? 'skipped' : 'failed',
    problems: problem === null ? [] : [problem],
  });
}

function outcomeOf(facts: {
  plan: PublicationPlan;
  applied: AppliedPlan;
  status: StatusOutcome | null;
  summary: PublicationRecord['summary'];
  problems: readonly DeskProblem[];
  book: PhraseBook | null;
}): Pick<PublicationRecord, 'mode' | 'why'> {
  const { applied, status, summary, problems, book } = facts;
  const stands =
    applied.placed.some(({ comment }) => comment !== null) ||
    applied.closed.length > 0 ||
    status?.kind === 'reported' ||
    (summary.url !== null && summary.action !== 'refused');
  if (problems.length === 0) {
    return stands
      ? { mode: 'posted', why: say(phrase`Everything that is to be said stands there.`, book) }
      : { mode: 'nothing', why: say(phrase`There was nothing to say.`, book) };
  }
  const [first] = problems;
  return { mode: stands ? 'partly' : 'failed', why: first?.text ?? '' };
}
