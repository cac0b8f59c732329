// Rows 5, 8: a change cannot talk itself out of a vulnerable dependency, whatever it writes into manifests, lock files, reports and decisions.
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TriageOutcome } from '#app/triage-outcome.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import {
  billOf,
  createDesk,
  type Desk,
  type Installed,
  osvRecord,
  packageJson,
  packageLock,
} from '../e2e/dependency-shop.ts';

const ASKED = { dependencies: { 'kit-templates': '^4.17.0' } };
const INSTALLED: Installed = { 'kit-templates': { version: '4.17.15' } };
const RECORD = osvRecord('GHSA-2222-2222-2222', 'kit-templates', {
  fixed: '4.17.21',
  aliases: ['CVE-2026-1001'],
});
const OTHER = osvRecord('GHSA-3333-3333-3333', 'kit-templates', {
  fixed: '4.17.16',
  aliases: ['CVE-2026-0001'],
});
const SERVER = "import { render } from 'kit-templates';\nrender(process.argv[2]);\n";

function documentOf({ document }: TriageOutcome): ResultDocument {
  if (document === null) throw new Error('there is no document');
  return document;
}

const by = (document: ResultDocument, id: string): FindingRecord => {
  const found = document.findings.find(
    ({ dependency }) =>
      dependency?.vulnerability?.id === id || dependency?.vulnerability?.aliases.includes(id) === true,
  );
  if (found === undefined) throw new Error(`nothing is said of ${id}`);
  return found;
};

function deskWith(files: Readonly<Record<string, string>>, records: readonly object[] = [RECORD]): Desk {
  const desk = createDesk(files);
  desk.write('bom.cdx.json', billOf(INSTALLED));
  for (const [index, record] of records.entries()) desk.write(`osv/${index}.json`, JSON.stringify(record));
  return desk;
}

/** The base has `before`, the change makes it `after`; null takes a file away. */
async function change(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string | null>>,
  bill: string,
  records: readonly object[] = [RECORD],
): Promise<ResultDocument> {
  const desk = deskWith(before, records);
  const base = desk.repository.git('rev-parse', 'HEAD');
  for (const [name, text] of Object.entries(after)) {
    if (text === null) desk.repository.git('rm', '-q', '--', name);
    else {
      mkdirSync(path.dirname(path.join(desk.repository.root, name)), { recursive: true });
      desk.repository.write(name, text);
    }
  }
  desk.repository.commit('the change');
  desk.write('bom.cdx.json', bill);
  return documentOf(await desk.run({ reports: ['bom.cdx.json'], osv: 'osv', base, head: 'HEAD' }));
}

const npmFiles = (version: string, folder = '') => ({
  [`${folder}package.json`]: packageJson({ dependencies: { 'kit-templates': `^${version}` } }),
  [`${folder}package-lock.json`]: packageLock(
    { dependencies: { 'kit-templates': `^${version}` } },
    { 'kit-templates': { version } },
  ),
});

const purlBill = (...purls: readonly string[]) =>
  JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    components: purls.map((purl) => {
      const at = purl.lastIndexOf('@');
      const name = purl.slice(purl.lastIndexOf('/') + 1, at);
      return {
        type: 'library',
        'bom-ref': purl,
        name,
        version: decodeURIComponent(purl.slice(at + 1)),
        purl,
      };
    }),
  });

describe('against the base, a change is blamed for', () => {
  test('a vulnerable package that a second project gets, when another one has had it before', async () => {
    const document = await change(
      { ...npmFiles('4.17.15', 'api/'), 'web/package.json': packageJson({}), 'web/a.js': SERVER },
      npmFiles('4.17.15', 'web/'),
      billOf(INSTALLED),
    );
    expect(by(document, 'CVE-2026-1001')).toMatchObject({
      scope: { state: 'new' },
      gate: { effect: 'blocks' },
    });
  });

  test('a lower version that a manifest without a lock file asks for', async () => {
    const document = await change(
      { 'package.json': packageJson({ dependencies: { 'kit-templates': '4.17.21' } }), 'a.js': SERVER },
      { 'package.json': packageJson({ dependencies: { 'kit-templates': '4.17.15' } }) },
      billOf(INSTALLED),
    );
    expect(by(document, 'CVE-2026-1001').scope.state).toBe('new');
  });

  test.each([
    ['requirements.txt', 'kit-templates==4.17.21\n', 'kit-templates==4.17.15\n', 'PyPI', 'pypi'],
    ['requirements/prod.txt', 'kit-templates==4.17.21\n', 'kit-templates==4.17.15\n', 'PyPI', 'pypi'],
    ['constraints.txt', 'kit-templates==4.17.21\n', 'kit-templates==4.17.15\n', 'PyPI', 'pypi'],
    [
      'environment.yml',
      'dependencies:\n- kit-templates=4.17.21\n',
      'dependencies:\n- kit-templates=4.17.15\n',
      'PyPI',
      'pypi',
    ],
    ['mix.lock', '%{"kit-templates": "4.17.21"}\n', '%{"kit-templates": "4.17.15"}\n', 'Hex', 'hex'],
    ['Gemfile', "gem 'kit-templates', '4.17.21'\n", "gem 'kit-templates', '4.17.15'\n", 'RubyGems', 'gem'],
    [
      'Cargo.toml',
      '[package]\nname = "a"\n[dependencies]\nkit-templates = "4.17.21"\n',
      '[package]\nname = "a"\n[dependencies]\nkit-templates = "=4.17.15"\n',
      'crates.io',
      'cargo',
    ],
  ])('a lower version in %s', async (file, before, after, ecosystem, type) => {
    const record = JSON.parse(
      JSON.stringify(RECORD)
        .replaceAll('"npm"', JSON.stringify(ecosystem))
        .replaceAll('"SEMVER"', '"ECOSYSTEM"'),
    );
    const document = await change(
      { [file]: before, 'a.js': SERVER },
      { [file]: after },
      purlBill(`pkg:${type}/kit-templates@4.17.15`),
      [record],
    );
    expect(by(document, 'CVE-2026-1001').scope.state).toBe('new');
  });

  test('a lower version behind a lock file that it takes away or renames', async () => {
    const { 'package.json': manifest, 'package-lock.json': lock } = npmFiles('4.17.21');
    for (const after of [
      { 'package-lock.json': null },
      { 'package-lock.json': null, 'old-lock.json': lock ?? '' },
      { 'package.json': null, 'package-lock.json': null, 'package.json5': manifest ?? '' },
    ]) {
      const document = await change({ ...npmFiles('4.17.21'), 'a.js': SERVER }, after, billOf(INSTALLED));
      expect(by(document, 'CVE-2026-1001').scope.state).toBe('new');
    }
  });
});

describe('a project beside the one that counts', () => {
  test('does not clear what the other one imports', async () => {
    const desk = deskWith({
      ...npmFiles('4.17.15', 'web/'),
      'web/src/server.js': SERVER,
      ...npmFiles('4.17.15', 'aaa/'),
      'aaa/index.js': 'export const a = 1;\n',
    });
    const document = documentOf(await desk.run({ reports: ['bom.cdx.json'], osv: 'osv' }));
    expect(by(document, 'CVE-2026-1001')).toMatchObject({
      verdict: { label: 'needs_review' },
      dependency: { reachability: { level: 'imported' } },
    });
  });
});

describe('a name that somebody claims', () => {
  const report = (id: string, name: string, aliases: readonly string[]) =>
    JSON.stringify({
      results: [
        {
          source: { path: 'package-lock.json', type: 'lockfile' },
          packages: [
            {
              package: { name, version: '4.17.15', ecosystem: 'npm' },
              vulnerabilities: [{ id, aliases, summary: 'Claims a lot', affected: [] }],
              groups: [{ ids: [id], aliases: [id, ...aliases] }],
            },
          ],
        },
      ],
    });

  test.each(['kit-other', 'kit-templates'])(
    'does not join two vulnerabilities of a package, claimed for %s',
    async (name) => {
      const desk = deskWith({ ...npmFiles('4.17.15'), 'a.js': SERVER }, [RECORD, OTHER]);
      desk.write('claims.json', report('FOO-1', name, ['CVE-2026-1001', 'CVE-2026-0001']));
      const document = documentOf(await desk.run({ reports: ['claims.json', 'bom.cdx.json'], osv: 'osv' }));
      expect(by(document, 'GHSA-2222-2222-2222').ruleId).toBe('CVE-2026-1001');
      expect(by(document, 'GHSA-3333-3333-3333').ruleId).toBe('CVE-2026-0001');
    },
  );

  test('by an advisory on another package joins nothing', async () => {
    const claim = osvRecord('GHSA-9999-9999-9999', 'kit-other', {
      aliases: ['CVE-2026-1001', 'CVE-2026-0001'],
    });
    const desk = deskWith({ ...npmFiles('4.17.15'), 'a.js': SERVER }, [claim, RECORD, OTHER]);
    desk.write('bom.cdx.json', billOf({ ...INSTALLED, 'kit-other': { version: '1.0.0' } }));
    const document = documentOf(await desk.run({ reports: ['bom.cdx.json'], osv: 'osv' }));
    expect(document.findings).toHaveLength(3);
    expect(by(document, 'GHSA-2222-2222-2222').dependency?.package.name).toBe('kit-templates');
    expect(by(document, 'GHSA-3333-3333-3333').dependency?.package.name).toBe('kit-templates');
  });

  test('does not bring a decision on one vulnerability to another', async () => {
    const desk = deskWith({ ...npmFiles('4.17.15'), 'a.js': SERVER }, [RECORD, OTHER]);
    desk.write('claims.json', report('GHSA-2222-2222-2222', 'kit-templates', ['CVE-2026-0001']));
    desk.write(
      'decided.json',
      JSON.stringify({
        ...{ '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'https://example.org/1', author: 'Us' },
        ...{ timestamp: '2026-10-01T00:00:00Z', version: 1 },
        statements: [
          {
            vulnerability: { name: 'CVE-2026-0001' },
            products: [{ '@id': 'pkg:npm/kit-templates' }],
            ...{ status: 'not_affected', justification: 'inline_mitigations_already_exist' },
          },
        ],
      }),
    );
    const document = documentOf(
      await desk.run({ reports: ['claims.json', 'bom.cdx.json', 'decided.json'], osv: 'osv' }),
    );
    expect(by(document, 'GHSA-3333-3333-3333').gate.effect).toBe('suppressed');
    expect(by(document, 'CVE-2026-1001').gate.effect).not.toBe('suppressed');
  });

  const decided = (name: string, aliases: readonly string[] = []) =>
    JSON.stringify({
      ...{ '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'https://example.org/1', author: 'Us' },
      ...{ timestamp: '2026-10-01T00:00:00Z', version: 1 },
      statements: [
        {
          vulnerability: { name, ...(aliases.length === 0 ? {} : { aliases }) },
          products: [{ '@id': 'pkg:npm/kit-templates' }],
          ...{ status: 'not_affected', justification: 'inline_mitigations_already_exist' },
        },
      ],
    });

  test('by one report lets no decision on the alias clear what another one reports', async () => {
    const desk = deskWith({ ...npmFiles('4.17.15'), 'a.js': SERVER });
    desk.write('honest.json', report('CVE-2026-1001', 'kit-templates', []));
    desk.write('hostile.json', report('CVE-2026-1001', 'kit-templates', ['GHSA-3333-3333-3333']));
    desk.write('decided.json', decided('GHSA-3333-3333-3333'));
    const reports = ['honest.json', 'hostile.json', 'decided.json'];
    const document = documentOf(await desk.run({ reports }));
    expect(document.findings).toHaveLength(1);
    const [finding] = document.findings;
    expect(finding?.gate.effect).not.toBe('suppressed');
    expect(finding?.dependency?.decision).toMatchObject({
      honoured: false,
      why: expect.stringContaining('only one report says'),
    });
    desk.write('decided.json', decided('GHSA-3333-3333-3333', ['CVE-2026-1001']));
    const named = documentOf(await desk.run({ reports }));
    expect(named.findings[0]?.gate.effect).toBe('suppressed');
  });

  test('by one report moves nothing under a vulnerability that was decided', async () => {
    const desk = deskWith({ ...npmFiles('4.17.15'), 'a.js': SERVER });
    desk.write('honest.json', report('GHSA-2222-2222-2222', 'kit-templates', []));
    desk.write('hostile.json', report('GHSA-2222-2222-2222', 'kit-templates', ['CVE-2026-0001']));
    desk.write('decided.json', decided('CVE-2026-0001'));
    const reports = ['honest.json', 'hostile.json', 'decided.json'];
    const document = documentOf(await desk.run({ reports }));
    const honest = document.findings.find(({ ruleId }) => ruleId === 'GHSA-2222-2222-2222');
    expect(honest?.gate.effect).not.toBe('suppressed');
    expect(document.findings.every(({ gate }) => gate.effect !== 'suppressed')).toBe(true);
  });

  test('that an advisory confirms carries a decision over', async () => {
    const desk = deskWith({ ...npmFiles('4.17.15'), 'a.js': SERVER });
    desk.write('scan.json', report('GHSA-2222-2222-2222', 'kit-templates', []));
    desk.write('decided.json', decided('CVE-2026-1001'));
    const document = documentOf(await desk.run({ reports: ['scan.json', 'decided.json'], osv: 'osv' }));
    expect(document.findings.map(({ gate }) => gate.effect)).toEqual(['suppressed']);
  });
});

describe('a version', () => {
  test.each([
    '1.0.0+4.17.21',
    'v4.17.15',
    '=4.17.15',
    ' 4.17.15 ',
    '4.17.15\u200b',
    '٤.١٧.١٥',
    'latest',
    '4.17',
    '',
    '4.17.15-0',
    '99999999999999999999.0.0-',
  ])('of %j is not taken for one without vulnerability', async (version) => {
    const desk = deskWith({ 'a.js': SERVER });
    desk.write(
      'bom.cdx.json',
      JSON.stringify({
        ...{ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1 },
        components: [
          {
            ...{ type: 'library', 'bom-ref': 'a', name: 'kit-templates', version },
            purl: 'pkg:npm/kit-templates',
          },
        ],
      }),
    );
    const outcome = await desk.run({ reports: ['bom.cdx.json'], osv: 'osv' });
    const document = documentOf(outcome);
    const isSaid =
      document.findings.length > 0 ||
      outcome.exitCode === 3 ||
      document.notices.some(({ code }) => code === 'advisories-unsure');
    expect(isSaid).toBe(true);
  });
});

describe('a lock file of the change', () => {
  test('does not say of itself that what runs needs is for development', async () => {
    const asked = { dependencies: { 'kit-a': '^1.0.0' } };
    const lock = packageLock(asked, {
      'kit-a': { version: '1.0.0', needs: { 'kit-templates': '^4.0.0' }, dev: true },
      'kit-templates': { version: '4.17.15', dev: true },
    });
    const desk = deskWith({
      'package.json': packageJson(asked),
      'package-lock.json': lock,
      'a.js': "import 'kit-a';\n",
    });
    const document = documentOf(await desk.run({ reports: ['bom.cdx.json'], osv: 'osv' }));
    expect(by(document, 'CVE-2026-1001').dependency).toMatchObject({ scope: 'runtime' });
    expect(by(document, 'CVE-2026-1001').verdict?.label).not.toBe('false_positive');
  });

  test('with an edge left out does not clear what nothing seems to need', async () => {
    const asked = { dependencies: { 'kit-a': '^1.0.0' }, devDependencies: { 'kit-b': '1' } };
    const lock = packageLock(asked, {
      'kit-a': { version: '1.0.0' },
      'kit-b': { version: '1.0.0', needs: { 'kit-templates': '^4.0.0' }, dev: true },
      'kit-templates': { version: '4.17.15', dev: true },
    });
    const desk = deskWith({ 'package.json': packageJson(asked), 'package-lock.json': lock, 'a.js': SERVER });
    desk.write('assay.yml', 'version: 1\ndependencies:\n  dev: dismiss\n');
    const document = documentOf(
      await desk.run({ reports: ['bom.cdx.json'], osv: 'osv', config: 'assay.yml' }),
    );
    expect(by(document, 'CVE-2026-1001').verdict?.label).not.toBe('false_positive');
  });
});

describe('an import that hides', () => {
  const hidden: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['a re-export', { 'a.js': "export * from 'kit-templates';\n" }],
    ['a re-export of a part', { 'a.js': "export { default as x } from 'kit-templates/fp';\n" }],
    ['a dynamic import', { 'a.js': "const x = await import('kit-templates');\n" }],
    ['a concatenation', { 'a.js': "const x = require('kit-' + 'templates');\n" }],
    ['a template', { 'a.js': `const x = require(\`kit-\${"templates"}\`);\n` }],
    ['a renamed require', { 'a.js': "const r = require; const x = r('kit-' + 'templates');\n" }],
    [
      'createRequire',
      {
        'a.js':
          "import { createRequire } from 'node:module';\nconst load = createRequire(import.meta.url);\nload(['kit', 'templates'].join('-'));\n",
      },
    ],
    ['module.require', { 'a.js': "module['req' + 'uire']('kit-' + 'templates');\n" }],
    ['process.mainModule', { 'a.js': "process.mainModule.require('kit-'.concat('templates'));\n" }],
    ['escapes', { 'a.js': "import '\\u006bit-templates';\n" }],
    ['escapes of hex', { 'a.js': "require('\\x6bit-templates');\n" }],
    ['a comment within', { 'a.js': "import/*x*/{ y }/*z*/from/*w*/'kit-templates';\n" }],
    ['eval', { 'a.js': 'eval(\'requ\' + \'ire("kit-te" + "mplates")\');\n' }],
    ['a new function', { 'a.js': 'new Function(\'return impo\' + \'rt("kit-te" + "mplates")\')();\n' }],
    ['a path into node_modules', { 'a.js': "require('./node_modules/kit-' + 'templates');\n" }],
    [
      'a script of package.json',
      {
        'package.json': packageJson({
          ...ASKED,
          ...{ scripts: { start: 'node -e "require(\'kit-templates\')"' } },
        }),
        'a.js': '1;\n',
      },
    ],
    ['a file of another ending', { 'bin/start': "#!/usr/bin/env node\nrequire('kit-templates');\n" }],
    ['a page', { 'index.html': '<script src="node_modules/kit-templates/x.js"></script>\n' }],
    ['a component', { 'a.vue': "<script>\nimport x from 'kit-templates';\n</script>\n" }],
    ['a setting', { '.babelrc.json': '{"plugins":["kit-templates"]}\n', 'a.js': '1;\n' }],
    [
      'JSON that is read',
      {
        'plugins.json': '["kit-templates"]\n',
        'a.js': "for (const p of require('./plugins.json')) require(p);\n",
      },
    ],
    ['a folder of tests that runs', { 'test/setup.js': SERVER, 'a.js': "import './test/setup.js';\n" }],
    [
      'a folder called like a build',
      {
        'dist/a.js': SERVER,
        'package.json': packageJson(ASKED).replace('"private"', '"main": "dist/a.js",\n  "private"'),
      },
    ],
    ['a vendored folder', { 'vendor/a.js': SERVER, 'a.js': "import './vendor/a.js';\n" }],
    [
      'an import map',
      {
        'a.js': "import '#t';\n",
        'package.json': packageJson(ASKED).replace(
          '"private"',
          '"imports": {"#t": "kit-templates"},\n  "private"',
        ),
      },
    ],
    [
      'a linked sibling',
      {
        'a.js': "import 'alias-of-it';\n",
        'package.json': packageJson({
          dependencies: { 'kit-templates': '^4.17.0', 'alias-of-it': 'npm:kit-templates@^4.17.0' },
        }),
      },
    ],
    ['a file in another encoding', { 'a.js': '\uFEFFimport "kit-templates";\n' }],
    ['a very long line', { 'a.js': `/*${'x'.repeat(100_000)}*/import "kit-templates";\n` }],
    ['a deep file', { 'a.js': `${'('.repeat(20_000)}\nimport "kit-templates";\n` }],
    ['a regexp that looks like a comment', { 'a.js': 'const r = /[/]*/; import("kit-templates"); /* */\n' }],
    ['a template with code', { 'a.js': `const s = \`\${await import("kit-templates")}\`;\n` }],
    ['a Dockerfile', { Dockerfile: 'CMD ["npx", "kit-templates"]\n', 'a.js': '1;\n' }],
    ['a shell script', { 'run.sh': 'npx kit-templates\n', 'a.js': '1;\n' }],
    ['workers', { 'a.js': "new Worker(require.resolve('kit-templates/worker'));\n" }],
    ['a type script assignment', { 'a.ts': "import t = require('kit-templates');\n" }],
    ['a jsx file', { 'a.jsx': "import t from 'kit-templates';\n" }],
    ['an mts file', { 'a.mts': "import t from 'kit-templates';\n" }],
    ['coffee', { 'a.coffee': "t = require 'kit-templates'\n" }],
    ['a hidden folder', { '.server/a.js': SERVER }],
    ['a minified file', { 'a.min.js': SERVER }],
  ];

  test.each(hidden)('%s', async (_, files) => {
    const desk = deskWith({
      'package.json': packageJson(ASKED),
      'package-lock.json': packageLock(ASKED, INSTALLED),
      ...files,
    });
    const document = documentOf(await desk.run({ reports: ['bom.cdx.json'], osv: 'osv' }));
    const { verdict, dependency } = by(document, 'CVE-2026-1001');
    expect(`${verdict?.label} ${dependency?.reachability?.level}`).not.toContain('false_positive');
  });
});

describe('advisories in the repository', () => {
  const files = {
    ...npmFiles('4.17.15'),
    'a.js': SERVER,
    'advisories/1.json': JSON.stringify(RECORD),
    'advisories/2.json': JSON.stringify(OTHER),
  };

  test.each([
    ['taken away', (desk: Desk) => void desk.repository.git('rm', '-q', 'advisories/1.json')],
    [
      'withdrawn',
      (desk: Desk) =>
        void desk.repository.write(
          'advisories/1.json',
          JSON.stringify({ ...RECORD, withdrawn: '2026-01-01T00:00:00Z' }),
        ),
    ],
    [
      'overruled',
      (desk: Desk) =>
        void desk.repository.write(
          'advisories/3.json',
          JSON.stringify({ ...RECORD, modified: '2026-11-19T00:00:00Z', affected: [] }),
        ),
    ],
  ])('that the change has %s leave the run unfinished', async (_, alter) => {
    const desk = deskWith(files);
    const base = desk.repository.git('rev-parse', 'HEAD');
    alter(desk);
    desk.repository.commit('clears itself');
    const osv = path.join(desk.repository.root, 'advisories');
    const outcome = await desk.run({ reports: ['bom.cdx.json'], osv, base, head: 'HEAD', scope: 'all' });
    expect(outcome.exitCode).toBe(3);
    expect(documentOf(outcome).decision.reasons[0]).toMatchObject({ code: 'advisories-changed' });
  });

  const inside = (desk: Desk) => path.join(desk.repository.root, 'advisories');
  const outside = (desk: Desk) => path.join(desk.folder, 'linked');

  test.each([
    ['the folder', (desk: Desk) => symlinkSync(inside(desk), outside(desk))],
    [
      'a folder above it, by another link',
      (desk: Desk) => {
        symlinkSync(desk.repository.root, path.join(desk.folder, 'shop'));
        symlinkSync(path.join(desk.folder, 'shop/advisories'), outside(desk));
      },
    ],
    [
      'its files',
      (desk: Desk) => {
        mkdirSync(path.join(outside(desk), 'npm'), { recursive: true });
        symlinkSync(path.join(inside(desk), '1.json'), path.join(outside(desk), 'npm/1.json'));
      },
    ],
  ])('that the change has changed leave the run unfinished when a link leads to %s', async (_, link) => {
    const desk = deskWith(files);
    const base = desk.repository.git('rev-parse', 'HEAD');
    link(desk);
    const withdrawn = { ...RECORD, withdrawn: '2026-01-01T00:00:00Z' };
    desk.repository.write('advisories/1.json', JSON.stringify(withdrawn));
    desk.repository.commit('clears itself');
    const outcome = await desk.run({
      ...{ reports: ['bom.cdx.json'], osv: 'linked', base, head: 'HEAD', scope: 'all' },
    });
    expect(outcome.exitCode).toBe(3);
    expect(documentOf(outcome).decision.reasons[0]).toMatchObject({ code: 'advisories-changed' });
  });

  test('behind a link that the change moves leave the run unfinished', async () => {
    const desk = deskWith({ ...npmFiles('4.17.15'), 'a.js': SERVER });
    desk.write('empty/0.json', JSON.stringify(OTHER));
    const link = path.join(desk.repository.root, 'current');
    symlinkSync(path.join(desk.folder, 'osv'), link);
    desk.repository.commit('a link to the advisories');
    const base = desk.repository.git('rev-parse', 'HEAD');
    rmSync(link);
    symlinkSync(path.join(desk.folder, 'empty'), link);
    desk.repository.commit('another one');
    const outcome = await desk.run({
      ...{ reports: ['bom.cdx.json'], osv: link, base, head: 'HEAD', scope: 'all' },
    });
    expect(documentOf(outcome).decision.reasons[0]).toMatchObject({ code: 'advisories-changed' });
  });

  test('that the change leaves alone count', async () => {
    const desk = deskWith(files);
    const base = desk.repository.git('rev-parse', 'HEAD');
    desk.repository.write('b.js', '1;\n');
    desk.repository.commit('something else');
    const osv = path.join(desk.repository.root, 'advisories');
    const document = documentOf(
      await desk.run({ reports: ['bom.cdx.json'], osv, base, head: 'HEAD', scope: 'all' }),
    );
    expect(document.findings).toHaveLength(2);
    expect(document.decision.reasons.map(({ code }) => code)).not.toContain('advisories-changed');
  });
});

test('a bill with an empty list of vulnerabilities was not looked up', async () => {
  const desk = deskWith({ ...npmFiles('4.17.15'), 'a.js': SERVER });
  desk.write('bom.cdx.json', JSON.stringify({ ...JSON.parse(billOf(INSTALLED)), vulnerabilities: [] }));
  expect((await desk.run({ reports: ['bom.cdx.json'] })).exitCode).toBe(3);
});
