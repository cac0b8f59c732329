// Findings in scope → verdicts: evidence from the code, knowledge of the weakness, then the judge; interruptible between batches.
import { phrase, say } from '#domain/phrase.ts';
import type { Policy } from '#domain/policy.ts';
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import type { JudgedFinding, Judgement, Verdict } from '#domain/verdict.ts';
import type { CodeIndex } from '../code/code-index.ts';
import { loadCatalog } from '../evidence/catalog.ts';
import { gatherEvidence } from '../evidence/gather-evidence.ts';
import { buildCase } from '../knowledge/build-case.ts';
import { loadCards } from '../knowledge/load-cards.ts';
import { judge } from '../triage/builtin-judge.ts';
import { loadCalibration } from '../triage/calibration.ts';
import { notReached } from '../triage/not-reached.ts';
import { phraseBookOf } from './phrase-book.ts';
import type { World } from './world.ts';

/** Findings between two looks at the signal. */
const BATCH = 200;

export interface JudgedFindings {
  readonly findings: readonly JudgedFinding[];
  /** Findings in scope that were not looked at because the run was interrupted; they stand as needs review. */
  readonly notReached: number;
  /** By finding id; empty unless they were to be kept. */
  readonly judgements: ReadonlyMap<string, Judgement>;
}

/** Verdicts for all findings in scope, in the order given; others pass through with `verdict: null`. */
export async function judgeFindings(
  findings: readonly ScopedFinding[],
  context: {
    code: CodeIndex;
    policy: Policy;
    isKindOf: (cwe: number, ancestor: number) => boolean;
    world: Pick<World, 'assets' | 'log' | 'signal' | 'breathe'>;
    /** Whether the cases are wanted afterwards: they hold far more than the findings. */
    keep: boolean;
  },
): Promise<JudgedFindings> {
  const { policy, world } = context;
  const [catalog, cards, calibration] = await Promise.all([
    loadCatalog(world.assets),
    loadCards(world.assets, policy.language),
    loadCalibration(world.assets),
  ]);
  // Grouped by file, so that a source leaves the cache only when it is done with.
  const inScope = findings.filter((finding) => finding.inScope).sort(byPath);
  const judged = new Map<string, JudgedFinding>();
  const judgements = new Map<string, Judgement>();
  world.log.debug(`Judging ${inScope.length} of ${findings.length} findings`);
  const progress = world.log.progress(
    say(phrase`Judging findings`, phraseBookOf(policy.language)),
    inScope.length,
  );
  for (let start = 0; start < inScope.length && !world.signal.aborted; start += BATCH) {
    const batch = inScope.slice(start, start + BATCH);
    const evidence = await gatherEvidence(batch, {
      code: context.code,
      catalog,
      policyPaths: policy.policyPaths,
      onDone: (done) => progress.update(start + done),
    });
    for (const finding of batch) {
      const known = evidence.get(finding.id);
      if (known === undefined) throw new Error(`no evidence was gathered for finding ${finding.id}`);
      const judgement = judge(buildCase(finding, known, cards), {
        neverDismiss: policy.neverDismiss,
        isKindOf: context.isKindOf,
        calibration,
        language: policy.language,
      });
      const { verdict, rootCause, remediation } = judgement;
      const odd = known.oddNames === undefined ? {} : { oddNames: known.oddNames };
      judged.set(finding.id, { ...finding, verdict, rootCause, remediation, ...odd });
      if (context.keep) judgements.set(finding.id, judgement);
    }
    await world.breathe();
  }
  progress.finish();
  return {
    findings: findings.map(
      (finding) =>
        judged.get(finding.id) ?? unjudged(finding, finding.inScope ? notReached(policy.language) : null),
    ),
    notReached: inScope.length - judged.size,
    judgements,
  };
}

function byPath(a: ScopedFinding, b: ScopedFinding): number {
  if (a.location.path !== b.location.path) return a.location.path < b.location.path ? -1 : 1;
  return a.location.startLine - b.location.startLine;
}

function unjudged(finding: ScopedFinding, verdict: Verdict | null): JudgedFinding {
  return { ...finding, verdict, rootCause: null, remediation: null };
}
