// The patches of a result, each proved once more against the files at head: a result may come from a file that anybody wrote.
import type { Patch } from '#domain/patch.ts';
import type { DependencyProject } from '#domain/project.ts';
import type { ChangeRequest } from '#domain/publication.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import type { Assets } from '#ports/assets.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import type { Log } from '#ports/log.ts';
import type { Workspace } from '#ports/workspace.ts';
import { reprove } from '../../patch/reprove.ts';
import { skippedChecks } from '../../patch/rung.ts';
import { unifiedDiff } from '../../patch/unified-diff.ts';
import type { ProvenPatch } from '../../publish/plan/write-comments.ts';
import { createDraftCode } from '../draft-code.ts';

interface ProveContext {
  readonly change: Pick<ChangeRequest, 'head'>;
  readonly sources: readonly ChangeSource[];
  readonly diff: ReviewDiff | null;
  readonly assets: Assets;
  /** Whether the run is our own, so that what it says of the weakness counts. */
  readonly trusted: boolean;
  /** Told of what is left out, and why. */
  readonly log: Pick<Log, 'warn'>;
}

const MOST_TOLD = 5;

/** By finding id; a patch that cannot be proved is not there. */
export async function provePatches(
  document: ResultDocument,
  { change, sources, diff, assets, trusted, log }: ProveContext,
): Promise<ReadonlyMap<string, ProvenPatch>> {
  const trees = sources.map((source) => source.at(change.head));
  const { understand } = createDraftCode(assets);
  const { language } = document.run;
  const proved = new Map<string, ProvenPatch>();
  const left: string[] = [];
  const projectsOf = createProjects();
  const leaveOut = ({ id }: FindingRecord, why: string) => left.push(`${id}: ${why}`);
  for (const finding of document.findings) {
    const { patch, location, cwe } = finding;
    if (patch === null || finding.verdict?.label === 'false_positive') continue;
    if (patch.origin === 'upgrade') {
      const upgrade = await proveUpgradeOf(finding, patch, trees, { language, trusted, projectsOf });
      if ('refused' in upgrade) leaveOut(finding, upgrade.refused);
      else proved.set(finding.id, upgrade);
      continue;
    }
    if (patch.path !== location.path) continue;
    const { bytes } = await readFirst(trees, patch.path);
    const outcome = await reprove(patch, bytes, {
      place: location,
      cwe,
      reviewDiff: diff,
      understand,
      language,
    });
    if (outcome.kind === 'refused') {
      leaveOut(finding, outcome.why);
      continue;
    }
    const { before, after } = outcome;
    const rejudged = trusted ? patch.checks.filter(({ check }) => check === 'rejudged') : [];
    const checks = [...outcome.checks, ...rejudged, ...skippedChecks(language)];
    proved.set(finding.id, { patch, before, after, checks, diff: unifiedDiff(patch.path, before, after) });
  }
  tellLeftOut(left, log);
  return proved;
}

/** A result that anybody wrote may hold thousands. */
function tellLeftOut(left: readonly string[], log: ProveContext['log']): void {
  for (const one of left.slice(0, MOST_TOLD)) log.warn(`A proposed change is left out, of finding ${one}`);
  if (left.length > MOST_TOLD)
    log.warn(`${left.length - MOST_TOLD} more proposed changes are left out, for reasons like these.`);
}

/** By its own rules, and never by those of code. A version may stand in another file than the finding. */
async function proveUpgradeOf(
  { dependency }: FindingRecord,
  patch: Patch,
  trees: readonly Workspace[],
  {
    language,
    trusted,
    projectsOf,
  }: {
    readonly language: 'en' | 'zh-CN';
    readonly trusted: boolean;
    readonly projectsOf: ReturnType<typeof createProjects>;
  },
): Promise<ProvenPatch | { readonly refused: string }> {
  const { tree, bytes } = await readFirst(trees, patch.path);
  const workspace = tree ?? trees[0];
  if (workspace === undefined) return { refused: 'Nobody knows the files at head.' };
  const { reproveUpgrade } = await import('../../upgrade/reprove-upgrade.ts');
  const outcome = await reproveUpgrade(patch, bytes, {
    ...{ dependency, workspace, language, projects: () => projectsOf(workspace) },
  });
  if (outcome.kind === 'refused') return { refused: outcome.why };
  const { before, after } = outcome;
  // Which versions are affected is what the result says.
  const checks = outcome.checks.filter(({ check }) => trusted || check !== 'rejudged');
  return { patch, before, after, checks, diff: unifiedDiff(patch.path, before, after) };
}

/** The projects of a tree, read once: every upgrade asks for them. */
function createProjects(): (tree: Workspace) => Promise<readonly DependencyProject[]> {
  const kept = new Map<Workspace, Promise<readonly DependencyProject[]>>();
  return (tree) => {
    const known =
      kept.get(tree) ??
      import('../../manifests/read-projects.ts').then(({ readProjects }) => readProjects(tree, null));
    kept.set(tree, known);
    return known;
  };
}

async function readFirst(
  trees: readonly Workspace[],
  path: string,
): Promise<{ readonly tree: Workspace | null; readonly bytes: Uint8Array | null }> {
  for (const tree of trees) {
    const bytes = await tree.readBytes(path);
    if (bytes !== null) return { tree, bytes };
  }
  return { tree: null, bytes: null };
}
