// A model's answer as it is kept between runs: what it quotes is put as lines and columns of the dossier, so that no source is stored.
import * as z from 'zod';
import { CLAIM_KINDS, CODE_REQUESTS, DISMISSAL_CLASSES } from '#domain/claim.ts';
import type { Dossier, DossierItem } from '#domain/dossier.ts';
import type { ModelAnswer } from '#domain/model-answer.ts';
import { VERDICT_LABELS } from '#domain/verdict.ts';
import { locateQuote } from './locate-quote.ts';

/** An item's text as the model saw it; the same for packing and unpacking. */
export type SeenText = (item: DossierItem) => string;

/** A run of source this long is taken out of prose, too. */
const GRAM = 12;
/** Stands around a reference inside prose, which is free of control characters. */
const MARK = '\u0001';
const REFERENCE = /\u0001([^\u0001]*)\u0001/g;

const count = z.int().min(0).max(1_000_000);
/** Lines of the item from 0, both included; columns of the first and of the last one. */
const spot = z.strictObject({ first: count, from: count, last: count, to: count });
type Spot = z.infer<typeof spot>;

const packedSchema = z.strictObject({
  version: z.literal(1),
  label: z.enum(VERDICT_LABELS),
  confidence: z.number().min(0).max(1),
  dismissal: z.enum(DISMISSAL_CLASSES).nullable(),
  claims: z.array(
    z.strictObject({
      kind: z.enum(CLAIM_KINDS),
      item: z.string(),
      at: spot.nullable(),
      symbol: z.string(),
      says: z.string(),
    }),
  ),
  rootCause: z.string(),
  openQuestion: z.string().nullable(),
  requests: z.array(z.strictObject({ ask: z.enum(CODE_REQUESTS), name: z.string() })),
});

/**
 * Plain data, fit for JSON. A quote that stands nowhere in its item is not kept: it proves nothing, and may be source of elsewhere. So
 * what comes back is not letter by letter what went in; to have the same bytes with and without the cache, use what `unpackAnswer`
 * gives in both cases.
 */
export function packAnswer(answer: ModelAnswer, dossier: Dossier, seen: SeenText = textOf): unknown {
  const hide = createHider(dossier.items, seen);
  return {
    version: 1,
    label: answer.label,
    confidence: answer.confidence,
    dismissal: answer.dismissal,
    claims: answer.claims.map(({ kind, item, quote, symbol, says }) => ({
      ...{ kind, item, symbol: hide(symbol), says: hide(says) },
      at: spotOf(
        quote,
        dossier.items.find(({ id }) => id === item),
        seen,
      ),
    })),
    rootCause: hide(answer.rootCause),
    openQuestion: answer.openQuestion === null ? null : hide(answer.openQuestion),
    requests: answer.requests.map(({ ask, name }) => ({ ask, name: hide(name) })),
  };
}

/** Null for anything that `packAnswer` did not make for a dossier with these items. Never throws. */
export function unpackAnswer(stored: unknown, dossier: Dossier, seen: SeenText = textOf): ModelAnswer | null {
  const parsed = packedSchema.safeParse(stored);
  if (!parsed.success) return null;
  const { version: _version, ...packed } = parsed.data;
  let isWhole = true;
  const read = (item: string, at: Spot): string => {
    const text = readSpot(
      dossier.items.find(({ id }) => id === item),
      at,
      seen,
    );
    isWhole &&= text !== null;
    return text ?? '';
  };
  const show = (prose: string): string =>
    prose.replace(REFERENCE, (_, reference: string) => {
      const [item = '', line = '', from = '', to = ''] = reference.split(':');
      return read(item, { first: Number(line), from: Number(from), last: Number(line), to: Number(to) });
    });
  const answer: ModelAnswer = {
    ...packed,
    claims: packed.claims.map(({ at, ...claim }) => ({
      ...{ ...claim, symbol: show(claim.symbol), says: show(claim.says) },
      quote: at === null ? '' : read(claim.item, at),
    })),
    rootCause: show(packed.rootCause),
    openQuestion: packed.openQuestion === null ? null : show(packed.openQuestion),
    requests: packed.requests.map(({ ask, name }) => ({ ask, name: show(name) })),
  };
  return isWhole ? answer : null;
}

function textOf({ text }: DossierItem): string {
  return text;
}

function spotOf(quote: string, item: DossierItem | undefined, seen: SeenText): Spot | null {
  if (item === undefined) return null;
  const [place] = locateQuote(quote, seen(item));
  if (place === undefined) return null;
  const lines = seen(item).split('\n');
  const pieces = quote
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const first = lines[place.first] ?? '';
  const last = lines[place.last] ?? '';
  const from = first.indexOf(pieces[0] ?? '');
  const end = place.first === place.last ? from : last.indexOf(pieces.at(-1) ?? '');
  if (from < 0 || end < 0) return { first: place.first, from: 0, last: place.last, to: last.length };
  return { first: place.first, from, last: place.last, to: end + (pieces.at(-1) ?? '').length };
}

function readSpot(
  item: DossierItem | undefined,
  { first, from, last, to }: Spot,
  seen: SeenText,
): string | null {
  const lines = item === undefined ? [] : seen(item).split('\n');
  const end = lines[last];
  const isInside =
    [first, from, last, to].every(Number.isInteger) && first <= last && end !== undefined && to <= end.length;
  if (!isInside) return null;
  const quoted = [...lines.slice(first, last), end.slice(0, to)];
  // A quote that begins within its line stays one: its other lines keep the indentation that they have.
  return [(quoted[0] ?? '').slice(from), ...quoted.slice(1)].join('\n');
}

/** Puts every run of `GRAM` or more characters that also stands in an item as a reference to it. */
function createHider(items: readonly DossierItem[], seen: SeenText): (prose: string) => string {
  const lines = items.flatMap((item) =>
    seen(item)
      .split('\n')
      .map((text, line) => ({ item: item.id, line, text })),
  );
  const grams = new Map<
    string,
    { readonly item: string; readonly line: number; readonly text: string; readonly at: number }
  >();
  for (const { item, line, text } of lines) {
    for (let at = 0; at + GRAM <= text.length; at += 1) {
      const gram = text.slice(at, at + GRAM);
      if (gram.trim().length === GRAM && !grams.has(gram)) grams.set(gram, { item, line, text, at });
    }
  }
  return (prose) => {
    const plain = prose.replaceAll(MARK, '');
    let shown = '';
    let at = 0;
    while (at < plain.length) {
      const found = grams.get(plain.slice(at, at + GRAM));
      if (found === undefined) {
        shown += plain.charAt(at);
        at += 1;
        continue;
      }
      let length = GRAM;
      while (at + length < plain.length && found.text.charAt(found.at + length) === plain.charAt(at + length))
        length += 1;
      shown += `${MARK}${found.item}:${found.line}:${found.at}:${found.at + length}${MARK}`;
      at += length;
    }
    return shown;
  };
}
