// The lock files of what was upgraded, written again by the ecosystems' own tools in a copy, and taken over when they hold what they should.
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { DependencyProject } from '#domain/project.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { LockRoom, LockTool } from '#ports/lock-tool.ts';
import type { SourceWriter } from '#ports/source-writer.ts';
import type { Workspace } from '#ports/workspace.ts';
import { markOutside } from '#support/mark-outside.ts';
import { readProjects } from '../../manifests/read-projects.ts';
import { sameName } from '../../upgrade/brought-in-by.ts';
import { buildToolOf, installCommand, refreshCommand } from '../../upgrade/build-tool.ts';
import { versionOrder } from '../../versions/version-order.ts';
import { type LockCommands, type LockWish, planLock } from './lock-commands.ts';
import { newOrigin } from './lock-origins.ts';

export interface LockContext {
  /** The working tree after the manifests were written. */
  readonly sources: () => Workspace;
  readonly tool: LockTool;
  readonly writer: SourceWriter;
  readonly book: PhraseBook | null;
  /** Told before a tool starts. */
  readonly tell: (text: string) => void;
}

/** An upgrade whose manifest, if any, is as it should be. */
export interface LockJob {
  readonly finding: FindingRecord;
  /** Null: no manifest says it, the lock file alone does. */
  readonly manifest: string | null;
}

export interface LockResult {
  readonly jobs: readonly LockJob[];
  /**
   * - `written`, `there`, `none`: it is as it should be, or there is none to write
   * - `not_run`: the tool is not here or did not get through: the manifests stay
   * - `refused`: what it wrote may not be taken over: the manifests go back
   */
  readonly kind: 'written' | 'there' | 'none' | 'not_run' | 'refused';
  /** Paths that were written. */
  readonly files: readonly string[];
  /** A sentence. */
  readonly text: string;
  /** The last lines of what the tool printed; outside text. */
  readonly said: string;
}

interface Group {
  readonly project: DependencyProject;
  readonly jobs: readonly LockJob[];
  readonly wishes: readonly Wish[];
}

type Wish = LockWish & { readonly affected: readonly string[] };

export async function writeLocks(
  jobs: readonly LockJob[],
  context: LockContext,
): Promise<readonly LockResult[]> {
  const { groups, homeless } = await groupJobs(jobs, context.sources());
  const results = homeless.map((job): LockResult => {
    const why = phrase`No project of the repository has the package of ${job.finding.id} in a lock file.`;
    return { ...resultOf('none', why, context), jobs: [job] };
  });
  for (const group of groups) results.push({ ...(await writeLock(group, context)), jobs: group.jobs });
  return results;
}

/** What would be run for each project, for people. */
export async function tellLocks(
  jobs: readonly LockJob[],
  sources: Workspace,
): Promise<readonly { readonly folder: string; readonly lines: readonly string[] }[]> {
  const { groups } = await groupJobs(jobs, sources);
  return groups.flatMap(({ project, wishes }) => {
    const plan = planLock(project, wishes);
    if (lockProblem(project, wishes) === null || plan.kind === 'no_lock' || plan.kind === 'odd') return [];
    const lines =
      plan.kind === 'commands'
        ? plan.commands.steps.map((args) => [plan.commands.program, ...args].join(' '))
        : wishes.flatMap((wish) => byHand(project, wish) ?? []);
    const folder = plan.kind === 'commands' ? plan.commands.folder : project.folder;
    return lines.length === 0 ? [] : [{ folder, lines: [...new Set(lines)] }];
  });
}

/** The command of a tool that Assay does not run. */
function byHand(project: DependencyProject, { name, to, from, isAsked }: Wish): string | null {
  const tool = buildToolOf(project);
  if (tool === null) return null;
  const question = { tool, name, from: from[0] ?? null, to, hasLock: project.hasLock };
  return isAsked ? installCommand(question) : refreshCommand(question);
}

async function groupJobs(
  jobs: readonly LockJob[],
  sources: Workspace,
): Promise<{ readonly groups: readonly Group[]; readonly homeless: readonly LockJob[] }> {
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

type Written = Omit<LockResult, 'jobs'>;

async function writeLock(group: Group, context: LockContext): Promise<Written> {
  const { project, wishes } = group;
  const plan = planLock(project, wishes);
  switch (plan.kind) {
    case 'no_lock':
      return resultOf('none', phrase`There is no lock file to write.`, context);
    case 'no_tool':
      return resultOf(
        'not_run',
        phrase`Lock files of ${plan.tool} are not written by Assay: run the command by hand.`,
        context,
      );
    case 'odd':
      return resultOf(
        'not_run',
        phrase`${markOutside(plan.word)} is no name or version that is handed to a tool.`,
        context,
      );
  }
  if (lockProblem(project, wishes) === null)
    return resultOf('there', phrase`The lock file holds it already.`, context);
  const { tool, sources } = context;
  await using room = await tool.open(await sources().files());
  return await runAndTake(group, plan.commands, room, context);
}

async function runAndTake(
  { project, wishes }: Group,
  { program, steps, writes, folder, runsCode }: LockCommands,
  room: LockRoom,
  context: LockContext,
): Promise<Written> {
  for (const args of steps) {
    const line = markOutside([program, ...args].join(' '), 300);
    context.tell(
      say(
        runsCode
          ? phrase`Running ${line}, which runs code of the project or of its packages.`
          : phrase`Running ${line}.`,
        context.book,
      ),
    );
    const outcome = await room.run({ program, args, folder });
    if (outcome.kind === 'missing')
      return resultOf(
        'not_run',
        phrase`The program ${program} is not here: the lock file is as it was.`,
        context,
      );
    if (outcome.kind === 'late')
      return {
        ...resultOf(
          'not_run',
          phrase`The program ${program} took too long and was ended: the lock file is as it was.`,
          context,
        ),
        said: outcome.said,
      };
    if (outcome.kind === 'failed')
      return {
        ...resultOf(
          'not_run',
          phrase`The program ${program} failed, perhaps for want of a network: the lock file is as it was.`,
          context,
        ),
        said: outcome.said,
      };
  }
  const prefix = folder === '' ? '' : `${folder}/`;
  const own = new Set(writes.map((name) => prefix + name));
  const changed = await room.changed();
  const stranger = changed.find((path) => !own.has(path));
  if (stranger !== undefined)
    return resultOf(
      'refused',
      phrase`The program ${program} also changed ${markOutside(stranger)}, which is no lock file: everything is as it was.`,
      context,
    );
  const after = room.sources();
  const now = (await readProjects(after)).find(
    (one) => one.ecosystem === project.ecosystem && one.folder === project.folder,
  );
  const problem = now === undefined ? phrase`it has no packages any more` : lockProblem(now, wishes);
  if (problem !== null)
    return resultOf(
      'refused',
      phrase`The lock file that ${program} wrote is not taken over, since ${problem}: everything is as it was.`,
      context,
    );
  return takeOver(changed, after, context);
}

async function takeOver(
  changed: readonly string[],
  after: Workspace,
  context: LockContext,
): Promise<Written> {
  const before = context.sources();
  const files: string[] = [];
  for (const path of changed) {
    const origin = newOrigin(await textOf(before, path), await textOf(after, path));
    if (origin !== null)
      return resultOf(
        'refused',
        phrase`The lock file is not taken over, since with it packages would come from ${markOutside(origin)}, which the old one does not name: everything is as it was.`,
        context,
      );
  }
  for (const path of changed) {
    const [old, now] = [await before.readBytes(path), await after.readBytes(path)];
    const outcome = old === null || now === null ? null : await context.writer.replace(path, old, now);
    if (outcome?.kind !== 'written') {
      for (const done of files) await putBack(done, { before, after }, context.writer);
      const why = outcome?.why ?? phrase`is not there, or may not be read`;
      return resultOf(
        'refused',
        phrase`The lock file ${markOutside(path)} was not written: it ${why}.`,
        context,
      );
    }
    files.push(path);
  }
  const names = files.map((path) => markOutside(path)).join(', ');
  return { ...resultOf('written', phrase`Written again: ${names}.`, context), files };
}

async function textOf(sources: Workspace, path: string): Promise<string> {
  const outcome = await sources.read(path);
  return outcome.kind === 'text' ? outcome.text : '';
}

async function putBack(
  path: string,
  { before, after }: { readonly before: Workspace; readonly after: Workspace },
  writer: SourceWriter,
): Promise<void> {
  const [old, now] = [await before.readBytes(path), await after.readBytes(path)];
  if (old !== null && now !== null) await writer.replace(path, now, old);
}

/** Why the lock file is not what is wished for, as the end of a sentence; null when it is. */
function lockProblem(
  { ecosystem, packages }: DependencyProject,
  wishes: readonly Wish[],
): ReturnType<typeof phrase> | null {
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
  return null;
}

function resultOf(kind: LockResult['kind'], text: ReturnType<typeof phrase>, { book }: LockContext): Written {
  return { kind, files: [], text: say(text, book), said: '' };
}
