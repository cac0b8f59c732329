// The repository's files by language family, each read once to learn which words it may hold; bounded, in one fixed order.
import type { Workspace } from '../ports/workspace.ts';
import { detectLanguage, TRAITS } from './languages.ts';
import { filterOf, mayHold, type WordFilter } from './word-filter.ts';

export interface RepositoryLimits {
  /** Files of one family that are searched at all. */
  readonly files: number;
  /** Characters of one family's files that are read for the search. */
  readonly characters: number;
  /** Bytes of a file above which it is skipped. */
  readonly fileBytes: number;
  /** Files that one question reads again, the nearest first, because they may hold its name. */
  readonly read: number;
  /** Files that one question parses. */
  readonly parsed: number;
  /** Hits of one answer. */
  readonly hits: number;
}

export const REPOSITORY_LIMITS: RepositoryLimits = {
  files: 60_000,
  characters: 384 * 1024 * 1024,
  fileBytes: 1024 * 1024,
  read: 2_000,
  parsed: 40,
  hits: 12,
};

/** A catalogue's name (`javascript` holds TypeScript too, `c` holds C++), or `configuration`. */
export type Family = string;

/** Files that hold settings and no program. A real `.env` is none of them: what it holds is nobody's business. */
const CONFIGURATION =
  /(\.(properties|ya?ml|json|jsonc|toml|ini|cfg|conf)|(^|\/)\.env\.(example|sample|template|dist))$/i;
const GENERATED =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|composer\.lock|[^/]+\.min\.js)$/i;
/** Code of others: searched last. */
const FOREIGN = /(^|\/)(node_modules|bower_components|vendor|third[_-]?party|dist|build|\.yarn)\//i;

/** Reads at one time: more only fills memory. */
const READERS = 32;

export function familyOf(path: string): Family | null {
  // The one extension whose language only its text tells is PHP's where it is any.
  const language = detectLanguage(path, '<?php');
  if (language !== null) return TRAITS[language].catalog;
  return CONFIGURATION.test(path) && !GENERATED.test(path) ? 'configuration' : null;
}

interface Searchable {
  readonly files: readonly { readonly path: string; readonly filter: WordFilter }[];
  /** What the search does not cover, in words; empty when it covers everything. */
  readonly gaps: readonly string[];
  /** No file was left out for the size of the repository. */
  readonly isWhole: boolean;
}

export class RepositoryFiles {
  readonly #workspace: Workspace;
  readonly #limits: RepositoryLimits;
  #byFamily: Promise<ReadonlyMap<Family, readonly string[]>> | null = null;
  readonly #searchable = new Map<Family, Promise<Searchable>>();

  constructor(workspace: Workspace, limits: RepositoryLimits) {
    this.#workspace = workspace;
    this.#limits = limits;
  }

  /** Files of a family that may hold the word, in path order, other people's code last. */
  async filesWith(
    family: Family,
    word: string,
  ): Promise<{
    readonly paths: readonly string[];
    readonly gaps: readonly string[];
    readonly isWhole: boolean;
  }> {
    const { files, gaps, isWhole } = await this.#prepare(family);
    const paths = files.filter(({ filter }) => mayHold(filter, word)).map(({ path }) => path);
    return { paths, gaps, isWhole };
  }

  #prepare(family: Family): Promise<Searchable> {
    let known = this.#searchable.get(family);
    if (known === undefined) {
      known = this.#read(family);
      this.#searchable.set(family, known);
    }
    return known;
  }

  async #list(): Promise<ReadonlyMap<Family, readonly string[]>> {
    const families = new Map<Family, string[]>();
    const foreign: (readonly [Family, string])[] = [];
    for (const path of await this.#workspace.files()) {
      const family = familyOf(path);
      if (family === null) continue;
      if (FOREIGN.test(path)) foreign.push([family, path]);
      else listOf(families, family).push(path);
    }
    for (const [family, path] of foreign) listOf(families, family).push(path);
    return families;
  }

  async #read(family: Family): Promise<Searchable> {
    this.#byFamily ??= this.#list();
    const all = (await this.#byFamily).get(family) ?? [];
    const files: { path: string; filter: WordFilter }[] = [];
    let tooLarge = 0;
    let refused = 0;
    let characters = 0;
    let at = 0;
    while (at < all.length && at < this.#limits.files && characters < this.#limits.characters) {
      const paths = all.slice(at, Math.min(at + READERS, this.#limits.files));
      const reads = await Promise.all(paths.map((path) => this.#workspace.read(path)));
      for (const [index, read] of reads.entries()) {
        if (read.kind !== 'text') refused++;
        else if (read.bytes > this.#limits.fileBytes) tooLarge++;
        else {
          files.push({ path: paths[index] ?? '', filter: filterOf(read.text) });
          characters += read.text.length;
        }
      }
      at += paths.length;
    }
    return { files, gaps: gapsOf(all.length - at, tooLarge, refused), isWhole: at >= all.length };
  }
}

function listOf(families: Map<Family, string[]>, family: Family): string[] {
  let list = families.get(family);
  if (list === undefined) {
    list = [];
    families.set(family, list);
  }
  return list;
}

function gapsOf(unread: number, tooLarge: number, refused: number): readonly string[] {
  const files = (count: number): string => (count === 1 ? '1 file was' : `${count} files were`);
  return [
    ...(unread > 0 ? [`${files(unread)} not searched: the repository is larger than what is searched`] : []),
    ...(tooLarge > 0 ? [`${files(tooLarge)} not searched: too large`] : []),
    ...(refused > 0 ? [`${files(refused)} not searched: not readable as text`] : []),
  ];
}
