// What stands beside the commit: may it merge, and what is the matter with which lines.
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GateStatus } from '#domain/publication.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { chooseAnnotated, renderGateStatus } from '#publish/render-gate-status.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { injectionCases } from '../doubles/injection-cases.ts';
import { hiddenCharacters, liveParts } from '../doubles/markdown-reader.ts';
import {
  aDocument,
  aFinding,
  aJudgedFinding,
  aLocation,
  aReason,
  aRun,
  aVerdict,
  inLanguage,
} from '../doubles/result-document.ts';
import { richDocument } from '../doubles/rich-document.ts';

function statusOf(
  document: ResultDocument,
  annotated: readonly FindingRecord[] = document.findings,
): GateStatus {
  return renderGateStatus(document, { annotated, prefer: 'auto' });
}

function concluded(outcome: 'passed' | 'failed' | 'unfinished', mode: 'enforce' | 'report') {
  return statusOf(aDocument([], { decision: { outcome, mode, reasons: [] } })).conclusion;
}

/** What GitHub would refuse (platforms A5). */
function expectWithinLimits(status: GateStatus): void {
  expect(status.title.length).toBeLessThanOrEqual(255);
  expect(Buffer.byteLength(status.summary)).toBeLessThanOrEqual(65_535);
  expect(status.annotations.length).toBeLessThanOrEqual(200);
  for (const { title, message, startLine, endLine, path } of status.annotations) {
    expect(title.length).toBeLessThanOrEqual(255);
    expect(title).not.toBe('');
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(64 * 1024);
    expect(startLine).toBeLessThanOrEqual(endLine);
    expect(path).not.toBe('');
    expect(hiddenCharacters(title + message)).toEqual([]);
  }
}

describe("the gate's answer", () => {
  it('succeeds only when the gate passed, and is neutral where the gate only reports', () => {
    expect(concluded('passed', 'enforce')).toBe('success');
    expect(concluded('failed', 'enforce')).toBe('failure');
    expect(concluded('unfinished', 'enforce')).toBe('failure');
    expect(concluded('passed', 'report')).toBe('success');
    expect(concluded('failed', 'report')).toBe('neutral');
    expect(concluded('unfinished', 'report')).toBe('failure');
  });

  it('names itself for its category, says the decision in a line and the rest below', () => {
    const document = richDocument();
    const status = statusOf({ ...document, run: { ...aRun(8), category: 'backend' } });
    expect(status).toMatchObject({
      name: 'Assay (backend)',
      head: '2'.repeat(40),
      title: 'failed, 4 findings block this change',
      prefer: 'auto',
    });
    expect(status.summary).toContain('### What needs attention (5)');
    expect(liveParts(status.summary)).toEqual([]);
    expect(statusOf(document).name).toBe('Assay');
  });

  it('annotates lines of files at head, failures for what blocks', () => {
    const document = aDocument([
      aJudgedFinding('high', 'true_positive', 'blocks'),
      aJudgedFinding('medium', 'needs_review', 'allowed'),
      aJudgedFinding('low', 'needs_review', 'allowed'),
      aJudgedFinding('high', 'false_positive', 'allowed'),
      aJudgedFinding('high', 'needs_review', 'waived'),
      aFinding({ location: aLocation({ path: '../x.c', resolved: false, why: 'outside' }) }),
    ]);
    const { annotations, summary } = statusOf(document);
    expect(annotations.map(({ level }) => level)).toEqual([
      'failure',
      'warning',
      'notice',
      'notice',
      'notice',
    ]);
    expect(summary).toContain('_1 more finding is not annotated');
    expect(annotations[0]).toEqual({
      path: 'src/app.ts',
      startLine: 12,
      endLine: 12,
      level: 'failure',
      title: 'high, true positive, CWE-89',
      message: `User input flows into a SQL query.\nA remote value reaches the call.\nassay explain ${document.findings[0]?.id}`,
    });
  });

  it('never ends an annotation before it starts', () => {
    const [annotation] = statusOf(
      aDocument([aFinding({ location: aLocation({ startLine: 9, endLine: 3 }) })]),
    ).annotations;
    expect(annotation).toMatchObject({ startLine: 9, endLine: 9 });
  });

  it('stays within every limit with 5,000 findings and messages of 70,000 characters', () => {
    const long = '漏洞 😀 '.repeat(14_000);
    const many = Array.from({ length: 5_000 }, () => ({
      ...aFinding({ remediation: long, ruleId: long, cwe: [] }),
      message: long,
      verdict: aVerdict('needs_review', aReason('REV.unknown', long)),
    }));
    const document = aDocument(many);
    const status = statusOf(document);
    expectWithinLimits(status);
    expect(status.annotations).toHaveLength(200);
    expect(status.summary).toContain('_4800 more findings are not annotated');
    expect(chooseAnnotated(many)).toEqual(many.slice(0, 200));
    expectWithinLimits(statusOf(inLanguage(document, 'zh-CN')));
  });

  it('has a digest that changes with anything that is shown, and with nothing else', () => {
    const base = statusOf(richDocument());
    expect(base.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(statusOf(richDocument()).digest).toBe(base.digest);
    const others = [
      statusOf(richDocument(), []),
      statusOf(inLanguage(richDocument(), 'zh-CN')),
      renderGateStatus(richDocument(), {
        annotated: richDocument().findings,
        prefer: 'auto',
        head: '3'.repeat(40),
      }),
      renderGateStatus(richDocument(), { annotated: richDocument().findings, prefer: 'auto', name: 'Other' }),
    ];
    expect(new Set([base, ...others].map(({ digest }) => digest)).size).toBe(5);
  });

  it('speaks Chinese when asked', () => {
    const status = statusOf(inLanguage(richDocument(), 'zh-CN'));
    expect(status.name).toBe('Assay');
    expect(status.title).toBe('未通过，4 个发现项阻止合并');
    expect(status.annotations[0]?.title).toBe('严重、真实问题、CWE-89');
    expect(status.summary).toContain('_另有 1 个发现项没有注解');
  });

  it('is inert and readable, whatever a report says', () => {
    const check = (text: string) => {
      const finding = aFinding({
        message: text,
        ruleId: text,
        cwe: [],
        remediation: text,
        verdict: aVerdict('needs_review', aReason('REV.unknown', text)),
      });
      const document = aDocument([finding]);
      const status = statusOf({ ...document, run: { ...document.run, category: text } });
      expectWithinLimits(status);
      expect(liveParts(status.summary)).toEqual([]);
      expect(hiddenCharacters(status.name + status.title)).toEqual([]);
    };
    for (const { payload } of injectionCases()) check(payload);
    fc.assert(fc.property(hostileText, check), { numRuns: 100 });
  });
});
