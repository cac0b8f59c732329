// A model's claims → what a machine could confirm of each: the item is there, the quote stands in it, and the code there is what is claimed.
import type { CheckedClaim, Claim, ClaimKind } from '#domain/claim.ts';
import type { Dossier, DossierItem } from '#domain/dossier.ts';
import type { ModelAnswer } from '#domain/model-answer.ts';
import { markOutside } from '#support/mark-outside.ts';
import { shorten } from '#support/shorten.ts';
import type { CodeIndex } from '../../code/code-index.ts';
import { type KnownApis, NO_APIS } from '../../code/known-apis.ts';
import type { SourceUnit } from '../../code/source-unit.ts';
import type { Language } from '../message-catalogue.ts';
import {
  checkConstant,
  checkGuard,
  checkSafeForm,
  checkSanitizer,
  checkUnreachable,
} from './check-dismissing.ts';
import { checkFlow, checkSink, checkSource, checkWords } from './check-proving.ts';
import { holding, type Quoted, quotedAt, type Ruling, type Scene, struck } from './claim-scene.ts';
import { type ClaimWhy, sayClaim } from './claim-words.ts';
import { type Cover, coverValues } from './cover-values.ts';
import { findCleaners } from './find-cleaners.ts';
import { fixedValueOf } from './fixed-constants.ts';
import { locateQuote } from './locate-quote.ts';
import { type CodePlace, placeOf } from './place-values.ts';

export interface ClaimContext {
  readonly code: CodeIndex;
  /** What the catalogue knows of calls; without it no claim is confirmed by knowledge of APIs. */
  readonly apis?: KnownApis;
  /** An item's text as the model saw it, line for line (secrets taken out, invisible characters named); without it, as it stands. */
  readonly visible?: (item: DossierItem) => string | Promise<string>;
  /** Of `why`; English when left out. */
  readonly language?: Language;
}

/** Longest quote in a citation, in UTF-16 units. */
const LONGEST_QUOTE = 2000;

type Checker = (quoted: Quoted, scene: Scene) => Ruling;

const CHECKERS: Readonly<Record<ClaimKind, Checker>> = {
  sanitizer: checkSanitizer,
  guard: checkGuard,
  constant: checkConstant,
  safe_api: checkSafeForm,
  unreachable: checkUnreachable,
  trusted_source: checkWords,
  source: checkSource,
  sink: checkSink,
  flow: checkFlow,
  context: checkWords,
};

/** Where a claim's quote stands, and what the syntax there is; `why` when that is already the end of it. */
interface Located {
  readonly claim: Claim;
  readonly item: DossierItem | null;
  readonly places: readonly { readonly startLine: number; readonly endLine: number }[];
  readonly quoted: readonly Quoted[];
  readonly why: ClaimWhy | null;
}

interface Ruled {
  readonly quoted: Quoted | null;
  readonly ruling: Ruling;
}

/**
 * The claims in the order given, each with its outcome, the reason in `language`, and a citation of the lines at head unless its quote
 * stands nowhere. A claim of kind `sanitizer`, `guard` or `constant` opens only when together with the others it answers for every
 * value at the finding's place: what is true of one variable says nothing of the next. Reads files through `code` only.
 */
export async function checkClaims(
  answer: Pick<ModelAnswer, 'claims'>,
  dossier: Dossier,
  context: ClaimContext,
): Promise<readonly CheckedClaim[]> {
  const { case: theCase } = dossier;
  const located: Located[] = [];
  for (const [id, claim] of answer.claims.entries()) located.push(await locate(id, claim, dossier, context));
  const apis = context.apis ?? NO_APIS;
  const place = await findPlace(dossier, context.code, apis);
  const all = located.flatMap(({ quoted }) => quoted);
  const cleaners = findCleaners(all, theCase.finding.cwe);
  const scene: Scene = { case: theCase, place, apis, cleaners };
  const ruled = located.map((one) => ruleOn(one, scene));
  const settled = settleCovers(ruled, scene);
  return located.map((one, index) =>
    describe(one, settled[index] ?? { quoted: null, ruling: struck('no_item') }, context),
  );
}

async function locate(
  id: number,
  claim: Claim,
  { items, knowledge }: Dossier,
  { code, visible }: ClaimContext,
): Promise<Located> {
  const item = items.find((one) => one.id === claim.item) ?? null;
  const none = { claim, item, places: [], quoted: [] };
  if (item === null)
    return { ...none, why: knowledge.some(({ label }) => label === claim.item) ? 'not_code' : 'no_item' };
  const seen = (await visible?.(item)) ?? item.text;
  // A text with other lines than the file's would cite the wrong ones.
  const text = lineCount(seen) === lineCount(item.text) ? seen : item.text;
  const places = locateQuote(claim.quote, text).map(({ first, last }) => ({
    startLine: item.startLine + first,
    endLine: item.startLine + last,
  }));
  if (places.length === 0) return { ...none, why: 'no_quote' };
  const unit = await code.unit(item.path);
  if (unit.kind === 'failure' || !showsFile(item, unit)) return { ...none, places, why: 'not_understood' };
  const quoted = places.map(({ startLine, endLine }) =>
    quotedAt({ id, claim, item, unit }, startLine, endLine),
  );
  return { ...none, places, quoted, why: null };
}

function lineCount(text: string): number {
  return text.split('\n').length;
}

/** The piece is what the file holds at these lines: syntax is read from the file, not from the piece. */
function showsFile({ text, startLine }: DossierItem, unit: SourceUnit): boolean {
  return text.split(/\r?\n/).every((line, index) => (unit.lines[startLine - 1 + index] ?? '') === line);
}

async function findPlace(
  { case: { finding } }: Dossier,
  code: CodeIndex,
  apis: KnownApis,
): Promise<CodePlace | null> {
  const { location } = finding;
  if (!location.resolved || location.wholeFile === true) return null;
  const unit = await code.unit(location.path);
  if (unit.kind === 'failure' || location.startLine > unit.lines.length) return null;
  return placeOf(unit, location, apis);
}

/** Of the places where the quote stands, the one that shows most. */
function ruleOn({ claim, quoted, why, places }: Located, scene: Scene): Ruled {
  if (quoted.length === 0) {
    const isWords = claim.kind === 'context' || claim.kind === 'trusted_source';
    const ruling =
      why === 'not_understood' && isWords && places.length > 0 ? holding('stands') : struck(why ?? 'no_item');
    return { quoted: null, ruling };
  }
  const ruled = quoted.map((one) => ({
    quoted: one,
    ruling:
      one.syntax.hasError && claim.kind !== 'context'
        ? struck('not_understood')
        : CHECKERS[claim.kind](one, scene),
  }));
  const best = (['opens', 'covers', 'holds'] as const)
    .map((outcome) => ruled.find(({ ruling }) => ruling.outcome === outcome))
    .find((one) => one !== undefined);
  return best ?? ruled[0] ?? { quoted: null, ruling: struck('no_quote') };
}

/** Turns covers into outcomes: all of them together have to answer for everything; constants are weighed without the others' help. */
function settleCovers(ruled: readonly Ruled[], { place }: Scene): readonly Ruled[] {
  if (place?.values == null) return ruled;
  const { unit, values } = place;
  const covers = ruled.flatMap(({ quoted, ruling }) =>
    ruling.outcome === 'covers'
      ? [{ cover: ruling.cover, isConstant: quoted?.claim.kind === 'constant' }]
      : [],
  );
  const fixed: Cover = {
    id: -1,
    call: () => false,
    name: (name, at) => fixedValueOf(unit, name, at) !== null,
  };
  const together = coverValues(unit, values, [...covers.map(({ cover }) => cover), fixed]);
  const constants = coverValues(
    unit,
    values,
    covers.filter(({ isConstant }) => isConstant).map(({ cover }) => cover),
  );
  return ruled.map(({ quoted, ruling }) => {
    if (ruling.outcome !== 'covers') return { quoted, ruling };
    const { isWhole, used } = quoted?.claim.kind === 'constant' ? constants : together;
    if (!used.has(ruling.cover.id)) return { quoted, ruling: struck(ruling.unused) };
    return { quoted, ruling: isWhole ? { outcome: 'opens', why: ruling.why } : holding('not_all') };
  });
}

function describe(
  { claim, item, places }: Located,
  { quoted, ruling }: Ruled,
  { language = 'en' }: ClaimContext,
): CheckedClaim {
  const lines = quoted ?? places[0] ?? null;
  const outcome = ruling.outcome === 'covers' ? 'holds' : ruling.outcome;
  const why = sayClaim(ruling.why, markOutside(claim.symbol, 60), markOutside(claim.item, 16), language);
  if (item === null || lines === null) return { ...claim, quote: '', outcome: 'struck', why, citation: null };
  const { startLine, endLine } = lines;
  const text = item.text
    .split('\n')
    .slice(startLine - item.startLine, endLine - item.startLine + 1)
    .join('\n');
  const quote = shorten(text, LONGEST_QUOTE);
  return { ...claim, quote, outcome, why, citation: { path: item.path, startLine, endLine, quote } };
}
