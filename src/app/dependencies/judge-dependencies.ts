// Dependency findings → judged: how near the vulnerable code is, which upgrade leaves it behind, what was decided before, how urgent it is.
import {
  type DependencyRecord,
  REACHABILITY_LEVELS,
  type Upgrade,
  type VexRuling,
} from '#domain/dependency.ts';
import type { Citation } from '#domain/location.ts';
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { Policy } from '#domain/policy.ts';
import type { DependencyProject } from '#domain/project.ts';
import type { Reached } from '#domain/reachability.ts';
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import { ADVISORIES_PHRASES_ZH_CN } from '../../advisories/phrases-zh-cn.ts';
import { priorityOf } from '../../advisories/priority-of.ts';
import type { AffectedCheck } from '../../dependencies/judge-dependency.ts';
import { judgeDependency } from '../../dependencies/judge-dependency.ts';
import type { Reachability } from '../../reachability/create-reachability.ts';
import type { Calibration } from '../../triage/calibration.ts';
import { notReached } from '../../triage/not-reached.ts';
import { phraseBookOf } from '../phrase-book.ts';
import type { DependencyContext } from './dependency-context.ts';

/** What judging looks things up in. */
export interface JudgeParts {
  readonly reachability: Reachability;
  readonly calibration: Calibration;
  projectOf(finding: ScopedFinding): DependencyProject | null;
  /** The same finding in other projects that have the package and no finding of their own. */
  twinsOf(finding: ScopedFinding): readonly ScopedFinding[];
  /** Names of its vulnerability under which its functions are known. */
  namesOf(finding: ScopedFinding): readonly string[];
  /** Names under which other functions are known, which one report alone calls it: they may prove it, and never clear it. */
  claimedNamesOf(finding: ScopedFinding): readonly string[];
  /** Whether the installed versions are affected, by advisories that were given. */
  affected(finding: ScopedFinding): AffectedCheck;
  decisionOn(finding: ScopedFinding): VexRuling | null;
  upgradeOf(finding: ScopedFinding): Upgrade | null;
  isKindOf(cwe: number, ancestor: number): boolean;
  readonly book: PhraseBook | null;
}

/** Lines quoted for one finding. */
const MOST_CITATIONS = 4;
const LONGEST_QUOTE = 300;

export async function judgeDependencies(
  findings: readonly ScopedFinding[],
  context: Pick<DependencyContext, 'policy' | 'world'>,
  parts: JudgeParts,
): Promise<readonly JudgedFinding[]> {
  const { world, policy } = context;
  const progress = world.log.progress(
    say(phrase`Judging dependencies`, phraseBookOf(policy.language)),
    findings.length,
  );
  const judged: JudgedFinding[] = [];
  for (const [done, finding] of findings.entries()) {
    if (!finding.inScope) judged.push({ ...finding, verdict: null, rootCause: null, remediation: null });
    else if (world.signal.aborted) {
      judged.push({ ...finding, verdict: notReached(policy.language), rootCause: null, remediation: null });
    } else judged.push(await judgeOne(finding, context, parts));
    progress.update(done + 1);
    await world.breathe();
  }
  progress.finish();
  return judged;
}

async function judgeOne(
  finding: ScopedFinding,
  { policy, world }: Pick<DependencyContext, 'policy' | 'world'>,
  parts: JudgeParts,
): Promise<JudgedFinding> {
  const { dependency } = finding;
  if (dependency === undefined) throw new Error(`finding ${finding.id} is about no dependency`);
  const reached = await reachNearest(finding, parts);
  const decision = parts.decisionOn(finding);
  const upgrade = parts.upgradeOf(finding);
  const { verdict, rootCause } = judgeDependency(finding, {
    ...{ reached, book: parts.book, affected: parts.affected(finding) },
    dismissDev: policy.dependencies.dev === 'dismiss',
    isNeverDismissed: (cwe) =>
      cwe.some((one) => policy.neverDismiss.some((never) => one === never || parts.isKindOf(one, never))),
    confidenceOf: (code) => parts.calibration.confidenceOf(code, null),
    citations: await citePlaces(dependency, world),
    otherProjects: parts.twinsOf(finding).flatMap((twin) => twin.dependency?.project ?? []),
  });
  const isAbsent = verdict.reasons[0]?.code === 'FP.sca.absent';
  const level = isAbsent ? 'absent' : (reached?.level ?? 'unknown');
  const record: DependencyRecord = {
    ...dependency,
    reachability:
      finding.kind === 'licence' ? null : { level, text: reached?.text ?? verdict.reasons[0]?.text ?? '' },
    upgrade,
    decision,
  };
  const suppression =
    decision?.honoured === true && finding.suppression?.honoured !== true
      ? { kind: 'vex', honoured: true, why: decision.why }
      : finding.suppression;
  return {
    ...finding,
    dependency: { ...record, priority: priority(finding, record, policy) },
    suppression,
    verdict,
    rootCause,
    remediation: verdict.label === 'false_positive' ? null : (upgrade?.text ?? null),
  };
}

/** Where several projects have the package, what comes nearest to a true alarm in any of them. */
async function reachNearest(finding: ScopedFinding, parts: JudgeParts): Promise<Reached | null> {
  let nearest: Reached | null = null;
  for (const one of [finding, ...parts.twinsOf(finding)]) {
    const reached = await reach(one, parts);
    if (nearest === null || (reached !== null && nearnessOf(reached) > nearnessOf(nearest)))
      nearest = reached;
  }
  return nearest;
}

/** What would be dismissed comes before what a person looks at. */
function nearnessOf({ level, doubts, citations }: Reached): number {
  const at = REACHABILITY_LEVELS.indexOf(level);
  const known = REACHABILITY_LEVELS.indexOf('unknown');
  const isDismissed = level !== 'dev_only' && at < known && doubts.length === 0 && citations.length > 0;
  return isDismissed ? at : REACHABILITY_LEVELS.length + at;
}

async function reach(finding: ScopedFinding, parts: JudgeParts): Promise<Reached | null> {
  const sure = await reachUnder(parts.namesOf(finding), finding, parts);
  if (sure === null || sure.level === 'called') return sure;
  for (const name of parts.claimedNamesOf(finding)) {
    const claimed = await reachUnder([name], finding, parts);
    if (claimed?.level === 'called') return claimed;
  }
  return sure;
}

function reachUnder(
  names: readonly string[],
  finding: ScopedFinding,
  { reachability, projectOf }: JudgeParts,
): Promise<Reached | null> {
  const project = projectOf(finding);
  const { dependency } = finding;
  if (project === null || dependency?.vulnerability == null) return Promise.resolve(null);
  const { vulnerability } = dependency;
  return reachability.reach({
    package: dependency.package,
    vulnerability: names,
    symbols: vulnerability.symbols,
    project,
    direct: dependency.direct,
    scope: dependency.scope,
    paths: dependency.paths,
  });
}

function priority(
  { severity, kind }: ScopedFinding,
  record: DependencyRecord,
  { language, dependencies }: Policy,
): DependencyRecord['priority'] {
  const { vulnerability, reachability, direct, scope } = record;
  if (kind === 'licence' || vulnerability === null) return null;
  const { rating, epss, kev, id, aliases } = vulnerability;
  const isMalicious = [id, ...aliases].some((name) => name.startsWith('MAL-'));
  const level = reachability?.level ?? 'unknown';
  const question = { rating, severity, epss, kev, reachability: level, direct, scope, isMalicious };
  const rated = priorityOf(question, dependencies.priority);
  const book = language === 'zh-CN' ? ADVISORIES_PHRASES_ZH_CN : null;
  return { score: rated.score, text: say(rated.text, book) };
}

/** The lines of manifest and lock file as they stand at head. */
async function citePlaces(
  { places }: DependencyRecord,
  { workspace }: Pick<DependencyContext['world'], 'workspace'>,
): Promise<readonly Citation[]> {
  const citations: Citation[] = [];
  for (const { path, startLine, resolved } of places.slice(0, MOST_CITATIONS)) {
    const read = resolved ? await workspace.read(path) : null;
    if (read?.kind !== 'text') continue;
    const quote = read.text.split(/\r\n|\n|\r/)[startLine - 1];
    if (quote === undefined) continue;
    citations.push({ path, startLine, endLine: startLine, quote: quote.trim().slice(0, LONGEST_QUOTE) });
  }
  return citations;
}
