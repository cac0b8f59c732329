// What GitHub calls ecosystems, in its alerts (`pip`, `PIP`) and in its dependency graph, as OSV names them.

/** https://docs.github.com/graphql/reference/enums#securityadvisoryecosystem, in lower case, and the types of the dependency graph. */
const ECOSYSTEMS: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm'],
  ['pip', 'PyPI'],
  ['pypi', 'PyPI'],
  ['maven', 'Maven'],
  ['go', 'Go'],
  ['golang', 'Go'],
  ['gomod', 'Go'],
  ['rubygems', 'RubyGems'],
  ['gem', 'RubyGems'],
  ['nuget', 'NuGet'],
  ['composer', 'Packagist'],
  ['rust', 'crates.io'],
  ['cargo', 'crates.io'],
  ['erlang', 'Hex'],
  ['hex', 'Hex'],
  ['pub', 'Pub'],
  ['swift', 'SwiftURL'],
  ['actions', 'GitHub Actions'],
  ['githubactions', 'GitHub Actions'],
]);

export function ecosystemOfGitHub(word: string | null): string | null {
  return ECOSYSTEMS.get(word?.toLowerCase() ?? '') ?? null;
}
