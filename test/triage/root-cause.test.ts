import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { FactKind } from '#domain/evidence.ts';
import { judge } from '#triage/builtin-judge.ts';
import { readCalibration } from '#triage/calibration.ts';
import { ROOT_CAUSE_LIMIT } from '#triage/root-cause.ts';
import { aCase, aFact, aFinding } from '../doubles/judged-finding.ts';

const calibration = readCalibration(parse('version: 1\nmeasured: null\nsets: []\nreasons: {}\n'));
const english = { neverDismiss: [], calibration };
const chinese = { ...english, language: 'zh-CN' as const };
const enclosingFunction = { name: 'listOrders', startLine: 8, endLine: 20 };
const cited = (quote: string, startLine = 12) => [
  { path: 'src/shop/orders.js', startLine, endLine: startLine, quote },
];

describe('the root cause tells a reviewer', () => {
  it('of a real finding: what is wrong and why that is known; what mends it stands beside it', () => {
    const facts = [
      aFact('sink_call', { citations: cited('db.query("… id=" + id)') }),
      aFact('direct_flow', {
        text: 'The request parameter `id` reaches the query unchanged.',
        citations: cited('req.query.id', 10),
      }),
    ];
    const judged = judge(aCase({}, { facts, enclosingFunction }), english);
    expect(judged.rootCause).toBe(
      'In `listOrders`: The request parameter `id` reaches the query unchanged. ' +
        'Text from outside becomes part of a database command.',
    );
    expect(judged.remediation).toBe('Pass values as parameters of a prepared statement.');
  });

  it('of a line that is the weakness: the line in one sentence', () => {
    const facts = [aFact('misuse', { text: 'Line 12: the hash algorithm is broken.' })];
    expect(judge(aCase({}, { facts, enclosingFunction }), english).rootCause).toBe(
      'In `listOrders`, line 12: the hash algorithm is broken. Text from outside becomes part of a database command.',
    );
  });

  it('of a false positive: why it is none', () => {
    const facts = [aFact('constant_arguments', { text: 'The only argument is the literal `"SELECT 1"`.' })];
    const judged = judge(aCase({}, { facts }), english);
    expect(judged.rootCause).toBe(
      'The only argument is the literal `"SELECT 1"`. Nothing needs to change here.',
    );
    expect(judged.remediation).toBeNull();
  });

  it('of an undecided one: what is known; the exact question is the reason of the verdict', () => {
    const question = 'Does a caller pass outside text as `id`?';
    const unknowns = [{ code: 'REV.param' as const, text: question, citations: [] }];
    const facts = [aFact('sink_call', { text: 'The query takes `id`.' })];
    const judged = judge(aCase({}, { facts, unknowns, enclosingFunction }), english);
    expect(judged.rootCause).toBe(
      'It is open whether `listOrders` has this weakness. ' +
        'Known: The query takes `id`. What that would mean: Text from outside becomes part of a database command.',
    );
    expect(judged.verdict.reasons.map((reason) => reason.text)).toEqual([question]);
  });

  it('in Chinese by the kind of the fact and the code it cites', () => {
    const facts = [aFact('safe_call')];
    expect(judge(aCase({}, { facts, enclosingFunction }), chinese).rootCause).toBe(
      '函数 `listOrders`：该调用采用的是不会产生此弱点的 API 形式（第 12 行 `db.query("SELECT 1")`）。此处无需修改。',
    );
  });

  it('by the rule id when there is no card', () => {
    expect(judge({ ...aCase(), card: null }, english).rootCause).toBe(
      'It is open whether this place has what `js/sqli` reports.',
    );
  });
});

describe('outside text in it', () => {
  it('never holds a backtick, a line break or an invisible character', () => {
    const finding = {
      ruleId: 'a`b\n::error::`',
      location: { ...aFinding().location, path: 'src/`x`\u202e\n.js' },
    };
    const facts = [aFact('safe_call', { citations: cited('a`b`c\r\n::set-env::') })];
    const text = judge(
      { ...aCase(finding, { facts, enclosingFunction: { ...enclosingFunction, name: '`f`' } }), card: null },
      english,
    ).rootCause;
    expect(text).not.toMatch(/[\n\r\u202e]/);
    expect(text).toContain("In `'f'`: ");
    expect(text.split('`').length % 2).toBe(1);
  });

  it('keeps the paragraph within its length, on one line, with marks in pairs, and the question among the reasons', () => {
    const kinds = fc.constantFrom<FactKind>(
      'sink_call',
      'reported_flow',
      'misuse',
      'safe_call',
      'dead_branch',
    );
    const anyFact = fc
      .record({
        kind: kinds,
        text: fc.string({ maxLength: 400, unit: 'binary' }),
        quote: fc.string({ maxLength: 400 }),
      })
      .map(({ kind, text, quote }) => aFact(kind, { text, citations: cited(quote) }));
    const question = 'Does a caller check it?';
    fc.assert(
      fc.property(
        fc.array(anyFact, { maxLength: 4 }),
        fc.string({ maxLength: 300 }),
        fc.boolean(),
        (facts, name, zh) => {
          const unknowns = [{ code: 'REV.param' as const, text: question, citations: [] }];
          const theCase = aCase({}, { facts, unknowns, enclosingFunction: { ...enclosingFunction, name } });
          const { rootCause, verdict } = judge(theCase, zh ? chinese : english);
          expect(rootCause.length).toBeLessThanOrEqual(ROOT_CAUSE_LIMIT);
          expect(rootCause).not.toMatch(/[\n\r]/);
          expect(rootCause.split('`').length % 2).toBe(1);
          expect(judge(theCase, zh ? chinese : english).rootCause).toBe(rootCause);
          if (verdict.label !== 'needs_review' || zh) return;
          const told = verdict.reasons.map((reason) => reason.text).join(' ');
          if (verdict.reasons[0]?.code === 'REV.param') expect(told).toContain(question);
        },
      ),
      { numRuns: 200 },
    );
  });
});
