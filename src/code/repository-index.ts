// Answers questions of a model, and of whoever lays code before it, from the repository's syntax: where is this defined, who calls it.
import type { Workspace } from '../ports/workspace.ts';
import type { CodeIndex } from './code-index.ts';
import { type Caller, findCallers } from './find-callers.ts';
import { type ConfigurationLine, findConfiguration } from './find-configuration.ts';
import {
  type AskedName,
  askedName,
  type Definition,
  escapePattern,
  findDefinitions,
} from './find-definitions.ts';
import { findImports, type ImportLine } from './find-imports.ts';
import { orderByNearness } from './nearness.ts';
import { familyOf, REPOSITORY_LIMITS, RepositoryFiles, type RepositoryLimits } from './repository-files.ts';
import type { SourceUnit } from './source-unit.ts';

/** Hits in a fixed order, nearest first. */
export interface Found<Hit> {
  readonly hits: readonly Hit[];
  /** Further hits that the limit left out. */
  readonly more: number;
  /** What the search did not look at, each in words: "3 files were not searched: too large". */
  readonly gaps: readonly string[];
}

/**
 * Nothing is believed of a name or a path: names that are no identifiers find nothing, paths are the workspace's to refuse. The
 * first question about a language reads its files once; later ones read only files that may hold the name, and parse a few.
 */
export interface RepositoryIndex {
  /** Functions, methods, classes, types, constants and fields of that name, in files of `near`'s language. */
  definitions(name: string, near: string): Promise<Found<Definition>>;
  /** Calls of that name, in files of `near`'s language. */
  callers(name: string, near: string): Promise<Found<Caller>>;
  imports(path: string): Promise<Found<ImportLine>>;
  /** Lines of settings files that give a key its value, as they stand: secrets in them are for whoever shows them to hide. */
  configuration(key: string): Promise<Found<ConfigurationLine>>;
  /** A file's lines, whatever it holds; null when it cannot be read or is too large. */
  lines(path: string): Promise<readonly string[] | null>;
}

const MAX_NAME = 100;
const NAME = /^[\p{L}\p{N}_$@][\p{L}\p{N}_$@.:\\>#?!/-]*$/u;

/** Whether a text may be the name of something in code or of a setting. */
export function isAskableName(name: string): boolean {
  return name.length <= MAX_NAME && NAME.test(name);
}

export function createRepositoryIndex(
  workspace: Workspace,
  code: CodeIndex,
  limits: Partial<RepositoryLimits> = {},
): RepositoryIndex {
  return new SyntaxIndex(workspace, code, { ...REPOSITORY_LIMITS, ...limits });
}

const NOTHING = { hits: [], more: 0, gaps: [] } as const;

class SyntaxIndex implements RepositoryIndex {
  readonly #workspace: Workspace;
  readonly #code: CodeIndex;
  readonly #limits: RepositoryLimits;
  readonly #files: RepositoryFiles;
  readonly #answers = new Map<string, Promise<Found<unknown>>>();

  constructor(workspace: Workspace, code: CodeIndex, limits: RepositoryLimits) {
    this.#workspace = workspace;
    this.#code = code;
    this.#limits = limits;
    this.#files = new RepositoryFiles(workspace, limits);
  }

  definitions(name: string, near: string): Promise<Found<Definition>> {
    return this.#once(`definitions\n${name}\n${near}`, async () => {
      const asked = askedName(name);
      const found = await this.#search(name, asked, near, mayDefine(asked.last), (unit) =>
        findDefinitions(unit, asked),
      );
      const isOwned = ({ owner }: Definition): boolean => asked.owner !== null && owner === asked.owner;
      // A class that the question names goes before files that are only nearer.
      const ordered = [...found.all.filter(isOwned), ...found.all.filter((hit) => !isOwned(hit))];
      return this.#cap(ordered, found.gaps);
    });
  }

  callers(name: string, near: string): Promise<Found<Caller>> {
    return this.#once(`callers\n${name}\n${near}`, async () => {
      const asked = askedName(name);
      const word = new RegExp(`(?<![\\w$])${escapePattern(asked.last)}(?![\\w$])`, 'i');
      const found = await this.#search(name, asked, near, word, (unit) => findCallers(unit, asked));
      return this.#cap(found.all, found.gaps);
    });
  }

  imports(path: string): Promise<Found<ImportLine>> {
    return this.#once(`imports\n${path}`, async () => {
      const lines = await this.lines(path);
      if (lines === null) return NOTHING;
      const unit = await this.#code.unit(path);
      const found = findImports(path, lines, familyOf(path), unit.kind === 'unit' ? unit : null);
      return { hits: found, more: 0, gaps: [] };
    });
  }

  configuration(key: string): Promise<Found<ConfigurationLine>> {
    return this.#once(`configuration\n${key}`, async () => {
      if (!isAskableName(key)) return NOTHING;
      const { paths, gaps } = await this.#files.filesWith(
        'configuration',
        key.split(/[.:]|__/).at(-1) ?? key,
      );
      const found: ConfigurationLine[] = [];
      for (const path of paths) {
        const lines = await this.lines(path);
        if (lines !== null) found.push(...findConfiguration(path, lines, key));
      }
      return this.#cap(found, gaps);
    });
  }

  async lines(path: string): Promise<readonly string[] | null> {
    const read = await this.#workspace.read(path);
    if (read.kind !== 'text' || read.bytes > 4 * this.#limits.fileBytes) return null;
    return read.text.split(/\r?\n/);
  }

  #once<Hit>(key: string, answer: () => Promise<Found<Hit>>): Promise<Found<Hit>> {
    let known = this.#answers.get(key) as Promise<Found<Hit>> | undefined;
    if (known === undefined) {
      known = answer();
      this.#answers.set(key, known);
    }
    return known;
  }

  #cap<Hit>(all: readonly Hit[], gaps: readonly string[]): Found<Hit> {
    return { hits: all.slice(0, this.#limits.hits), more: Math.max(0, all.length - this.#limits.hits), gaps };
  }

  /** Parses the nearest files whose text matches `pattern`, until there are enough hits. */
  async #search<Hit>(
    name: string,
    asked: AskedName,
    near: string,
    pattern: RegExp,
    find: (unit: SourceUnit) => readonly Hit[],
  ): Promise<{ readonly all: readonly Hit[]; readonly gaps: readonly string[] }> {
    const family = familyOf(near);
    if (!isAskableName(name) || asked.last === '' || family === null || family === 'configuration')
      return { all: [], gaps: [] };
    const { paths, gaps } = await this.#files.filesWith(family, asked.last);
    const words = new Set(
      (await this.imports(near)).hits.flatMap((hit) => hit.words.map((word) => word.toLowerCase())),
    );
    const all: Hit[] = [];
    let parsed = 0;
    let looked = 0;
    let unread = 0;
    for (const path of orderByNearness(paths, near, words)) {
      if (parsed >= this.#limits.parsed || looked >= this.#limits.read) {
        unread++;
        continue;
      }
      looked++;
      const read = await this.#workspace.read(path);
      if (read.kind !== 'text' || !pattern.test(read.text)) continue;
      parsed++;
      const unit = await this.#code.unit(path);
      if (unit.kind === 'unit') all.push(...find(unit));
    }
    const note = `${unread} more ${unread === 1 ? 'file that may hold' : 'files that may hold'} the name ${unread === 1 ? 'was' : 'were'} not looked into`;
    return { all, gaps: unread > 0 ? [...gaps, note] : gaps };
  }
}

/** Whether a text may define the name: after a word that defines, given a value, or before parentheses and a brace. */
function mayDefine(name: string): RegExp {
  const plain = escapePattern(name);
  const word = String.raw`(?<![\w$])${plain}(?![\w$])`;
  const keyword = String.raw`\b(?:def|class|func|function|module|const|let|var|val|define|type|interface|enum|struct|union|trait|record|typedef|namespace|attr_\w+)\b[^\n]{0,200}?${word}`;
  const value = String.raw`${word}[^\S\n]*(?:=(?!=)|:)`;
  const field = String.raw`[\w>\]*]\s{1,20}\*?${word}\s{0,20}[;,[]`;
  const body = String.raw`(?<![.])${word}\s{0,20}\([^;{}]{0,400}\)[^;{}()]{0,100}(?:\{|=>)`;
  return new RegExp(`${keyword}|${value}|${field}|${body}`, 'i');
}
