import { describe, expect, it } from 'vitest';
import { SEVERITIES, type Severity } from '#domain/severity.ts';
import { decide } from '#gate/decide.ts';
import { DEFAULT_RULE } from '#gate/rules-in-force.ts';
import { aJudgedFinding, aPolicy, aVerdict } from '../doubles/judged-finding.ts';

function gateOf(
  severity: Severity,
  confidence: number,
  language: 'en' | 'zh-CN' = 'en',
  by: 'model' | 'builtin' = 'model',
) {
  const verdict = aVerdict({ label: 'false_positive', by, confidence });
  const policy = aPolicy({
    gate: { mode: 'enforce', rules: [{ ...DEFAULT_RULE, severity: 'low' }] },
    language,
  });
  const context = { policy, failOn: null, today: '2026-12-01', unfinished: [], configChanged: false };
  return decide([aJudgedFinding({ severity, verdict })], context).findings[0]?.gate;
}

describe("a dismissal that rests on a model's checked claims", () => {
  it('passes only below the severity and from the confidence that the policy sets', () => {
    const passing = SEVERITIES.filter((severity) => gateOf(severity, 0.8)?.effect === 'allowed');
    expect(passing).toEqual(['medium', 'low', 'none']);
    expect(gateOf('medium', 0.79)?.effect).toBe('blocks');
    expect(gateOf('medium', Number.NaN)?.effect).toBe('blocks');
  });

  it('says why a person has to agree', () => {
    expect(gateOf('high', 0.9)?.why).toContain(
      "The dismissal rests on a model's checked claims; at severity high a person has to agree.",
    );
    expect(gateOf('medium', 0.5)?.why).toContain('where its confidence is below 0.8 a person has to agree');
    expect(gateOf('high', 0.9, 'zh-CN')?.why).toContain(
      '该误报判定依据的是模型经核对的论断；严重程度为高时须由人确认。',
    );
  });

  it('is nothing to what the code itself shows', () => {
    expect(gateOf('critical', 0.5, 'en', 'builtin')?.effect).toBe('allowed');
  });
});
