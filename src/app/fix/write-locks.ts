// The lock files of what was upgraded, written again by the ecosystems' own tools in a copy, and taken over when they hold what they should.
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { LockRoom, LockTool } from '#ports/lock-tool.ts';
import type { SourceWriter } from '#ports/source-writer.ts';
import type { Workspace } from '#ports/workspace.ts';
import { markOutside } from '#support/mark-outside.ts';
import { readProjects } from '../../manifests/read-projects.ts';
import { type LockCommands, planLock } from './lock-commands.ts';
import { lockFormat } from './lock-format.ts';
import { groupJobs, type LockGroup, type LockJob, lockProblem } from './lock-groups.ts';
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
  /** Paths that may have been written by an earlier call. */
  readonly there: readonly string[];
  /** A sentence. */
  readonly text: string;
  /** The last lines of what the tool printed; outside text. */
  readonly said: string;
}

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

type Written = Omit<LockResult, 'jobs'>;

async function writeLock(group: LockGroup, context: LockContext): Promise<Written> {
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
  if ((await lockProblem(project, wishes, context.sources())) === null)
    return {
      ...resultOf('there', phrase`The lock file holds it already.`, context),
      there: lockPaths(plan.commands),
    };
  const { tool, sources } = context;
  await using room = await tool.open(await sources().files());
  return await runAndTake(group, plan.commands, room, context);
}

async function runAndTake(
  { project, wishes }: LockGroup,
  { program, prepare, steps, writes, folder, runsCode }: LockCommands,
  room: LockRoom,
  context: LockContext,
): Promise<Written> {
  if (prepare !== null) for (const path of lockPaths({ writes, folder })) await room.replace(path, prepare);
  let said = '';
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
    said = outcome.said;
  }
  const own = new Set(lockPaths({ writes, folder }));
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
  const problem =
    now === undefined ? phrase`it has no packages any more` : await lockProblem(now, wishes, after);
  if (problem !== null)
    return {
      ...resultOf(
        'refused',
        phrase`The lock file that ${program} wrote is not taken over, since ${problem}: everything is as it was.`,
        context,
      ),
      said,
    };
  return takeOver(changed, after, context);
}

export function lockPaths({ writes, folder }: Pick<LockCommands, 'writes' | 'folder'>): readonly string[] {
  return writes.map((name) => (folder === '' ? name : `${folder}/${name}`));
}

async function takeOver(
  changed: readonly string[],
  after: Workspace,
  context: LockContext,
): Promise<Written> {
  const before = context.sources();
  const files: string[] = [];
  for (const path of changed) {
    const [old, now] = [await textOf(before, path), await textOf(after, path)];
    const formats = [lockFormat(old), lockFormat(now)] as const;
    if (formats[0] !== formats[1])
      return resultOf(
        'refused',
        phrase`The lock file is not taken over, since the version of the tool that is here writes it in another format (${markOutside(formats[1] ?? '?')}) than it is in (${markOutside(formats[0] ?? '?')}): everything is as it was.`,
        context,
      );
    const origin = newOrigin(old, now);
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

function resultOf(kind: LockResult['kind'], text: ReturnType<typeof phrase>, { book }: LockContext): Written {
  return { kind, files: [], there: [], text: say(text, book), said: '' };
}
