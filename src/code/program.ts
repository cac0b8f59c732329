// The files that one evaluation may look into: found by the names of imports and packages, loaded when an evaluation has asked for them.
import { NO_RESOURCES, RepositoryResources, type Resources } from './config/resources.ts';
import type { ClassDefinition, FunctionDefinition } from './ir.ts';
import type { SourceUnit, UnitFailure } from './source-unit.ts';

/** A definition together with the file that it stands in. */
export interface Declared<T> {
  readonly unit: SourceUnit;
  readonly definition: T;
}

export interface Program {
  /** The class that one of these API paths means, seen from this file; null when it is none of the repository's. */
  classAt(from: SourceUnit, paths: readonly string[]): Declared<ClassDefinition> | null;
  /** The function outside of classes that one of these API paths means. */
  functionAt(from: SourceUnit, paths: readonly string[]): Declared<FunctionDefinition> | null;
  /** The one file that the path of a module means. */
  moduleAt(from: SourceUnit, path: string): SourceUnit | null;
  /** All classes of the repository that extend or implement it, at any remove; null when they are not known or too many. */
  subtypesOf(owner: Declared<ClassDefinition>): readonly Declared<ClassDefinition>[] | null;
  /** Settings files that the code reads from its class path. */
  readonly resources: Resources;
}

/** Nothing but the file itself. */
export const NO_PROGRAM: Program = {
  classAt: () => null,
  functionAt: () => null,
  moduleAt: () => null,
  subtypesOf: () => [],
  resources: NO_RESOURCES,
};

/** What a program is made of. */
export interface ProgramSource {
  unit(path: string): Promise<SourceUnit | UnitFailure>;
  /** Files of the same language as `near` with a class that may extend or implement that name; null when not all could be searched. */
  filesExtending(name: string, near: string): Promise<readonly string[] | null>;
}

const MOST_FILES = 60;
/** A name that more files hold is too common to look for everything that extends it. */
const MOST_MENTIONS = 24;

/** Grows by what evaluations ask for: one that asked for a file which was not there is to be done again once it is. */
export class RepositoryProgram implements Program {
  readonly #source: ProgramSource;
  readonly #byName: ReadonlyMap<string, readonly string[]>;
  readonly #loaded = new Map<string, SourceUnit | null>();
  readonly #wanted = new Set<string>();
  /** Grows with every file that is loaded. */
  version = 0;

  /** Names whose mentions were looked for: true when all files that hold them are loaded. */
  readonly #searched = new Map<string, boolean>();
  readonly #wantedNames = new Map<string, string>();
  readonly #extenders = new Map<string, Promise<readonly string[] | null>>();
  /** The file whose findings are asked about. */
  #about: string | null = null;

  readonly resources: RepositoryResources;

  constructor(
    source: ProgramSource,
    byName: ReadonlyMap<string, readonly string[]>,
    resources = new RepositoryResources([], async () => null),
  ) {
    this.resources = resources;
    this.#source = source;
    this.#byName = byName;
  }

  classAt(from: SourceUnit, paths: readonly string[]): Declared<ClassDefinition> | null {
    for (const path of paths) {
      const words = path.split('.');
      const name = words.at(-1) ?? '';
      for (const file of this.#filesOf(from, words)) {
        const unit = this.#unit(file);
        const [definition, ...others] = unit?.classes.filter((known) => known.name === name) ?? [];
        if (unit !== null && definition !== undefined && others.length === 0) return { unit, definition };
      }
    }
    return null;
  }

  moduleAt(from: SourceUnit, path: string): SourceUnit | null {
    const [file, ...others] = this.#filesOf(from, path.split('.'));
    return file === undefined || others.length > 0 ? null : this.#unit(file);
  }

  functionAt(from: SourceUnit, paths: readonly string[]): Declared<FunctionDefinition> | null {
    for (const path of paths) {
      const words = path.split('.');
      const name = words.at(-1) ?? '';
      for (const file of this.#filesOf(from, words.slice(0, -1))) {
        const unit = this.#unit(file);
        const [definition, ...others] =
          unit?.functions.filter((known) => known.name === name && known.kind === 'function') ?? [];
        if (unit !== null && definition !== undefined && others.length === 0) return { unit, definition };
      }
    }
    return null;
  }

  subtypesOf(owner: Declared<ClassDefinition>): readonly Declared<ClassDefinition>[] | null {
    const found = new Map<ClassDefinition, Declared<ClassDefinition>>();
    const names = [owner.definition.name];
    for (const name of names) {
      const isKnown = this.#searched.get(name);
      if (isKnown === undefined) this.#wantedNames.set(name, owner.unit.path);
      if (isKnown !== true || names.length > 20) return null;
      for (const unit of this.#loaded.values())
        for (const definition of unit?.classes ?? []) {
          if (
            unit === null ||
            found.has(definition) ||
            !definition.supers.some((above) => lastWord(above) === name)
          )
            continue;
          found.set(definition, { unit, definition });
          names.push(definition.name);
        }
    }
    return [...found.values()].sort((a, b) => (a.unit.path < b.unit.path ? -1 : 1));
  }

  /** From here on findings of another file are asked about: what was looked into for the last one tells nothing of this one. */
  turnTo(path: string): void {
    if (path === this.#about) return;
    this.#about = path;
    for (const asked of [this.#loaded, this.#wanted, this.#searched, this.#wantedNames]) asked.clear();
    this.version += 1;
  }

  /** Loads what was asked for since; false when there was nothing new. */
  async load(): Promise<boolean> {
    const names = [...this.#wantedNames];
    this.#wantedNames.clear();
    const extending = new Map<string, readonly string[] | null>();
    for (const [name, near] of names) {
      const files = await this.#extending(name, near);
      const isFew = files !== null && files.length <= MOST_MENTIONS;
      extending.set(name, isFew ? files : null);
      if (isFew) for (const file of files) this.#wanted.add(file);
    }
    const wanted = [...this.#wanted].filter((path) => !this.#loaded.has(path)).sort();
    this.#wanted.clear();
    for (const path of wanted) {
      if (this.#loaded.size >= MOST_FILES) break;
      const unit = await this.#source.unit(path);
      this.#loaded.set(path, unit.kind === 'unit' ? unit : null);
    }
    // A class that nobody could read may extend it, too.
    for (const [name, files] of extending)
      this.#searched.set(name, files?.every((file) => (this.#loaded.get(file) ?? null) !== null) === true);
    const isRead = await this.resources.load();
    const isMore = wanted.length > 0 || names.length > 0 || isRead;
    if (isMore) this.version += 1;
    return isMore;
  }

  /** Searched for once a run; null when not all files can be searched. */
  #extending(name: string, near: string): Promise<readonly string[] | null> {
    const key = `${near.slice(near.lastIndexOf('.'))} ${name}`;
    let known = this.#extenders.get(key);
    if (known === undefined) {
      known = this.#source.filesExtending(name, near);
      this.#extenders.set(key, known);
    }
    return known;
  }

  #unit(path: string): SourceUnit | null {
    const known = this.#loaded.get(path);
    if (known === undefined) this.#wanted.add(path);
    return known ?? null;
  }

  /** Files that hold a class or module of this path: the nearest one when there are several. */
  #filesOf(from: SourceUnit, words: readonly string[]): readonly string[] {
    const last = words.at(-1);
    if (last === undefined || last === '') return [];
    const files = this.#byName.get(last) ?? [];
    const extension = from.path.slice(from.path.lastIndexOf('.'));
    const same = files.filter((file) => file.endsWith(extension) && file !== from.path);
    if (words.length === 1) {
      const folder = from.path.slice(0, from.path.lastIndexOf('/') + 1);
      return same.filter((file) => file.slice(0, file.lastIndexOf('/') + 1) === folder);
    }
    const ending = `${words.join('/')}${extension}`;
    const found = same.filter((file) => file === ending || file.endsWith(`/${ending}`));
    return found.length === 1 ? found : [];
  }
}

function lastWord(name: string): string {
  return name
    .slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('\\'), name.lastIndexOf(':')) + 1)
    .replace(/<.*$/s, '');
}

/** Whether a text may hold a class that extends or implements the name, in any language. */
export function mayExtend(name: string): RegExp {
  const word = String.raw`(?<![\w$])${name.replace(/[^\w]/g, '\\$&')}(?![\w$])`;
  return new RegExp(
    [
      String.raw`\b(?:extends|implements|include|prepend|use)\b[^{};]{0,400}?${word}`,
      String.raw`\bclass\s+\w+\s*[(<][^)\n]{0,400}?${word}`,
      String.raw`\b(?:class|struct|record|interface)\s+\w+[^{;]{0,200}:[^{;]{0,400}?${word}`,
    ].join('|'),
  );
}

/** Paths by the name of the file without its extension. */
export function filesByName(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
    const list = found.get(name);
    if (list === undefined) found.set(name, [path]);
    else list.push(path);
  }
  return found;
}
