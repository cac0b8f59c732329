// What GitLab's security widget and vulnerability report show of vulnerable packages.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { renderGitLabDependencies } from '#publish/render-gitlab-dependencies.ts';
import {
  aDependency,
  aDependencyFinding,
  aFindingAt,
  aLicenceFinding,
  anUpgrade,
  aVulnerability,
} from '../doubles/dependency-finding.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { hiddenCharacters, liveParts } from '../doubles/markdown-reader.ts';
import { aDocument, aFinding, aLocation, inLanguage } from '../doubles/result-document.ts';

const AT = '2027-01-31T09:00:00.000Z';

/** GitLab's dependency scanning schema 15.0.7, as far as it asks for anything (security-report-schemas, dist/dependency-scanning-report-format.json). */
const filled = z.string().min(1);
const located = z.strictObject({
  package: z.strictObject({ name: filled }),
  version: filled,
  direct: z.boolean().optional(),
});
const program = z.strictObject({
  id: filled,
  name: filled,
  version: filled,
  vendor: z.strictObject({ name: filled }),
});
const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
const shape = z.strictObject({
  version: z.literal('15.0.7'),
  scan: z.strictObject({
    ...{
      analyzer: program,
      scanner: program,
      type: z.literal('dependency_scanning'),
      start_time: moment,
      end_time: moment,
    },
    status: z.enum(['success', 'failure']),
    messages: z.array(z.strictObject({ level: z.enum(['info', 'warn', 'fatal']), value: filled })),
  }),
  vulnerabilities: z.array(
    z.strictObject({
      ...{
        id: z.uuid(),
        name: filled.max(255),
        description: filled,
        solution: z.string().max(7_000).optional(),
      },
      severity: z.enum(['Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical']),
      identifiers: z
        .array(
          z.strictObject({
            type: filled,
            name: filled,
            value: filled,
            url: z
              .string()
              .regex(/^https?:\/\/\S+$/)
              .optional(),
          }),
        )
        .min(1)
        .max(20),
      links: z.array(z.strictObject({ url: z.url() })).optional(),
      location: z.strictObject({ file: filled, dependency: located }),
    }),
  ),
  dependency_files: z.array(
    z.strictObject({ path: filled, package_manager: filled, dependencies: z.array(located) }),
  ),
});

const reportOf = (document: ResultDocument) =>
  shape.parse(JSON.parse(renderGitLabDependencies(document, { at: AT })));

function oneOf(finding: FindingRecord) {
  const [vulnerability] = reportOf(aDocument([finding])).vulnerabilities;
  if (vulnerability === undefined) throw new Error('no vulnerability');
  return vulnerability;
}

describe('gl-dependency-scanning-report.json', () => {
  it('tells of a vulnerable package what, where, how bad, why and how it is left behind', () => {
    expect(oneOf(aDependencyFinding({ id: 'c0ffee0000000001' }))).toEqual({
      id: 'b760bfa7-a0de-5d5f-ab14-3db526063b5d',
      name: 'Command injection in lodash',
      description: [
        '`Command injection in lodash`',
        '**true positive**: `src/mail.ts` line 4 calls `template`.',
        '`lodash 4.17.20` is a dependency of the project itself. It has the known vulnerability `CVE-2021-23337`, which is mended in `4.17.21`.',
        '61 of 100: CVSS 7.2, called from runtime code, a direct dependency.',
        '`assay explain c0ffee0000000001`',
      ].join('\n\n'),
      severity: 'High',
      solution: anUpgrade().text,
      identifiers: [
        {
          type: 'cve',
          name: 'CVE-2021-23337',
          value: 'CVE-2021-23337',
          url: 'https://nvd.nist.gov/vuln/detail/CVE-2021-23337',
        },
        {
          type: 'ghsa',
          name: 'GHSA-35jh-r3h4-6jhm',
          value: 'GHSA-35jh-r3h4-6jhm',
          url: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm',
        },
        { type: 'cwe', name: 'CWE-94', value: '94', url: 'https://cwe.mitre.org/data/definitions/94.html' },
      ],
      links: [{ url: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm' }],
      location: {
        file: 'package-lock.json',
        dependency: { package: { name: 'lodash' }, version: '4.17.20', direct: true },
      },
    });
    const chinese = reportOf(inLanguage(aDocument([aDependencyFinding()]), 'zh-CN'));
    expect(chinese.vulnerabilities[0]?.description).toContain('**真实问题**');
  });

  it('leaves out what was dismissed or accepted, and what is told elsewhere, and says so', () => {
    const report = reportOf(
      aDocument([
        aDependencyFinding(),
        aFindingAt('not_called', ['false_positive', 'FP.sca.not-called']),
        aFindingAt('imported', ['needs_review', 'REV.sca.symbols'], {
          finding: { gate: { effect: 'waived', why: 'until spring' } },
        }),
        aLicenceFinding(),
        aFinding(),
        aDependencyFinding({
          location: aLocation({ path: '', resolved: false, why: 'no file' }),
          dependency: aDependency({ places: [] }),
        }),
      ]),
    );
    expect(report.vulnerabilities).toHaveLength(1);
    expect(report.scan.messages.map(({ value }) => value)).toEqual([
      '1 finding is not in this report (waived by the policy, or suppressed by a comment in the base); assay.json has all.',
      '1 finding is not in this report (dismissed as false positives); assay.json has all.',
      '2 findings are not in this report (about code or licences); assay.json has all.',
      '1 finding is not in this report (naming no file); assay.json has all.',
    ]);
  });

  it('lists the packages of each file once, by what manages them', () => {
    const at = (path: string, name: string, ecosystem: string) =>
      aDependencyFinding({
        location: aLocation({ path }),
        dependency: aDependency({
          package: { ecosystem, name, version: '1', purl: null },
          versions: ['1'],
          places: [],
        }),
      });
    const { dependency_files: files } = reportOf(
      aDocument([
        at('yarn.lock', 'a', 'npm'),
        at('yarn.lock', 'a', 'npm'),
        at('yarn.lock', 'b', 'npm'),
        at('pom.xml', 'g:a', 'Maven'),
        at('x.json', 'c', 'Debian:11'),
      ]),
    );
    expect(
      files.map(({ path, package_manager, dependencies }) => [
        path,
        package_manager,
        dependencies.map((one) => one.package.name),
      ]),
    ).toEqual([
      ['pom.xml', 'maven', ['g:a']],
      ['x.json', 'unknown', ['c']],
      ['yarn.lock', 'yarn', ['a', 'b']],
    ]);
  });

  it('holds nothing live, whatever stands in names and texts', () => {
    fc.assert(
      fc.property(
        fc.array(hostileText, { minLength: 6, maxLength: 6 }),
        ([name = '', id = '', title = '', url = '', why = '', path = '']) => {
          const vulnerability = aVulnerability({ id: id || 'x', aliases: [name], title, url });
          const finding = aDependencyFinding({
            ...{ rootCause: why, location: aLocation({ path: path || 'x', resolved: false, why }) },
            dependency: aDependency({
              ...{
                package: { ecosystem: name, name, version: title, purl: null },
                versions: [],
                places: [],
                vulnerability,
              },
              upgrade: anUpgrade({ text: why }),
            }),
          });
          const { description, solution = '' } = oneOf(finding);
          for (const text of [description, solution]) {
            expect(liveParts(text)).toEqual([]);
            expect(hiddenCharacters(text)).toEqual([]);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
