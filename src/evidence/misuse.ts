// Weaknesses that are a constant or a missing switch themselves: the call's form is the evidence, its input is no excuse.

import { calleeOf, findSafeForms } from './call-facts.ts';
import type { FormEntry } from './catalog-schema.ts';
import { citeAll } from './citing.ts';
import { holds } from './condition.ts';
import type { EvidenceDraft } from './draft.ts';
import { findHardCodedSecret } from './hard-coded-secret.ts';
import { nameDoubt } from './name-doubt.ts';
import { askNoSink } from './open-question.ts';
import { narrowToColumns, type Place, pathsOf, type Seen, seenAt } from './place.ts';

export interface Candidate {
  readonly seen: Seen;
  readonly entry: FormEntry;
  readonly verdict: boolean | null;
}

export function judgeMisuse(place: Place, draft: EvidenceDraft): void {
  const candidates = findCandidates(place);
  const proved = candidates.filter((candidate) => candidate.verdict === true);
  for (const { seen, entry } of proved) {
    const { node, values } = seen.observation;
    draft.fact(
      'misuse',
      `Line ${node.span.line}: ${entry.text}`,
      citeAll(place.unit, [node.span, ...values.flatMap((value) => value.steps)]),
    );
  }
  if (proved.length > 0 || findHardCodedSecret(place, draft)) return;
  const safe = findSafeForms(place);
  const open = candidates.filter(
    ({ verdict, seen }) =>
      verdict === null && !safe.some((form) => form.seen.observation.node === seen.observation.node),
  );
  if (open.length > 0 || safe.length === 0) {
    for (const candidate of open) askForm(place, candidate, draft);
    if (open.length === 0) askNoSink(place, draft);
    return;
  }
  for (const { seen, entry } of safe) {
    const { node, values } = seen.observation;
    draft.fact(
      'safe_call',
      `Line ${node.span.line}: ${entry.text}`,
      citeAll(place.unit, [node.span, ...values.flatMap((value) => value.steps)]),
    );
  }
}

/** Calls at the place that may be misuses, with what their form says: null when that is not sure. */
export function findCandidates(place: Place): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const seen of seenAt(place)) {
    for (const entry of place.catalog.misuse.find(pathsOf(seen))) {
      if (!entry.cwe.some((cwe) => place.weaknesses.has(cwe))) continue;
      const verdict = seen.run.incomplete === null ? holds(entry.when, seen) : null;
      found.push({ seen, entry, verdict });
    }
  }
  return narrowToColumns(found, place);
}

function askForm(place: Place, { seen }: Candidate, draft: EvidenceDraft): void {
  const { node, values } = seen.observation;
  const doubt = values.flatMap((value) => value.doubts)[0];
  const what = doubt === undefined ? 'its options are not known' : `${nameDoubt(doubt)} is not known`;
  draft.unknown(
    'REV.unknown',
    `Whether ${calleeOf(place, { seen })} in line ${node.span.line} is used wrongly is open: ${what}.`,
    citeAll(place.unit, [node.span]),
  );
}
