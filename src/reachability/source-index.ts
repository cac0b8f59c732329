// The sources of one ecosystem, read once: which file loads what, and where something is loaded whose name is made at run time.
import type { Workspace } from '#ports/workspace.ts';
import type { DynamicLoad, EcosystemRules, FoundImport, SourceRole } from './ecosystems/ecosystem.ts';

export interface SourceLimits {
  readonly files: number;
  /** Characters of all files together: they are kept. */
  readonly characters: number;
  readonly fileCharacters: number;
}

const SOURCE_LIMITS: SourceLimits = {
  files: 30_000,
  characters: 64 * 1024 * 1024,
  fileCharacters: 1024 * 1024,
};

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly role: SourceRole;
}

export interface ImportHit {
  readonly file: SourceFile;
  readonly found: FoundImport;
}

export interface DynamicHit {
  readonly file: SourceFile;
  readonly load: DynamicLoad;
}

export interface SourceIndex {
  readonly files: readonly SourceFile[];
  /** By the ecosystem's key of the specifier. */
  readonly imports: ReadonlyMap<string, readonly ImportHit[]>;
  readonly dynamics: readonly DynamicHit[];
  /** Files that were not searched, and why nothing may be concluded from it. */
  readonly unread: {
    readonly overLimit: number;
    readonly tooLarge: readonly string[];
    readonly refused: readonly string[];
  };
}

const READERS = 32;

export async function readSources(
  workspace: Pick<Workspace, 'files' | 'read'>,
  rules: EcosystemRules,
  isTestPath: (path: string) => boolean,
  limits: SourceLimits = SOURCE_LIMITS,
): Promise<SourceIndex> {
  const paths = (await workspace.files()).filter(
    (path) => rules.sources.test(path) && !rules.foreign.test(path),
  );
  const files: SourceFile[] = [];
  const tooLarge: string[] = [];
  const refused: string[] = [];
  let characters = 0;
  let at = 0;
  while (at < paths.length && at < limits.files && characters < limits.characters) {
    const some = paths.slice(at, Math.min(at + READERS, limits.files));
    const reads = await Promise.all(some.map((path) => workspace.read(path)));
    for (const [index, read] of reads.entries()) {
      const path = some[index] ?? '';
      if (read.kind !== 'text') refused.push(path);
      else if (read.text.length > limits.fileCharacters) {
        if (rules.loadsNothing?.(read.text) !== true) tooLarge.push(path);
      } else {
        files.push({ path, text: read.text, role: roleOf(path, rules, isTestPath) });
        characters += read.text.length;
      }
    }
    at += some.length;
  }
  return { files, ...indexFiles(files, rules), unread: { overLimit: paths.length - at, tooLarge, refused } };
}

function indexFiles(
  files: readonly SourceFile[],
  rules: EcosystemRules,
): Pick<SourceIndex, 'imports' | 'dynamics'> {
  const imports = new Map<string, ImportHit[]>();
  const dynamics: DynamicHit[] = [];
  for (const file of files) {
    const scan = rules.scan(file.text, file.path);
    for (const found of scan.imports) {
      const key = rules.keyOf(found.specifier);
      const list = imports.get(key);
      if (list === undefined) imports.set(key, [{ file, found }]);
      else list.push({ file, found });
    }
    for (const load of scan.dynamics) dynamics.push({ file, load });
  }
  return { imports, dynamics };
}

/** A test by the team's word or by the ecosystem's habit. */
function roleOf(path: string, rules: EcosystemRules, isTestPath: (path: string) => boolean): SourceRole {
  if (isTestPath(path) || rules.tests.test(path)) return 'test';
  return rules.tooling?.test(path) === true ? 'tooling' : 'runtime';
}
