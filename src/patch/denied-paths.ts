// Files that no proposed patch may touch: what runs in CI or on a developer's machine, and what decides who looks at a change (security row 24).
import { type Phrase, phrase } from '#domain/phrase.ts';
import { hasInvisible } from '#support/invisible-characters.ts';

interface DeniedKind {
  /** Ends a sentence about the file. */
  readonly what: Phrase;
  /** Of the last segment, in lower case. */
  readonly name: RegExp;
}

const DENIED_NAMES: readonly DeniedKind[] = [
  { what: phrase`says who must review`, name: /^codeowners$/ },
  {
    what: phrase`configures the build on the host`,
    name: /^(?:jenkinsfile|azure-pipelines|bitbucket-pipelines|appveyor|cloudbuild|buildspec|codefresh|wercker)(?:[.-].*)?$|^action\.ya?ml$/,
  },
  {
    what: phrase`is a hook of git or configures hooks`,
    name: /^(?:(?:pre|post)-(?:commit|merge|push|receive|checkout|rewrite|applypatch|auto-gc|index-change)|prepare-commit-msg|commit-msg|applypatch-msg|pre-merge-commit|pre-rebase|update|reference-transaction|sendemail-validate|fsmonitor-watchman|push-to-checkout|proc-receive)$|^lefthook(?:-local)?\.\w+$|^husky\.config\.\w+$/,
  },
  {
    what: phrase`is a lockfile`,
    name: /\.lock$|\.lockb$|^(?:package-lock|npm-shrinkwrap|packages\.lock|deno\.lock)\.json$|^pnpm-lock\.ya?ml$|^go\.(?:sum|work\.sum)$|\.lockfile$|^(?:package\.resolved|conda-lock\.ya?ml|maven_install\.json)$/,
  },
  {
    what: phrase`is a package manifest or a build script`,
    name: /^(?:package|composer|bower|deno|lerna|nx|turbo|project|global)\.jsonc?$|^pom\.xml$|^(?:build|settings|init)\.(?:gradle|sbt)(?:\.kts)?$|^gradle\.properties$|^gradlew(?:\.bat)?$|^mvnw(?:\.cmd)?$|^cargo\.toml$|^go\.(?:mod|work)$|^setup\.(?:py|cfg)$|^pyproject\.toml$|^pipfile$|^(?:requirements|constraints)[\w.-]*\.(?:txt|in)$|^environment\.ya?ml$|^conftest\.py$|^noxfile\.py$|^gemfile$|\.gemspec$|^rakefile$|\.(?:csproj|fsproj|vbproj|vcxproj|sln|slnx|props|targets|nuspec)$|^nuget\.config$|^packages\.config$|^pnpm-workspace\.ya?ml$|^(?:gnu)?makefile(?:\.\w+)?$|\.mk$|^cmakelists\.txt$|\.cmake$|^configure(?:\.ac)?$|^meson\.build$|^build\.rs$|^(?:build|workspace|module)(?:\.bazel)?$|\.bzl$|^justfile$|^taskfile\.ya?ml$|^procfile$|^(?:docker|container)file(?:\..*)?$|\.dockerfile$|^(?:docker-)?compose(?:\..*)?\.ya?ml$|^vagrantfile$|^mix\.exs$|^package\.swift$|^podfile$|^gruntfile\.\w+$|^gulpfile\.\w+$|^(?:webpack|vite|vitest|rollup|babel|jest|metro|next|nuxt|svelte|postcss|tailwind|tsup|esbuild|karma|cypress|playwright)\.config\.\w+$|^tsconfig(?:\..*)?\.json$/,
  },
  {
    what: phrase`configures Assay`,
    name: /^assay\.(?:ya?ml|json)$|^assay[\w.-]*baseline[\w.-]*$/,
  },
  {
    what: phrase`configures a scanner or a linter`,
    name: /^(?:semgrep|bandit|gitleaks|trivy|checkov|tfsec|snyk|sonar|sonar-project|sonarcloud|codeql-config|codeql|qodana|detekt|spotbugs|findbugs|pmd|checkstyle|psalm|phpstan|phpcs|phpmd|rubocop|brakeman|biome|oxlint|mypy|pylint|pylintrc|ruff|golangci|gosec|cppcheck|clang-tidy|grype|syft|osv-scanner|devskim|horusec|bearer|kics|renovate|dependabot|mega-linter|suppressions?|dependency-check)(?:[.-][\w.-]*)?\.(?:ya?ml|toml|json5?|jsonc|xml|ini|cfg|properties|neon|ignore|conf|dist|exclude)$|^(?:pylintrc|trivyignore|tox\.ini|brakeman\.ignore)$|^(?:eslint|stylelint|prettier|tslint)\.config\.\w+$|^tslint\.json$|(?:exclude|suppression)s?\.xml$/,
  },
  {
    what: phrase`instructs coding agents`,
    name: /^(?:agents?|claude|gemini|copilot|copilot-instructions|codex|cursor|warp|qwen|jules|skill|memory|rules|llms|llms-full|conventions)(?:\.local|\.override)?\.(?:md|mdc|txt)$|\.instructions\.md$|\.prompt\.md$|\.mdc$|^mcp(?:[.-]\w+)?\.json$/,
  },
];

const HOOK_FOLDER = phrase`lies in a folder of git hooks`;
const DENIED_FOLDERS: ReadonlyMap<string, Phrase> = new Map([
  ['githooks', HOOK_FOLDER],
  ['git-hooks', HOOK_FOLDER],
  ['node_modules', phrase`lies in a folder of installed packages`],
]);

/** Why a patch may not touch the file, as the end of a sentence about it; null when the name alone does not forbid it. Case is ignored, as some file systems do. */
export function deniedPath(path: string): Phrase | null {
  if (hasInvisible(path) || /[\\\0-\x1f]/.test(path))
    return phrase`has a name with invisible characters or backslashes`;
  const segments = path.toLowerCase().normalize('NFKC').split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..'))
    return phrase`has a name that leads around folders`;
  // Windows drops them, and gives long names a short form.
  if (segments.some((segment) => /[. ]$|~\d|:/.test(segment)))
    return phrase`has a name that some systems read as another`;
  if (segments.some((segment) => segment.startsWith('.')))
    return phrase`is a dotfile or lies in a dot folder`;
  for (const segment of segments.slice(0, -1)) {
    const folder = DENIED_FOLDERS.get(segment);
    if (folder !== undefined) return folder;
  }
  const name = segments.at(-1) ?? '';
  return DENIED_NAMES.find((kind) => kind.name.test(name))?.what ?? null;
}
