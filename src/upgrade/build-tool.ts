// Which tool installs a project's packages, and the command that writes its lock file again: told to people, never run (`assay fix --lock` has a table of its own).
import type { DependencyProject } from '#domain/project.ts';

export type BuildTool =
  | 'npm'
  | 'yarn-1'
  | 'yarn'
  | 'pnpm'
  | 'bun'
  | 'poetry'
  | 'uv'
  | 'pdm'
  | 'pipenv'
  | 'pip-tools'
  | 'pip'
  | 'maven'
  | 'gradle'
  | 'go'
  | 'cargo'
  | 'bundler'
  | 'composer'
  | 'nuget';

/** The first file that is there decides; the lock files come first. */
const BY_FILE: readonly (readonly [file: RegExp, tool: BuildTool])[] = [
  [/(^|\/)pnpm-(lock|workspace)\.yaml$/, 'pnpm'],
  [/(^|\/)yarn\.lock$/, 'yarn'],
  [/(^|\/)bun\.lock$/, 'bun'],
  [/(^|\/)poetry\.lock$/, 'poetry'],
  [/(^|\/)uv\.lock$/, 'uv'],
  [/(^|\/)pdm\.lock$/, 'pdm'],
  [/(^|\/)Pipfile(\.lock)?$/, 'pipenv'],
  [/(^|\/)pom\.xml$/, 'maven'],
];

const BY_ECOSYSTEM: ReadonlyMap<string, BuildTool> = new Map([
  ['npm', 'npm'],
  ['PyPI', 'pip'],
  ['Maven', 'gradle'],
  ['Go', 'go'],
  ['crates.io', 'cargo'],
  ['RubyGems', 'bundler'],
  ['Packagist', 'composer'],
  ['NuGet', 'nuget'],
]);

export function buildToolOf({ ecosystem, files, hasLock, lockTool }: DependencyProject): BuildTool | null {
  if (lockTool !== undefined) return lockTool;
  const usual = BY_ECOSYSTEM.get(ecosystem) ?? null;
  const told = BY_FILE.find(([file]) => files.some((path) => file.test(path)))?.[1];
  if (told !== undefined) return told;
  return usual === 'pip' && hasLock ? 'pip-tools' : usual;
}

export interface CommandQuestion {
  readonly tool: BuildTool;
  readonly name: string;
  readonly from: string | null;
  readonly to: string;
  readonly hasLock: boolean;
}

/** Names and versions as they may stand in a command that a person copies: nothing that a shell would read as its own. */
const PLAIN_NAME = /^@?[A-Za-z0-9_][A-Za-z0-9_.~:/-]{0,250}$/;
const PLAIN_VERSION = /^v?[0-9][0-9A-Za-z.+_-]{0,99}$/;

/** Takes the package's version anew within what manifests ask for. Null where nothing has to be run, or a name is none for a shell. */
export function refreshCommand({ tool, name, from, to, hasLock }: CommandQuestion): string | null {
  if (!PLAIN_NAME.test(name) || !PLAIN_VERSION.test(to)) return null;
  const at = from !== null && PLAIN_VERSION.test(from) ? `${name}@${from}` : name;
  switch (tool) {
    case 'npm':
      return hasLock ? `npm update ${name}` : null;
    case 'yarn-1':
      return `yarn upgrade ${name}`;
    case 'yarn':
      return `yarn up -R ${name}`;
    case 'pnpm':
      return `pnpm update ${name}`;
    case 'bun':
      return `bun update ${name}`;
    case 'poetry':
      return `poetry update ${name}`;
    case 'uv':
      return `uv lock --upgrade-package ${name}==${to}`;
    case 'pdm':
      return `pdm update ${name}`;
    case 'pipenv':
      return `pipenv update ${name}`;
    case 'pip-tools':
      return `pip-compile --upgrade-package ${name}==${to}`;
    case 'gradle':
      return hasLock ? `gradle dependencies --update-locks ${name}` : null;
    case 'go':
      return `go get ${name}@${to} && go mod tidy`;
    case 'cargo':
      return hasLock ? `cargo update -p ${at} --precise ${to}` : null;
    case 'bundler':
      return hasLock ? `bundle update ${name} --conservative` : null;
    case 'composer':
      return hasLock ? `composer update ${name}` : null;
    case 'nuget':
      return hasLock ? 'dotnet restore --force-evaluate' : null;
    case 'maven':
    case 'pip':
      return null;
  }
}

/** The lock file after a manifest was edited. */
export function installCommand(question: CommandQuestion): string | null {
  if (!question.hasLock) return null;
  switch (question.tool) {
    case 'npm':
      return 'npm install';
    case 'yarn-1':
    case 'yarn':
      return 'yarn install';
    case 'pnpm':
      return 'pnpm install';
    case 'bun':
      return 'bun install';
    case 'uv':
      return 'uv lock';
    case 'go':
      return 'go mod tidy';
    default:
      return refreshCommand(question);
  }
}
