// Why the code alone does not decide: one sentence that names the variable or call and its line.
import type { Doubt, Taint, Value } from '../code/evaluate/value.ts';
import type { FormEntry } from './catalog-schema.ts';
import { cite, citeLines } from './citing.ts';
import { askHost } from './decides-host.ts';
import type { EvidenceDraft } from './draft.ts';
import { lineOf } from './line-words.ts';
import { nameDoubt } from './name-doubt.ts';
import type { Place } from './place.ts';
import type { Sink } from './sink.ts';

export function askNoSink(place: Place, draft: EvidenceDraft): void {
  const kinds =
    place.families.map((family) => family.name).join(', ') ||
    place.finding.cwe.map((cwe) => `CWE-${cwe}`).join(', ');
  draft.unknown(
    'REV.no-sink',
    `Line ${place.startLine} holds no call that the catalogue knows for ${kinds}: what does it call?`,
    [citeLines(place.unit, place.startLine, place.endLine)],
  );
}

/** The first doubt about the sink's arguments, as a question. */
export function askAbout(place: Place, sink: Sink, form: FormEntry | null, draft: EvidenceDraft): void {
  const { node } = sink.seen.observation;
  const { incomplete } = sink.seen.run;
  if (incomplete !== null) {
    draft.unknown(
      'REV.unknown',
      `The function was not evaluated to its end because of ${incomplete.text} (line ${incomplete.span.line}).`,
      [cite(place.unit, incomplete.span)],
    );
    return;
  }
  if (!sink.entry.constantExcuses) {
    draft.unknown(
      'REV.unknown',
      `Whether line ${node.span.line} is safe depends on sizes and lifetimes, which are not looked at yet.`,
      [cite(place.unit, node.span)],
    );
    return;
  }
  const { guarded } = sink.seen.observation;
  const question = sink.values
    .flatMap(({ taints }) => taints)
    .filter(({ span }) => !guarded.has(span.start))
    .map((taint) => (form === null ? askHost(place, taint) : askForm(taint, form)))[0];
  if (typeof question === 'string') {
    draft.unknown('REV.unknown', question.charAt(0).toUpperCase() + question.slice(1), [
      cite(place.unit, node.span),
    ]);
    return;
  }
  const doubted = sink.values.find((value) => value.doubts.length > 0 || value.taints.length > 0);
  const doubt = doubted?.doubts[0];
  if (doubt !== undefined && doubted !== undefined) {
    askDoubt(place, doubted, doubt, draft);
    return;
  }
  const taint = doubted?.taints[0];
  if (taint !== undefined) {
    draft.unknown(
      'REV.unknown',
      `${taint.label} of ${lineOf(taint.span)} is looked at by a condition before it gets here: is that check enough?`,
      [cite(place.unit, taint.span), cite(place.unit, node.span)],
    );
    return;
  }
  draft.unknown('REV.unknown', `Line ${node.span.line} is given nothing that could be followed.`, [
    cite(place.unit, node.span),
  ]);
}

/** The call looks safe, but the file itself defines or imports what it is called on. */
function askForm(taint: Taint, form: FormEntry): string {
  return `${taint.label} of ${lineOf(taint.span)} reaches a call of a safe form (${form.text.replace(/\.$/, '')}): is it the known API?`;
}

function askDoubt(place: Place, value: Value, doubt: Doubt, draft: EvidenceDraft): void {
  const { line } = doubt.span;
  const citations = [cite(place.unit, doubt.span)];
  const onlyParameters = value.doubts.every(({ kind }) => kind === 'parameter') && value.taints.length === 0;
  if (onlyParameters) {
    const citation = citeLines(doubt.span.file ?? place.unit, line, line);
    draft.unknown('REV.param', `The value comes from ${nameDoubt(doubt)}; no caller was looked at.`, [
      citation,
    ]);
    return;
  }
  const other = value.doubts.find(({ kind }) => kind !== 'parameter') ?? doubt;
  const what = nameDoubt(other);
  const question = other.kind === 'call' ? `What does ${what} return?` : `What can ${what} hold?`;
  draft.unknown('REV.unknown', question, other === doubt ? citations : [cite(place.unit, other.span)]);
}
