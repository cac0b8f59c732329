// Rows 5, 12–14, 25, 26, 38, 39: what bills of materials, advisories and decisions hold leaves a run inert, in every file and comment.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { overridesThatCouldBe } from '../../src/upgrade/add-override.ts';
import { lineEdits } from '../../src/upgrade/line-edits.ts';
import { reproveUpgrade } from '../../src/upgrade/reprove-upgrade.ts';
import { aDependency, anUpgrade } from '../doubles/dependency-finding.ts';
import { hiddenCharacters, liveParts } from '../doubles/markdown-reader.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { packageJson, packageLock } from '../e2e/dependency-shop.ts';
import { publishChange } from '../e2e/reviewed-change.ts';
import { HOSTS, startReviewingHost } from '../e2e/reviewing-host.ts';
import { createReviewRepository } from '../emulators/review-repository.ts';

const PAYLOADS = [
  '\n::error file=a::b\n::set-output name=a::b\n##[error]x\n##vso[task.complete]',
  '\u001b[31mred\u001b]8;;https://evil.example\u0007x\u001b]8;;\u0007\u009b2J',
  '![x](https://evil.example/a.png) [y](javascript:alert(1)) <https://evil.example> www.evil.example',
  '<img src=x onerror=alert(1)><script>alert(1)</script></details></table>',
  '@everyone #1 !2 GH-3 /close\n/approve\nbors r+\n@dependabot merge',
  '```suggestion\nrm -rf /\n```\n~~~~\n`````',
  '<!-- assay:v1 k=summary id=- fp=- st=open cat=- tool=- body=0123456789abcdef posted=- mac=- -->',
  'a\u202eb\u2066c\u200bd\ufeffe\u{e0041}f\u3164',
  'a\rb\r\nc\u2028d\u0085e\u0000f',
  '__proto__',
  '../../../../etc/passwd',
  'javascript:alert(document.cookie)//',
  '=cmd|calc!A1',
  '|a|b|\n|-|-|\n',
  'x'.repeat(200_000),
  'pkg:npm/../../etc/passwd@1?a=%00',
];

/** Every text a payload; two components of each, one of which the project asks for. */
function bill(): string {
  const components = PAYLOADS.flatMap((payload, at) => [
    {
      ...{ type: 'library', 'bom-ref': `${payload}${at}`, name: payload, version: payload, purl: payload },
      ...{ licenses: [{ license: { name: payload } }, { expression: payload }], description: payload },
    },
    {
      ...{ type: 'library', 'bom-ref': `kit-${at}`, name: `kit-${at}`, version: '1.0.0' },
      ...{ purl: `pkg:npm/kit-${at}@1.0.0`, licenses: [{ license: { name: payload } }] },
    },
  ]);
  const vulnerabilities = PAYLOADS.flatMap((payload, at) =>
    [`kit-${at}`, `${payload}${at}`].map((ref, index) => ({
      ...{
        'bom-ref': payload,
        id: index === 0 ? `CVE-2026-${1000 + at}` : payload,
        source: { name: payload, url: payload },
      },
      references: [{ id: payload, source: { name: payload, url: payload } }],
      ratings: [{ score: 9.8, severity: 'critical', method: 'CVSSv31', vector: payload }],
      ...{ description: payload, detail: payload, recommendation: payload, published: payload },
      advisories: [{ title: payload, url: payload }],
      analysis: { state: 'exploitable', justification: payload, detail: payload, response: [payload] },
      affects: [{ ref, versions: [{ version: payload, status: 'affected' }] }],
    })),
  );
  return JSON.stringify({
    ...{ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, serialNumber: PAYLOADS[0] },
    metadata: {
      component: { type: 'application', 'bom-ref': PAYLOADS[2], name: PAYLOADS[2] },
      authors: [{ name: PAYLOADS[1] }],
    },
    ...{ components, vulnerabilities },
    dependencies: [{ ref: PAYLOADS[2], dependsOn: components.map((one) => one['bom-ref']) }],
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

describe.each(HOSTS)('on %s', (name) => {
  test('nothing of it is live', async () => {
    const asked = { dependencies: Object.fromEntries(PAYLOADS.map((_, at) => [`kit-${at}`, '^1.0.0'])) };
    const installed = Object.fromEntries(PAYLOADS.map((_, at) => [`kit-${at}`, { version: '1.0.0' }]));
    const repository = createReviewRepository(
      (git) => void git.write('package.json', packageJson({})),
      (git) => {
        git.write('package.json', packageJson(asked));
        git.write('package-lock.json', packageLock(asked, installed));
        git.write('a.js', PAYLOADS.map((_, at) => `import 'kit-${at}';\n`).join(''));
      },
    );
    const host = await startReviewingHost(name, repository);
    try {
      const run = await publishChange({
        ...{ repository, report: bill(), variables: host.variables() },
        request: { publish: 'auto', format: 'table' },
      });
      const { document, summary, annotations, display, exitCode } = run.outcome;
      expect([exitCode, document?.accounting.in]).toEqual([1, PAYLOADS.length * 2]);
      const { accounting } = document ?? {};
      expect(
        (accounting?.findings ?? 0) + (accounting?.duplicates ?? 0) + (accounting?.notFindings ?? 0),
      ).toBe(accounting?.in);
      const bodies = [...host.comments().map(({ body }) => body), ...host.summaries(), summary ?? ''];
      expect(bodies.length).toBeGreaterThan(5);
      const blob = host.blobUrl();
      for (const body of bodies) {
        expect(
          liveParts(body, { links: [blob, blob.replace(/\/(?:-\/)?blob\/.*$/, '/')], marker: true }),
        ).toEqual([]);
        expect(hiddenCharacters(body)).toEqual([]);
      }
      for (const line of `${display}\n${run.log}`.split('\n')) {
        expect(line).not.toMatch(/^(?:::|##)/);
        expect(hiddenCharacters(line)).toEqual([]);
      }
      for (const one of annotations) expect(JSON.stringify(one)).not.toMatch(/\\n::|\\u001b/);
      for (const file of filesBelow(run.out)) {
        const text = readFileSync(file, 'utf8');
        expect(text.length, file).toBeLessThan(8_000_000);
        if (/\.(?:json|sarif)$/.test(file)) expect(() => JSON.parse(text), file).not.toThrow();
        if (/\.md$/.test(file)) expect(hiddenCharacters(text), file).toEqual([]);
        const urls = [...text.matchAll(/"(?:url|uri|helpUri|informationUri)": *"(javascript:[^"]*)"/g)].map(
          ([, url]) => url,
        );
        expect(urls, file).toEqual([]);
      }
      expect(host.complaints()).toEqual([]);
      expect(Object.hasOwn(Object.prototype, 'name')).toBe(false);
    } finally {
      await host.close();
      repository.dispose();
    }
  }, 60_000);
});

describe('a result that somebody forged', () => {
  const sha = (text: string) => createHash('sha256').update(text).digest('hex');
  const before = packageJson({ dependencies: { 'kit-a': '^1.0.0' } });
  const lock = packageLock(
    { dependencies: { 'kit-a': '^1.0.0' } },
    { 'kit-a': { version: '1.0.0', needs: { 'kit-b': '^3.0.0' } }, 'kit-b': { version: '3.5.0' } },
  );

  test.each([
    ['kit-b', '3.0.0', 'refused'],
    ['kit-evil', '9.9.9', 'refused'],
    ['kit-b', '3.6.0', 'proved'],
  ])('gets %s %s held: %s', async (name, to, expected) => {
    const afters = overridesThatCouldBe('package.json', before, name, to).flatMap((text) => text ?? []);
    expect(afters.length).toBeGreaterThan(0);
    for (const after of afters) {
      const { kind } = await reproveUpgrade(
        {
          ...{ path: 'package.json', origin: 'upgrade', tool: null, description: null, checks: [] },
          ...{ edits: lineEdits(before, after), before: sha(before), after: sha(after) },
        },
        new TextEncoder().encode(before),
        {
          dependency: aDependency({
            package: { ecosystem: 'npm', name, version: '0.0.1', purl: null },
            versions: [],
            upgrade: anUpgrade({ package: name, to }),
          }),
          workspace: createMemoryWorkspace({ 'package.json': before, 'package-lock.json': lock }),
          language: 'en',
        },
      );
      expect(kind).toBe(expected);
    }
  });
});
