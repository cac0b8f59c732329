// Says of a dependency finding whether the change under review brings it in: a change is blamed only for what it brings.
import type { AffectedPackage } from '#domain/advisory.ts';
import type { Finding } from '#domain/finding.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { DependencyProject, Requirement } from '#domain/project.ts';
import { markOutside } from '#support/mark-outside.ts';
import { isAffected } from '../versions/is-affected.ts';
import { normaliseName } from '../versions/normalise-name.ts';
import { satisfies } from '../versions/satisfies.ts';
import { versionOrder } from '../versions/version-order.ts';
import { ecosystemFamily, sameVersion } from './find-project.ts';

export interface DependencyScopeContext {
  /** What manifests and lock files said before the change. */
  readonly before: readonly DependencyProject[];
  /** Whether the change touches a file of head. */
  isTouched(path: string): boolean;
  /** Every path that the change touches. */
  readonly touched: readonly string[];
  /** What advisories say of the package and this vulnerability; empty where none is known. */
  affectedBy(finding: Finding): readonly AffectedPackage[];
  /** The name at base of a folder at head. */
  baseFolder(folder: string): string;
}

export interface RuledDependencyScope {
  readonly state: 'new' | 'changed' | 'existing';
  readonly why: Phrase;
}

/** Those of ecosystems whose manifests are not read, and of packages that lie in the repository, decide as well. */
export const MANIFEST =
  /(?:^|\/)(?:requirements\/[^/]*\.(?:txt|in)|[^/]*requirements[^/]*\.(?:txt|in)|constraints[^/]*\.txt|environment[^/]*\.ya?ml|conda-lock\.yml|mix\.(?:exs|lock)|pubspec\.(?:yaml|lock)|Package(?:\.swift|\.resolved)|Podfile(?:\.lock)?|Cartfile(?:\.resolved)?|conanfile\.(?:py|txt)|conan\.lock|vcpkg\.json|paket\.(?:dependencies|lock)|[^/]*\.(?:fsproj|vbproj|nuspec|sbt|cabal|jar|war|whl|nupkg|gem)|deps\.edn|project\.clj|shard\.(?:yml|lock)|stack\.yaml(?:\.lock)?|renv\.lock|DESCRIPTION|Directory\.Build\.(?:props|targets)|global\.json|deno\.(?:jsonc?|lock)|bun\.lockb|\.pnp\.c?js|pylock[^/]*\.toml|gems\.(?:rb|locked)|go\.work(?:\.sum)?|vendor\/modules\.txt|\.gitmodules|Containerfile[^/]*|package(?:-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-(?:lock|workspace)\.yaml|bun\.lock|requirements[^/]*\.(?:txt|in)|pyproject\.toml|poetry\.lock|uv\.lock|pdm\.lock|Pipfile(?:\.lock)?|setup\.(?:py|cfg)|pom\.xml|[^/]*\.gradle(?:\.kts)?|gradle\.lockfile|libs\.versions\.toml|go\.(?:mod|sum)|Cargo\.(?:toml|lock)|composer\.(?:json|lock)|Gemfile(?:\.lock)?|[^/]*\.gemspec|[^/]*\.csproj|packages\.(?:lock\.json|config)|Directory\.Packages\.props|Dockerfile[^/]*)$/;

/** Against the base: was the package there before, at a version that was affected as well? */
export function scopeDependency(finding: Finding, context: DependencyScopeContext): RuledDependencyScope {
  const { dependency } = finding;
  if (dependency === undefined) throw new Error(`finding ${finding.id} is about no dependency`);
  const { package: named, project, versions } = dependency;
  if (project === null || named.ecosystem === null) return scopeWithoutProject(context);
  const family = ecosystemFamily(named.ecosystem);
  const untouched = phrase`the change touches none of the files that bring the package in`;
  const isTouched =
    dependency.places.some(({ path }) => context.isTouched(path)) || touchesProject(project, context);
  if (!isTouched && !touchesShared(project, family, context)) return { state: 'existing', why: untouched };
  const wanted = normaliseName(family, named.name);
  const shown = markOutside(named.name);
  const folder = context.baseFolder(project);
  const old = context.before.filter((one) => one.folder === folder && one.ecosystem === family);
  const locked = old
    .flatMap(({ packages }) => packages)
    .filter(({ name }) => normaliseName(family, name) === wanted);
  const asked = old
    .flatMap(({ requirements }) => requirements)
    .filter(({ name }) => normaliseName(family, name) === wanted);
  if (locked.length === 0 && asked.length === 0)
    return { state: 'new', why: phrase`this change brings ${shown} in` };
  if (finding.kind === 'licence')
    return !isTouched
      ? { state: 'existing', why: untouched }
      : { state: 'changed', why: phrase`${shown} was there before this change` };
  const before = [
    ...new Set(locked.length > 0 ? locked.map(({ version }) => version) : pinnedVersions(asked, family)),
  ];
  const raised = versions.filter((version) => !before.some((old) => sameVersion(old, version)));
  if (before.length === 0) {
    const ruled = scopeByConstraints(asked, finding, family);
    return isTouched || ruled.state === 'new' ? ruled : { state: 'existing', why: untouched };
  }
  if (raised.length === 0) {
    if (!isTouched) return { state: 'existing', why: untouched };
    return { state: 'changed', why: phrase`${shown} was there at the same version before this change` };
  }
  const verdicts = before.map((version) => wasAffected(version, finding, context));
  const list = markOutside(before.join(', '));
  const now = markOutside(raised.join(', '));
  if (verdicts.includes('affected')) {
    return {
      state: 'changed',
      why: phrase`${shown} was there before this change as well, at ${list}, which is affected too`,
    };
  }
  const why = verdicts.includes('unknown')
    ? phrase`this change moves ${shown} from ${list} to ${now}, and it is not known whether ${list} was affected`
    : phrase`this change moves ${shown} from ${list}, which is not affected, to ${now}`;
  return { state: 'new', why };
}

/** Ecosystems in which a version that stands alone is the one that is installed, where no lock file says otherwise. */
const PINNED_BY_VERSION = new Set(['Maven', 'NuGet', 'Go', 'npm', 'Packagist', 'RubyGems']);

/** The versions that manifests name without a choice; none when one of them leaves a choice. */
function pinnedVersions(asked: readonly Requirement[], family: string): readonly string[] {
  const order = versionOrder(family);
  const pinned = asked.flatMap(({ constraint }) => {
    const [, equals = '', version = ''] =
      /^(={0,3})\s{0,9}([^\s,|*<>^~=]{1,200})$/.exec(constraint ?? '') ?? [];
    const isPin = equals !== '' || PINNED_BY_VERSION.has(family);
    return isPin && order?.isValid(version) === true ? version : [];
  });
  return pinned.length === asked.length ? pinned : [];
}

/** Without a lock file before the change, what the manifest asked for tells which versions there could have been. */
function scopeByConstraints(
  asked: readonly Requirement[],
  { dependency }: Finding,
  family: string,
): RuledDependencyScope {
  const { package: named, versions = [] } = dependency ?? {};
  const shown = markOutside(named?.name ?? '');
  const constraints = [...new Set(asked.map(({ constraint }) => constraint))];
  const raised = versions.filter(
    (version) => !constraints.some((one) => one === null || satisfies(family, one, version) === true),
  );
  if (raised.length === 0) return { state: 'changed', why: phrase`${shown} was there before this change` };
  const list = markOutside(constraints.join(', '));
  const now = markOutside(raised.join(', '));
  return { state: 'new', why: phrase`this change moves ${shown} from what ${list} admits to ${now}` };
}

/** What an inventory of another making lists: its age is that of the files which decide on dependencies. */
function scopeWithoutProject({ touched }: DependencyScopeContext): RuledDependencyScope {
  const path = touched.find((one) => MANIFEST.test(one));
  if (path === undefined) {
    return { state: 'existing', why: phrase`the change touches no file that decides on dependencies` };
  }
  return {
    state: 'new',
    why: phrase`no manifest or lock file of the repository says where the package comes from, and the change touches ${markOutside(path)}`,
  };
}

function touchesProject(folder: string, { touched }: DependencyScopeContext): boolean {
  const prefix = folder === '' ? '' : `${folder}/`;
  return touched.some(
    (path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/') && MANIFEST.test(path),
  );
}

/** Files elsewhere that may set a project's versions: parents and properties of builds for Java, and what lies in the folders above. */
function touchesShared(folder: string, family: string, { touched }: DependencyScopeContext): boolean {
  return touched.some((path) => {
    if (family === 'Maven' && /(?:pom\.xml|\.gradle(?:\.kts)?|\.toml|gradle\.properties)$/.test(path))
      return true;
    const above = path.slice(0, path.lastIndexOf('/') + 1);
    return `${folder}/`.startsWith(above) && MANIFEST.test(path);
  });
}

/** By the advisory's ranges; without them, by the versions that mended it. */
function wasAffected(
  version: string,
  finding: Finding,
  context: DependencyScopeContext,
): 'affected' | 'not_affected' | 'unknown' {
  const answers = context.affectedBy(finding).map((affected) => isAffected(affected, version));
  if (answers.includes('affected')) return 'affected';
  if (answers.length > 0 && answers.every((answer) => answer === 'not_affected')) return 'not_affected';
  const { package: named, vulnerability } = finding.dependency ?? {};
  const order = named?.ecosystem ? versionOrder(named.ecosystem) : null;
  const [fixed, ...others] = vulnerability?.fixedIn ?? [];
  if (order === null || fixed === undefined || others.length > 0) return 'unknown';
  if (!order.isValid(version) || !order.isValid(fixed)) return 'unknown';
  return order.compare(version, fixed) >= 0 ? 'not_affected' : 'unknown';
}
