// Reads `dependency_files` of a GitLab report: which ecosystem a file is of, what it lists, and how a package came into it.
import { asArray, asInteger, asObject, asObjects, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { wordOf } from './dependency-result.ts';

export interface DependencyFile {
  readonly ecosystem: string | null;
  /** Versions of each package. */
  readonly versions: ReadonlyMap<string, readonly string[]>;
  /** `name@version` of the packages by their number in the file. */
  readonly numbered: ReadonlyMap<number, string>;
}

/** Package managers of GitLab's analyzers (https://docs.gitlab.com/user/application_security/dependency_scanning/#supported-languages-and-package-managers) → OSV ecosystems. */
const ECOSYSTEMS: ReadonlyMap<string, string> = new Map([
  ...['npm', 'yarn', 'pnpm', 'bun'].map((manager) => [manager, 'npm'] as const),
  ...['pip', 'pipenv', 'poetry', 'setuptools', 'uv', 'conda', 'pypi'].map(
    (manager) => [manager, 'PyPI'] as const,
  ),
  ...['maven', 'gradle', 'sbt'].map((manager) => [manager, 'Maven'] as const),
  ['go', 'Go'],
  ['golang', 'Go'],
  ['bundler', 'RubyGems'],
  ['gem', 'RubyGems'],
  ['composer', 'Packagist'],
  ['packagist', 'Packagist'],
  ['nuget', 'NuGet'],
  ['cargo', 'crates.io'],
  ['conan', 'ConanCenter'],
  ['swift', 'SwiftURL'],
  ['pub', 'Pub'],
]);

/** Files that say by their name what they are of, for reports without `dependency_files`. */
const FILES: readonly (readonly [pattern: RegExp, ecosystem: string])[] = [
  [/(?:^|\/)(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml)$/, 'npm'],
  [
    /(?:^|\/)(?:requirements[\w.-]{0,40}\.(?:txt|pip)|Pipfile(?:\.lock)?|poetry\.lock|uv\.lock|setup\.py|pyproject\.toml)$/,
    'PyPI',
  ],
  [/(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?|gradle\.lockfile|build\.sbt)$/, 'Maven'],
  [/(?:^|\/)go\.(?:sum|mod)$/, 'Go'],
  [/(?:^|\/)(?:Gemfile\.lock|gems\.locked)$/, 'RubyGems'],
  [/(?:^|\/)composer\.lock$/, 'Packagist'],
  [/(?:^|\/)packages\.lock\.json$/, 'NuGet'],
  [/(?:^|\/)Cargo\.lock$/, 'crates.io'],
  [/(?:^|\/)conan\.lock$/, 'ConanCenter'],
];

export function ecosystemOfFile(path: string): string | null {
  return FILES.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

/** By path. */
export function readDependencyFiles(value: unknown): ReadonlyMap<string, DependencyFile> {
  const files = new Map<string, DependencyFile>();
  for (const file of asObjects(value)) {
    const path = wordOf(file.path, CAPS.uri);
    if (path === null) continue;
    const manager = wordOf(file.package_manager)?.toLowerCase() ?? '';
    files.set(path, { ecosystem: ECOSYSTEMS.get(manager) ?? ecosystemOfFile(path), ...listedIn(file) });
  }
  return files;
}

function listedIn(file: JsonObject): Pick<DependencyFile, 'versions' | 'numbered'> {
  const versions = new Map<string, string[]>();
  const numbered = new Map<number, string>();
  for (const dependency of asObjects(file.dependencies)) {
    const name = wordOf(asObject(dependency.package)?.name);
    const version = wordOf(dependency.version);
    const number = asInteger(dependency.iid, 0);
    if (name === null) continue;
    if (number !== null) numbered.set(number, version === null ? name : `${name}@${version}`);
    if (version === null) continue;
    const known = versions.get(name);
    if (known === undefined) versions.set(name, [version]);
    else known.push(version);
  }
  return { versions, numbered };
}

/** `dependency_path` from the project's own requirement down, then the package; empty when the report tells no way. */
export function dependencyPath(
  dependency: JsonObject,
  name: string,
  file: DependencyFile | undefined,
): readonly string[] {
  if (dependency.direct === true) return [name];
  const numbers = asArray(dependency.dependency_path, COUNTS.logicalLocations).map((step) =>
    asInteger(asObject(step)?.iid, 0),
  );
  const steps = numbers.map((number) => (number === null ? undefined : file?.numbered.get(number)));
  const known = steps.filter((step) => step !== undefined);
  return known.length === 0 || known.length < steps.length ? [] : [...known, name];
}
