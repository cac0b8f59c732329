// What is wrong with a policy, in words a person can act on: the place, what was expected, what was found, the nearest right word.
import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { markOutside } from '../../support/mark-outside.ts';
import { policyJsonSchema } from './policy-schema.ts';
import type { Path, PlacedValues, Problem } from './read-yaml.ts';

type Issue = z.core.$ZodIssue;

/** One problem for each thing wrong; several for several unknown keys. */
export function explainIssue(issue: Issue, placed: PlacedValues): Problem[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => explainUnknownKey([...path, key], placed));
  }
  const text = `${where(path)}${explain(issue, valueAt(placed.value, path), path)}`;
  return [{ offset: placed.offsetOf(path), text }];
}

function explainUnknownKey(path: Path, placed: PlacedValues): Problem {
  const key = String(path.at(-1));
  const known = knownKeys(path.slice(0, -1));
  return {
    offset: placed.offsetOfKey(path),
    text: `${where(path.slice(0, -1))}unknown key ${markOutside(key)}${suggest(key, known)}`,
  };
}

function explain(issue: Exclude<Issue, { code: 'unrecognized_keys' }>, found: unknown, path: Path): string {
  switch (issue.code) {
    case 'invalid_type':
      return found === undefined
        ? `is missing: expected ${nameOfType(issue.expected, path)}`
        : `expected ${nameOfType(issue.expected, path)}, found ${show(found)}`;
    case 'invalid_value':
      if (found === undefined) return `is missing: expected ${oneOf(issue.values.map(String))}`;
      return `expected ${oneOf(issue.values.map(String))}, found ${show(found)}${suggestWord(found, issue.values.map(String))}`;
    case 'too_big':
      return `expected at most ${issue.maximum}${unitOf(issue.origin)}, found ${show(found)}`;
    case 'too_small':
      return `expected at least ${issue.minimum}${unitOf(issue.origin)}, found ${show(found)}`;
    default:
      return issue.message.startsWith('expected') && typeof found !== 'object'
        ? `${issue.message}, found ${show(found)}`
        : issue.message;
  }
}

/** `gate.rules[1].severity: `, or nothing at the top. */
function where(path: Path): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  return text === '' ? '' : `${text.replace(/^\./, '')}: `;
}

function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const part of path) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, part)) return undefined;
    here = Reflect.get(here, part);
  }
  return here;
}

function show(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 1 ? 'a list of one' : `a list of ${value.length}`;
  if (typeof value === 'object') return 'a map of keys';
  if (typeof value === 'string' && value.length > 80)
    return `${markOutside(value, 30)} (${value.length} characters)`;
  const looksLikeNumber = typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value));
  return `${looksLikeNumber ? 'the text ' : ''}${markOutside(String(value))}`;
}

function nameOfType(expected: string, path: Path): string {
  if (expected === 'array') return `a list, such as ${markOutside(`${String(path.at(-1))}: […]`)}`;
  if (expected === 'object') return 'a map of keys';
  if (expected === 'string') return 'text';
  if (expected === 'boolean') return 'true or false';
  return `a ${expected}`;
}

function unitOf(origin: string): string {
  if (origin === 'array') return ' entries';
  return origin === 'string' ? ' characters' : '';
}

function oneOf(words: readonly string[]): string {
  return words.length === 1 ? String(words[0]) : `one of ${words.join(', ')}`;
}

function suggest(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === null ? `; expected ${oneOf(known)}` : `. Did you mean ${markOutside(near)}?`;
}

function suggestWord(found: unknown, known: readonly string[]): string {
  const near = typeof found === 'string' ? nearest(found, known) : null;
  return near === null || near === found ? '' : `. Did you mean ${markOutside(near)}?`;
}

/** The known word that is a typing slip or two away, `-` for `_` and capitals aside; null when none is near. */
function nearest(word: string, known: readonly string[]): string | null {
  const plain = (text: string) => text.slice(0, 64).toLowerCase().replaceAll('-', '_');
  const ranked = known
    .map((candidate) => ({ candidate, slips: distance(plain(word), plain(candidate)) }))
    .sort((a, b) => a.slips - b.slips);
  const best = ranked[0];
  if (best === undefined) return null;
  const allowed = Math.min(3, Math.max(1, Math.floor(best.candidate.length / 2)));
  return best.slips <= allowed ? best.candidate : null;
}

const SCHEMA = policyJsonSchema();

/** The keys that the schema allows at a path, read from the published JSON Schema so that there is one list only. */
function knownKeys(path: Path): readonly string[] {
  let here: unknown = SCHEMA;
  for (const part of path) {
    here = typeof part === 'number' ? valueAt(here, ['items']) : valueAt(here, ['properties', part]);
  }
  return Object.keys(Object(valueAt(here, ['properties'])));
}
