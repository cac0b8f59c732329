// The manifests and lock files of a repository as the readers see them: read once each, bounded, what cannot be read noted.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { Workspace } from '#ports/workspace.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { Gap } from './draft.ts';
import { fileNameOf, folderOf } from './repository-path.ts';

export interface ManifestLimits {
  /** Files of one ecosystem. */
  readonly files: number;
  /** UTF-16 units of one file. */
  readonly fileLength: number;
  /** UTF-16 units of all files together. */
  readonly totalLength: number;
}

export const MANIFEST_LIMITS: ManifestLimits = {
  files: 5_000,
  fileLength: 16 * 1024 * 1024,
  totalLength: 256 * 1024 * 1024,
};

/** Where packages are installed or copied to: what lies there is no project of the repository. */
const FOREIGN =
  /(^|\/)(node_modules|bower_components|jspm_packages|vendor|\.git|\.hg|\.yarn|\.pnpm-store|\.venv|venv|site-packages|Pods|__pypackages__)\//;

/** Paths a reader may ask about: none below folders of installed packages. */
export function ownPaths(paths: readonly string[]): string[] {
  return paths.filter((path) => !FOREIGN.test(path) && path.length <= 1024);
}

export class ManifestFiles {
  /** Sorted by code unit. */
  readonly paths: readonly string[];
  readonly #all: ReadonlySet<string>;
  readonly #workspace: Pick<Workspace, 'read'>;
  readonly #limits: ManifestLimits;
  readonly #texts = new Map<string, Promise<string | null>>();
  readonly #gaps: Gap[] = [];
  #length = 0;

  /** @param claimed paths of one ecosystem; @param all every path of the repository */
  constructor(
    workspace: Pick<Workspace, 'read'>,
    claimed: readonly string[],
    all: ReadonlySet<string>,
    limits: ManifestLimits,
  ) {
    this.paths = claimed.slice(0, limits.files);
    this.#all = all;
    this.#workspace = workspace;
    this.#limits = limits;
    const first = claimed[0];
    if (first !== undefined && claimed.length > limits.files)
      this.note(first, phrase`Only the first ${limits.files} of ${claimed.length} manifests are read.`);
  }

  get gaps(): readonly Gap[] {
    return this.#gaps;
  }

  has(path: string): boolean {
    return this.#all.has(path);
  }

  /** Claimed paths by folder, in order. */
  byFolder(): Map<string, string[]> {
    const folders = new Map<string, string[]>();
    for (const path of this.paths) {
      const folder = folderOf(path);
      const known = folders.get(folder);
      if (known === undefined) folders.set(folder, [path]);
      else known.push(path);
    }
    return folders;
  }

  named(fileName: string): string[] {
    return this.paths.filter((path) => fileNameOf(path) === fileName);
  }

  /** Something that was not understood; `why` is a whole sentence. */
  note(path: string, why: Phrase): void {
    if (this.#gaps.length < 1_000) this.#gaps.push({ path, why });
  }

  /** The text without a byte order mark; null when it cannot be read, which is noted. */
  text(path: string, most = this.#limits.fileLength): Promise<string | null> {
    let known = this.#texts.get(path);
    if (known === undefined) {
      known = this.#read(path, most);
      this.#texts.set(path, known);
    }
    return known;
  }

  async #read(path: string, most: number): Promise<string | null> {
    if (this.#length >= this.#limits.totalLength) {
      this.note(
        path,
        phrase`${markOutside(path)} is not read: the manifests of the repository are too large.`,
      );
      return null;
    }
    const read = await this.#workspace.read(path);
    if (read.kind === 'missing') this.note(path, phrase`${markOutside(path)} is missing.`);
    if (read.kind === 'refused') this.note(path, phrase`${markOutside(path)} is not read: ${read.why}.`);
    if (read.kind !== 'text') return null;
    if (read.text.length > most) {
      this.note(path, phrase`${markOutside(path)} is not read: it has more than ${most} characters.`);
      return null;
    }
    this.#length += read.text.length;
    return read.text.startsWith('\u{FEFF}') ? read.text.slice(1) : read.text;
  }
}
