// Settings files of the repository that a program reads from its class path: which file a name means, and what it says.
import type { SourceText } from '../ir.ts';
import { parseProperties, type Setting } from './parse-properties.ts';

export interface Resource {
  readonly file: SourceText;
  readonly settings: ReadonlyMap<string, Setting>;
}

export interface Resources {
  /** The settings of the file that the class path has under this name; null when that is not sure, or not known yet. */
  named(name: string, from: string): Resource | null;
  /** Whether the repository has any file of the class path whose path ends so, or a variant of it (`name_de.properties`). */
  variants(name: string): number;
}

export const NO_RESOURCES: Resources = { named: () => null, variants: () => 0 };

/** Files above this are not read, nor such with more keys. */
const LONGEST_TEXT = 256 * 1024;
const MOST_SETTINGS = 1000;

/** Where builds take the files of the class path from. */
const ROOT = /(^|\/)((src\/main\/)?(resources|java|kotlin)|src|conf|config|WEB-INF\/classes)\/$|^$/;
/** Files that only tests see. */
const OF_TESTS = /(^|\/)(src\/)?(test|tests|testFixtures|integrationTest|it)\/(resources|java|kotlin)\//;
/** What builds leave behind. */
const BUILT = /(^|\/)(target|build|out|bin|dist|node_modules)\//;
/** What a build or a framework puts a value in for. */
const FILLED_IN = /\$\{|@[\w.-]+@|#\{/;

/** Asked for while evaluating, read afterwards: whoever asked for a file that was not there is to be evaluated again. */
export class RepositoryResources implements Resources {
  readonly #paths: readonly string[];
  readonly #read: (path: string) => Promise<string | null>;
  readonly #loaded = new Map<string, Resource | null>();
  readonly #wanted = new Set<string>();

  constructor(paths: readonly string[], read: (path: string) => Promise<string | null>) {
    this.#paths = paths;
    this.#read = read;
  }

  named(name: string, from: string): Resource | null {
    const path = this.#pathOf(name, from);
    if (path === null) return null;
    const known = this.#loaded.get(path);
    if (known === undefined) this.#wanted.add(path);
    return known ?? null;
  }

  variants(name: string): number {
    const plain = name.replace(/\.properties$/, '');
    return this.#paths.filter((path) => {
      const at = path.lastIndexOf(`${plain}_`);
      return at >= 0 && (at === 0 || path[at - 1] === '/') && !path.slice(at + plain.length).includes('/');
    }).length;
  }

  /** Reads what was asked for since; false when there was nothing new. */
  async load(): Promise<boolean> {
    const wanted = [...this.#wanted].filter((path) => !this.#loaded.has(path)).sort();
    this.#wanted.clear();
    for (const path of wanted) this.#loaded.set(path, toResource(path, await this.#read(path)));
    return wanted.length > 0;
  }

  /** Another file of the name anywhere else may stand before it on the class path. */
  #pathOf(name: string, from: string): string | null {
    if (!/\.properties$/.test(name) || OF_TESTS.test(from)) return null;
    const found = this.#paths.filter(
      (path) => (path === name || path.endsWith(`/${name}`)) && !OF_TESTS.test(path) && !BUILT.test(path),
    );
    const [path, ...others] = found;
    if (path === undefined || others.length > 0) return null;
    return ROOT.test(path.slice(0, path.length - name.length)) ? path : null;
  }
}

function toResource(path: string, text: string | null): Resource | null {
  if (text === null || text.length > LONGEST_TEXT || /\r(?!\n)/.test(text)) return null;
  const settings = parseProperties(text);
  if (settings === null || settings.size > MOST_SETTINGS) return null;
  return { file: { path, lines: text.split(/\r?\n/) }, settings };
}

/** Whether a setting's value surely is what stands in the file: nothing is put in, and no encoding changes it. */
export function isExact({ value }: Setting): boolean {
  return !FILLED_IN.test(value) && !/[^\x20-\x7e\t]/.test(value);
}
