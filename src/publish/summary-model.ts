// What a model was asked, how much of it came to nothing, and what it cost: one line of every summary (security R5, R10).
import { MODEL_FAILURES, type ModelFailureKind } from '#domain/model.ts';
import type { RunRecord } from '#domain/result-document.ts';
import type { Section } from './fit-sections.ts';
import { quoted } from './markdown-blocks.ts';
import { modelMessagesOf } from './messages/model-messages-of.ts';

/** Null when no model was asked. Rank 0: findings that were not asked about are never left out in silence. */
export function modelSection(run: RunRecord): Section | null {
  const line = modelLine(run, quoted);
  return line === null ? null : { before: `\n${line}\n`, rows: [], after: '', rank: 0 };
}

/** One sentence; `show` makes the model's name fit for where it stands. */
export function modelLine(
  { model, modelUse, language }: RunRecord,
  show: (name: string) => string,
): string | null {
  if (model === null || modelUse === undefined) return null;
  const said = modelMessagesOf(language);
  const { asked, answered, notAsked, failures, patches, embeddings, tokens, money } = modelUse;
  const unmended = patches?.failures ?? {};
  // Findings that the budget left out are counted apart.
  const counted = (countOf: (kind: ModelFailureKind) => number) =>
    MODEL_FAILURES.filter((kind) => kind !== 'budget').flatMap((kind) =>
      countOf(kind) > 0 ? [[kind, countOf(kind)] as const] : [],
    );
  const failed = counted((kind) => (failures[kind] ?? 0) - (unmended[kind] ?? 0));
  const failedPatches = counted((kind) => unmended[kind] ?? 0);
  const patchesNotAsked = patches?.notAsked ?? 0;
  return said.joined([
    said.asked(show(model), asked, answered),
    ...(notAsked > 0 ? [said.notAsked(notAsked)] : []),
    ...(failed.length > 0 ? [said.failures(failed)] : []),
    ...(patchesNotAsked > 0 ? [said.patchesNotAsked(patchesNotAsked)] : []),
    ...(failedPatches.length > 0 ? [said.patchFailures(failedPatches)] : []),
    said.tokens(tokens),
    said.money(money, modelUse.price ?? null),
    ...(embeddings === undefined ? [] : [said.embeddings(show(embeddings.model), embeddings)]),
  ]);
}
