// Several projects in one repository, and several reports on one package, through the whole main job: whose finding it is, and what proves it.
import { describe, expect, test } from 'vitest';
import type { FindingRecord } from '#domain/result-document.ts';
import { createDesk, type Desk, osvRecord } from './dependency-shop.ts';

const CALLING = "const _ = require('lodash');\nmodule.exports = (text) => _.template(text);\n";
const SILENT = 'module.exports = () => 1;\n';

/** A project of npm that asks for lodash and locks it. */
function projectFiles(folder: string, version: string, source: string): Record<string, string> {
  const below = (name: string) => (folder === '' ? name : `${folder}/${name}`);
  const asked = {
    name: folder === '' ? 'shop' : folder,
    version: '1.0.0',
    dependencies: { lodash: version },
  };
  const packages = { '': asked, 'node_modules/lodash': { version } };
  return {
    [below('package.json')]: `${JSON.stringify(asked, null, 2)}\n`,
    [below('package-lock.json')]: `${JSON.stringify({ lockfileVersion: 3, packages }, null, 2)}\n`,
    [below('index.js')]: source,
  };
}

/** A bill of materials of lodash at one version; `about` is what it says that it is about. */
function bill(version: string, about: Record<string, string> | null): string {
  const component = { type: 'library', 'bom-ref': 'lodash', name: 'lodash', version };
  return JSON.stringify({
    ...{ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1 },
    ...(about === null
      ? {}
      : { metadata: { component: { type: 'application', 'bom-ref': 'root', ...about } } }),
    components: [{ ...component, purl: `pkg:npm/lodash@${version}` }],
  });
}

async function findingsOf(desk: Desk, reports: readonly string[]): Promise<readonly FindingRecord[]> {
  const record = osvRecord('GHSA-35jh-r3h4-6jhm', 'lodash', {
    fixed: '4.17.21',
    aliases: ['CVE-2021-23337'],
  });
  desk.write('osv/0.json', JSON.stringify(record));
  const { document } = await desk.run({ reports: [...reports], osv: 'osv' });
  return document?.findings ?? [];
}

const said = ({ location, verdict }: FindingRecord) => `${location.path} ${verdict?.reasons[0]?.code}`;

const SNYK = JSON.stringify({
  vulnerabilities: [
    {
      ...{ id: 'SNYK-JS-LODASH-1040724', title: 'Command Injection', severity: 'high', cvssScore: 7.2 },
      identifiers: { CVE: ['CVE-2021-23337'], CWE: ['CWE-78'], GHSA: ['GHSA-35jh-r3h4-6jhm'] },
      ...{ packageName: 'lodash', moduleName: 'lodash', version: '4.17.15', language: 'js' },
      ...{ packageManager: 'npm', semver: { vulnerable: ['<4.17.21'] }, fixedIn: ['4.17.21'] },
      ...{ from: ['shop@1.0.0', 'lodash@4.17.15'], upgradePath: [false, 'lodash@4.17.21'], name: 'lodash' },
    },
  ],
  ...{ ok: false, dependencyCount: 1, packageManager: 'npm', projectName: 'shop', uniqueCount: 1 },
});

describe('a call of a function that is known to be vulnerable', () => {
  const run = async (source: string): Promise<readonly string[]> => {
    const desk = createDesk(projectFiles('', '4.17.15', source));
    desk.write('snyk.json', SNYK);
    const { document } = await desk.run({ reports: ['snyk.json'] });
    return (document?.findings ?? []).map(said);
  };

  test('is proof, also where one report alone calls the vulnerability so', async () => {
    expect(await run(CALLING)).toEqual(['package.json TP.sca.called']);
  });

  test('that is missing clears nothing under such a name', async () => {
    const other = "const _ = require('lodash');\nmodule.exports = (text) => _.trim(text);\n";
    expect(await run(other)).toEqual(['package.json REV.sca.symbols']);
  });
});

describe('a bill of materials of one of two projects with the same package', () => {
  const two = (web = '4.17.20'): Desk =>
    createDesk({ ...projectFiles('api', '4.17.20', CALLING), ...projectFiles('web', web, SILENT) });

  test.each([
    ['its package URL', 'bom.json', { name: 'web', purl: 'pkg:npm/web@1.0.0' }],
    ['its name', 'bom.json', { name: 'web' }],
    ['the folder that was scanned', 'bom.json', { name: './web' }],
  ])('is about the one that it names by %s', async (_, name, about) => {
    const desk = two();
    desk.write(name, bill('4.17.20', about));
    expect((await findingsOf(desk, [name])).map(said)).toEqual(['web/package.json FP.sca.not-imported']);
  });

  test('is about the one in whose folder it lies', async () => {
    const desk = two();
    desk.repository.write('web/target/bom.json', bill('4.17.20', null));
    const report = `${desk.repository.root}/web/target/bom.json`;
    expect((await findingsOf(desk, [report])).map(said)).toEqual(['web/package.json FP.sca.not-imported']);
  });

  test('says that it is open where nothing tells which, and is dismissed for none', async () => {
    const desk = two();
    desk.write('bom.json', bill('4.17.20', null));
    const [finding] = await findingsOf(desk, ['bom.json']);
    expect(finding && said(finding)).toBe('api/package.json TP.sca.called');
    expect(finding?.verdict?.reasons.at(-1)?.text).toBe(
      'The report does not say which project it is about. These have the package as well, and were looked at too: `web`. Give each project a report of its own, in its folder.',
    );
  });

  test('is about more than the one of its name where it lists what that has not', async () => {
    const desk = two();
    const whole = JSON.parse(bill('4.17.20', { name: 'web' }));
    whole.components.push({ type: 'library', name: 'kit', version: '1.0.0', purl: 'pkg:npm/kit@1.0.0' });
    desk.write('bom.json', JSON.stringify(whole));
    expect((await findingsOf(desk, ['bom.json'])).map(said)).toEqual(['api/package.json TP.sca.called']);
  });

  test('that names what all of them belong to is about those below as well', async () => {
    const desk = createDesk({
      ...projectFiles('', '4.17.20', SILENT),
      ...projectFiles('api', '4.17.20', CALLING),
    });
    desk.write('bom.json', bill('4.17.20', { name: 'shop' }));
    const [finding] = await findingsOf(desk, ['bom.json']);
    expect(finding && said(finding)).toBe('package.json TP.sca.called');
  });

  test('is not used by what the lock file of another one brings in', async () => {
    const desk = two();
    const asked = { name: 'api', dependencies: { kit: '1.0.0' } };
    const kit = { version: '1.0.0', dependencies: { lodash: '^4.0.0' } };
    const packages = { '': asked, 'node_modules/kit': kit, 'node_modules/lodash': { version: '4.17.20' } };
    desk.repository.write('api/package.json', JSON.stringify(asked));
    desk.repository.write('api/package-lock.json', JSON.stringify({ lockfileVersion: 3, packages }));
    desk.write('bom.json', bill('4.17.20', { name: 'web' }));
    expect((await findingsOf(desk, ['bom.json'])).map(said)).toEqual([
      'web/package.json FP.sca.not-imported',
    ]);
  });

  test('is searched in sources and settings, and not in what an earlier run wrote', async () => {
    const desk = createDesk(projectFiles('', '4.17.20', SILENT));
    desk.repository.write('assay-out/gl-code-quality-report.json', '[{ "description": "`lodash 4.17.20`" }]');
    desk.write('bom.json', bill('4.17.20', null));
    expect((await findingsOf(desk, ['bom.json'])).map(said)).toEqual(['package.json FP.sca.not-imported']);
  });

  test('is no longer kept from a dismissal by what another one asks for', async () => {
    const desk = two('4.17.19');
    desk.write('bom.json', bill('4.17.19', { name: 'web' }));
    expect((await findingsOf(desk, ['bom.json'])).map(said)).toEqual([
      'web/package.json FP.sca.not-imported',
    ]);
  });
});
