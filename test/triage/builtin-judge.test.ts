import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Fact, FactKind, Unknown, UnknownCode } from '#domain/evidence.ts';
import { VERDICT_LABELS, type VerdictLabel } from '#domain/verdict.ts';
import { judge } from '#triage/builtin-judge.ts';
import { readCalibration } from '#triage/calibration.ts';
import { MISUSE_WEAKNESSES } from '#triage/refused-dismissals.ts';
import { bandOf, clampVerdict } from '#triage/verdict-band.ts';
import { aCase, aFact, aFinding } from '../doubles/judged-finding.ts';

const calibration = readCalibration(
  parse('version: 1\nmeasured: 2026-11-01\nsets: [own]\nreasons:\n  FP.const: { right: 98, total: 98 }\n'),
);
const NOTHING = { neverDismiss: [], calibration };

function verdictOn(
  facts: readonly Fact[],
  cwe: readonly number[] = [89],
  neverDismiss: readonly number[] = [],
) {
  return judge(aCase({ cwe }, { facts }), { neverDismiss, calibration }).verdict;
}

const DISMISSALS: [FactKind, string][] = [
  ['constant_arguments', 'FP.const'],
  ['dead_branch', 'FP.unreachable'],
  ['safe_call', 'FP.safe-api'],
  ['not_the_sink', 'FP.wrong-class'],
];

describe('a checked dismissal that stands alone makes a false positive', () => {
  it.each(DISMISSALS)('%s is %s, in the words and with the citations of the fact', (kind, code) => {
    const fact = aFact(kind);
    expect(verdictOn([fact])).toMatchObject({
      label: 'false_positive',
      by: 'builtin',
      reasons: [{ code, text: fact.text, citations: fact.citations }],
    });
  });

  it('a listed path dismisses in the name of the policy, which is no estimate', () => {
    expect(verdictOn([aFact('policy_path')])).toMatchObject({
      label: 'false_positive',
      by: 'policy',
      confidence: 1,
      confidenceLowerBound: 1,
      reasons: [{ code: 'FP.policy' }],
    });
  });

  it('what the code shows leads, the policy follows', () => {
    const verdict = verdictOn([aFact('policy_path'), aFact('safe_call')]);
    expect(verdict.by).toBe('builtin');
    expect(verdict.reasons.map((reason) => reason.code)).toEqual(['FP.safe-api', 'FP.policy']);
  });

  it('without a citation it is not made', () => {
    for (const [kind] of [...DISMISSALS, ['policy_path'] as const]) {
      expect(verdictOn([aFact(kind, { citations: [] })]).label).toBe('needs_review');
    }
  });
});

describe('a proof that stands alone makes a true positive', () => {
  it.each([
    ['misuse', 'TP.misuse'],
    ['direct_flow', 'TP.flow.remote'],
  ] as const)('%s is %s', (kind, code) => {
    expect(verdictOn([aFact(kind)], [327])).toMatchObject({
      label: 'true_positive',
      by: 'builtin',
      reasons: [{ code }],
    });
    expect(verdictOn([aFact(kind, { citations: [] })]).label).toBe('needs_review');
  });
});

describe('where facts contradict each other a person decides', () => {
  it.each(['constant_arguments', 'safe_call', 'not_the_sink'] as const)(
    '%s against a proved flow',
    (kind) => {
      const proof = aFact('direct_flow', {
        citations: [{ path: 'a.js', startLine: 3, endLine: 3, quote: 'q' }],
      });
      const verdict = verdictOn([aFact(kind), proof]);
      expect(verdict.label).toBe('needs_review');
      expect(verdict.reasons.map((reason) => reason.code)).toEqual(['REV.conflict']);
      expect(verdict.reasons[0]?.citations).toEqual([...aFact(kind).citations, ...proof.citations]);
    },
  );

  it('code that never runs voids the proof: neither a flow nor a misuse happens there', () => {
    expect(verdictOn([aFact('misuse'), aFact('dead_branch')], [327]).label).toBe('false_positive');
    expect(verdictOn([aFact('direct_flow'), aFact('dead_branch')]).label).toBe('false_positive');
  });

  it('a secret in code that never runs is still there to be read', () => {
    expect(verdictOn([aFact('misuse'), aFact('dead_branch')], [798]).label).toBe('true_positive');
    expect(verdictOn([aFact('dead_branch')], [798])).toMatchObject({
      label: 'needs_review',
      reasons: [{ code: 'REV.never-dismiss' }],
    });
  });

  it('a listed path is no contradiction: the team said that such findings do not count', () => {
    const byPolicy = { label: 'false_positive', by: 'policy', reasons: [{ code: 'FP.policy' }] };
    expect(verdictOn([aFact('misuse'), aFact('policy_path')], [327])).toMatchObject(byPolicy);
    expect(verdictOn([aFact('direct_flow'), aFact('safe_call'), aFact('policy_path')])).toMatchObject(
      byPolicy,
    );
  });
});

describe('dismissals that are refused', () => {
  it.each([259, 295, 321, 326, 327, 328, 330, 338, 347, 614, 798, 1004])(
    'CWE-%i is never dismissed because the input is constant',
    (cwe) => {
      const verdict = verdictOn([aFact('constant_arguments')], [cwe]);
      expect(verdict).toMatchObject({ label: 'needs_review', reasons: [{ code: 'REV.never-dismiss' }] });
      expect(verdict.reasons[0]?.text).toContain('the constant itself may be the weakness');
    },
  );

  it('one misuse CWE among several is enough, and so is a report without any CWE', () => {
    expect(verdictOn([aFact('constant_arguments')], [89, 327]).label).toBe('needs_review');
    expect(verdictOn([aFact('constant_arguments')], []).label).toBe('needs_review');
  });

  it('another reason still dismisses a misuse CWE', () => {
    expect(verdictOn([aFact('safe_call')], [327]).label).toBe('false_positive');
  });

  it('a CWE of never_dismiss stays with a person although the fact is shown, also below it in the tree', () => {
    const verdict = verdictOn([aFact('safe_call')], [89], [89]);
    expect(verdict).toMatchObject({ label: 'needs_review', reasons: [{ code: 'REV.never-dismiss' }] });
    expect(verdict.reasons[0]?.citations).toEqual(aFact('safe_call').citations);
    const isKindOf = (cwe: number, ancestor: number) => cwe === 564 && ancestor === 89;
    const below = judge(aCase({ cwe: [564] }, { facts: [aFact('safe_call')] }), {
      ...NOTHING,
      neverDismiss: [89],
      isKindOf,
    });
    expect(below.verdict.label).toBe('needs_review');
  });

  it('never_dismiss beats a listed path, so that a proof there counts again', () => {
    expect(verdictOn([aFact('policy_path')], [798], [798]).label).toBe('needs_review');
    expect(verdictOn([aFact('policy_path'), aFact('misuse')], [798], [798]).label).toBe('true_positive');
  });

  it.each(['REV.language', 'REV.parse', 'REV.too-large', 'REV.unresolved'] as const)(
    'with %s open, nothing found in the code clears it',
    (code) => {
      const unknowns = [{ code, text: 'Why?', citations: [] }];
      const { verdict } = judge(aCase({}, { facts: [aFact('safe_call')], unknowns }), NOTHING);
      expect(verdict).toMatchObject({ label: 'needs_review', reasons: [{ code, text: 'Why?' }] });
    },
  );

  it('a place that is not in the repository is neither cleared nor proved', () => {
    const location = { ...aFinding().location, resolved: false, why: 'no such file' };
    for (const kind of ['safe_call', 'policy_path', 'misuse'] as const) {
      const { verdict } = judge(aCase({ location }, { facts: [aFact(kind)] }), NOTHING);
      expect(verdict).toMatchObject({ label: 'needs_review', reasons: [{ code: 'REV.unresolved' }] });
    }
  });
});

describe('what stays unknown is asked', () => {
  it('each unknown becomes a reason with its question, the vague one last', () => {
    const unknowns: Unknown[] = [
      { code: 'REV.unknown', text: 'Where does it come from?', citations: [] },
      { code: 'REV.param', text: 'Does a caller of `find` check `name`?', citations: [] },
    ];
    const { verdict } = judge(aCase({}, { unknowns }), NOTHING);
    expect(verdict.reasons.map(({ code, text }) => [code, text])).toEqual([
      ['REV.param', 'Does a caller of `find` check `name`?'],
      ['REV.unknown', 'Where does it come from?'],
    ]);
  });

  it('no fact at all is needs review with the general question', () => {
    const verdict = verdictOn([]);
    expect(verdict).toMatchObject({ label: 'needs_review', reasons: [{ code: 'REV.unknown' }] });
    expect(verdict.reasons[0]?.text).toBe('Can someone from outside choose what reaches this place?');
  });
});

describe('the confidence is the measured share for the leading reason', () => {
  it('and 0.5 with the bound 0 where nothing was measured', () => {
    expect(verdictOn([aFact('constant_arguments')])).toMatchObject({
      confidence: 0.99,
      confidenceLowerBound: 0.9622,
    });
    expect(verdictOn([aFact('misuse')])).toMatchObject({ confidence: 0.5, confidenceLowerBound: 0 });
  });
});

describe('the band', () => {
  it.each([
    [[], 'needs_review', 'true_positive'],
    [['safe_call'], 'false_positive', 'needs_review'],
    [['policy_path'], 'false_positive', 'needs_review'],
    [['misuse'], 'true_positive', 'true_positive'],
    [['direct_flow'], 'true_positive', 'true_positive'],
    [['safe_call', 'direct_flow'], 'needs_review', 'needs_review'],
    [['sink_call', 'imports', 'reported_flow', 'enclosing_function'], 'needs_review', 'true_positive'],
  ] as [FactKind[], VerdictLabel, VerdictLabel][])('of %j runs from %s to %s', (kinds, floor, ceiling) => {
    expect(bandOf(aCase({}, { facts: kinds.map((kind) => aFact(kind)) }), { neverDismiss: [] })).toEqual({
      floor,
      ceiling,
    });
  });

  it('pushes the label of any other judge to its nearer end', () => {
    expect(clampVerdict('false_positive', { floor: 'needs_review', ceiling: 'true_positive' })).toBe(
      'needs_review',
    );
    expect(clampVerdict('true_positive', { floor: 'false_positive', ceiling: 'needs_review' })).toBe(
      'needs_review',
    );
    expect(clampVerdict('needs_review', { floor: 'false_positive', ceiling: 'needs_review' })).toBe(
      'needs_review',
    );
  });
});

const KINDS: FactKind[] = [
  ...[
    'constant_arguments',
    'dead_branch',
    'safe_call',
    'not_the_sink',
    'policy_path',
    'misuse',
    'direct_flow',
  ],
  ...['sink_call', 'enclosing_function', 'reported_flow', 'imports'],
] as FactKind[];
const DISMISSING = KINDS.slice(0, 5);

const anyFact = fc
  .record({ kind: fc.constantFrom(...KINDS), cited: fc.boolean(), text: fc.string() })
  .map(({ kind, cited, text }) => aFact(kind, { text, ...(cited ? {} : { citations: [] }) }));
const anyUnknown = fc.record({
  code: fc.constantFrom<UnknownCode>('REV.language', 'REV.parse', 'REV.param', 'REV.unknown', 'REV.no-sink'),
  text: fc.string(),
  citations: fc.constant([]),
});
const anyCase = fc
  .record({
    cwe: fc.subarray([89, 79, 798, 327]),
    resolved: fc.boolean(),
    facts: fc.array(anyFact, { maxLength: 5 }),
    unknowns: fc.array(anyUnknown, { maxLength: 2 }),
  })
  .map(({ cwe, resolved, facts, unknowns }) =>
    aCase({ cwe, location: { ...aFinding().location, resolved } }, { facts, unknowns }),
  );
const anyPolicy = fc.subarray([89, 798]).map((neverDismiss) => ({ neverDismiss, calibration }));

describe('for any case and any policy', () => {
  it('the verdict stands within the band, with reasons, and cites what it says of the code', () => {
    fc.assert(
      fc.property(anyCase, anyPolicy, (theCase, context) => {
        const { verdict, rootCause } = judge(theCase, context);
        expect(clampVerdict(verdict.label, bandOf(theCase, context))).toBe(verdict.label);
        expect(verdict.reasons.length).toBeGreaterThan(0);
        if (verdict.label !== 'needs_review') {
          for (const reason of verdict.reasons) expect(reason.citations.length).toBeGreaterThan(0);
        }
        expect(verdict.confidenceLowerBound).toBeLessThanOrEqual(verdict.confidence);
        expect(rootCause.length).toBeLessThanOrEqual(600);
      }),
      { numRuns: 300 },
    );
  });

  it('one more dismissal never raises the verdict, one more proof never lowers it', () => {
    const rank = (label: VerdictLabel) => VERDICT_LABELS.indexOf(label);
    const withFact = (theCase: ReturnType<typeof aCase>, fact: Fact) =>
      aCase(theCase.finding, { ...theCase.evidence, facts: [...theCase.evidence.facts, fact] });
    fc.assert(
      fc.property(anyCase, anyPolicy, fc.constantFrom(...DISMISSING), (theCase, context, kind) => {
        const before = rank(judge(theCase, context).verdict.label);
        expect(rank(judge(withFact(theCase, aFact(kind)), context).verdict.label)).toBeLessThanOrEqual(
          before,
        );
        expect(rank(judge(withFact(theCase, aFact('misuse')), context).verdict.label)).toBeGreaterThanOrEqual(
          before,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('never_dismiss never lowers a verdict', () => {
    const rank = (label: VerdictLabel) => VERDICT_LABELS.indexOf(label);
    fc.assert(
      fc.property(anyCase, anyPolicy, (theCase, context) => {
        const free = rank(judge(theCase, { ...context, neverDismiss: [] }).verdict.label);
        expect(rank(judge(theCase, context).verdict.label)).toBeGreaterThanOrEqual(free);
      }),
      { numRuns: 200 },
    );
  });

  it('constants alone never clear a misuse CWE', () => {
    for (const cwe of MISUSE_WEAKNESSES) {
      expect(verdictOn([aFact('constant_arguments')], [cwe]).label).toBe('needs_review');
    }
  });
});
