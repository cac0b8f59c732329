// Which version leaves the known vulnerabilities of a package behind at the least cost, and who has to ask for it: pure.
import type { DependencyRecord, Upgrade } from '#domain/dependency.ts';
import type { DependencyProject, Requirement } from '#domain/project.ts';
import { versionOrder } from '../versions/version-order.ts';
import { directParentOf, isRefused, lockedOf, sameName } from './brought-in-by.ts';
import { type BuildTool, buildToolOf, installCommand, refreshCommand } from './build-tool.ts';
import { candidateVersions } from './candidate-versions.ts';
import { hasStill, type KnownVulnerability, partBy } from './known-vulnerability.ts';
import { overrideWay } from './override-ways.ts';
import { knownParentVersion, lookCommand } from './parent-upgrade.ts';
import { sayNoFix, sayPlan } from './plan-text.ts';
import { admits, rewriteConstraint } from './rewrite-constraint.ts';

export type { KnownVulnerability } from './known-vulnerability.ts';

export interface PlanQuestion {
  readonly dependency: DependencyRecord;
  /** The project that has the package; null when none of the repository has. */
  readonly project: DependencyProject | null;
  /** Every project of the repository; left out, the one alone. */
  readonly projects?: readonly DependencyProject[];
  /** All that is known of that package in the project, the finding's own vulnerability among them. */
  readonly known: readonly KnownVulnerability[];
  readonly language: 'en' | 'zh-CN';
}

/** What a plan is made from. */
interface Situation extends PlanQuestion {
  /** Without a release. */
  readonly ecosystem: string;
  readonly name: string;
  /** The highest affected version that is installed; null when nobody says. */
  readonly from: string | null;
  /** Constraints by which the project asks for it itself. */
  readonly asked: readonly Requirement[];
  readonly affected: readonly string[];
  /** Versions named as mended, the lowest first, with what each leaves behind. */
  readonly candidates: ReadonlyMap<string, ReturnType<typeof partBy>>;
  readonly tool: BuildTool | null;
}

interface Choice {
  readonly to: string;
  readonly leaves: readonly string[];
  readonly remains: readonly string[];
  readonly cost: Cost;
}

/** In the order of weight; the distance comes after all of them. */
type Cost = readonly [remaining: number, step: number, comesBack: number];

/**
 * The smallest upgrade that leaves every known vulnerability of the package behind, or as many as can be. Among those that leave equally
 * many: first a version that what is asked for admits already, then one that breaks nobody by its number, then one whose constraint
 * keeps all affected versions out; then the nearest. Versions are the fixed ones that advisories and reports name: no registry is asked.
 */
export function choosePlan(question: PlanQuestion): Upgrade {
  const situation = situationOf(question);
  const choice = bestChoice(situation);
  if (choice === null) return noPlan(situation);
  return situation.asked.length > 0 || question.dependency.direct === true
    ? directPlan(situation, choice)
    : transitivePlan(situation, choice);
}

function situationOf(question: PlanQuestion): Situation {
  const { dependency, project } = question;
  const ecosystem = (dependency.package.ecosystem ?? '').split(':', 1)[0] ?? '';
  const { name } = dependency.package;
  const order = versionOrder(ecosystem);
  const installed = [...dependency.versions, dependency.package.version ?? ''].filter(
    (version) => order?.isValid(version) === true,
  );
  const asked = (project?.requirements ?? []).filter(
    (one) => one.group !== 'indirect' && sameName(ecosystem, one.name, name),
  );
  const { known } = question;
  const lowest = installed.sort((a, b) => order?.compare(a, b) ?? 0)[0] ?? null;
  const candidates = candidateVersions(ecosystem, name, known, lowest).map(
    (version) => [version, partBy(ecosystem, known, version)] as const,
  );
  return {
    ...question,
    ecosystem,
    name,
    candidates: new Map(candidates),
    from: installed.at(-1) ?? null,
    asked,
    affected: asked.length === 0 ? [] : affectedVersions({ ...question, ecosystem }),
    tool: project === null ? null : buildToolOf(project),
  };
}

/** Null when no named version leaves the finding's own vulnerability behind. */
function bestChoice(situation: Situation): Choice | null {
  const { ecosystem, from, dependency, candidates } = situation;
  const order = versionOrder(ecosystem);
  const own = dependency.vulnerability?.id ?? '';
  const choices = [...candidates]
    .filter(
      ([to, { remains }]) =>
        !remains.includes(own) && (from === null || (order?.compare(to, from) ?? 0) >= 0),
    )
    .map(([to, { leaves, remains }]): Choice => {
      const cost: Cost = [remains.length, stepOf(situation, to), comesBack(situation, to)];
      return { to, leaves, remains, cost };
    });
  choices.sort((a, b) => compareCosts(a.cost, b.cost) || (order?.compare(a.to, b.to) ?? 0));
  return choices[0] ?? null;
}

function compareCosts(left: Cost, right: Cost): number {
  const index = left.findIndex((part, at) => part !== right[at]);
  return index < 0 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}

/** 0: the lock file alone; 1: breaks nobody; 2: nobody knows; 3: may break. */
function stepOf(situation: Situation, to: string): number {
  if (isWithinAsked(situation, to)) return 0;
  const breaking = isBreaking(situation, to);
  return breaking === null ? 2 : breaking ? 3 : 1;
}

function isBreaking({ ecosystem, from }: Situation, to: string): boolean | null {
  return from === null ? null : (versionOrder(ecosystem)?.isBreaking(from, to) ?? null);
}

/** Whether the lock file, written anew, may hold `to` without any manifest being touched. */
function isWithinAsked(situation: Situation, to: string): boolean {
  const { project, ecosystem, asked } = situation;
  if (project === null || !project.hasLock) return false;
  if (asked.length > 0)
    return asked.every(({ constraint }) => constraint !== null && admits(ecosystem, constraint, to) === true);
  return refusalOf(situation, to) === false;
}

/** Whether what brings the package in refuses to take a version without the vulnerabilities that `to` leaves behind; null: not known. */
function refusalOf(
  { project, ecosystem, name, dependency, candidates }: Situation,
  to: string,
): boolean | null {
  if (project === null) return null;
  const order = versionOrder(ecosystem);
  const isAtMost = (version: string, most: string) => (order?.compare(version, most) ?? 1) <= 0;
  const left = new Set(candidates.get(to)?.leaves);
  const clear = [...candidates].flatMap(([version, { remains }]) =>
    isAtMost(version, to) && !remains.some((id) => left.has(id)) ? version : [],
  );
  const answers = lockedOf(project, name, dependency.versions).map((locked) => {
    // Of several installed versions each may have its own line of releases to stay in.
    const refusals = clear
      .filter((version) => isAtMost(locked.version, version))
      .map((version) => isRefused(project, locked, version));
    if (refusals.includes(false)) return false;
    return refusals.includes(null) ? null : true;
  });
  if (answers.includes(true)) return true;
  return answers.length === 0 || answers.includes(null) ? null : false;
}

/** Versions that are affected and that a constraint could let in again: those that are installed, and where ranges begin. */
function affectedVersions({
  ecosystem,
  known,
  dependency,
}: PlanQuestion & { readonly ecosystem: string }): readonly string[] {
  const begins = known.flatMap(({ affected }) =>
    (affected?.ranges ?? []).flatMap(({ events }) => events.flatMap(({ introduced }) => introduced ?? [])),
  );
  return [...new Set([...dependency.versions, ...begins])].filter((version) =>
    known.some((one) => hasStill(ecosystem, one, version)),
  );
}

/** 1 when the constraint, raised to `to`, would let an affected version in again, or cannot be raised. */
function comesBack({ ecosystem, asked, affected }: Situation, to: string): number {
  const isOpen = asked.some(({ constraint }) => {
    const raised = constraint === null ? null : rewriteConstraint(ecosystem, constraint, to);
    return raised === null || affected.some((version) => admits(ecosystem, raised, version) === true);
  });
  return isOpen ? 1 : 0;
}

function directPlan(situation: Situation, choice: Choice): Upgrade {
  const { project, asked, tool } = situation;
  // A version that only an outside parent or bill of materials says is held by the ecosystem's override.
  if (tool === 'maven' && asked.length > 0 && asked.every(({ constraint }) => constraint === null))
    return overridePlan(situation, choice);
  const isWithin = project !== null && isWithinAsked(situation, choice.to);
  return finish(situation, choice, {
    kind: 'direct',
    way: isWithin ? 'lock' : project === null ? 'elsewhere' : 'manifest',
    command: commandFor(situation, choice.to, isWithin ? 'refresh' : 'install'),
  });
}

function transitivePlan(situation: Situation, choice: Choice): Upgrade {
  const { project, tool } = situation;
  if (project === null || tool === null)
    return finish(situation, choice, { kind: 'direct', way: 'elsewhere', command: null });
  const refused = refusalOf(situation, choice.to);
  const way = overrideWay(tool, project.overridesFile);
  const mayRefresh = project.hasLock && tool !== 'yarn-1';
  if (refused === false && mayRefresh)
    return finish(situation, choice, {
      kind: 'direct',
      way: 'lock',
      command: commandFor(situation, choice.to, 'refresh'),
    });
  if (way !== undefined) return overridePlan(situation, choice);
  // Nobody says what the parents take: within a line of releases most take what is newer.
  if (refused === null && isBreaking(situation, choice.to) === false && mayRefresh)
    return finish(situation, choice, {
      kind: 'direct',
      way: 'lock-perhaps',
      command: commandFor(situation, choice.to, 'refresh'),
    });
  return finish(situation, choice, { kind: 'parent', way: 'parent', command: null });
}

function overridePlan(situation: Situation, choice: Choice): Upgrade {
  const { tool } = situation;
  const step = tool === 'gradle' || tool === 'nuget' ? 'refresh' : 'install';
  return finish(situation, choice, {
    kind: 'override',
    way: 'override',
    command: commandFor(situation, choice.to, step),
  });
}

function commandFor(
  { tool, name, from, project }: Situation,
  to: string,
  step: 'refresh' | 'install',
): string | null {
  if (tool === null || project === null) return null;
  const question = { tool, name, from, to, hasLock: project.hasLock };
  return step === 'refresh' ? refreshCommand(question) : installCommand(question);
}

function finish(
  situation: Situation,
  { to, leaves, remains }: Choice,
  {
    kind,
    way,
    command,
  }: Pick<Upgrade, 'kind' | 'command'> & { readonly way: Parameters<typeof sayPlan>[0]['way'] },
): Upgrade {
  const { name, from, tool, language, dependency, ecosystem, project } = situation;
  const parent = directParentOf(dependency);
  const breaking = isBreaking(situation, to);
  const held = tool === null ? undefined : overrideWay(tool, project?.overridesFile);
  const facts = { way, name, from, to, breaking, remains, overrideWay: held ?? null, parent, language };
  if (kind !== 'parent')
    return { kind, package: name, from, to, breaking, leaves, remains, text: sayPlan(facts), command };
  const projects = situation.projects ?? (project === null ? [] : [project]);
  const taking = knownParentVersion({ parent, ecosystem, name, to, projects });
  const isParentBreaking =
    taking === null || parent?.version == null
      ? null
      : (versionOrder(ecosystem)?.isBreaking(parent.version, taking) ?? null);
  return {
    ...{ kind, package: parent?.name ?? null, from: parent?.version ?? null },
    ...{ to: taking, breaking: isParentBreaking, leaves, remains, command },
    text: sayPlan({ ...facts, breaking: isParentBreaking, taking, look: lookCommand(tool, parent) }),
  };
}

function noPlan({ name, from, known, language }: Situation): Upgrade {
  return {
    kind: 'none',
    package: null,
    from,
    to: null,
    breaking: null,
    leaves: [],
    remains: [...new Set(known.map(({ id }) => id))],
    text: sayNoFix({ name, names: known.some(({ fixedIn }) => fixedIn.length > 0), language }),
    command: null,
  };
}
