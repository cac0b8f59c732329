// Findings without a proved fix → the same with what a model proposes: asked once, and once more with the reason when a rung fails.
import type { PatchRefusal } from '#domain/patch.ts';
import { say } from '#domain/phrase.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import { compareSeverity } from '#domain/severity.ts';
import type { JudgedFinding, PatchedFinding } from '#domain/verdict.ts';
import type { Workspace } from '#ports/workspace.ts';
import { deniedPath } from './denied-paths.ts';
import { draftFromModel } from './from-model.ts';
import type { ModelEdit } from './patch-answer.ts';
import { type ProveContext, type ProvedDraft, proveDraft } from './prove-draft.ts';
import { type HeadFile, readHeadFile } from './read-head-file.ts';
import { reasonProblem, tidyReason } from './reason-problem.ts';
import { phraseBookOf } from './rung.ts';

/** What a model proposes, checked against its schema and nothing else. */
export type PatchIdea =
  | {
      readonly kind: 'edits';
      readonly edits: readonly ModelEdit[];
      /** Outside text. */
      readonly why: string;
      /** `provider/name`. */
      readonly model: string;
    }
  /** It declined, failed, or was not asked: the budget is the asker's. */
  | { readonly kind: 'none' };

/**
 * @param refused why the model's first proposal was not good enough, in English; empty the first time. Pieces of what it wrote stand
 * between backticks: outside text.
 */
export type AskForPatch = (finding: JudgedFinding, refused: readonly PatchRefusal[]) => Promise<PatchIdea>;

/** Who is asked, about which findings, and who watches. */
export interface PatchAsking {
  readonly ask: AskForPatch;
  /** Ids of the findings that are worth a question; null: all of which a patch could be had. */
  readonly about: ReadonlySet<string> | null;
  /** Before the first question: findings that are asked about, and those that stand without a patch and are not. */
  onStart(counts: { readonly asked: number; readonly leftOut: number }): void;
  /** So many have their patch, or will have none. */
  onDone(count: number): void;
}

export interface AskContext extends ProveContext {
  /** The sources at head. */
  readonly workspace: Workspace;
  readonly asking: PatchAsking;
}

const TRIES = 2;
/** Characters of a model's name. */
const MAX_NAME = 200;

/**
 * In the order given. The most severe are asked about first, all without waiting for each other (how many at once is the asker's to say);
 * what comes back is proved one after the other. Second tries start when all answers of the first are there: whose question comes before
 * whose, and so what the budget lets through, must not depend on who was answered faster.
 * @param findings all findings of the files that they lie in; those with a patch keep it
 */
export async function askForPatches(
  findings: readonly PatchedFinding[],
  context: AskContext,
): Promise<readonly PatchedFinding[]> {
  const byPath = Map.groupBy(findings, ({ location }) => location.path);
  const inTurn = createTurns();
  const patched = new Map<string, PatchedFinding>();
  const { about, onStart, onDone } = context.asking;
  const possible = findings.filter((finding) => mayBeMended(finding, context.reviewDiff));
  let open: readonly Attempt[] = possible
    .filter(({ id }) => about === null || about.has(id))
    .sort((a, b) => compareSeverity(b.severity, a.severity))
    .map((finding) => ({ finding, reasons: [], isOver: false }));
  onStart({ asked: open.length, leftOut: possible.length - open.length });
  let done = 0;
  for (let round = 0; round < TRIES && open.length > 0; round += 1) {
    const asked = open.map(async (attempt) => {
      const inFile = byPath.get(attempt.finding.location.path) ?? [];
      const outcome = await tryModel(attempt, { inFile, inTurn, context });
      if (outcome.isOver) done += 1;
      onDone(done);
      return outcome;
    });
    const tried = await Promise.all(asked);
    for (const { finding } of tried) patched.set(finding.id, finding);
    open = tried.filter(({ isOver }) => !isOver);
  }
  return findings.map((finding) => patched.get(finding.id) ?? finding);
}

/** A real or an open finding at known lines and without a patch, where the patch policy would let one be. */
export function mayBeMended(
  { inScope, verdict, location, patch, suppression }: PatchedFinding,
  reviewDiff: ReviewDiff | null,
): boolean {
  if (suppression?.honoured === true) return false;
  if (patch !== null || !inScope || verdict === null || verdict.label === 'false_positive') return false;
  if (!location.resolved || location.wholeFile === true || deniedPath(location.path) !== null) return false;
  return reviewDiff?.complete !== true || reviewDiff.files.some(({ newPath }) => newPath === location.path);
}

interface Surroundings {
  readonly inFile: readonly JudgedFinding[];
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly context: AskContext;
}

interface Attempt {
  readonly finding: PatchedFinding;
  /** Why its proposals fell so far, in English. */
  readonly reasons: readonly PatchRefusal[];
  readonly isOver: boolean;
}

async function tryModel(
  { finding, reasons }: Attempt,
  { inFile, inTurn, context }: Surroundings,
): Promise<Attempt> {
  const idea = await context.asking.ask(finding, reasons);
  if (idea.kind === 'none') return { finding, reasons, isOver: true };
  const outcome = await inTurn(async () => {
    const file = await readHeadFile(context.workspace, finding.location.path);
    return proveIdea(idea, { finding, inFile, file }, context);
  });
  if (outcome.kind === 'proved') {
    return { finding: { ...finding, patch: outcome.patch, refusedPatches: [] }, reasons, isOver: true };
  }
  const refusal = { origin: 'model', tool: nameOf(idea), failed: outcome.failed } as const;
  const told: PatchRefusal = { ...refusal, why: say(outcome.why, phraseBookOf(context.language)) };
  return {
    finding: { ...finding, refusedPatches: [...finding.refusedPatches, told] },
    reasons: [...reasons, { ...refusal, why: say(outcome.why, null) }],
    isOver: false,
  };
}

type Edits = Extract<PatchIdea, { kind: 'edits' }>;

async function proveIdea(
  idea: Edits,
  of: { readonly finding: JudgedFinding; readonly inFile: readonly JudgedFinding[]; readonly file: HeadFile },
  context: AskContext,
): Promise<ProvedDraft> {
  const wrong = reasonProblem(idea.why);
  if (wrong !== null) return { kind: 'fell', failed: 'policy', why: wrong };
  const draft = (text: string) => draftFromModel(idea.edits, of.finding.location.path, text);
  const proposer = { origin: 'model', tool: nameOf(idea), description: tidyReason(idea.why) } as const;
  return proveDraft({ ...of, draft, proposer }, context);
}

function nameOf({ model }: Edits): string {
  return model.slice(0, MAX_NAME).toWellFormed();
}

/** One work after the other, in the order in which they come. */
function createTurns(): Surroundings['inTurn'] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
}
