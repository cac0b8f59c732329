// Which findings are worth a model's patch: those that block, and those that will be comments of their own.
import type { PatchChoice, Policy } from '#domain/policy.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import { decide } from '../gate/decide.ts';
import type { FailOn } from '../gate/rules-in-force.ts';
import { chooseWanted } from '../publish/plan/wanted-comments.ts';

export interface ShownContext {
  readonly policy: Policy;
  readonly failOn: FailOn;
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
  isKindOf(cwe: number, ancestor: number): boolean;
  /** The change under review as it is shown; null when there is none. */
  readonly reviewDiff: ReviewDiff | null;
}

/**
 * Ids of the findings that a model is asked to mend; null for all. Of `shown` these are the ones that block, and as many of the most
 * important as there may be comments (`comments.limit`), whether or not this run publishes: the same findings, the same questions. None
 * that is waived, suppressed, dismissed, out of scope, or about a dependency.
 */
export function findingsToMend(
  findings: readonly JudgedFinding[],
  choice: PatchChoice,
  { policy, failOn, today, isKindOf, reviewDiff }: ShownContext,
): ReadonlySet<string> {
  if (choice === 'none') return new Set();
  const unpatched = findings.map((finding) => ({ ...finding, patch: null, refusedPatches: [] }));
  const gated = decide(unpatched, {
    ...{ policy, failOn, today, isKindOf, unfinished: [], configChanged: false },
  }).findings;
  const open = gated.filter(({ verdict, gate }) => {
    const isCounted = gate.effect === 'blocks' || gate.effect === 'allowed';
    return isCounted && verdict !== null && verdict.label !== 'false_positive';
  });
  const isInCode = ({ kind }: Pick<JudgedFinding, 'kind'>) => kind === 'sast';
  if (choice === 'all') return new Set(open.filter(isInCode).map(({ id }) => id));
  // What stands in a file that the diff does not show has no place for a comment, and takes none.
  const isSeen = ({ location }: JudgedFinding) =>
    location.resolved &&
    (reviewDiff?.complete !== true || reviewDiff.files.some(({ newPath }) => newPath === location.path));
  const wanted = chooseWanted(open.filter(isSeen), policy.publishing).wanted;
  const commented = wanted.slice(0, policy.publishing.inlineLimit);
  const blocking = open.filter(({ gate }) => gate.effect === 'blocks');
  return new Set([...blocking, ...commented].filter(isInCode).map(({ id }) => id));
}
