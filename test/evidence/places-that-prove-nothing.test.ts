// Places from which nothing may be concluded: a report that names no line, and a comment that hides text.
import { describe, expect, it } from 'vitest';
import { run } from '../../src/app/run.ts';
import { defaultRequest } from '../../src/app/run-request.ts';
import { createMemoryWorld } from '../doubles/memory-world.ts';

const LICENCED = `// Copyright of the shop\n${'\n'.repeat(20)}const cp = require('child_process');\nmodule.exports = (a) => cp.exec('rm ' + a);\n`;

async function verdictOn(source: string, region: object | undefined) {
  const physicalLocation = {
    artifactLocation: { uri: 'app.js' },
    ...(region === undefined ? {} : { region }),
  };
  const result = { ruleId: 'r', message: { text: 'm' }, locations: [{ physicalLocation }] };
  const rules = [{ id: 'r', properties: { tags: ['external/cwe/cwe-078'], 'security-severity': '9.8' } }];
  const log = {
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'Finder', rules } }, results: [result] }],
  };
  const world = createMemoryWorld({ 'scan.sarif': JSON.stringify(log) }, { 'app.js': source });
  const { document } = await run({ ...defaultRequest('/'), reports: ['scan.sarif'] }, world);
  const { findings } = document;
  return findings[0]?.verdict;
}

describe('a report without a usable line', () => {
  it.each([[undefined], [{}], [{ startLine: 0 }], [{ startLine: '22' }], [{ startLine: 2 ** 53 }]])(
    'is not dismissed by what stands on line 1 (region %j)',
    async (region) => {
      const verdict = await verdictOn(LICENCED, region);
      expect(verdict).toMatchObject({ label: 'needs_review', reasons: [{ code: 'REV.unresolved' }] });
    },
  );

  it('is dismissed by nothing even where line 1 is a harmless call', async () => {
    const source = `require('child_process').exec('ls');\n${LICENCED}`;
    expect((await verdictOn(source, undefined))?.label).toBe('needs_review');
    expect((await verdictOn(source, { startLine: 1 }))?.label).toBe('false_positive');
  });
});

it('a comment that holds invisible characters is not called harmless', async () => {
  const comment = (text: string) => `// ${text}\n${'\n'.repeat(10)}module.exports = 1;\n`;
  expect((await verdictOn(comment('plain words'), { startLine: 1 }))?.label).toBe('false_positive');
  expect((await verdictOn(comment('\u202E} \u2066if (admin)\u2069 \u2066'), { startLine: 1 }))?.label).toBe(
    'needs_review',
  );
});
