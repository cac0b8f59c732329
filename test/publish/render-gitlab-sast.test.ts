// What GitLab's security widget and vulnerability report show of a run.
import { Buffer } from 'node:buffer';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResultDocument } from '#domain/result-document.ts';
import {
  type GitLabSastReport,
  type GitLabVulnerability,
  gitLabSastJsonSchema,
} from '#publish/gitlab-sast-schema.ts';
import { renderGitLabSast } from '#publish/render-gitlab-sast.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { injectionCases } from '../doubles/injection-cases.ts';
import { hiddenCharacters, liveParts } from '../doubles/markdown-reader.ts';
import {
  aDocument,
  aFinding,
  aJudgedFinding,
  aLocation,
  aReason,
  aVerdict,
  inLanguage,
} from '../doubles/result-document.ts';
import { richDocument } from '../doubles/rich-document.ts';

const AT = '2027-01-31T09:00:00.000Z';
// The patterns say what the formats would.
const validate = new Ajv2020({ strict: true, strictTypes: false, validateFormats: false }).compile(
  gitLabSastJsonSchema(),
);

function reportOf(document: ResultDocument): GitLabSastReport {
  const report = JSON.parse(renderGitLabSast(document, { at: AT })) as GitLabSastReport;
  expect([validate(report), validate.errors]).toEqual([true, null]);
  return report;
}

function oneOf(document: ResultDocument): GitLabVulnerability {
  const [vulnerability] = reportOf(document).vulnerabilities;
  if (vulnerability === undefined) throw new Error('no vulnerability');
  return vulnerability;
}

describe('gl-sast-report.json', () => {
  it('says which version it is of, what scanned when, and how it went', () => {
    const { version, scan } = reportOf(aDocument([]));
    const assay = { id: 'assay', name: 'Assay', version: '0.1.0', vendor: { name: 'Assay' } };
    expect({ version, ...scan }).toEqual({
      version: '15.0.7',
      analyzer: assay,
      scanner: assay,
      type: 'sast',
      start_time: '2027-01-31T09:00:00',
      end_time: '2027-01-31T09:00:00',
      status: 'success',
      messages: [],
    });
    expect(() => renderGitLabSast(aDocument([]), { at: 'yesterday' })).toThrow(RangeError);
  });

  it('tells of a finding what, where, how bad, why and how it is mended', () => {
    const finding = aFinding({
      id: 'c0ffee0000000001',
      location: aLocation({ path: 'src/路径.ts', startLine: 3, endLine: 5 }),
      remediation: 'Bind the value with a prepared statement.',
      rootCause: 'SQL text is built out of a parameter.',
    });
    expect(oneOf(aDocument([finding]))).toEqual({
      id: 'b760bfa7-a0de-5d5f-ab14-3db526063b5d',
      name: 'sql-injection',
      description:
        '`User input flows into a SQL query.`\n\n**needs review**: The value is a parameter: who calls this function, and with what?\n\nSQL text is built out of a parameter.\n\n`assay explain c0ffee0000000001`',
      severity: 'High',
      solution: 'Bind the value with a prepared statement.',
      identifiers: [
        { type: 'semgrep_rule_id', name: 'Semgrep: sql-injection', value: 'sql-injection' },
        {
          type: 'cwe',
          name: 'CWE-89',
          value: '89',
          url: 'https://cwe.mitre.org/data/definitions/89.html',
        },
      ],
      location: { file: 'src/路径.ts', start_line: 3, end_line: 5 },
      tracking: {
        type: 'source',
        items: [
          {
            file: 'src/路径.ts',
            start_line: 3,
            end_line: 5,
            signatures: [{ algorithm: 'hash', value: 'c0ffee0000000001' }],
          },
        ],
      },
    });
  });

  it('flags what was dismissed, leaves out what is accepted and counts it, and keeps what is out of scope', () => {
    const { vulnerabilities, scan } = reportOf(richDocument());
    const files = vulnerabilities.map(({ location }) => location.file);
    expect(files).toContain('tools/build.py');
    expect(files).not.toContain('api/session.js');
    expect(vulnerabilities).toHaveLength(7);
    const flagged = vulnerabilities.filter(({ flags }) => flags !== undefined);
    expect(flagged.map(({ location, flags }) => [location.file, flags])).toEqual([
      [
        'tools/build.py',
        [
          {
            type: 'flagged-as-likely-false-positive',
            origin: 'Assay',
            description: 'FP.const: Every argument of `subprocess.run` is a literal.',
          },
        ],
      ],
    ]);
    expect(scan.messages).toEqual([
      {
        level: 'info',
        value:
          '1 finding is not in this report (waived by the policy, or suppressed by a comment in the base); assay.json has all.',
      },
    ]);
  });

  it('is a failed scan when the run did not finish, and says why', () => {
    const reasons = [{ code: 'report-truncated', text: 'a.sarif: cut off' }];
    const { scan } = reportOf(
      aDocument([], { decision: { outcome: 'unfinished', mode: 'enforce', reasons } }),
    );
    expect(scan).toMatchObject({
      status: 'failure',
      messages: [{ level: 'fatal', value: 'a.sarif: cut off' }],
    });
  });

  it('knows a finding again in the next run, and two findings apart', () => {
    const ids = [...reportOf(richDocument()).vulnerabilities].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(reportOf(richDocument()).vulnerabilities.map(({ id }) => id)).toEqual(ids);
    expect(renderGitLabSast(richDocument(), { at: AT })).toBe(renderGitLabSast(richDocument(), { at: AT }));
  });

  it('leaves out dependencies, licences and what names no file, and counts them', () => {
    const { vulnerabilities, scan } = reportOf(
      aDocument([
        aFinding({ kind: 'sca' }),
        aFinding({ kind: 'licence' }),
        aFinding({ location: aLocation({ path: '', resolved: false, why: 'names no file' }) }),
      ]),
    );
    expect(vulnerabilities).toEqual([]);
    expect(scan.messages.map(({ value }) => value.split(' ', 1)[0])).toEqual(['2', '1']);
  });

  it('stays within 20 MB with 5,000 findings of 70,000 characters, keeps the worst and counts the rest', () => {
    const long = '漏洞 '.repeat(24_000);
    const many = Array.from({ length: 5_000 }, (_, index) => ({
      ...aJudgedFinding(index === 4_999 ? 'critical' : 'low', 'needs_review', 'allowed'),
      message: long,
      rootCause: long,
      remediation: long,
      verdict: aVerdict('needs_review', aReason('REV.unknown', long)),
    }));
    const text = renderGitLabSast(aDocument(many), { at: AT });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_000_000);
    expect(Buffer.byteLength(text)).toBeGreaterThan(18_000_000);
    const { vulnerabilities, scan } = JSON.parse(text) as GitLabSastReport;
    expect(vulnerabilities[0]?.severity).toBe('Critical');
    expect(scan.messages).toEqual([
      {
        level: 'warn',
        value: `${5_000 - vulnerabilities.length} findings are not in this report (GitLab loads no report above 20 MB); assay.json has all.`,
      },
    ]);
  });

  it('speaks Chinese when asked', () => {
    const document = inLanguage(richDocument(), 'zh-CN');
    expect(oneOf(document).description).toContain('**真实问题**：');
    expect(reportOf(document).scan.messages[0]?.value).toContain('1 个发现项不在本报告中');
  });

  it('stays valid and inert, whatever a report says', () => {
    const check = (text: string) => {
      const [tool] = aFinding().tools;
      const finding = aFinding({
        message: text,
        ruleId: text,
        rootCause: text,
        remediation: text,
        location: aLocation({ path: `a/${text}`, resolved: false, why: 'x' }),
        tools: tool === undefined ? [] : [{ ...tool, name: text, ruleId: text, ruleName: text }],
        verdict: aVerdict('false_positive', aReason('FP.const', text)),
      });
      const vulnerability = oneOf(aDocument([finding]));
      const { description, solution = '', name, location, identifiers } = vulnerability;
      expect(liveParts(description)).toEqual([]);
      expect(liveParts(solution)).toEqual([]);
      const names = identifiers.map((identifier) => identifier.name + identifier.value).join('');
      expect(hiddenCharacters(description + solution + name + location.file + names)).toEqual([]);
    };
    for (const { payload } of injectionCases()) check(payload);
    fc.assert(fc.property(hostileText, check), { numRuns: 100 });
  });
});
