// The report on quality, on a set small enough to be counted by hand; and the audit of labels, which must fit what it speaks of.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { VerdictLabel } from '#domain/verdict.ts';
import { barsFor, measureBar, strictYouden } from '../../bench/quality/bars.ts';
import { builtinRunner, judgeSet, type QualityVerdict } from '../../bench/quality/judge-set.ts';
import { applyAudit, parseLabelAudit } from '../../bench/quality/label-audit.ts';
import { renderQuality } from '../../bench/quality/report.ts';
import { createOperatorFiles } from '../../src/adapters/local/operator-files.ts';
import { evaluateSets } from '../../src/app/evaluate/evaluate-sets.ts';
import { findSets } from '../../src/app/evaluate/find-sets.ts';
import { figuresOf } from '../../src/measure/figures.ts';

const AUDIT = new URL('../../bench/label-audit.yaml', import.meta.url);

function verdict(
  line: number,
  said: VerdictLabel,
  isReal: boolean,
  set = 'securibench-micro',
): QualityVerdict {
  return {
    ...{
      key: `${set}/${line}`,
      set,
      path: 'shop/Cart.java',
      line,
      ruleId: 'java/xss',
      tool: 'scanner',
      isReal,
    },
    ...{ cwe: '79', language: 'java', verdict: said, confidence: 0.9, by: 'builtin', reason: 'FP.const' },
    ...{ reasonText: `What line ${line} writes is constant.`, tier: '' },
  };
}

/** Four real ones, of which one is dismissed and one open; four others, of which two are dismissed and one open. */
const VERDICTS = [
  verdict(1, 'true_positive', true),
  verdict(2, 'true_positive', true),
  verdict(3, 'needs_review', true),
  verdict(4, 'false_positive', true),
  verdict(5, 'false_positive', false),
  verdict(6, 'false_positive', false),
  verdict(7, 'needs_review', false),
  verdict(8, 'true_positive', false),
];

function auditOf(entries: readonly object[]): string {
  return JSON.stringify({ schemaVersion: 1, entries });
}

const ENTRY = {
  ...{ set: 'securibench-micro', path: 'shop/Cart.java', line: 4, published: 'real', audited: 'not_real' },
  ...{ kind: 'error', why: 'The price is written, which is a number, and the note is not.' },
};

describe('the bars', () => {
  const [youden, right] = barsFor(VERDICTS, new Set()).map((bar) => measureBar(bar, VERDICTS));

  test('count needs review as kept: 3 of 4 real ones are, and 2 of 4 others', () => {
    expect(youden?.value).toBeCloseTo(0.25);
    expect(youden?.met).toBe(false);
    expect(youden?.missedBy).toBeCloseTo(0.6);
  });

  test('have a strict reading beside them: 2 of 4 real ones are proved, and 2 of 4 others kept', () => {
    expect(strictYouden(figuresOf(VERDICTS))).toBeCloseTo(0);
  });

  test('ask how many dismissals were right: 2 of 3', () => {
    expect(right?.value).toBeCloseTo(2 / 3);
  });

  test('ask of all sets how many real findings were dismissed: 1 of 4', () => {
    const bar = barsFor(VERDICTS, new Set()).find(({ measure }) => measure === 'real dismissed');
    expect(bar && measureBar(bar, VERDICTS)).toEqual({ value: 0.25, met: false, missedBy: 0.24 });
  });

  test('are neither met nor missed where nothing was dismissed', () => {
    const open = [verdict(1, 'needs_review', true)];
    const bar = barsFor(open, new Set()).find(({ measure }) => measure === 'dismissals right');
    expect(bar && measureBar(bar, open)).toEqual({ value: null, met: null, missedBy: 0 });
  });

  test('are higher for a set of our own', () => {
    const [bar] = barsFor([verdict(1, 'needs_review', true, 'ours')], new Set(['ours']));
    expect(bar).toMatchObject({ name: 'ours', measure: 'TPR−FPR', goal: 0.95 });
  });

  test('of semgrep’s rules are for taint rules, by language, from forty findings on', () => {
    const taint = Array.from({ length: 40 }, (_, at) => ({
      ...verdict(at + 1, 'true_positive', true, 'semgrep-rules'),
      tier: 'vuln/taint/high',
    }));
    const names = (some: readonly QualityVerdict[]) => barsFor(some, new Set()).map(({ name }) => name);
    expect(names(taint)).toContain('semgrep-rules, vuln/taint, java');
    expect(names(taint.slice(1))).not.toContain('semgrep-rules, vuln/taint, java');
  });
});

describe('the audit of labels', () => {
  test('is what its schema says, and argues every entry', () => {
    expect(parseLabelAudit(readFileSync(AUDIT, 'utf8')).length).toBeGreaterThan(0);
  });

  test.each([
    ['a label that is not changed', { ...ENTRY, audited: 'real' }, /same label/],
    ['an argument that is none', { ...ENTRY, why: 'It is wrong.' }, /at least 40 characters/],
    ['code', { ...ENTRY, why: 'What is written there is `writer.println(42)`, so a number.' }, /no code/],
    ['a path out of the set', { ...ENTRY, path: '../Cart.java' }, /path/],
    ['a key that nobody knows', { ...ENTRY, verdict: 'false_positive' }, /verdict/],
  ])('refuses %s', (_, entry, message) => {
    expect(() => parseLabelAudit(auditOf([entry]))).toThrow(message);
  });

  test('refuses two entries on one label', () => {
    expect(() => parseLabelAudit(auditOf([ENTRY, { ...ENTRY, rule: 'java/xss' }]))).toThrow(/named twice/);
  });

  test('changes the label it speaks of and no other', () => {
    const { findings, changed, stale } = applyAudit(VERDICTS, parseLabelAudit(auditOf([ENTRY])));
    expect(findings.map(({ isReal }) => isReal)).toEqual([true, true, true, ...Array(5).fill(false)]);
    expect({ changed, stale }).toEqual({ changed: 1, stale: [] });
  });

  test('says so when a label it speaks of is not there, or is another one by now', () => {
    const entries = [
      { ...ENTRY, line: 5 },
      { ...ENTRY, line: 99 },
      { ...ENTRY, set: 'not-measured' },
    ];
    const { changed, stale } = applyAudit(VERDICTS, parseLabelAudit(auditOf(entries)));
    expect(changed).toBe(0);
    expect(stale).toEqual(['securibench-micro shop/Cart.java:5', 'securibench-micro shop/Cart.java:99']);
  });
});

test('a set is judged and counted as `assay eval` does it', async () => {
  const cwd = fileURLToPath(new URL('../../fixtures', import.meta.url));
  const [set] = await findSets({ sets: ['eval'], sources: null, cwd });
  if (set === undefined) throw new Error('no set');
  const files = createOperatorFiles({ cwd, repository: cwd });
  const runCase = builtinRunner(cwd);
  const { verdicts } = await judgeSet(set, { files, runCase });
  const { evaluation } = await evaluateSets(
    {
      ...{ sets: [set], parts: [], earlier: null, tolerance: 0 },
      subjects: [{ name: 'builtin', judge: 'builtin', model: null }],
    },
    { files, runCase, redact: (text) => text, signal: new AbortController().signal, say: () => {} },
  );
  expect(figuresOf(verdicts)).toEqual(evaluation.subjects[0]?.measurement.overall);
  expect(verdicts.filter(({ reasonText }) => reasonText === '')).toEqual([]);
});

describe('the report', () => {
  const report = renderQuality({
    ...{ verdicts: VERDICTS, own: new Set<string>(), notices: [] },
    audit: parseLabelAudit(auditOf([{ ...ENTRY, kind: 'scope' }])),
  });

  test('gives each bar on published labels, with errors corrected, and on audited labels', () => {
    expect(report).toMatch(
      /TPR−FPR at least 0\.85 +0\.250 MISSED by 0\.600 +0\.250 MISSED by 0\.600 +0\.600 MISSED by 0\.250 +0\.267/,
    );
    expect(report).toMatch(
      /dismissals right at least 0\.99 +0\.667 MISSED by 0\.323 +0\.667 MISSED by 0\.323 +1\.000 met/,
    );
  });

  test('names every wrong dismissal with its reason, and says what the audit thinks of the label', () => {
    expect(report).toContain(
      'securibench-micro shop/Cart.java:4 java/xss, label corrected by the audit\n  FP.const: What line 4 writes is constant.',
    );
    expect(report).not.toContain('Cart.java:5');
  });

  test('names what was called real and is not', () => {
    expect(report).toContain('securibench-micro shop/Cart.java:8 java/xss, label stands');
  });
});
