// The ladder that every proposed change climbs before anybody sees it: it applies, it is allowed, the file still parses.

import type { LineRange, SourceUnit, UnitFailure } from '#code/source-unit.ts';
import { applyEdits, editProblem } from '#domain/apply-edits.ts';
import type { LineEdit, PatchRefusal } from '#domain/patch.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import { lostFunction } from './lost-function.ts';
import { mapThroughEdits } from './map-through-edits.ts';
import { maskMend } from './mask-mend.ts';
import { programChange } from './mended-starts.ts';
import { type PolicyQuestion, policyProblem } from './patch-policy.ts';
import { PROGRAM_WEAKNESSES } from './program-starts.ts';
import type { Rung } from './rung.ts';

/** Understands `text` as if it stood in the file `path`. */
export type UnderstandText = (path: string, text: string) => Promise<SourceUnit | UnitFailure>;

export interface LadderQuestion extends PolicyQuestion {
  readonly understand: UnderstandText;
}

export type LadderOutcome =
  | { readonly kind: 'climbed'; readonly after: string; readonly checks: readonly Rung[] }
  /** `why` is a sentence. */
  | { readonly kind: 'fell'; readonly failed: PatchRefusal['failed']; readonly why: Phrase };

const CHANGES_NOTHING = phrase`The patch changes nothing.`;

/** The first three rungs; the edits may come from anywhere. */
export async function climbLadder(question: LadderQuestion): Promise<LadderOutcome> {
  const { before, edits } = question;
  if (edits.length === 0) return fell('applies', CHANGES_NOTHING);
  const problem = editProblem(before, edits);
  if (problem !== null) return fell('applies', phrase`The patch does not apply: ${problem}.`);
  const after = applyEdits(before, edits);
  if (after === before) return fell('applies', CHANGES_NOTHING);
  const forbidden = await forbiddenChange(question, after);
  if (forbidden !== null) return fell('policy', forbidden);
  const parsed = await checkSyntax(question, after);
  if ('kind' in parsed) return parsed;
  const checks: readonly Rung[] = [
    { check: 'applies', outcome: 'passed', text: phrase`It was applied to the file as it is at head.` },
    {
      check: 'policy',
      outcome: 'passed',
      text: phrase`It is small, stays in this change and brings in nothing that is not allowed.`,
    },
    parsed,
  ];
  return { kind: 'climbed', after, checks };
}

function fell(failed: PatchRefusal['failed'], why: Phrase): LadderOutcome {
  return { kind: 'fell', failed, why };
}

/** What the policy says; a start of programs without a shell, in the place of the same one with it, does not count for it. */
async function forbiddenChange(question: LadderQuestion, after: string): Promise<Phrase | null> {
  const { path, before, edits, cwe, understand } = question;
  const problem = policyProblem(question);
  const mayMend = cwe.some((one) => PROGRAM_WEAKNESSES.includes(one));
  if (problem !== null && !mayMend) return problem;
  const old = await understand(path, before);
  const now = await understand(path, after);
  // Places count in the text that was understood: a byte order mark is no part of it.
  if (old.kind === 'failure' || now.kind === 'failure' || old.text !== before || now.text !== after)
    return problem;
  const change = programChange(old, now, edits);
  if (problem === null) return change.kind === 'other programs' ? change.why : null;
  if (change.kind !== 'mended') return problem;
  return policyProblem({ ...question, ...maskMend(question, change.starts) });
}

/** The rung; or what the file no longer is, or what only its syntax shows of the patch to be forbidden. */
async function checkSyntax(
  { path, before, edits, place, understand }: LadderQuestion,
  after: string,
): Promise<Rung | LadderOutcome> {
  const old = await understand(path, before);
  if (old.kind === 'failure')
    return {
      check: 'parses',
      outcome: 'not_applicable',
      text: phrase`The syntax was not checked. ${old.why}`,
    };
  const now = await understand(path, after);
  if (now.kind === 'failure')
    return fell('parses', phrase`The patched file is not understood any more. ${now.why}`);
  const known = new Set(old.errors.map((range) => keyAfter(edits, range)));
  const broken = now.errors.find(({ startLine, endLine }) => !known.has(`${startLine}-${endLine}`));
  if (broken !== undefined)
    return fell('parses', phrase`With the patch, line ${broken.startLine} has a syntax error.`);
  const lost = lostFunction(old, now, { place, edits });
  if (lost !== null) return fell('policy', lost);
  return { check: 'parses', outcome: 'passed', text: phrase`The patched file parses.` };
}

/** Where an old error would stand afterwards; one whose lines are replaced excuses nothing. */
function keyAfter(edits: readonly LineEdit[], { startLine, endLine }: LineRange): string {
  const start = mapThroughEdits(edits, startLine);
  const end = mapThroughEdits(edits, endLine);
  return start === null || end === null || end - start !== endLine - startLine ? '' : `${start}-${end}`;
}
