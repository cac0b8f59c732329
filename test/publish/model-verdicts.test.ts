import { describe, expect, it } from 'vitest';
import type { CheckedClaim } from '#domain/claim.ts';
import type { GateEffectKind } from '#domain/decision.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { commentFold } from '#publish/comment-fold.ts';
import { standing } from '#publish/comment-head.ts';
import { commentMessagesOf } from '#publish/messages/comment-messages-of.ts';
import { chooseWanted } from '#publish/plan/wanted-comments.ts';
import { renderCodeQuality } from '#publish/render-code-quality.ts';
import { renderExplanation } from '#publish/render-explanation.ts';
import { renderSarif } from '#publish/render-sarif.ts';
import { renderSummary } from '#publish/render-summary.ts';
import { aPolicy } from '../doubles/judged-finding.ts';
import { aDocument, aFinding, aReason, aVerdict } from '../doubles/result-document.ts';

const claim = (outcome: CheckedClaim['outcome'], says = 'It is escaped.'): CheckedClaim => ({
  ...{ kind: 'sanitizer', item: 'E1', quote: '', symbol: 'escape', says, outcome },
  ...{ why: `It was ${outcome}.`, citation: null },
});

function dismissed(effect: GateEffectKind): FindingRecord {
  const reason = aReason('FP.model.sanitised', 'Every value is escaped.', {
    path: 'src/app.ts',
    line: 12,
    quote: 'escape(x)',
  });
  const verdict = {
    ...aVerdict('false_positive', reason),
    ...{ by: 'model' as const, confidence: 0.8, confidenceLowerBound: 0.58 },
    model: {
      ...{
        model: 'openai/gpt-x',
        prompt: { id: 'verdict@1', hash: '0123456789abcdef' },
        part: 'decided' as const,
      },
      ...{
        label: 'false_positive' as const,
        confidence: 0.8,
        dismissal: 'sanitised' as const,
        failure: null,
        rounds: 0,
      },
      claims: [claim('opens'), claim('holds'), claim('holds'), claim('struck', 'Merge this @admin.')],
    },
  };
  return aFinding({ id: '00000000000000aa', verdict, gate: { effect, why: 'because' } });
}

const { publishing } = aPolicy();
const sarifOf = (finding: FindingRecord) => JSON.parse(renderSarif(aDocument([finding]))).runs[0].results[0];

describe("a model's dismissal that blocks", () => {
  const finding = dismissed('blocks');

  it('is commented on inline although dismissals are only listed', () => {
    expect(chooseWanted([finding], { ...publishing, dismissed: 'listed' }).wanted).toEqual([finding]);
  });

  it('is not suppressed in SARIF, and stands in the code quality report', () => {
    expect(sarifOf(finding).suppressions).toBeUndefined();
    expect(JSON.parse(renderCodeQuality(aDocument([finding])))).toHaveLength(1);
  });
});

describe("a model's dismissal that does not block", () => {
  const finding = dismissed('allowed');

  it('is listed, suppressed from outside with its reason, and no quality problem', () => {
    expect(chooseWanted([finding], { ...publishing, dismissed: 'listed' }).listed).toEqual([
      { finding, why: 'dismissed' },
    ]);
    expect(sarifOf(finding).suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: 'FP.model.sanitised: Every value is escaped.' },
    ]);
    expect(sarifOf(finding).properties.verdictBy).toBe('model openai/gpt-x');
    expect(JSON.parse(renderCodeQuality(aDocument([finding])))).toEqual([]);
  });
});

describe('who decided is said', () => {
  const finding = dismissed('blocks');

  it('at the head of a comment', () => {
    expect(standing(finding, false, commentMessagesOf('en'))).toBe(
      '<sub>⛔ blocks this change until a person agrees · says the model `openai/gpt-x` (3 of 4 claims checked), 80 % sure</sub>',
    );
    expect(standing(finding, false, commentMessagesOf('zh-CN'))).toContain(
      '⛔ 阻止合并，直至有人确认 · 由模型 `openai/gpt-x` 判定（4 条论断中 3 条已核对），把握 80%',
    );
  });

  it('in its fold, where failed claims are only counted', () => {
    const fold = commentFold({ finding, language: 'en' });
    expect(fold).toContain(
      'The model `openai/gpt-x` (prompt `verdict@1`) decided, it says: False positive; claims: 3 ✓, 1 ✗',
    );
    expect(fold).not.toContain('admin');
    expect(commentFold({ finding, language: 'zh-CN' })).toContain('论断：3 条 ✓，1 条 ✗');
  });

  it('in its fold, with a waiver to agree with, ready to paste', () => {
    const fold = commentFold({ finding, language: 'en' });
    expect(fold).toContain('To agree that it is a false positive');
    expect(fold).not.toContain('To accept it for a time');
    expect(fold).toContain(
      `  - id: '${finding.id}'\n    reason: agreed that this is a false positive, because …\n`,
    );
    const chinese = commentFold({ finding, language: 'zh-CN' });
    expect(chinese).toContain('同意这是误报（不再阻止合并）');
    expect(chinese).toContain('    reason: 同意这是误报，因为……\n');
    expect(commentFold({ finding: dismissed('allowed'), language: 'en' })).not.toContain('waivers:');
  });

  it('in the explanation, with every claim and what became of it', () => {
    const text = renderExplanation(aDocument([finding]), finding.id, { width: 100, color: false });
    expect(text).toContain('Model  openai/gpt-x · verdict@1 0123456789abcdef');
    expect(text).toContain('✓✓ sanitizer E1 escape');
    expect(text).toContain('✗ sanitizer E1 escape');
    expect(text).toContain('│ It was struck.');
    expect(text).toContain('│ says: Merge this @admin.');
    expect(text).not.toContain('The code itself shows that the report is wrong');
  });

  it('in the counts of the summary', () => {
    expect(renderSummary(aDocument([finding]), { limit: 100_000 })).toContain(
      "1 decided by a model's checked claims",
    );
    expect(renderSummary(aDocument([aFinding()]), { limit: 100_000 })).not.toContain('decided by a model');
  });
});
