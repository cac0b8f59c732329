// A drafted change of a finding's file → the patch that climbed the whole ladder, or the rung it fell off: the same for every proposer.
import type { LineEdit, Patch, PatchOrigin, PatchRefusal } from '#domain/patch.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import { climbLadder, type UnderstandText } from './climb-ladder.ts';
import type { DraftedPatch } from './from-scanner-fix.ts';
import { type HeadFile, sha256 } from './read-head-file.ts';
import { rejudge, type WeaknessProver } from './rejudge.ts';
import { phraseBookOf, SKIPPED_RUNGS, sayRung } from './rung.ts';

export interface ProveContext {
  /** Null when there is no change under review. */
  readonly reviewDiff: ReviewDiff | null;
  readonly understand: UnderstandText;
  readonly prover: WeaknessProver;
  /** Of what was checked, and of refusals. */
  readonly language: 'en' | 'zh-CN';
}

/** Whose idea it is; both texts are outside text. */
export interface Proposer {
  readonly origin: PatchOrigin;
  readonly tool: string;
  readonly description: string | null;
}

export interface DraftQuestion {
  readonly finding: JudgedFinding;
  /** All findings of the file: what is proved of a neighbour counts. */
  readonly inFile: readonly JudgedFinding[];
  readonly file: HeadFile;
  readonly draft: (text: string) => DraftedPatch;
  readonly proposer: Proposer;
}

export type ProvedDraft =
  | { readonly kind: 'proved'; readonly patch: Patch }
  /** `why` is a sentence that has no language yet. */
  | { readonly kind: 'fell'; readonly failed: PatchRefusal['failed']; readonly why: Phrase };

export async function proveDraft(
  { finding, inFile, file, draft, proposer }: DraftQuestion,
  { reviewDiff, understand, prover, language }: ProveContext,
): Promise<ProvedDraft> {
  const { path } = finding.location;
  if (file.kind === 'unusable') return fell('policy', phrase`No patch may touch this file: it ${file.why}.`);
  const before = file.text;
  const drafted = draft(before);
  if (drafted.kind === 'unusable') return fell(drafted.failed, drafted.why);
  const edits: readonly LineEdit[] = drafted.edits;
  const { location: place, cwe } = finding;
  const climbed = await climbLadder({ path, before, edits, place, cwe, reviewDiff, understand });
  if (climbed.kind === 'fell') return climbed;
  const { after } = climbed;
  const judged = await rejudge({ finding, inFile, before, after, edits, prover });
  if ('template' in judged) return fell('rejudged', judged);
  const book = phraseBookOf(language);
  const checks = [...climbed.checks, judged, ...SKIPPED_RUNGS].map((rung) => sayRung(rung, book));
  return {
    kind: 'proved',
    patch: { path, ...proposer, edits, before: file.sha256, after: sha256(after), checks },
  };
}

function fell(failed: PatchRefusal['failed'], why: Phrase): ProvedDraft {
  return { kind: 'fell', failed, why };
}
