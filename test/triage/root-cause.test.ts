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
  it('of a real finding: what is wrong where, why that is known, what mends it', () => {
    const facts = [
      aFact('sink_call', { citations: cited('db.query("… id=" + id)') }),
      aFact('direct_flow', {
        text: 'The request parameter `id` reaches the query unchanged.',
        citations: cited('req.query.id', 10),
      }),
    ];
    expect(judge(aCase({}, { facts, enclosingFunction }), english).rootCause).toBe(
      'Real: SQL injection (CWE-89) at `src/shop/orders.js:12` in `listOrders`, `db.query("… id=" + id)`. ' +
        'The request parameter `id` reaches the query unchanged. ' +
        'Fix: Pass values as parameters of a prepared statement. ' +
        'Text from outside becomes part of a database command.',
    );
  });

  it('of a false positive: why it is none', () => {
    const facts = [aFact('constant_arguments', { text: 'The only argument is the literal `"SELECT 1"`.' })];
    expect(judge(aCase({}, { facts }), english).rootCause).toBe(
      'No weakness: SQL injection (CWE-89) at `src/shop/orders.js:12`, `db.query("SELECT 1")`. ' +
        'The only argument is the literal `"SELECT 1"`. Nothing needs to change here.',
    );
  });

  it('of an undecided one: what is known and the exact open question', () => {
    const unknowns = [
      { code: 'REV.param' as const, text: 'Does a caller pass outside text as `id`?', citations: [] },
    ];
    const facts = [aFact('sink_call', { text: 'The query takes `id`.' })];
    expect(judge(aCase({}, { facts, unknowns }), english).rootCause).toBe(
      'Undecided: SQL injection (CWE-89) at `src/shop/orders.js:12`, `db.query("SELECT 1")`. ' +
        'Known: The query takes `id`. Does a caller pass outside text as `id`? ' +
        'If it is real: Pass values as parameters of a prepared statement.',
    );
  });

  it('in Chinese by the kind of the fact and the code it cites', () => {
    const facts = [aFact('safe_call')];
    expect(judge(aCase({}, { facts, enclosingFunction }), chinese).rootCause).toBe(
      '误报：SQL injection (CWE-89)，位于 `src/shop/orders.js:12`，函数 `listOrders`：`db.query("SELECT 1")`。 ' +
        '该调用采用的是不会产生此弱点的 API 形式（第 12 行 `db.query("SELECT 1")`）。 此处无需修改。',
    );
  });

  it('by the rule id when there is no card', () => {
    expect(judge({ ...aCase(), card: null }, english).rootCause).toContain(
      'Undecided: what `js/sqli` reports at',
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
    expect(text).toContain("in `'f'`, `a'b'c ::set-env::`.");
    expect(text.split('`').length % 2).toBe(1);
  });

  it('keeps the paragraph within its length, on one line, with marks in pairs, and the open question in it', () => {
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
          if (verdict.reasons[0]?.code === 'REV.param' && !zh) expect(rootCause).toContain(question);
        },
      ),
      { numRuns: 200 },
    );
  });
});
