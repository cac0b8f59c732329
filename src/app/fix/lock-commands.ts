// Which program with which arguments writes a lock file again: a fixed table of ours, in which a package and a version are all that varies.
import type { DependencyProject } from '#domain/project.ts';
import { sameName } from '../../upgrade/brought-in-by.ts';
import { type BuildTool, buildToolOf } from '../../upgrade/build-tool.ts';
import { forgetInYarnLock } from './forget-locked.ts';

/** One package that a lock file is to hold at `to` or above. */
export interface LockWish {
  readonly name: string;
  readonly to: string;
  /** Versions that the lock file holds and may not hold any more. */
  readonly from: readonly string[];
  /** Whether a manifest asks for it since; else the lock file alone is written anew. */
  readonly isAsked: boolean;
}

export interface LockCommands {
  readonly program: string;
  /** What the lock file is made before the first step, where the tool has no argument for it. */
  readonly prepare: ((lock: string) => string) | null;
  /** One after the other. */
  readonly steps: readonly (readonly string[])[];
  /** What the tool writes, in the folder that it runs in. */
  readonly writes: readonly string[];
  readonly folder: string;
  /** Whether it cannot be kept from running code of the repository or of packages. */
  readonly runsCode: boolean;
}

export type LockPlan =
  | { readonly kind: 'commands'; readonly commands: LockCommands }
  | { readonly kind: 'no_lock' }
  | { readonly kind: 'no_tool'; readonly tool: string }
  /** A name or a version is not written as the ecosystem writes them. */
  | { readonly kind: 'odd'; readonly word: string };

interface Recipe {
  readonly program: string;
  readonly writes: readonly string[];
  readonly runsCode?: true;
  readonly prepare?: (lock: string, wishes: readonly LockWish[]) => string;
  /** Null when it cannot be had without a change of the manifest. */
  readonly steps: (
    wishes: readonly LockWish[],
    project: DependencyProject,
  ) => readonly (readonly string[])[] | null;
}

/** As registries take them (npm validate-npm-package-name, PEP 508, go.dev/ref/mod, Cargo, Packagist, RubyGems, NuGet). Never a `-` in front. */
const NAMES: ReadonlyMap<string, RegExp> = new Map([
  ['npm', /^(?:@[A-Za-z0-9][A-Za-z0-9._~-]{0,100}\/)?[A-Za-z0-9][A-Za-z0-9._~-]{0,200}$/],
  ['PyPI', /^[A-Za-z0-9][A-Za-z0-9._-]{0,200}$/],
  ['Go', /^[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*){0,20}$/],
  ['crates.io', /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/],
  ['Packagist', /^[a-z0-9][a-z0-9._-]{0,100}\/[a-z0-9][a-z0-9._-]{0,100}$/],
  ['RubyGems', /^[A-Za-z0-9][A-Za-z0-9._-]{0,200}$/],
  ['NuGet', /^[A-Za-z0-9_][A-Za-z0-9._-]{0,100}$/],
]);
const VERSION = /^v?[0-9][0-9A-Za-z.+_-]{0,99}$/;

const NPM_QUIET = ['--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'];
const PNPM_QUIET = ['--lockfile-only', '--ignore-scripts', '--ignore-pnpmfile'];
const BUN_QUIET = ['--lockfile-only', '--ignore-scripts'];
const COMPOSER_QUIET = ['--no-install', '--no-scripts', '--no-plugins', '--no-interaction'];

/** Sources: each tool's own manual of the command. Not in it: pdm, pipenv, pip-compile, gradle; Maven and plain pip have no lock file. */
const RECIPES: ReadonlyMap<BuildTool, Recipe> = new Map<BuildTool, Recipe>([
  [
    'npm',
    {
      program: 'npm',
      writes: ['package-lock.json', 'npm-shrinkwrap.json'],
      steps: (wishes) => [
        ...once(wishes, ['install', ...NPM_QUIET]),
        ...alone(wishes, (names) => ['update', ...NPM_QUIET, '--', ...names]),
      ],
    },
  ],
  [
    'yarn-1',
    {
      program: 'yarn',
      writes: ['yarn.lock'],
      // `upgrade` raises what package.json asks for, and adds the package to the root of a workspace.
      prepare: forgetInYarnLock,
      steps: () => [['install', '--ignore-scripts', '--non-interactive']],
    },
  ],
  [
    'yarn',
    {
      program: 'yarn',
      writes: ['yarn.lock'],
      // Plugins that .yarnrc.yml names are part of the repository.
      runsCode: true,
      // `install` keeps the version for what others ask for; `up` reads package.json as well.
      steps: (wishes) => [['up', '--recursive', '--mode=update-lockfile', ...namesOf(wishes)]],
    },
  ],
  [
    'pnpm',
    {
      program: 'pnpm',
      writes: ['pnpm-lock.yaml'],
      steps: (wishes, { files }) => {
        const isWorkspace = files.some((path) => /(^|\/)pnpm-workspace\.yaml$/.test(path));
        const all = isWorkspace ? ['--recursive'] : [];
        return [
          ...once(wishes, ['install', ...PNPM_QUIET, '--no-frozen-lockfile']),
          ...alone(wishes, (names) => ['update', ...PNPM_QUIET, '--no-save', ...all, ...names]),
        ];
      },
    },
  ],
  [
    'bun',
    {
      program: 'bun',
      writes: ['bun.lock'],
      // bunfig.toml names programs, a scanner of packages among them.
      runsCode: true,
      // `update` raises what package.json asks for.
      steps: (wishes, { requirements }) =>
        wishes.some(
          ({ name, isAsked }) => !isAsked && requirements.some((one) => sameName('npm', one.name, name)),
        )
          ? null
          : [
              ...once(wishes, ['install', ...BUN_QUIET]),
              ...alone(wishes, (names) => ['update', ...BUN_QUIET, ...names]),
            ],
    },
  ],
  [
    'poetry',
    {
      program: 'poetry',
      writes: ['poetry.lock'],
      // Source distributions are built to learn what they need.
      runsCode: true,
      steps: (wishes) => [['update', '--lock', '--no-interaction', '--no-plugins', ...namesOf(wishes)]],
    },
  ],
  [
    'uv',
    {
      program: 'uv',
      writes: ['uv.lock'],
      steps: (wishes) => [
        ['lock', '--no-build', ...wishes.map(({ name, to }) => `--upgrade-package=${name}==${to}`)],
      ],
    },
  ],
  [
    'go',
    {
      program: 'go',
      // Which versions the module takes of what others bring in stands in go.mod.
      writes: ['go.mod', 'go.sum'],
      steps: (wishes) => [
        ...wishes.map(({ name, to }) => ['get', `${name}@v${to.replace(/^v/, '')}`]),
        ['mod', 'tidy'],
      ],
    },
  ],
  [
    'cargo',
    {
      program: 'cargo',
      writes: ['Cargo.lock'],
      // A raised Cargo.toml takes the old version out of the lock file at the first step, and an id that is not there stops cargo.
      steps: (wishes) => [
        ...once(wishes, ['update', '--workspace']),
        ...wishes
          .filter(({ isAsked }) => !isAsked)
          .flatMap(({ name, to, from }) =>
            from.map((old) => ['update', `--package=${name}@${old}`, `--precise=${to}`]),
          ),
      ],
    },
  ],
  [
    'composer',
    {
      program: 'composer',
      writes: ['composer.lock'],
      steps: (wishes) => [['update', ...COMPOSER_QUIET, '--', ...namesOf(wishes)]],
    },
  ],
  [
    'bundler',
    {
      program: 'bundle',
      writes: ['Gemfile.lock', 'gems.locked'],
      // A Gemfile is a program.
      runsCode: true,
      steps: (wishes) => [['lock', '--conservative', '--update', ...namesOf(wishes)]],
    },
  ],
  [
    'nuget',
    {
      program: 'dotnet',
      writes: ['packages.lock.json'],
      // Project files are programs of MSBuild.
      runsCode: true,
      steps: () => [['restore', '--force-evaluate']],
    },
  ],
]);

/** What would be run for a project as our own reading has it; nothing of a result file stands in it but names and versions that pass. */
export function planLock(project: DependencyProject, wishes: readonly LockWish[]): LockPlan {
  const tool = buildToolOf(project);
  if (!project.hasLock || tool === null || tool === 'maven' || tool === 'pip') return { kind: 'no_lock' };
  const recipe = RECIPES.get(tool);
  const isName = NAMES.get(project.ecosystem);
  if (recipe === undefined || isName === undefined) return { kind: 'no_tool', tool };
  for (const { name, to, from } of wishes) {
    const odd = [to, ...from].find((version) => !VERSION.test(version));
    if (odd !== undefined) return { kind: 'odd', word: odd };
    if (!isName.test(name)) return { kind: 'odd', word: name };
  }
  const lock = project.files.find((path) => recipe.writes.includes(path.split('/').at(-1) ?? ''));
  const folder = (lock ?? '').split('/').slice(0, -1).join('/');
  if (lock === undefined) return { kind: 'no_lock' };
  const { program, writes, runsCode = false } = recipe;
  const steps = recipe.steps(wishes, project);
  if (steps === null) return { kind: 'no_tool', tool };
  const prepare = recipe.prepare === undefined ? null : prepareWith(recipe.prepare, wishes);
  const commands = { program, prepare, steps, writes, folder, runsCode };
  return { kind: 'commands', commands };
}

function prepareWith(
  prepare: (lock: string, wishes: readonly LockWish[]) => string,
  wishes: readonly LockWish[],
): (lock: string) => string {
  return (lock) => prepare(lock, wishes);
}

function namesOf(wishes: readonly LockWish[]): readonly string[] {
  return [...new Set(wishes.map(({ name }) => name))];
}

function once(wishes: readonly LockWish[], step: readonly string[]): readonly (readonly string[])[] {
  return wishes.some(({ isAsked }) => isAsked) ? [step] : [];
}

function alone(
  wishes: readonly LockWish[],
  step: (names: readonly string[]) => readonly string[],
): readonly (readonly string[])[] {
  const names = namesOf(wishes.filter(({ isAsked }) => !isAsked));
  return names.length === 0 ? [] : [step(names)];
}
