// Addresses below /api/v4/: each value is one segment, whatever it holds.
import { AssayError } from '#domain/errors.ts';

/**
 * Percent-encodes every value of the template.
 *
 * @throws AssayError `internal` for `.` and `..`, which no encoding keeps from being read as "here" and "up" (WHATWG URL §4.1)
 */
export function endpoint(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return strings.reduce((address, piece, index) => address + toSegment(values[index - 1] ?? '') + piece);
}

function toSegment(value: string | number): string {
  const text = String(value);
  if (text === '.' || text === '..')
    throw new AssayError('internal', 'A segment of an address is "." or "..".');
  return encodeURIComponent(text);
}
