// Which project's lock file an upgrade is about, by our own reading of the repository, and whether that lock file is as it should be.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { DependencyProject } from '#domain/project.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { Workspace } from '#ports/workspace.ts';
import { markOutside } from '#support/mark-outside.ts';
import { readProjects } from '../../manifests/read-projects.ts';
import { sameName } from '../../upgrade/brought-in-by.ts';
import { buildToolOf, installCommand, refreshCommand } from '../../upgrade/build-tool.ts';
import { versionOrder } from '../../versions/version-order.ts';
import { missingGoSum } from './go-sums.ts';
import { type LockWish, planLock } from './lock-commands.ts';

/** An upgrade whose manifest, if any, is as it should be. */
export interface LockJob {
  readonly finding: FindingRecord;
  /** Null: no manifest says it, the lock file alone does. */
  readonly manifest: string | null;
}

/** What is done together: the upgrades of one project. */
export interface LockGroup {
  readonly project: DependencyProject;
  readonly jobs: readonly LockJob[];
  readonly wishes: readonly Wish[];
}

export type Wish = LockWish & { readonly affected: readonly string[] };

/** What would be run for each project, for people. */
export async function tellLocks(
  jobs: readonly LockJob[],
  sources: Workspace,
): Promise<readonly { readonly folder: string; readonly lines: readonly string[] }[]> {
  const { groups } = await groupJobs(jobs, sources);
  const told: { readonly folder: string; readonly lines: readonly string[] }[] = [];
  for (const { project, wishes } of groups) {
    const plan = planLock(project, wishes);
    if (plan.kind === 'no_lock' || plan.kind === 'odd') continue;
    if ((await lockProblem(project, wishes, sources)) === null) continue;
    const lines =
      plan.kind === 'commands' && plan.commands.prepare === null
        ? plan.commands.steps.map((args) => [plan.commands.program, ...args].join(' '))
        : wishes.flatMap((wish) => byHand(project, wish) ?? []);
    const folder = plan.kind === 'commands' ? plan.commands.folder : project.folder;
    if (lines.length > 0) told.push({ folder, lines: [...new Set(lines)] });
  }
  return told;
}

/** The command of a tool that Assay does not run, or runs otherwise. */
function byHand(project: DependencyProject, { name, to, from, isAsked }: Wish): string | null {
  const tool = buildToolOf(project);
  if (tool === null) return null;
  const question = { tool, name, from: from[0] ?? null, to, hasLock: project.hasLock };
  return isAsked ? installCommand(question) : refreshCommand(question);
}

export async function groupJobs(
  jobs: readonly LockJob[],
  sources: Workspace,
): Promise<{ readonly groups: readonly LockGroup[]; readonly homeless: readonly LockJob[] }> {
  const projects = await readProjects(sources);
  const found = new Map<DependencyProject, LockJob[]>();
  const homeless: LockJob[] = [];
  for (const job of jobs) {
    const project = projects.find((one) => isOf(one, job));
    if (project === undefined) homeless.push(job);
    else found.set(project, [...(found.get(project) ?? []), job]);
  }
  const groups = [...found].map(([project, own]) => {
    const wishes = own.flatMap((job) => wishOf(project, job) ?? []);
    const different = new Map(wishes.map((wish) => [JSON.stringify([wish.name, wish.to]), wish]));
    return { project, jobs: own, wishes: [...different.values()] };
  });
  return { groups, homeless };
}

/** By our own reading: the result only says which package. */
function isOf(project: DependencyProject, { finding, manifest }: LockJob): boolean {
  const { dependency } = finding;
  if (dependency === undefined || dependency.package.ecosystem?.split(':', 1)[0] !== project.ecosystem)
    return false;
  const has = project.packages.some(({ name }) => sameName(project.ecosystem, name, dependency.package.name));
  const isThere =
    manifest === null ? project.folder === dependency.project : project.files.includes(manifest);
  return has && isThere;
}

function wishOf(project: DependencyProject, { finding, manifest }: LockJob): Wish | null {
  const { dependency } = finding;
  const to = dependency?.upgrade?.to ?? null;
  if (dependency === undefined || to === null) return null;
  const own = project.packages.filter(({ name }) =>
    sameName(project.ecosystem, name, dependency.package.name),
  );
  const affected = dependency.versions;
  const from = [...new Set(own.map(({ version }) => version))].filter((one) => affected.includes(one));
  // The name as the lock file writes it, never as the result does.
  return { name: own[0]?.name ?? dependency.package.name, to, from, affected, isAsked: manifest !== null };
}

/** Why the lock file is not what is wished for, as the end of a sentence; null when it is. */
export async function lockProblem(
  project: DependencyProject,
  wishes: readonly Wish[],
  sources: Workspace,
): Promise<Phrase | null> {
  const { ecosystem, packages } = project;
  const order = versionOrder(ecosystem);
  for (const { name, to, affected } of wishes) {
    const held = packages.filter((one) => sameName(ecosystem, one.name, name)).map(({ version }) => version);
    const bad = held.find((version) => affected.includes(version));
    if (bad !== undefined) return phrase`it still holds ${markOutside(`${name} ${bad}`)}`;
    const isReached = held.some(
      (version) => version === to || (order?.isValid(version) === true && order.compare(version, to) >= 0),
    );
    if (!isReached) return phrase`it does not hold ${markOutside(`${name} ${to}`)}`;
  }
  const sumless = await missingGoSum(project, wishes, sources);
  return sumless === null ? null : phrase`\`go.sum\` has nothing on ${markOutside(sumless)}`;
}
