// What stands right of a package's name in npm's manifests (https://docs.npmjs.com/cli/v11/configuring-npm/package-json#dependencies).

export interface Specifier {
  /** The package's own name: behind an alias another one than it is installed under. */
  readonly name: string;
  /** The range, or the whole specifier where it is none (`file:`, git, tags); null for an empty one. */
  readonly constraint: string | null;
  /** Where the constraint starts in the specifier. */
  readonly start: number;
}

/** `npm:lodash@^4.17.0` is an alias, `npm:^4.17.0` (yarn) a range behind its protocol. */
const ALIAS = /^npm:((?:@[^/@\s]{1,214}\/)?[^/@\s]{1,214})(?:@(.{0,512}))?$/;

export function readSpecifier(installedAs: string, specifier: string): Specifier {
  const alias = ALIAS.exec(specifier);
  const [, name = '', range] = alias ?? [];
  if (alias !== null && (range !== undefined || /^[@a-z]/i.test(name)) && !/^[\d^~<>=*]/.test(name)) {
    return { name, constraint: range || null, start: specifier.length - (range?.length ?? 0) };
  }
  const start = specifier.startsWith('npm:') ? 4 : 0;
  return { name: installedAs, constraint: specifier.slice(start) || null, start };
}

/** Whether it means a folder of the same repository or machine, and no package of a registry. */
export function isLocal(specifier: string): boolean {
  return /^(file|link|portal|workspace):/.test(specifier) || /^\.{0,2}\//.test(specifier);
}
