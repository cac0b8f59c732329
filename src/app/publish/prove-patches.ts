// The patches of a result, each proved once more against the files at head: a result may come from a file that anybody wrote.
import type { Patch } from '#domain/patch.ts';
import type { ChangeRequest } from '#domain/publication.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import type { Assets } from '#ports/assets.ts';
import type { ChangeSource } from '#ports/change-source.ts';
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
}

/** By finding id; a patch that cannot be proved is not there. */
export async function provePatches(
  document: ResultDocument,
  { change, sources, diff, assets, trusted }: ProveContext,
): Promise<ReadonlyMap<string, ProvenPatch>> {
  const trees = sources.map((source) => source.at(change.head));
  const { understand } = createDraftCode(assets);
  const { language } = document.run;
  const proved = new Map<string, ProvenPatch>();
  for (const finding of document.findings) {
    const { patch, location, cwe } = finding;
    if (patch === null || finding.verdict?.label === 'false_positive') continue;
    if (patch.origin === 'upgrade') {
      const upgrade = await proveUpgradeOf(finding, patch, trees, { language, trusted });
      if (upgrade !== null) proved.set(finding.id, upgrade);
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
    if (outcome.kind === 'refused') continue;
    const { before, after } = outcome;
    const rejudged = trusted ? patch.checks.filter(({ check }) => check === 'rejudged') : [];
    const checks = [...outcome.checks, ...rejudged, ...skippedChecks(language)];
    proved.set(finding.id, { patch, before, after, checks, diff: unifiedDiff(patch.path, before, after) });
  }
  return proved;
}

/** By its own rules, and never by those of code: null when it cannot be proved. A version may stand in another file than the finding. */
async function proveUpgradeOf(
  { dependency }: FindingRecord,
  patch: Patch,
  trees: readonly Workspace[],
  { language, trusted }: { readonly language: 'en' | 'zh-CN'; readonly trusted: boolean },
): Promise<ProvenPatch | null> {
  const { tree, bytes } = await readFirst(trees, patch.path);
  if (tree === null) return null;
  const { reproveUpgrade } = await import('../../upgrade/reprove-upgrade.ts');
  const outcome = await reproveUpgrade(patch, bytes, { dependency, workspace: tree, language });
  if (outcome.kind === 'refused') return null;
  const { before, after } = outcome;
  // Which versions are affected is what the result says.
  const checks = outcome.checks.filter(({ check }) => trusted || check !== 'rejudged');
  return { patch, before, after, checks, diff: unifiedDiff(patch.path, before, after) };
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
