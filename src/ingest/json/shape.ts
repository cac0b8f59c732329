// Tolerant readers for values of unknown shape: the right type, or null. Nothing here throws.

import { type Phrase, phrase } from '#domain/phrase.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** The items of an array, at most `maximum`; none when it is no array. */
export function asArray(value: unknown, maximum = Number.POSITIVE_INFINITY): readonly unknown[] {
  if (!Array.isArray(value)) return [];
  return value.length > maximum ? value.slice(0, maximum) : value;
}

/** The objects among the first `maximum` items of an array. */
export function asObjects(value: unknown, maximum = Number.POSITIVE_INFINITY): readonly JsonObject[] {
  return asArray(value, maximum)
    .map(asObject)
    .filter((item) => item !== null);
}

/** The strings of at most `length` among the first `maximum` items of an array. */
export function asTexts(value: unknown, length: number, maximum: number): readonly string[] {
  return asArray(value, maximum).flatMap((item) => asText(item, length) ?? []);
}

/** A string of at most `maximum` UTF-16 code units, well-formed; what was cut off is marked by `CUT_MARK`. */
export function asText(value: unknown, maximum: number): string | null {
  if (typeof value !== 'string') return null;
  const text = value.isWellFormed() ? value : value.toWellFormed();
  return text.length <= maximum
    ? text
    : `${text.slice(0, maximum - CUT_MARK.length).toWellFormed()}${CUT_MARK}`;
}

const CUT_MARK = ' […]';

export function asFiniteNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** An integer from `minimum` up that a double holds exactly. SARIF's "absent" value -1 is below every minimum in use. */
export function asInteger(value: unknown, minimum: number): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum ? value : null;
}

/** Own members only, so that `__proto__` and `constructor` are keys like any other. */
export function entriesOf(value: unknown): readonly (readonly [key: string, value: unknown])[] {
  const object = asObject(value);
  return object === null ? [] : Object.entries(object);
}

/** What a person calls the types of JSON, with the article. */
export const TYPE_NAMES = {
  null: phrase`null`,
  array: phrase`an array`,
  object: phrase`an object`,
  string: phrase`a string`,
  number: phrase`a number`,
  boolean: phrase`a boolean`,
} as const satisfies Record<string, Phrase>;
export type JsonType = keyof typeof TYPE_NAMES;

/** The type of a JSON value. */
export function typeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object';
}

export function typeName(value: unknown): Phrase {
  return TYPE_NAMES[typeOf(value)];
}
