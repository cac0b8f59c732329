// Judged findings → patched findings: what tools and models propose, proved against the head files with the engine's help.

import { phrase, say } from '#domain/phrase.ts';
import type { Policy } from '#domain/policy.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import { compareSeverity } from '#domain/severity.ts';
import type { JudgedFinding, PatchedFinding } from '#domain/verdict.ts';
import type { Progress } from '#ports/log.ts';
import { type Catalog, loadCatalog } from '../evidence/catalog.ts';
import { gatherEvidence } from '../evidence/gather-evidence.ts';
import { type AskForPatch, askForPatches, type PatchAsking } from '../patch/ask-for-patches.ts';
import { notTried } from '../patch/not-tried.ts';
import { isMendable, type ProposeContext, proposePatches } from '../patch/propose-patches.ts';
import type { WeaknessProver } from '../patch/rejudge.ts';
import { createDraftCode, type DraftCode } from './draft-code.ts';
import { phraseBookOf } from './phrase-book.ts';
import type { World } from './world.ts';

export interface PatchFindingsContext {
  readonly policy: Pick<Policy, 'policyPaths' | 'language'>;
  /** The change under review as it is shown; null when there is none. */
  readonly reviewDiff: ReviewDiff | null;
  /** Asks a model about findings without a fix that holds, the worst first; how many and at what cost is its own. Without it, nobody is asked. */
  readonly ask?: AskForPatch | undefined;
  /** Ids of the findings that it is asked about; null or left out: all without a fix that holds. */
  readonly about?: ReadonlySet<string> | null;
  /** Hears how many are asked about, and how many stand without a patch and are not. */
  readonly onAsking?: PatchAsking['onStart'];
  readonly world: Pick<World, 'workspace' | 'assets' | 'log' | 'signal' | 'breathe'>;
}

/** Findings whose fixes are tried in one run, the worst first: each costs a look at its whole file. */
const MAX_FINDINGS = 300;

/** In the order given. When the run is interrupted, the findings not reached stand without a patch. */
export async function patchFindings(
  findings: readonly JudgedFinding[],
  context: PatchFindingsContext,
): Promise<readonly PatchedFinding[]> {
  const { ask, world } = context;
  if (ask === undefined && !findings.some(isMendable)) return findings.map(withoutPatch);
  const tries = await createTries(context);
  const patched = await tryFixes(findings, tries, context);
  if (ask === undefined || world.signal.aborted) return patched;
  return askModel(patched, ask, tries, context);
}

async function askModel(
  findings: readonly PatchedFinding[],
  ask: AskForPatch,
  tries: ProposeContext,
  { about = null, onAsking, world, policy }: PatchFindingsContext,
): Promise<readonly PatchedFinding[]> {
  const shown: { progress: Progress | null } = { progress: null };
  const label = say(phrase`Asking for patches`, phraseBookOf(policy.language));
  const asking: PatchAsking = {
    ask: async (finding, refused) => (world.signal.aborted ? { kind: 'none' } : ask(finding, refused)),
    about,
    onStart: (counts) => {
      onAsking?.(counts);
      shown.progress = world.log.progress(label, counts.asked);
    },
    onDone: (done) => shown.progress?.update(done),
  };
  const patched = await askForPatches(findings, { ...tries, asking });
  shown.progress?.finish();
  return patched;
}

/** With the fixes that tools proposed, file by file. */
async function tryFixes(
  findings: readonly JudgedFinding[],
  tries: ProposeContext,
  { world, policy }: PatchFindingsContext,
): Promise<readonly PatchedFinding[]> {
  const mendable = findings.filter(isMendable).sort((a, b) => compareSeverity(b.severity, a.severity));
  const left = new Set(mendable.slice(MAX_FINDINGS));
  const paths = new Set(mendable.slice(0, MAX_FINDINGS).map(({ location }) => location.path));
  const byPath = Map.groupBy(findings, ({ location }) => location.path);
  const patched = new Map<string, PatchedFinding>();
  if (paths.size === 0) return findings.map(withoutPatch);
  const label = say(phrase`Proving patches`, phraseBookOf(policy.language));
  const progress = world.log.progress(label, paths.size);
  for (const [done, path] of [...paths].sort().entries()) {
    if (world.signal.aborted) break;
    // Without their fixes the others still count as neighbours.
    const inFile = (byPath.get(path) ?? []).map((one) => (left.has(one) ? { ...one, fixes: [] } : one));
    for (const one of await proposePatches(inFile, tries)) if (one.fixes.length > 0) patched.set(one.id, one);
    progress.update(done + 1);
    await world.breathe();
  }
  progress.finish();
  return findings.map((finding) => {
    const refusedPatches = left.has(finding)
      ? finding.fixes.slice(0, 1).map(({ tool }) => notTried(tool, MAX_FINDINGS, policy.language))
      : [];
    return patched.get(finding.id) ?? { ...finding, patch: null, refusedPatches };
  });
}

function withoutPatch(finding: JudgedFinding): PatchedFinding {
  return { ...finding, patch: null, refusedPatches: [] };
}

async function createTries({ policy, reviewDiff, world }: PatchFindingsContext): Promise<ProposeContext> {
  const drafts = createDraftCode(world.assets);
  const prover = createProver(drafts, await loadCatalog(world.assets), policy);
  return {
    workspace: world.workspace,
    reviewDiff,
    understand: drafts.understand,
    prover,
    language: policy.language,
  };
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
