// Every format of manifests and lock files by ecosystem; a reader, and the parsers it needs, are loaded where such a file is.
import type { ProjectDraft } from './draft.ts';
import type { ManifestFiles } from './manifest-files.ts';

export interface EcosystemReader {
  /** As OSV names it. */
  readonly ecosystem: string;
  /** Paths of its manifests and lock files. */
  readonly files: RegExp;
  readonly read: (files: ManifestFiles) => Promise<readonly ProjectDraft[]>;
}

export const ECOSYSTEMS: readonly EcosystemReader[] = [
  {
    ecosystem: 'npm',
    files:
      /(^|\/)(package\.json|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock|bun\.lock)$/,
    read: async (files) => (await import('./npm/read-npm-projects.ts')).readNpmProjects(files),
  },
  {
    ecosystem: 'PyPI',
    files:
      /(^|\/)(pyproject\.toml|poetry\.lock|uv\.lock|pdm\.lock|Pipfile|Pipfile\.lock|setup\.cfg|setup\.py|requirements\/[^/]+\.(txt|in)|[^/]*requirements[^/]*\.(txt|in))$/,
    read: async (files) => (await import('./python/read-python-projects.ts')).readPythonProjects(files),
  },
  {
    ecosystem: 'Maven',
    files:
      /(^|\/)(pom\.xml|[^/]+\.gradle|[^/]+\.gradle\.kts|(buildscript-)?gradle\.lockfile|libs\.versions\.toml|gradle\.properties)$/,
    read: async (files) => (await import('./maven/read-maven-projects.ts')).readMavenProjects(files),
  },
  {
    ecosystem: 'Go',
    files: /(^|\/)go\.(mod|sum)$/,
    read: async (files) => (await import('./go/read-go-projects.ts')).readGoProjects(files),
  },
  {
    ecosystem: 'crates.io',
    files: /(^|\/)Cargo\.(toml|lock)$/,
    read: async (files) => (await import('./rust/read-rust-projects.ts')).readRustProjects(files),
  },
  {
    ecosystem: 'Packagist',
    files: /(^|\/)composer\.(json|lock)$/,
    read: async (files) => (await import('./php/read-php-projects.ts')).readPhpProjects(files),
  },
  {
    ecosystem: 'RubyGems',
    files: /(^|\/)(Gemfile|Gemfile\.lock|gems\.rb|gems\.locked|[^/]+\.gemspec)$/,
    read: async (files) => (await import('./ruby/read-ruby-projects.ts')).readRubyProjects(files),
  },
  {
    ecosystem: 'NuGet',
    files:
      /(^|\/)([^/]+\.(cs|fs|vb)proj|packages\.lock\.json|packages\.config|Directory\.(Packages\.props|Build\.props|Build\.targets))$/,
    read: async (files) => (await import('./dotnet/read-dotnet-projects.ts')).readDotnetProjects(files),
  },
];
