// Finds CWE numbers where tools put them: tags, properties, links, rule ids.
import { asObject, entriesOf } from '../json/shape.ts';
import { COUNTS } from './caps.ts';

/** `CWE-79`, `cwe_079`, `external/cwe/cwe-089`, `CWE 79: …`, `cwe:79`. */
const NAMED = /(?<![A-Za-z0-9])cwe[-_ :/]{0,2}0{0,4}([1-9][0-9]{0,4})(?![0-9])/gi;
const LINKED = /cwe\.mitre\.org\/data\/definitions\/([1-9][0-9]{0,4})(?![0-9])/gi;
const BARE = /(?<![\w.])0{0,3}([1-9][0-9]{0,4})(?![\w.])/g;
/** A property that speaks of CWEs: `cwe`, `cwes`, `cwe_ids`, `cweId`, `CWE`, `weakness-cwe`. */
const KEY = /(?:^|[^a-z])cwe(?:s|$|[^a-z]|id)/i;

const MAXIMUM_LENGTH = 2_000;

/** Numbers named as CWEs in a text. */
export function cweInText(text: string): readonly number[] {
  return numbers(text, NAMED);
}

/** The number of a link to the CWE site. */
export function cweInLink(link: string): readonly number[] {
  return [...numbers(link, LINKED), ...numbers(link, NAMED)];
}

/** The number of a taxon of the CWE taxonomy, whose ids are `79` or `CWE-79`. */
export function cweOfTaxon(id: string): readonly number[] {
  const named = numbers(id, NAMED);
  return named.length > 0 ? named : numbers(id, BARE).slice(0, 1);
}

/** Numbers in a property bag (§3.8): its tags, and every property whose key speaks of CWEs. */
export function cweInProperties(bag: unknown): readonly number[] {
  return entriesOf(bag).flatMap(([key, value]) => {
    if (key === 'tags') return inValue(value, NAMED, 0);
    return KEY.test(key) ? inValue(value, null, 0) : [];
  });
}

/** Ascending, without duplicates. */
export function sortedCwe(found: Iterable<number>): readonly number[] {
  return [...new Set(found)].sort((a, b) => a - b);
}

/** `pattern` null: the key said CWE already, so bare numbers count where no number is named. */
function inValue(value: unknown, pattern: RegExp | null, depth: number): readonly number[] {
  if (typeof value === 'number')
    return pattern === null && Number.isInteger(value) && value > 0 && value < 100_000 ? [value] : [];
  if (typeof value === 'string') return pattern === null ? cweInCweText(value) : numbers(value, pattern);
  if (Array.isArray(value) && depth < 3)
    return value.slice(0, COUNTS.tags).flatMap((item) => inValue(item, pattern, depth + 1));
  const object = asObject(value);
  if (object === null || depth >= 3) return [];
  return ['id', 'cweId', 'cwe_id', 'cwe', 'value'].flatMap((key) => inValue(object[key], pattern, depth + 1));
}

function cweInCweText(text: string): readonly number[] {
  const named = numbers(text, NAMED);
  if (named.length > 0) return named;
  // Only a list of numbers: "79", "120, 129, 131". Words with a number in them are no list.
  return /^[\s\d,;|]+$/.test(text.slice(0, MAXIMUM_LENGTH)) ? numbers(text, BARE) : [];
}

function numbers(text: string, pattern: RegExp): readonly number[] {
  return Array.from(text.slice(0, MAXIMUM_LENGTH).matchAll(pattern), (match) => Number(match[1]));
}
