// A TOML file of the repository as a value with places, or a gap.
import { parse } from 'smol-toml';
import type { Place } from '#domain/location.ts';
import { phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import { pathKey } from './json-places.ts';
import { LineIndex } from './line-index.ts';
import type { ManifestFiles } from './manifest-files.ts';
import { placesInToml, type TomlSpan } from './toml-places.ts';

export interface TomlFile {
  readonly path: string;
  readonly value: unknown;
  readonly places: TomlPlaces;
}

/** Null when the file cannot be read or is no TOML, which is noted. */
export async function readToml(files: ManifestFiles, path: string): Promise<TomlFile | null> {
  const text = await files.text(path);
  if (text === null) return null;
  try {
    const value = parse(text, { maxDepth: 64, integersAsBigInt: 'asNeeded' });
    return { path, value, places: new TomlPlaces(path, text) };
  } catch {
    files.note(path, phrase`${markOutside(path)} is not valid TOML.`);
    return null;
  }
}

/** Members of one TOML file as places; the text is walked when the first is asked for. */
export class TomlPlaces {
  readonly #path: string;
  readonly #text: string;
  #known: { readonly lines: LineIndex; readonly spans: ReadonlyMap<string, TomlSpan> } | null = null;

  constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
  }

  /** The line of a key or of a table's header; line 1 when it is not found. */
  line(path: readonly (string | number)[]): Place {
    const { lines, spans } = this.#walk();
    return lines.wholeLine(spans.get(pathKey(path.map(String)))?.keyStart ?? 0);
  }

  /** The text of a value inside its quotes, or `part` of it in UTF-16 units; the whole line where it is no plain text. */
  value(
    path: readonly (string | number)[],
    part: { readonly start: number; readonly end: number } | null = null,
  ): Place {
    const { lines, spans } = this.#walk();
    const span = spans.get(pathKey(path.map(String)));
    if (span === undefined) return lines.wholeLine(0);
    const written = this.#text.slice(span.valueStart, span.valueEnd);
    const mark = /^("""|'''|"|')/.exec(written)?.[0].length ?? 0;
    if (mark === 0) return lines.wholeLine(span.keyStart);
    const start = span.valueStart + mark;
    const end = span.valueEnd - mark;
    // Behind an escape, or in a text of several lines, the value's offsets are not the text's.
    if (part === null || mark === 3 || (written[0] === '"' && written.includes('\\')))
      return lines.span(start, end);
    return lines.span(start + part.start, start + part.end);
  }

  #walk(): { readonly lines: LineIndex; readonly spans: ReadonlyMap<string, TomlSpan> } {
    this.#known ??= { lines: new LineIndex(this.#path, this.#text), spans: placesInToml(this.#text) };
    return this.#known;
  }
}
