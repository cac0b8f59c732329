// Judged findings → findings with a proved change, or with the reasons why the changes that were proposed are not offered.
import type { ProposedFix } from '#domain/finding.ts';
import type { Patch, PatchRefusal } from '#domain/patch.ts';
import { type Phrase, phrase, say } from '#domain/phrase.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import type { JudgedFinding, PatchedFinding } from '#domain/verdict.ts';
import type { Workspace } from '#ports/workspace.ts';
import { climbLadder, type UnderstandText } from './climb-ladder.ts';
import { draftFromScannerFix } from './from-scanner-fix.ts';
import { type HeadFile, readHeadFile, sha256 } from './read-head-file.ts';
import { rejudge, type WeaknessProver } from './rejudge.ts';
import { phraseBookOf, sayRung } from './rung.ts';

/** Fixes of one finding that are tried, and refusals that are told. */
const MAX_TRIED = 10;
const MAX_TOLD = 3;

export interface ProposeContext {
  /** The sources at head. */
  readonly workspace: Workspace;
  /** Null when there is no change under review. */
  readonly reviewDiff: ReviewDiff | null;
  readonly understand: UnderstandText;
  readonly prover: WeaknessProver;
  /** Of what was checked, and of refusals. */
  readonly language: 'en' | 'zh-CN';
}

/**
 * The findings in the order given, each with the first of its fixes that climbs the whole ladder. Findings out of scope, dismissed ones
 * and those without a place in a file get none.
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
    patched.push(await patchOne(finding, { file, inFile: byPath.get(path) ?? [], context }));
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

async function patchOne(finding: JudgedFinding, around: Surroundings): Promise<PatchedFinding> {
  const refusals: PatchRefusal[] = [];
  for (const fix of finding.fixes.slice(0, MAX_TRIED)) {
    const outcome = await tryFix(finding, fix, around);
    if ('edits' in outcome) return { ...finding, patch: outcome, refusedPatches: [] };
    refusals.push(outcome);
  }
  return { ...finding, patch: null, refusedPatches: refusals.slice(0, MAX_TOLD) };
}

async function tryFix(
  finding: JudgedFinding,
  fix: ProposedFix,
  { file, inFile, context }: Surroundings,
): Promise<Patch | PatchRefusal> {
  const { path } = finding.location;
  const origin = 'scanner';
  const book = phraseBookOf(context.language);
  const refuse = (failed: PatchRefusal['failed'], why: Phrase): PatchRefusal => ({
    origin,
    tool: fix.tool,
    failed,
    why: say(why, book),
  });
  if (file.kind === 'unusable')
    return refuse('policy', phrase`No patch may touch this file: it ${file.why}.`);
  const before = file.text;
  const draft = draftFromScannerFix(fix, path, before);
  if (draft.kind === 'unusable') return refuse(draft.failed, draft.why);
  const { edits } = draft;
  const { reviewDiff, understand, prover } = context;
  const climbed = await climbLadder({ path, before, edits, place: finding.location, reviewDiff, understand });
  if (climbed.kind === 'fell') return refuse(climbed.failed, climbed.why);
  const { after } = climbed;
  const judged = await rejudge({ finding, inFile, before, after, edits, prover });
  if ('template' in judged) return refuse('rejudged', judged);
  return {
    path,
    origin,
    tool: fix.tool,
    description: fix.description,
    edits,
    before: file.sha256,
    after: sha256(after),
    checks: [...climbed.checks, judged].map((rung) => sayRung(rung, book)),
  };
}
