// The members of one JSON file as places of the repository.
import type { Place } from '#domain/location.ts';
import { type JsonSpan, pathKey, placesInJson } from './json-places.ts';
import { LineIndex } from './line-index.ts';
import type { JsonFile } from './read-json.ts';

export class JsonPlaces {
  readonly #lines: LineIndex;
  readonly #text: string;
  readonly #spans: ReadonlyMap<string, JsonSpan>;

  constructor({ path, text }: JsonFile, deepest = 16) {
    this.#lines = new LineIndex(path, text);
    this.#text = text;
    this.#spans = placesInJson(text, (at) => at.length <= deepest);
  }

  /** The value's text inside its quotes, or `part` of it in UTF-16 units; the whole line where there is none. */
  value(
    path: readonly string[],
    part: { readonly start: number; readonly end: number } | null = null,
  ): Place {
    const span = this.#spans.get(pathKey(path));
    if (span === undefined) return this.#lines.wholeLine(0);
    if (part === null) return this.#lines.wholeLine(span.keyStart);
    const inner = this.#text.slice(span.valueStart + 1, span.valueEnd - 1);
    // Behind an escape the value's offsets are not the text's.
    if (inner.includes('\\')) return this.#lines.span(span.valueStart + 1, span.valueEnd - 1);
    return this.#lines.span(span.valueStart + 1 + part.start, span.valueStart + 1 + part.end);
  }

  line(path: readonly string[]): Place {
    return this.#lines.wholeLine(this.#spans.get(pathKey(path))?.keyStart ?? 0);
  }
}
