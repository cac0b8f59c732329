// Which version a plan takes, who has to ask for it, and what it says.
import { describe, expect, test } from 'vitest';
import type { AffectedPackage, RangeEvent } from '#domain/advisory.ts';
import type { Upgrade } from '#domain/dependency.ts';
import { ID, type UpgradeSample, upgraded } from './upgrade-sample.ts';

const affected = (ecosystem: string, name: string, ...events: readonly RangeEvent[]): AffectedPackage => ({
  ecosystem,
  name,
  ranges: [{ type: 'ECOSYSTEM', events }],
  versions: [],
  symbols: [],
  ratings: [],
});

const packageJson = (dependencies: object) => JSON.stringify({ name: 'shop', dependencies }, null, 2);
/** A lock of npm: `a` brings `minimist` in by `range`. */
const npmLock = (range: string | null, asked: object = { a: '^1.0.0' }, version = '1.2.5') =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { name: 'shop', dependencies: asked },
      'node_modules/a': { version: '1.0.0', dependencies: range === null ? {} : { minimist: range } },
      'node_modules/minimist': { version },
    },
  });
const minimist = { ecosystem: 'npm', name: 'minimist', fixedIn: ['1.2.6'] };
const transitive = { 'package.json': packageJson({ a: '^1.0.0' }) };

const PNPM = {
  'pnpm-lock.yaml':
    "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n        specifier: ^1.0.0\n        version: 1.0.0\npackages:\n  a@1.0.0: {}\n  minimist@1.2.5: {}\nsnapshots:\n  a@1.0.0:\n    dependencies:\n      minimist: 1.2.5\n  minimist@1.2.5: {}\n",
};
const withPnpm = (version: string, more: object = {}) =>
  `${JSON.stringify({ packageManager: `pnpm@${version}`, dependencies: { a: '^1.0.0' }, ...more }, null, 2)}\n`;

const GEM_LOCK = (constraint: string) =>
  `GEM\n  remote: https://rubygems.example/\n  specs:\n    rack (2.2.1)\n    sinatra (2.1.0)\n      rack (${constraint})\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  sinatra\n`;
const TWO_VERSIONS = (range: string) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { a: '^1.0.0', b: '^1.0.0' } },
      'node_modules/a': { version: '1.0.0', dependencies: { minimist: '^1.2.0' } },
      'node_modules/b': { version: '1.0.0', dependencies: { minimist: range } },
      'node_modules/b/node_modules/minimist': { version: '0.2.0' },
      'node_modules/minimist': { version: '1.2.5' },
    },
  });

interface PlanCase {
  readonly what: string;
  readonly sample: UpgradeSample;
  readonly plan: Partial<Upgrade>;
  readonly says?: string;
  /** Path of the patch; null: none. */
  readonly patched?: string | null;
}

const CASES: readonly PlanCase[] = [
  {
    what: 'what is asked for admits the fix: the lock file alone',
    sample: {
      ...minimist,
      files: {
        'package.json': packageJson({ minimist: '^1.2.0' }),
        'package-lock.json': npmLock(null, { minimist: '^1.2.0' }),
      },
    },
    plan: {
      kind: 'direct',
      package: 'minimist',
      from: '1.2.5',
      to: '1.2.6',
      breaking: false,
      command: 'npm update minimist',
      leaves: [ID],
      remains: [],
    },
    says: 'only the lock file has to be written again',
    patched: null,
  },
  {
    what: 'a pin with a lock file: the line, and then the lock file',
    sample: {
      ...minimist,
      files: {
        'package.json': packageJson({ minimist: '1.2.5' }),
        'package-lock.json': npmLock(null, { minimist: '1.2.5' }),
      },
    },
    plan: { kind: 'direct', to: '1.2.6', command: 'npm install' },
    says: 'Raise `minimist` from `1.2.5` to `1.2.6` where the project asks for it.',
    patched: 'package.json',
  },
  {
    what: 'what brings it in admits the fix: the lock file alone',
    sample: { ...minimist, files: { ...transitive, 'package-lock.json': npmLock('^1.2.0') } },
    plan: { kind: 'direct', to: '1.2.6', command: 'npm update minimist' },
    patched: null,
  },
  {
    what: 'what brings it in does not admit the fix: an override',
    sample: { ...minimist, files: { ...transitive, 'package-lock.json': npmLock('1.2.5') } },
    plan: { kind: 'override', package: 'minimist', to: '1.2.6', command: 'npm install' },
    says: '`minimist` is brought in by `a`: hold it to version `1.2.6` by `overrides` in `package.json`.',
    patched: 'package.json',
  },
  {
    what: 'yarn 2 and later: the lock file alone',
    sample: {
      ...minimist,
      files: {
        ...transitive,
        'yarn.lock':
          '__metadata:\n  version: 8\n\n"a@npm:^1.0.0":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n  dependencies:\n    minimist: ^1.2.0\n\n"minimist@npm:^1.2.0":\n  version: 1.2.5\n  resolution: "minimist@npm:1.2.5"\n\n"shop@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "shop@workspace:."\n',
      },
    },
    plan: { kind: 'direct', command: 'yarn up -R minimist' },
    patched: null,
  },
  {
    what: 'yarn 1 has no way to take one package anew that others bring in',
    sample: {
      ...minimist,
      files: {
        ...transitive,
        'yarn.lock':
          '# yarn lockfile v1\n\na@^1.0.0:\n  version "1.0.0"\n  dependencies:\n    minimist "^1.2.0"\n\nminimist@^1.2.0:\n  version "1.2.5"\n',
      },
    },
    plan: { kind: 'override', command: 'yarn install' },
    says: '`resolutions`',
    patched: 'package.json',
  },
  {
    what: 'pnpm does not say what is asked for: an override',
    sample: {
      ...minimist,
      files: {
        ...transitive,
        ...PNPM,
      },
    },
    plan: { kind: 'override', command: 'pnpm install' },
    says: 'by `pnpm.overrides` in `package.json`, or from pnpm 11 on by `overrides` in `pnpm-workspace.yaml`.',
    patched: 'package.json',
  },
  {
    what: 'pnpm 9: in package.json',
    sample: {
      ...minimist,
      files: { ...PNPM, 'package.json': withPnpm('9.15.9') },
    },
    plan: { kind: 'override' },
    says: 'hold it to version `1.2.6` by `pnpm.overrides` in `package.json`. ',
    patched: 'package.json',
  },
  {
    what: 'pnpm 12: in pnpm-workspace.yaml, whatever package.json holds',
    sample: {
      ...minimist,
      files: {
        ...PNPM,
        'package.json': withPnpm('12.21.0', { pnpm: { overrides: { minimist: '^1.2.4' } } }),
        'pnpm-workspace.yaml': 'packages:\n  - m\n',
      },
    },
    plan: { kind: 'override', command: 'pnpm install' },
    says: 'hold it to version `1.2.6` by `overrides` in `pnpm-workspace.yaml`. ',
    patched: 'pnpm-workspace.yaml',
  },
  {
    what: 'pnpm 12: the line that is there is raised',
    sample: {
      ...minimist,
      files: {
        ...PNPM,
        'package.json': withPnpm('12.21.0', { resolutions: { minimist: '1.2.5' } }),
        'pnpm-workspace.yaml': "overrides:\n  minimist: '1.2.5'\n",
      },
    },
    plan: { kind: 'override' },
    patched: 'pnpm-workspace.yaml',
  },
  {
    what: 'pnpm 12 without pnpm-workspace.yaml: told, as no file is made',
    sample: { ...minimist, files: { ...PNPM, 'package.json': withPnpm('12.21.0') } },
    plan: { kind: 'override' },
    says: 'by `overrides` in `pnpm-workspace.yaml`. ',
    patched: null,
  },
  {
    what: 'Poetry, where what brings it in takes no fix: raise that',
    sample: {
      ecosystem: 'PyPI',
      name: 'urllib3',
      fixedIn: ['1.26.18'],
      files: {
        'pyproject.toml': '[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\nrequests = "^2.20"\n',
        'poetry.lock':
          '[[package]]\nname = "requests"\nversion = "2.20.0"\n[package.dependencies]\nurllib3 = ">=1.21,<1.25"\n\n[[package]]\nname = "urllib3"\nversion = "1.24.3"\n',
      },
    },
    plan: { kind: 'parent', package: 'requests', from: '2.20.0', to: null, breaking: null, command: null },
    says: '`urllib3` is brought in by `requests`, which does not take version `1.26.18`, the first without it: raise or replace what brings it in. Which version of it takes `1.26.18` is not known here: look for the first whose own dependencies admit `urllib3` `1.26.18`. `poetry show --latest requests` tells which there are.',
    patched: null,
  },
  {
    what: 'Poetry, where another project has a version of the parent that takes the fix: that one',
    sample: {
      ecosystem: 'PyPI',
      name: 'urllib3',
      fixedIn: ['1.26.18'],
      folder: 'api',
      files: Object.fromEntries(
        [
          ['api', '2.20.0', '>=1.21,<1.25', '1.24.3'],
          ['old', '2.22.0', '>=1.21,<1.26', '1.25.3'],
          ['web', '2.31.0', '>=1.21.1,<3', '2.0.7'],
          ['new', '2.32.0', '>=1.21.1,<3', '2.0.7'],
        ].flatMap(([folder = '', parent = '', constraint = '', version = '']) => [
          [
            `${folder}/pyproject.toml`,
            `[tool.poetry]\nname = "${folder}"\n[tool.poetry.dependencies]\nrequests = "^2.20"\n`,
          ],
          [
            `${folder}/poetry.lock`,
            `[[package]]\nname = "requests"\nversion = "${parent}"\n[package.dependencies]\nurllib3 = "${constraint}"\n\n[[package]]\nname = "urllib3"\nversion = "${version}"\n`,
          ],
        ]),
      ),
    },
    plan: { kind: 'parent', package: 'requests', from: '2.20.0', to: '2.31.0', command: null },
    says: 'A lock file of this repository has `requests` `2.31.0`, which takes it.',
    patched: null,
  },
  {
    what: 'Poetry, where it does: the lock file alone',
    sample: {
      ecosystem: 'PyPI',
      name: 'urllib3',
      fixedIn: ['1.24.4'],
      files: {
        'pyproject.toml': '[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\nrequests = "^2.20"\n',
        'poetry.lock':
          '[[package]]\nname = "requests"\nversion = "2.20.0"\n[package.dependencies]\nurllib3 = ">=1.21,<1.25"\n\n[[package]]\nname = "urllib3"\nversion = "1.24.3"\n',
      },
    },
    plan: { kind: 'direct', command: 'poetry update urllib3' },
    patched: null,
  },
  {
    what: 'uv: a constraint',
    sample: {
      ecosystem: 'PyPI',
      name: 'urllib3',
      fixedIn: ['1.26.18'],
      files: {
        'pyproject.toml': '[project]\nname = "shop"\ndependencies = ["requests"]\n',
        'uv.lock':
          'version = 1\n\n[[package]]\nname = "requests"\nversion = "2.20.0"\ndependencies = [{ name = "urllib3" }]\n\n[[package]]\nname = "urllib3"\nversion = "1.24.3"\n',
      },
    },
    plan: { kind: 'override', command: 'uv lock' },
    patched: 'pyproject.toml',
  },
  {
    what: 'Maven: managed',
    sample: {
      ecosystem: 'Maven',
      name: 'org.yaml:snakeyaml',
      version: '1.30',
      fixedIn: ['2.0'],
      files: {
        'pom.xml':
          '<project>\n  <groupId>org.shop</groupId>\n  <artifactId>shop</artifactId>\n  <dependencies>\n  </dependencies>\n</project>\n',
      },
    },
    plan: { kind: 'override', to: '2.0', breaking: true, command: null },
    says: 'By the version numbers callers may break.',
    patched: 'pom.xml',
  },
  {
    what: 'Maven, asked for, the version is said outside of the repository: managed',
    sample: {
      ecosystem: 'Maven',
      name: 'org.yaml:snakeyaml',
      version: '1.30',
      fixedIn: ['1.33'],
      files: {
        'pom.xml':
          '<project>\n  <artifactId>shop</artifactId>\n  <dependencies>\n    <dependency><groupId>org.yaml</groupId><artifactId>snakeyaml</artifactId></dependency>\n  </dependencies>\n</project>\n',
      },
    },
    plan: { kind: 'override', to: '1.33', breaking: false },
    patched: 'pom.xml',
  },
  {
    what: 'Go: an indirect requirement is raised',
    sample: {
      ecosystem: 'Go',
      name: 'golang.org/x/text',
      version: 'v0.3.5',
      fixedIn: ['0.3.8'],
      files: {
        'go.mod': 'module example.org/shop\n\ngo 1.21\n\nrequire golang.org/x/text v0.3.5 // indirect\n',
      },
    },
    plan: { kind: 'override', to: 'v0.3.8', command: 'go mod tidy' },
    patched: 'go.mod',
  },
  {
    what: 'Cargo: within the line of releases the lock file, precisely',
    sample: {
      ecosystem: 'crates.io',
      name: 'regex',
      fixedIn: ['1.5.5'],
      files: {
        'Cargo.toml': '[package]\nname = "shop"\n[dependencies]\na = "1"\n',
        'Cargo.lock':
          'version = 3\n\n[[package]]\nname = "a"\nversion = "1.0.0"\nsource = "registry+x"\ndependencies = ["regex"]\n\n[[package]]\nname = "regex"\nversion = "1.5.4"\nsource = "registry+x"\n\n[[package]]\nname = "shop"\nversion = "0.0.0"\ndependencies = ["a"]\n',
      },
    },
    plan: { kind: 'direct', command: 'cargo update -p regex@1.5.4 --precise 1.5.5' },
    says: 'brought in by `a`: if that takes version `1.5.5`',
    patched: null,
  },
  {
    what: 'Cargo: across lines what brings it in has to be raised',
    sample: {
      ecosystem: 'crates.io',
      name: 'regex',
      fixedIn: ['2.0.0'],
      files: {
        'Cargo.toml': '[package]\nname = "shop"\n[dependencies]\na = "1"\n',
        'Cargo.lock':
          'version = 3\n\n[[package]]\nname = "a"\nversion = "1.0.0"\nsource = "registry+x"\ndependencies = ["regex"]\n\n[[package]]\nname = "regex"\nversion = "1.5.4"\nsource = "registry+x"\n\n[[package]]\nname = "shop"\nversion = "0.0.0"\ndependencies = ["a"]\n',
      },
    },
    plan: { kind: 'parent', package: 'a', from: '1.0.0', to: null },
    patched: null,
  },
  {
    what: 'Bundler, where what brings it in takes the fix: the lock file alone',
    sample: {
      ecosystem: 'RubyGems',
      name: 'rack',
      fixedIn: ['2.2.3'],
      files: {
        Gemfile: "source 'https://rubygems.example'\ngem 'sinatra'\n",
        'Gemfile.lock': GEM_LOCK('~> 2.2'),
      },
    },
    plan: { kind: 'direct', to: '2.2.3', command: 'bundle update rack --conservative' },
    says: 'lies within what is asked for',
    patched: null,
  },
  {
    what: 'Bundler, where it does not: what brings it in',
    sample: {
      ecosystem: 'RubyGems',
      name: 'rack',
      fixedIn: ['2.2.3'],
      files: {
        Gemfile: "source 'https://rubygems.example'\ngem 'sinatra'\n",
        'Gemfile.lock': GEM_LOCK('= 2.2.1'),
      },
    },
    plan: { kind: 'parent', package: 'sinatra', from: '2.1.0', to: null },
    patched: null,
  },
  {
    what: 'Composer, where what brings it in takes the fix: the lock file alone',
    sample: {
      ecosystem: 'Packagist',
      name: 'a/b',
      fixedIn: ['1.0.2'],
      files: {
        'composer.json': '{"require":{"a/top":"^1.0"}}',
        'composer.lock':
          '{"packages":[{"name":"a/top","version":"v1.0.0","require":{"a/b":"^1.0"}},{"name":"a/b","version":"1.0.0"}],"packages-dev":[]}',
      },
    },
    plan: { kind: 'direct', to: '1.0.2', command: 'composer update a/b' },
    patched: null,
  },
  {
    what: 'Composer, where it does not: what brings it in',
    sample: {
      ecosystem: 'Packagist',
      name: 'a/b',
      fixedIn: ['2.0.2'],
      files: {
        'composer.json': '{"require":{"a/top":"^1.0"}}',
        'composer.lock':
          '{"packages":[{"name":"a/top","version":"v1.0.0","require":{"a/b":"^1.0"}},{"name":"a/b","version":"1.0.0"}],"packages-dev":[]}',
      },
    },
    plan: { kind: 'parent', package: 'a/top', to: null },
    patched: null,
  },
  {
    what: 'NuGet: a central version where transitive pinning is on',
    sample: {
      ecosystem: 'NuGet',
      name: 'A.B',
      version: '1.0.0',
      fixedIn: ['1.0.2'],
      files: {
        'Shop.csproj': '<Project><ItemGroup><PackageReference Include="C" /></ItemGroup></Project>\n',
        'Directory.Packages.props':
          '<Project>\n  <PropertyGroup><CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled></PropertyGroup>\n  <ItemGroup>\n    <PackageVersion Include="C" Version="1.0.0" />\n  </ItemGroup>\n</Project>\n',
      },
    },
    plan: { kind: 'override', to: '1.0.2' },
    patched: 'Directory.Packages.props',
  },
  {
    what: 'Gradle: constraints, which are written by hand',
    sample: {
      ecosystem: 'Maven',
      name: 'a:b',
      version: '1.0.0',
      fixedIn: ['1.0.2'],
      files: { 'build.gradle': "dependencies {\n  implementation 'c:d:1.0'\n}\n" },
    },
    plan: { kind: 'override', to: '1.0.2' },
    says: 'by `constraints` in the build',
    patched: null,
  },
  {
    what: 'pip: a constraints file that is there',
    sample: {
      ecosystem: 'PyPI',
      name: 'urllib3',
      version: '1.24.3',
      fixedIn: ['1.26.18'],
      files: { 'requirements.txt': '-c constraints.txt\nrequests==2.25.1\n', 'constraints.txt': 'idna<3\n' },
    },
    plan: { kind: 'override', to: '1.26.18' },
    patched: 'constraints.txt',
  },
  {
    what: 'an override that is there is raised',
    sample: {
      ...minimist,
      files: {
        'package.json': JSON.stringify({ dependencies: { a: '^1.0.0' }, overrides: { minimist: '1.2.5' } }),
        'package-lock.json': npmLock('1.2.5'),
      },
    },
    plan: { kind: 'override', to: '1.2.6' },
    patched: 'package.json',
  },
  {
    what: 'several installed versions, each with a fix in its own line that is admitted: the lock file alone',
    sample: {
      ...minimist,
      fixedIn: ['0.2.1', '1.2.6'],
      files: {
        'package.json': packageJson({ a: '^1.0.0', b: '^1.0.0' }),
        'package-lock.json': TWO_VERSIONS('~0.2.0'),
      },
    },
    plan: { kind: 'direct', from: '1.2.5', to: '1.2.6', command: 'npm update minimist' },
    patched: null,
  },
  {
    what: 'several installed versions, one of them pinned by what brings it in: an override',
    sample: {
      ...minimist,
      fixedIn: ['0.2.1', '1.2.6'],
      files: {
        'package.json': packageJson({ a: '^1.0.0', b: '^1.0.0' }),
        'package-lock.json': TWO_VERSIONS('0.2.0'),
      },
    },
    plan: { kind: 'override', to: '1.2.6' },
    patched: 'package.json',
  },
  {
    what: 'fixes of several lines: that of the own line',
    sample: {
      ecosystem: 'Maven',
      name: 'a:b',
      version: '2.12.0',
      fixedIn: ['2.13.4', '2.12.2'],
      files: {
        'pom.xml':
          '<project><dependencies><dependency><groupId>a</groupId><artifactId>b</artifactId><version>2.12.0</version></dependency></dependencies></project>\n',
      },
    },
    plan: { kind: 'direct', from: '2.12.0', to: '2.12.2' },
    patched: 'pom.xml',
  },
  {
    what: 'a line without a fix of its own: the next that has one',
    sample: {
      ecosystem: 'Maven',
      name: 'a:b',
      version: '2.13.0',
      fixedIn: ['2.12.2', '2.13.4'],
      files: {
        'pom.xml':
          '<project><dependencies><dependency><groupId>a</groupId><artifactId>b</artifactId><version>2.13.0</version></dependency></dependencies></project>\n',
      },
    },
    plan: { kind: 'direct', to: '2.13.4' },
  },
  {
    what: 'several vulnerabilities: the version that leaves all behind',
    sample: {
      ecosystem: 'PyPI',
      name: 'pillow',
      version: '8.0.0',
      fixedIn: ['8.0.1'],
      known: [
        { id: 'A', fixedIn: ['8.0.1'], affected: null },
        { id: 'B', fixedIn: ['8.3.2'], affected: null },
      ],
      files: { 'requirements.txt': 'Pillow==8.0.0\n' },
    },
    plan: { to: '8.3.2', leaves: ['A', 'B'], remains: [] },
    patched: 'requirements.txt',
  },
  {
    what: 'one of them without a fix: it stays, and is named',
    sample: {
      ecosystem: 'PyPI',
      name: 'pillow',
      version: '8.0.0',
      fixedIn: ['8.0.1'],
      known: [
        { id: 'A', fixedIn: ['8.0.1'], affected: null },
        { id: 'B', fixedIn: [], affected: null },
      ],
      files: { 'requirements.txt': 'pillow==8.0.0\n' },
    },
    plan: { to: '8.0.1', leaves: ['A'], remains: ['B'] },
    says: '`B` stays.',
  },
  {
    what: 'a fix that brings another vulnerability is passed over',
    sample: {
      ecosystem: 'npm',
      name: 'x',
      version: '1.0.0',
      known: [
        { id: 'A', fixedIn: ['1.1.0'], affected: null },
        { id: 'B', fixedIn: [], affected: affected('npm', 'x', { introduced: '1.1.0' }, { fixed: '1.1.3' }) },
      ],
      files: { 'package.json': packageJson({ x: '1.0.0' }) },
    },
    plan: { to: '1.1.3', leaves: ['A', 'B'] },
  },
  {
    what: 'a later line that a caret would let in again is left out',
    sample: {
      ecosystem: 'npm',
      name: 'x',
      version: '2.12.0',
      known: [
        {
          id: 'A',
          fixedIn: [],
          affected: affected(
            'npm',
            'x',
            { introduced: '2.0.0' },
            { fixed: '2.12.2' },
            { introduced: '2.13.0' },
            { fixed: '2.13.4' },
          ),
        },
      ],
      files: { 'package.json': packageJson({ x: '^2.12.0' }) },
    },
    plan: { to: '2.13.4' },
    patched: 'package.json',
  },
  {
    what: 'within the major version before a nearer one that breaks',
    sample: {
      ecosystem: 'npm',
      name: 'x',
      version: '1.0.0',
      known: [{ id: 'A', fixedIn: ['1.9.0', '2.0.1'], affected: null }],
      files: { 'package.json': packageJson({ x: '~1.0.0' }) },
    },
    plan: { to: '1.9.0', breaking: false },
  },
  {
    what: 'only a version that breaks',
    sample: {
      ecosystem: 'npm',
      name: 'x',
      version: '1.0.0',
      fixedIn: ['2.0.1'],
      files: { 'package.json': packageJson({ x: '^1.0.0' }) },
    },
    plan: { to: '2.0.1', breaking: true },
    says: 'By the version numbers callers may break.',
    patched: 'package.json',
  },
  {
    what: 'no prerelease where anything else is named',
    sample: {
      ecosystem: 'npm',
      name: 'x',
      version: '1.0.0',
      fixedIn: ['1.0.1-rc.1', '1.0.2'],
      files: { 'package.json': packageJson({ x: '1.0.0' }) },
    },
    plan: { to: '1.0.2' },
  },
  {
    what: 'a Go module stays the module that it is',
    sample: {
      ecosystem: 'Go',
      name: 'github.com/a/b',
      version: 'v1.0.0',
      fixedIn: ['2.1.0', '1.4.0'],
      files: { 'go.mod': 'module m\n\ngo 1.21\n\nrequire github.com/a/b v1.0.0\n' },
    },
    plan: { kind: 'direct', to: 'v1.4.0' },
    patched: 'go.mod',
  },
  {
    what: 'a Go module from before modules',
    sample: {
      ecosystem: 'Go',
      name: 'github.com/a/b',
      version: 'v2.0.0+incompatible',
      fixedIn: ['2.1.0'],
      files: { 'go.mod': 'module m\n\ngo 1.21\n\nrequire github.com/a/b v2.0.0+incompatible\n' },
    },
    plan: { kind: 'direct', to: 'v2.1.0+incompatible' },
    patched: 'go.mod',
  },
  {
    what: 'no fix at all',
    sample: {
      ...minimist,
      fixedIn: [],
      files: {
        'package.json': packageJson({ minimist: '^1.2.0' }),
        'package-lock.json': npmLock(null, { minimist: '^1.2.0' }),
      },
    },
    plan: { kind: 'none', package: null, to: null, breaking: null, leaves: [], remains: [ID], command: null },
    says: 'No version of `minimist` without this vulnerability is known. Replace the package',
    patched: null,
  },
  {
    what: 'fixes below the installed version alone',
    sample: {
      ecosystem: 'npm',
      name: 'x',
      version: '3.0.0',
      known: [{ id: 'A', fixedIn: ['2.0.0'], affected: affected('npm', 'x', { introduced: '0' }) }],
      files: { 'package.json': packageJson({ x: '^3.0.0' }) },
    },
    plan: { kind: 'none' },
    says: 'above the one that is installed',
  },
  {
    what: 'an address is raised by hand',
    sample: {
      ecosystem: 'npm',
      name: 'x',
      version: '1.0.0',
      fixedIn: ['1.0.1'],
      files: { 'package.json': packageJson({ x: 'git+https://example.org/x.git' }) },
    },
    plan: { kind: 'direct', to: '1.0.1' },
    patched: null,
  },
  {
    what: 'hashes of pip hold one version',
    sample: {
      ecosystem: 'PyPI',
      name: 'x',
      version: '1.0',
      fixedIn: ['1.1'],
      files: { 'requirements.txt': 'x==1.0 \\\n    --hash=sha256:aa\n' },
    },
    plan: { kind: 'direct', to: '1.1' },
    patched: null,
  },
  {
    what: 'a property of several groups belongs to nobody alone',
    sample: {
      ecosystem: 'Maven',
      name: 'a:b',
      version: '1.0',
      fixedIn: ['1.1'],
      files: {
        'pom.xml': `<project><properties><v>1.0</v></properties><dependencies><dependency><groupId>a</groupId><artifactId>b</artifactId><version>\${v}</version></dependency><dependency><groupId>c</groupId><artifactId>d</artifactId><version>\${v}</version></dependency></dependencies></project>\n`,
      },
    },
    plan: { kind: 'direct', to: '1.1' },
    patched: null,
  },
  {
    what: 'a property of one group is that of packages released together',
    sample: {
      ecosystem: 'Maven',
      name: 'a:b',
      version: '1.0',
      fixedIn: ['1.1'],
      files: {
        'pom.xml': `<project><properties><v>1.0</v></properties><dependencies><dependency><groupId>a</groupId><artifactId>b</artifactId><version>\${v}</version></dependency><dependency><groupId>a</groupId><artifactId>c</artifactId><version>\${v}</version></dependency></dependencies></project>\n`,
      },
    },
    plan: { kind: 'direct', to: '1.1' },
    patched: 'pom.xml',
  },
];

describe('a plan', () => {
  test.each(CASES.map((one) => [one.what, one] as const))(
    '%s',
    async (_, { sample, plan, says, patched }) => {
      const found = await upgraded(sample);
      expect(found.plan).toMatchObject(plan);
      if (says !== undefined) expect(found.plan.text).toContain(says);
      if (patched !== undefined) expect(found.patch?.path ?? null).toBe(patched);
    },
  );

  test('is said in Chinese as well', async () => {
    const { plan } = await upgraded(
      { ...minimist, files: { ...transitive, 'package-lock.json': npmLock('1.2.5') } },
      'zh-CN',
    );
    expect(plan.text).toBe(
      '`minimist` 由 `a` 引入：请通过 `package.json` 中的 `overrides` 将其固定到 `1.2.6` 版本。按版本号判断，调用方不会受破坏。',
    );
  });

  test('gives no command that a shell would read otherwise', async () => {
    for (const name of ['x;reboot', '$(reboot)', '-rf', 'a b', 'x`id`', 'x&&y']) {
      const lock = JSON.stringify({
        lockfileVersion: 3,
        packages: {
          '': { dependencies: { [name]: '^1.0.0' } },
          [`node_modules/${name}`]: { version: '1.0.0' },
        },
      });
      const { plan } = await upgraded({
        ecosystem: 'npm',
        name,
        fixedIn: ['1.0.1'],
        files: { 'package.json': packageJson({ [name]: '^1.0.0' }), 'package-lock.json': lock },
      });
      expect(plan.kind).toBe('direct');
      expect(plan.command, name).toBeNull();
    }
  });
});
