// Makes texts that a format's reader took over well-formed and short, wherever they stand in what it put out.
import { asText } from '../json/shape.ts';

/** Items of one list that are kept. */
const MAXIMUM_ITEMS = 10_000;

/** A copy of plain data of our own types with every string at most `length` UTF-16 code units. Its nesting is that of the type, so it may recurse. */
export function tidy<T>(value: T, length: number): T {
  if (typeof value === 'string') return asText(value, length) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.slice(0, MAXIMUM_ITEMS).map((item) => tidy(item, length)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, tidy(item, length)])) as T;
}
