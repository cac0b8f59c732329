// Judged findings → patched findings: the fixes that tools proposed, proved against the head files with the engine's help.
import type { Policy } from '#domain/policy.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import type { JudgedFinding, PatchedFinding } from '#domain/verdict.ts';
import { type Catalog, loadCatalog } from '../evidence/catalog.ts';
import { gatherEvidence } from '../evidence/gather-evidence.ts';
import { proposePatches } from '../patch/propose-patches.ts';
import type { WeaknessProver } from '../patch/rejudge.ts';
import { createDraftCode, type DraftCode } from './draft-code.ts';
import type { World } from './world.ts';

export interface PatchFindingsContext {
  readonly policy: Pick<Policy, 'policyPaths'>;
  /** The change under review as it is shown; null when there is none. */
  readonly reviewDiff: ReviewDiff | null;
  readonly world: Pick<World, 'workspace' | 'assets' | 'log' | 'signal' | 'breathe'>;
}

/** In the order given. When the run is interrupted, the findings not reached stand without a patch. */
export async function patchFindings(
  findings: readonly JudgedFinding[],
  { policy, reviewDiff, world }: PatchFindingsContext,
): Promise<readonly PatchedFinding[]> {
  const withFixes = new Set(
    findings.filter(({ fixes }) => fixes.length > 0).map(({ location }) => location.path),
  );
  const patched = new Map<string, PatchedFinding>();
  if (withFixes.size > 0) {
    const drafts = createDraftCode(world.assets);
    const prover = createProver(drafts, await loadCatalog(world.assets), policy);
    const { understand } = drafts;
    const byPath = Map.groupBy(findings, ({ location }) => location.path);
    const progress = world.log.progress('Proving patches', withFixes.size);
    let done = 0;
    for (const path of [...withFixes].sort()) {
      if (world.signal.aborted) break;
      const context = { workspace: world.workspace, reviewDiff, understand, prover };
      for (const finding of await proposePatches(byPath.get(path) ?? [], context))
        patched.set(finding.id, finding);
      done += 1;
      progress.update(done);
      await world.breathe();
    }
    progress.finish();
  }
  return findings.map(
    (finding) => patched.get(finding.id) ?? { ...finding, patch: null, refusedPatches: [] },
  );
}

function createProver(
  drafts: DraftCode,
  catalog: Catalog,
  { policyPaths }: Pick<Policy, 'policyPaths'>,
): WeaknessProver {
  return {
    families: catalog.families.map(({ members }) => members),
    gather: (path, text, findings) =>
      drafts.within(path, text, (code, name) =>
        gatherEvidence(
          findings.map(
            (finding): ScopedFinding => ({ ...finding, location: { ...finding.location, path: name } }),
          ),
          { code, catalog, policyPaths, onDone: () => {} },
        ),
      ),
  };
}
