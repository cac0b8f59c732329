// assay.sarif is valid SARIF 2.1.0 and holds what code scanning needs.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import draft4 from 'ajv-draft-04';
import fc from 'fast-check';
import type { Log, Result, Run } from 'sarif';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ResultDocument } from '#domain/result-document.ts';
import { renderSarif } from '#publish/render-sarif.ts';
import type { SarifOptions } from '#publish/sarif-run.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { injectionCases } from '../doubles/injection-cases.ts';
import { aDocument, aFinding, aLocation, aReason, aRun, aVerdict } from '../doubles/result-document.ts';
import { richDocument } from '../doubles/rich-document.ts';

let validate: (value: unknown) => unknown[];

beforeAll(() => {
  const require = createRequire(import.meta.url);
  const folder = require.resolve('@microsoft/jest-sarif/package.json').replace('package.json', '');
  const schema = JSON.parse(readFileSync(`${folder}lib/schemas/sarif-2.1.0-rtm.5.json`, 'utf8')) as object;
  const check = new draft4.default({
    strict: false,
    allErrors: false,
    validateFormats: false,
    unicodeRegExp: false,
  }).compile(schema);
  validate = (value) => (check(value) ? [] : (check.errors ?? []));
});

function runOf(document: ResultDocument, options?: SarifOptions): Run {
  const log = JSON.parse(renderSarif(document, options)) as Log;
  const [run] = log.runs;
  if (run === undefined) throw new Error('no run');
  return run;
}

function resultOf(run: Run, id: string): Result {
  const result = run.results?.find((candidate) => candidate.properties?.assayId === id);
  if (result === undefined) throw new Error(`no result ${id}`);
  return result;
}

describe('assay.sarif', () => {
  it('is valid by the official schema', () => {
    expect(validate(JSON.parse(renderSarif(richDocument())))).toEqual([]);
    expect(validate(JSON.parse(renderSarif(aDocument([]))))).toEqual([]);
    expect(
      validate(JSON.parse(renderSarif(richDocument(), { repositoryUri: 'https://example.com/shop' }))),
    ).toEqual([]);
  });

  it('holds every finding', () => {
    const document = richDocument();
    const ids = runOf(document).results?.map((result) => result.properties?.assayId);
    expect(ids?.toSorted()).toEqual(document.findings.map(({ id }) => id).toSorted());
  });

  it('keeps the original rule id, its weakness and a score in the right band', () => {
    const run = runOf(richDocument());
    const rule = run.tool.driver.rules?.find(({ id }) => id === 'js/path-injection');
    expect(rule?.properties).toEqual({
      tags: ['security', 'external/cwe/cwe-022', 'external/cwe/cwe-023'],
      'security-severity': '8.0',
    });
    expect(rule?.helpUri).toBe('https://cwe.mitre.org/data/definitions/22.html');
    const result = resultOf(run, 'c0ffee0000000003');
    expect(result.ruleId).toBe('js/path-injection');
    expect(run.tool.driver.rules?.[result.ruleIndex ?? -1]?.id).toBe('js/path-injection');
  });

  it("takes the tool's own score when the severity of the run agrees with it", () => {
    const [tool] = aFinding().tools;
    const scored = (rawSeverity: string, severity: 'high' | 'low') =>
      runOf(aDocument([aFinding({ severity, tools: tool === undefined ? [] : [{ ...tool, rawSeverity }] })]))
        .tool.driver.rules?.[0]?.properties?.['security-severity'];
    expect(scored('7.8', 'high')).toBe('7.8');
    expect(scored('7.8', 'low')).toBe('2.0');
    expect(scored('error', 'high')).toBe('8.0');
  });

  it('has one rule for one id, also when two tools use it', () => {
    const [tool] = aFinding().tools;
    if (tool === undefined) throw new Error('no tool');
    const findings = ['Flawfinder', 'Cppcheck'].map((name) => aFinding({ tools: [{ ...tool, name }] }));
    const rules = runOf(aDocument(findings)).tool.driver.rules;
    expect(rules?.map(({ id }) => id)).toEqual(['sql-injection']);
    expect(rules?.[0]?.shortDescription?.text).toBe('sql-injection (Cppcheck, Flawfinder)');
  });

  it('suppresses what is dismissed or waived, with the reason, and nothing else', () => {
    const run = runOf(richDocument());
    expect(resultOf(run, 'c0ffee0000000006').suppressions).toEqual([
      {
        kind: 'external',
        status: 'accepted',
        justification: 'FP.const: Every argument of `subprocess.run` is a literal.',
      },
    ]);
    expect(resultOf(run, 'c0ffee0000000007').suppressions?.[0]?.justification).toBe(
      'waived: waived by alice until 2027-01-31: legacy widget',
    );
    const suppressed = run.results?.filter((result) => result.suppressions !== undefined);
    expect(suppressed).toHaveLength(2);
  });

  it('has a fingerprint by which code scanning knows an alert again', () => {
    expect(resultOf(runOf(richDocument()), 'c0ffee0000000001').partialFingerprints).toEqual({
      'assay/v1': 'fc0ffee0000000001',
      'assayPath/v1': 'pc0ffee0000000001',
      primaryLocationLineHash: 'c0ffee0000000001:1',
    });
  });

  it('tells the flow, and of an endless one its ends', () => {
    const steps = Array.from({ length: 3000 }, (_, index) => ({
      location: aLocation({ startLine: index + 1, endLine: index + 1 }),
      message: null,
    }));
    const [result] = runOf(aDocument([aFinding({ flow: steps })])).results ?? [];
    const locations = result?.codeFlows?.[0]?.threadFlows[0]?.locations;
    expect(locations).toHaveLength(1000);
    expect(locations?.[0]?.location?.physicalLocation?.region?.startLine).toBe(1);
    expect(locations?.at(-1)?.location?.physicalLocation?.region?.startLine).toBe(3000);
  });

  it('says in the file what it shortens inside of results', () => {
    const step = { location: aLocation(), message: null };
    const run = runOf(
      aDocument([aFinding({ flow: Array(1_001).fill(step), related: Array(101).fill(step) }), aFinding()]),
    );
    expect(run.invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text)).toEqual([
      'Data flows cut to their first and last 500 steps: 1. assay.json has all.',
      'Results cut to their first 100 related places: 1. assay.json has all.',
    ]);
    expect(runOf(aDocument([aFinding()])).invocations?.[0]?.toolExecutionNotifications).toBeUndefined();
  });

  it('holds all findings, more than code scanning keeps, the worst first', () => {
    const template = aFinding({ severity: 'low' });
    const many = Array.from({ length: 5_002 }, (_, index) => ({ ...template, id: String(index) }));
    const run = runOf(aDocument([...many.slice(1), aFinding({ id: 'worst', severity: 'critical' })]));
    expect(run.results).toHaveLength(5_002);
    expect(run.results?.[0]?.properties?.assayId).toBe('worst');
  });

  it('names the scanned commit only when it is known, and the category when there is one', () => {
    expect(
      runOf(richDocument(), { repositoryUri: 'https://example.com/shop' }).versionControlProvenance,
    ).toEqual([{ repositoryUri: 'https://example.com/shop', revisionId: '2'.repeat(40) }]);
    expect(runOf(richDocument()).versionControlProvenance).toBeUndefined();
    const categorised = aDocument([], { run: { ...aRun(0), category: 'backend', head: null } });
    expect(
      runOf(categorised, { repositoryUri: 'https://example.com/shop' }).versionControlProvenance,
    ).toBeUndefined();
    expect(runOf(categorised).automationDetails).toEqual({ id: 'backend/' });
  });

  it('says that it did not finish when the run did not', () => {
    const document = aDocument([], {
      decision: {
        outcome: 'unfinished',
        mode: 'enforce',
        reasons: [{ code: 'report-unreadable', text: 'a.sarif: cut off' }],
      },
    });
    const [invocation] = runOf(document).invocations ?? [];
    expect(invocation?.executionSuccessful).toBe(false);
    expect(invocation?.toolExecutionNotifications?.[0]?.message.text).toBe('a.sarif: cut off');
  });

  it('stays valid, links nowhere and names no path outside the repository, whatever text comes in', () => {
    const check = (text: string) => {
      const reason = aReason('REV.unknown', text, { path: text, line: 1, quote: text });
      const finding = aFinding({
        message: text,
        ruleId: text,
        rootCause: text,
        remediation: text,
        location: aLocation({ path: text }),
        verdict: aVerdict('needs_review', reason),
      });
      const rendered = renderSarif(aDocument([finding], { notices: [{ code: 'x', text }] }));
      const log = JSON.parse(rendered) as Log;
      expect(validate(log)).toEqual([]);
      const [result] = log.runs[0]?.results ?? [];
      expect(result?.message.text).not.toContain('](');
      const uri = result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? '';
      const resolved = new URL(uri, 'https://root.example/repository/');
      expect(resolved.href.startsWith('https://root.example/repository/')).toBe(true);
    };
    for (const { payload } of injectionCases()) check(payload);
    fc.assert(fc.property(hostileText, check), { numRuns: 300 });
  });
});
