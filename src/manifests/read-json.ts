// A JSON file of the repository as a value, or a gap.
import { phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import { blankComments } from './json-places.ts';
import type { ManifestFiles } from './manifest-files.ts';

export interface JsonFile {
  readonly path: string;
  readonly text: string;
  readonly value: unknown;
}

/** Null when the file cannot be read or is no JSON, which is noted. `JSON.parse` keeps no stack of its own per level: depth is harmless. */
export async function readJson(
  files: ManifestFiles,
  path: string,
  options: { readonly comments?: true } = {},
): Promise<JsonFile | null> {
  const text = await files.text(path);
  if (text === null) return null;
  try {
    return { path, text, value: JSON.parse(options.comments ? blankComments(text) : text) };
  } catch {
    files.note(path, phrase`${markOutside(path)} is not valid JSON.`);
    return null;
  }
}
