// The whole main job over generated reports: whatever a scanner writes, nothing is lost, and the same input gives the same result.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/app/run.ts';
import { defaultRequest } from '../../src/app/run-request.ts';
import { createMemoryWorld } from '../doubles/memory-world.ts';

const SOURCES = {
  'src/run.py': 'import os\n\ndef run(name):\n    os.system("ls /srv")\n    os.system("ls " + name)\n',
  'src/app.js': "const { exec } = require('child_process');\nexec('ls');\nfunction f(x) {\n  exec(x);\n}\n",
  'notes.txt': 'nothing to see\n',
};

const uri = fc.constantFrom(
  'src/run.py',
  'app.js',
  'file:///build/src/run.py',
  'notes.txt',
  'gone.py',
  '../../etc/passwd',
  '',
);
const region = fc.record(
  {
    startLine: fc.integer({ min: -1, max: 7 }),
    startColumn: fc.integer({ min: 0, max: 40 }),
    endLine: fc.integer({ min: 0, max: 9 }),
  },
  { requiredKeys: [] },
);
const location = fc.record({ physicalLocation: fc.record({ artifactLocation: fc.record({ uri }), region }) });
const odd = fc.constantFrom(null, 17, 'text', [], {}, { message: 3 });
const result = fc.record(
  {
    ruleId: fc.constantFrom('py/command-injection', 'other', ''),
    kind: fc.constantFrom('fail', 'pass', 'notApplicable', 'open', 'nonsense'),
    level: fc.constantFrom('error', 'warning', 'note', 'none'),
    message: fc.record({ text: fc.constantFrom('a', 'b') }),
    locations: fc.array(location, { maxLength: 2 }),
    suppressions: fc.array(fc.record({ kind: fc.constantFrom('inSource', 'external') }), { maxLength: 1 }),
  },
  { requiredKeys: ['message'] },
);
const rules = [
  { id: 'py/command-injection', properties: { tags: ['external/cwe/cwe-078'], 'security-severity': '9.8' } },
];
const log = fc
  .array(
    fc.array(fc.oneof({ weight: 9, arbitrary: result }, { weight: 1, arbitrary: odd }), { maxLength: 12 }),
    { maxLength: 3 },
  )
  .map((runs) => ({
    version: '2.1.0',
    runs: runs.map((results) => ({ tool: { driver: { name: 'Finder', rules } }, results })),
  }));

const triage = async (reports: Record<string, string>) => {
  const request = { ...defaultRequest('/'), reports: Object.keys(reports) };
  return (await run(request, createMemoryWorld(reports, SOURCES))).document;
};

describe('every result that comes in', () => {
  it('ends as a finding, a duplicate, no finding or rejected, and every finding is judged', async () => {
    await fc.assert(
      fc.asyncProperty(log, log, async (first, second) => {
        const document = await triage({
          'a.sarif': JSON.stringify(first),
          'b.sarif': JSON.stringify(second),
        });
        const incoming = [first, second].flatMap(({ runs }) => runs.flatMap(({ results }) => results)).length;
        const { accounting, results, findings, decision } = document;
        expect(accounting.in).toBe(incoming);
        expect(results).toHaveLength(incoming);
        expect(
          accounting.findings + accounting.duplicates + accounting.notFindings + accounting.rejected,
        ).toBe(incoming);
        expect(accounting.judged + accounting.outOfScope).toBe(findings.length);
        for (const row of results) {
          const isStoodFor = row.disposition === 'finding' || row.disposition === 'duplicate';
          expect(findings.some((finding) => finding.id === row.findingId)).toBe(isStoodFor);
        }
        if (accounting.rejected > 0) expect(decision.outcome).toBe('unfinished');
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same result whenever it is read', async () => {
    await fc.assert(
      fc.asyncProperty(log, async (only) => {
        const reports = { 'a.sarif': JSON.stringify(only) };
        expect(await triage(reports)).toEqual(await triage(reports));
      }),
      { numRuns: 20 },
    );
  });
});

describe('a false positive', () => {
  it('always cites lines that stand in the file as quoted', async () => {
    await fc.assert(
      fc.asyncProperty(log, async (only) => {
        const { findings } = await triage({ 'a.sarif': JSON.stringify(only) });
        for (const { verdict } of findings) {
          if (verdict?.label !== 'false_positive') continue;
          const citations = verdict.reasons.flatMap((reason) => reason.citations);
          expect(citations).not.toHaveLength(0);
          for (const { path, startLine, endLine, quote } of citations) {
            const lines = SOURCES[path as keyof typeof SOURCES].split('\n').slice(startLine - 1, endLine);
            expect(lines.join('\n')).toContain(quote.trim());
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
