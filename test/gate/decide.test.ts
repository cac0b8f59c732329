import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GateRule } from '#domain/policy.ts';
import { SEVERITIES } from '#domain/severity.ts';
import { type PatchedFinding, VERDICT_LABELS } from '#domain/verdict.ts';
import { type DecideContext, decide } from '#gate/decide.ts';
import { exitCodeFor } from '#gate/exit-code.ts';
import { DEFAULT_RULE } from '#gate/rules-in-force.ts';
import { aJudgedFinding, aPolicy, aRule, aTool, aVerdict, aWaiver } from '../doubles/judged-finding.ts';

const TODAY = '2026-12-01';

function context(
  over: Partial<DecideContext> = {},
  rules: readonly GateRule[] = [DEFAULT_RULE],
): DecideContext {
  const policy = aPolicy({ gate: { mode: 'enforce', rules } });
  return { policy, failOn: null, today: TODAY, unfinished: [], configChanged: false, ...over };
}

function gateOf(finding: PatchedFinding, over: Partial<DecideContext> = {}, rules?: readonly GateRule[]) {
  return decide([finding], context(over, rules)).findings[0]?.gate;
}

const labelled = (label: (typeof VERDICT_LABELS)[number]) => aVerdict({ label });

describe('the default rule', () => {
  it('blocks a new finding of severity high or worse that is real or undecided, and names itself', () => {
    for (const label of ['true_positive', 'needs_review'] as const) {
      for (const severity of ['critical', 'high'] as const) {
        const gate = gateOf(aJudgedFinding({ severity, verdict: labelled(label) }));
        expect(gate).toEqual({
          effect: 'blocks',
          why: 'Blocked by the rule `default`: scope new, severity high or worse, verdict true positive or needs review.',
        });
      }
    }
  });

  it.each([
    ['lower severities', { severity: 'medium' }, 'severity medium is below high'],
    ['existing findings', { scope: { state: 'existing', why: 'old' } }, 'the finding is existing'],
    ['changed findings', { scope: { state: 'changed', why: 'near' } }, 'the finding is changed'],
  ] as const)('lets %s pass and says why', (_, over, why) => {
    expect(gateOf(aJudgedFinding(over))).toEqual({
      effect: 'allowed',
      why: `The rule \`default\` does not apply: ${why}.`,
    });
  });

  it('never blocks a false positive', () => {
    const gate = gateOf(aJudgedFinding({ severity: 'critical', verdict: labelled('false_positive') }));
    expect(gate?.effect).toBe('allowed');
    expect(gate?.why).toContain('false positive');
  });

  it('treats a finding in scope that nobody judged as undecided', () => {
    expect(gateOf(aJudgedFinding({ verdict: null }))?.effect).toBe('blocks');
  });
});

describe('--fail-on', () => {
  const secrets = aRule({ name: 'secrets', cwe: [798] });

  it('replaces the severity of the default rule and leaves the other rules', () => {
    const medium = aJudgedFinding({ severity: 'medium' });
    expect(gateOf(medium, { failOn: 'medium' })?.effect).toBe('blocks');
    expect(gateOf(aJudgedFinding({ severity: 'high' }), { failOn: 'critical' })?.effect).toBe('allowed');
    const secret = aJudgedFinding({ severity: 'low', cwe: [798] });
    expect(gateOf(secret, { failOn: 'critical' }, [secrets])?.why).toContain('`secrets`');
  });

  it('brings the default rule in where the configuration has none', () => {
    expect(gateOf(aJudgedFinding(), {}, [secrets])?.effect).toBe('allowed');
    expect(gateOf(aJudgedFinding(), { failOn: 'high' }, [secrets])?.effect).toBe('blocks');
  });

  it('keeps what the configuration says of the default rule beside its severity', () => {
    const adjusted = { ...DEFAULT_RULE, paths: ['api/**'] };
    expect(gateOf(aJudgedFinding(), { failOn: 'low' }, [adjusted])?.effect).toBe('allowed');
  });

  it('never removes the default rule only', () => {
    expect(gateOf(aJudgedFinding({ severity: 'critical' }), { failOn: 'never' })?.why).toBe(
      'No gate rule is in force.',
    );
    const secret = aJudgedFinding({ cwe: [798] });
    expect(gateOf(secret, { failOn: 'never' }, [DEFAULT_RULE, secrets])?.effect).toBe('blocks');
  });
});

describe('a rule blocks only when every condition that it states holds', () => {
  const finding = aJudgedFinding({ tools: [aTool({ name: 'CodeQL' })], cwe: [564] });
  it.each([
    ['severity', { severity: 'high' }, { severity: 'critical' }],
    ['cwe', { cwe: [564] }, { cwe: [79] }],
    ['cwe of an ancestor', { cwe: [89] }, { cwe: [78] }],
    ['scope', { scope: ['new', 'changed'] }, { scope: ['existing'] }],
    ['verdict', { verdict: ['true_positive'] }, { verdict: ['needs_review'] }],
    ['confidence', { confidence: 0.8 }, { confidence: 0.81 }],
    ['paths', { paths: ['src/**/*.js'] }, { paths: ['SRC/**', 'lib/**'] }],
    ['tools', { tools: ['codeql'] }, { tools: ['semgrep'] }],
  ] as [string, Partial<GateRule>, Partial<GateRule>][])('%s', (_, holds, fails) => {
    const isKindOf = (cwe: number, ancestor: number) => cwe === 564 && ancestor === 89;
    expect(gateOf(finding, { isKindOf }, [aRule(holds)])?.effect).toBe('blocks');
    expect(gateOf(finding, { isKindOf }, [aRule(fails)])?.effect).toBe('allowed');
    expect(gateOf(finding, { isKindOf }, [aRule({ ...holds, ...fails })])?.effect).toBe('allowed');
  });

  it('blocks a false positive only when it names that verdict', () => {
    const cleared = aJudgedFinding({ verdict: labelled('false_positive') });
    expect(gateOf(cleared, {}, [aRule({ severity: 'none' })])?.effect).toBe('allowed');
    expect(gateOf(cleared, {}, [aRule({ verdict: ['false_positive'] })])?.effect).toBe('blocks');
  });
});

describe('what comes before the rules', () => {
  const suppression = { kind: 'inSource', honoured: true, why: 'the comment is in the base too' };
  const waivers = [aWaiver({ id: '00000000000000aa' })];
  const policy = aPolicy({ gate: { mode: 'enforce', rules: [DEFAULT_RULE] }, waivers });

  it('out of scope comes before suppressed, suppressed before waived, waived before the rules', () => {
    const outside = aJudgedFinding({ inScope: false, verdict: null, suppression });
    expect(gateOf(outside, { policy })?.effect).toBe('out_of_scope');
    expect(gateOf(aJudgedFinding({ suppression }), { policy })?.effect).toBe('suppressed');
    expect(gateOf(aJudgedFinding(), { policy })).toEqual({
      effect: 'waived',
      why: 'Waived until 2027-03-31 by `platform-team`: `Known and accepted`.',
    });
    expect(gateOf(aJudgedFinding({ id: '00000000000000bb' }), { policy })?.effect).toBe('blocks');
  });

  it('a suppression that is not honoured changes nothing', () => {
    const refused = { ...suppression, honoured: false };
    expect(gateOf(aJudgedFinding({ suppression: refused }))?.effect).toBe('blocks');
  });
});

describe('the decision', () => {
  const unfinished = [{ code: 'report-unreadable', text: 'a.sarif: not JSON' }];

  it('fails with one reason a rule that says how many, how bad and which', () => {
    const findings = ['critical', 'high', 'high'].map((severity, index) =>
      aJudgedFinding({ id: `000000000000000${index}`, severity: severity as 'high' }),
    );
    const { decision } = decide(findings, context());
    expect(decision.outcome).toBe('failed');
    expect(decision.reasons).toEqual([
      {
        code: 'blocked',
        text: 'The rule `default` (scope new, severity high or worse, verdict true positive or needs review) blocks 3 findings, 1 critical, 2 high: `0000000000000000`, `0000000000000001`, `0000000000000002`.',
      },
    ]);
    expect(exitCodeFor(decision)).toBe(1);
  });

  it('passes when there is nothing', () => {
    const { decision } = decide([], context());
    expect(decision).toMatchObject({
      outcome: 'passed',
      mode: 'enforce',
      reasons: [{ code: 'nothing-blocks' }],
    });
    expect(exitCodeFor(decision)).toBe(0);
  });

  it('is unfinished when the run was, and still lists what blocks', () => {
    const { decision, findings } = decide([aJudgedFinding()], context({ unfinished }));
    expect(decision.outcome).toBe('unfinished');
    expect(decision.reasons.map((reason) => reason.code)).toEqual(['report-unreadable', 'blocked']);
    expect(findings[0]?.gate.effect).toBe('blocks');
    expect(exitCodeFor(decision)).toBe(3);
  });

  it('does not say of an unfinished run that nothing blocks', () => {
    const { reasons } = decide([], context({ unfinished })).decision;
    expect(reasons.map((reason) => reason.code)).toEqual(['report-unreadable']);
  });

  it.each([
    [0, 'There is no finding in scope.'],
    [1, 'No gate rule blocks the one finding in scope.'],
    [2, 'No gate rule blocks any of the 2 findings in scope.'],
  ])('says of %i findings that none blocks', (count, text) => {
    const some = Array.from({ length: count }, (_, at) =>
      aJudgedFinding({ id: `${at}`.repeat(16), severity: 'low' }),
    );
    expect(decide(some, context()).decision.reasons).toEqual([{ code: 'nothing-blocks', text }]);
  });

  it('in report mode says what would have failed and exits 0; unfinished stays 3', () => {
    const policy = aPolicy({ gate: { mode: 'report', rules: [DEFAULT_RULE] } });
    const { decision, findings } = decide([aJudgedFinding()], context({ policy }));
    expect(decision).toMatchObject({ outcome: 'failed', mode: 'report' });
    expect(decision.reasons[0]?.text).toContain(') would block 1 finding, ');
    expect(findings[0]?.gate.why).toMatch(/^The rule `default` would block it: scope new, /);
    expect(decision.reasons.at(-1)).toMatchObject({ code: 'report-mode' });
    expect(decision.reasons.at(-1)?.text).toContain('1 finding would have failed');
    expect(exitCodeFor(decision)).toBe(0);
    expect(exitCodeFor(decide([], context({ policy, unfinished })).decision)).toBe(3);
  });

  it('speaks Chinese when the policy does', () => {
    const policy = aPolicy({ gate: { mode: 'enforce', rules: [DEFAULT_RULE] }, language: 'zh-CN' });
    const { decision, findings } = decide([aJudgedFinding()], context({ policy }));
    expect(findings[0]?.gate.why).toBe(
      '被规则 `default` 阻止合并：范围为新增，严重程度为高及以上，判定为真实问题或待复核。',
    );
    expect(decision.reasons[0]?.text).toContain('因 1 个发现项阻止合并');
  });
});

const anyFinding = fc
  .record({
    id: fc.integer({ min: 0, max: 999 }).map((number) => number.toString(16).padStart(16, '0')),
    severity: fc.constantFrom(...SEVERITIES),
    cwe: fc.constantFrom([], [89], [798], [89, 79]),
    label: fc.constantFrom(...VERDICT_LABELS),
    bound: fc.double({ min: 0, max: 1, noNaN: true }),
    state: fc.constantFrom('new' as const, 'changed' as const, 'existing' as const),
    inScope: fc.boolean(),
    rule: fc.constantFrom('js/sqli', 'js/xss'),
    honoured: fc.boolean(),
  })
  .map(({ label, bound, state, rule, honoured, ...over }) =>
    aJudgedFinding({
      ...over,
      ruleId: rule,
      tools: [aTool({ ruleId: rule })],
      scope: { state, why: state },
      verdict: aVerdict({ label, confidenceLowerBound: bound }),
      suppression: honoured ? { kind: 'inSource', honoured, why: 'base' } : null,
    }),
  );

const anyContext = fc
  .record({
    failOn: fc.constantFrom(null, 'critical' as const, 'low' as const, 'never' as const),
    mode: fc.constantFrom('enforce' as const, 'report' as const),
    rules: fc.subarray([
      DEFAULT_RULE,
      aRule({ name: 'secrets', cwe: [798] }),
      aRule({ name: 'sure', confidence: 0.5 }),
      aRule({ name: 'cleared', verdict: ['false_positive'] }),
    ]),
    waivers: fc.subarray([
      aWaiver({ id: '0000000000000001' }),
      aWaiver({ rule: 'js/xss', path: 'src/**' }),
      aWaiver({ rule: 'js/sqli', path: '**', expires: '2026-11-30' }),
    ]),
  })
  .map(({ failOn, mode, rules, waivers }) =>
    context({ failOn, policy: aPolicy({ gate: { mode, rules }, waivers }) }),
  );

describe('for any findings and any policy', () => {
  it('adding a finding never turns failed into passed', () => {
    fc.assert(
      fc.property(
        fc.array(anyFinding, { maxLength: 8 }),
        anyFinding,
        anyContext,
        (findings, extra, given) => {
          fc.pre(decide(findings, given).decision.outcome === 'failed');
          expect(decide([...findings, extra], given).decision.outcome).toBe('failed');
        },
      ),
      { numRuns: 200 },
    );
  });

  it("the order of findings and of waivers changes no finding's effect and no outcome", () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 8 }), anyContext, (findings, given) => {
        const policy = { ...given.policy, waivers: given.policy.waivers.toReversed() };
        const forward = decide(findings, given);
        const backward = decide(findings.toReversed(), { ...given, policy });
        expect(backward.findings.toReversed()).toEqual(forward.findings);
        expect(backward.decision.outcome).toBe(forward.decision.outcome);
      }),
      { numRuns: 200 },
    );
  });

  it('a waiver never makes anything block that did not, and every effect has its reason', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 8 }), anyContext, (findings, given) => {
        const without = decide(findings, { ...given, policy: { ...given.policy, waivers: [] } });
        const result = decide(findings, given);
        for (const [index, finding] of result.findings.entries()) {
          expect(finding.gate.why).not.toBe('');
          if (finding.gate.effect === 'blocks') expect(without.findings[index]?.gate.effect).toBe('blocks');
        }
        const blocks = result.findings.some((finding) => finding.gate.effect === 'blocks');
        expect(result.decision.outcome).toBe(blocks ? 'failed' : 'passed');
      }),
      { numRuns: 200 },
    );
  });
});
