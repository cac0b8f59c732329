// Judged findings → findings with a proved change, or with the reasons why the changes that were proposed are not offered.
import type { PatchRefusal } from '#domain/patch.ts';
import { say } from '#domain/phrase.ts';
import type { JudgedFinding, PatchedFinding } from '#domain/verdict.ts';
import type { Workspace } from '#ports/workspace.ts';
import { draftFromScannerFix } from './from-scanner-fix.ts';
import { type ProveContext, proveDraft } from './prove-draft.ts';
import { type HeadFile, readHeadFile } from './read-head-file.ts';
import { phraseBookOf } from './rung.ts';

/** Fixes of one finding that are tried, and refusals that are told. */
const MAX_TRIED = 10;
const MAX_TOLD = 3;

export interface ProposeContext extends ProveContext {
  /** The sources at head. */
  readonly workspace: Workspace;
}

/**
 * The findings in the order given, each with the first of its fixes that climbs the whole ladder.
 * Findings out of scope, dismissed ones and those without a place in a file get none.
 * @param findings all findings of the files that they lie in: what is proved of a neighbour counts
 */
export async function proposePatches(
  findings: readonly JudgedFinding[],
  context: ProposeContext,
): Promise<readonly PatchedFinding[]> {
  const byPath = Map.groupBy(findings, ({ location }) => location.path);
  const files = new Map<string, HeadFile>();
  const patched: PatchedFinding[] = [];
  for (const finding of findings) {
    if (!isMendable(finding)) {
      patched.push({ ...finding, patch: null, refusedPatches: [] });
      continue;
    }
    const { path } = finding.location;
    const file = files.get(path) ?? (await readHeadFile(context.workspace, path));
    files.set(path, file);
    patched.push(await tryFixes(finding, { file, inFile: byPath.get(path) ?? [], context }));
  }
  return patched;
}

/** Whether its fixes are tried at all. */
export function isMendable({ inScope, verdict, fixes, location }: JudgedFinding): boolean {
  return (
    inScope && verdict !== null && verdict.label !== 'false_positive' && fixes.length > 0 && location.resolved
  );
}

interface Surroundings {
  readonly file: HeadFile;
  readonly inFile: readonly JudgedFinding[];
  readonly context: ProposeContext;
}

async function tryFixes(
  finding: JudgedFinding,
  { file, inFile, context }: Surroundings,
): Promise<PatchedFinding> {
  const book = phraseBookOf(context.language);
  const refusals: PatchRefusal[] = [];
  for (const fix of finding.fixes.slice(0, MAX_TRIED)) {
    const { tool, description } = fix;
    const draft = (text: string) => draftFromScannerFix(fix, finding.location.path, text);
    const proposer = { origin: 'scanner', tool, description } as const;
    const outcome = await proveDraft({ finding, inFile, file, draft, proposer }, context);
    if (outcome.kind === 'proved') return { ...finding, patch: outcome.patch, refusedPatches: [] };
    refusals.push({ origin: 'scanner', tool, failed: outcome.failed, why: say(outcome.why, book) });
  }
  return { ...finding, patch: null, refusedPatches: refusals.slice(0, MAX_TOLD) };
}
