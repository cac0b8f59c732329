// Reads what a bill of materials says of a package's licence: an SPDX expression, an id, or a name that is known to mean one.
// @ts-expect-error the package ships no types
import parse from 'spdx-expression-parse';
import { DEPRECATED_IDS, expressionOfName, spelledAsSpdx } from './licence-names.ts';

/** One licence of an expression. */
export interface LicenceLeaf {
  readonly kind: 'licence';
  /** SPDX id or `LicenseRef-…`, without `+`; for what is no licence that SPDX lists, the text as written. */
  readonly id: string;
  /** Set by `+` and by ids that end in `-or-later`. */
  readonly orLater: boolean;
  readonly exception: string | null;
  /** Whether it names a licence of SPDX's list. */
  readonly isListed: boolean;
}

export interface LicenceChoice {
  readonly kind: 'and' | 'or';
  readonly parts: readonly LicenceNode[];
}

export type LicenceNode = LicenceLeaf | LicenceChoice;

/** Caps on a text before it is parsed: the parser works by recursion. */
const LONGEST = 2_000;
const MOST_PARENTHESES = 64;
const MOST_WORDS = 200;
/** Texts of one package that are looked at. */
const MOST_TEXTS = 100;
/** What SPDX and npm write where no licence is told (https://spdx.github.io/spdx-spec/v2.3/package-information/#713-concluded-license-field). */
const UNTOLD: ReadonlySet<string> = new Set(['NOASSERTION', 'NONE']);

/**
 * Several texts hold all at once: a list in CycloneDX says nothing of a choice (https://cyclonedx.org/docs/1.6/json/#components_items_licenses),
 * and the stricter reading is taken. Null when nothing is told.
 */
export function readLicence(texts: readonly string[]): LicenceNode | null {
  const told = [...new Set(texts.map((text) => text.trim()))].filter(
    (text) => text !== '' && !UNTOLD.has(text.toUpperCase()),
  );
  const parts = told.slice(0, MOST_TEXTS).map(readText);
  if (told.length > MOST_TEXTS) parts.push(unlisted('…'));
  const [first] = parts;
  return parts.length > 1 ? { kind: 'and', parts } : (first ?? null);
}

function readText(text: string): LicenceNode {
  const named = expressionOfName(lastOfClassifier(text));
  return parseExpression(named ?? text) ?? readAlternatives(text) ?? unlisted(text);
}

/** `License :: OSI Approved :: MIT License`. */
function lastOfClassifier(text: string): string {
  return text.startsWith('License ::') ? (text.split('::').at(-1) ?? text) : text;
}

/** Cargo's older `MIT/Apache-2.0` (https://doc.rust-lang.org/cargo/reference/manifest.html#the-license-and-license-file-fields). */
function readAlternatives(text: string): LicenceNode | null {
  if (!/^[A-Za-z0-9.+-]+(?: ?\/ ?[A-Za-z0-9.+-]+)+$/.test(text)) return null;
  return parseExpression(text.split('/').join(' OR '));
}

function unlisted(text: string): LicenceLeaf {
  return { kind: 'licence', id: text, orLater: false, exception: null, isListed: false };
}

/** As the library gives it. */
interface Parsed {
  readonly license?: string;
  readonly plus?: true;
  readonly exception?: string;
  readonly conjunction?: 'and' | 'or';
  readonly left?: Parsed;
  readonly right?: Parsed;
}

/** Null for a text that is no expression of ids that SPDX lists. */
function parseExpression(text: string): LicenceNode | null {
  const pieces = text.slice(0, LONGEST + 1).split(/([()\s]+)/);
  const parentheses = text.length > LONGEST ? Number.POSITIVE_INFINITY : text.split('(').length - 1;
  if (parentheses > MOST_PARENTHESES || pieces.length > 2 * MOST_WORDS) return null;
  try {
    return toNode((parse as (source: string) => Parsed)(pieces.map(spelledWord).join('')));
  } catch {
    return null;
  }
}

const OPERATOR = /^(?:and|or|with)$/i;

function spelledWord(word: string): string {
  if (OPERATOR.test(word)) return word.toUpperCase();
  // A licence that somebody leaves open inside of an expression.
  if (UNTOLD.has(word.toUpperCase())) return `LicenseRef-${word.toUpperCase()}`;
  if (/^\s+$/.test(word)) return ' ';
  const plus = word.endsWith('+') ? '+' : '';
  return spelledAsSpdx(plus === '' ? word : word.slice(0, -1)) + plus;
}

/** Its depth is bounded by the caps on the text. */
function toNode(parsed: Parsed): LicenceNode {
  const { conjunction, left, right } = parsed;
  if (conjunction !== undefined && left !== undefined && right !== undefined)
    return { kind: conjunction, parts: [toNode(left), toNode(right)] };
  const { license = '', plus = false, exception = null } = parsed;
  const instead = DEPRECATED_IDS.get(license) ?? license;
  const [id = '', ownException = null] = instead.split(' WITH ');
  const orLater = plus || id.endsWith('-or-later');
  return {
    kind: 'licence',
    id: orLater ? id.replace(/-(?:only|or-later)$/, '-or-later') : id,
    orLater,
    exception: exception ?? ownException,
    isListed: !/^(?:DocumentRef-|LicenseRef-)/.test(id),
  };
}

/** As a person writes it: `GPL-2.0-only WITH Classpath-exception-2.0`. */
export function writeLeaf({ id, orLater, exception }: LicenceLeaf): string {
  const name = orLater && !id.endsWith('-or-later') ? `${id}+` : id;
  return exception === null ? name : `${name} WITH ${exception}`;
}
