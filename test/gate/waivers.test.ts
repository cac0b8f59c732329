import { describe, expect, it } from 'vitest';
import type { Policy, Waiver } from '#domain/policy.ts';
import type { PatchedFinding } from '#domain/verdict.ts';
import { decide } from '#gate/decide.ts';
import { coversRepository } from '#gate/gather-notices.ts';
import { DEFAULT_RULE } from '#gate/rules-in-force.ts';
import { aJudgedFinding, aPolicy, aTool, aWaiver } from '../doubles/judged-finding.ts';

const TODAY = '2026-12-01';

function run(
  findings: readonly PatchedFinding[],
  waivers: readonly Waiver[],
  over: Partial<Policy> = {},
  incomplete = false,
) {
  const policy = aPolicy({ gate: { mode: 'enforce', rules: [DEFAULT_RULE] }, waivers, ...over });
  const unfinished = incomplete ? [{ code: 'interrupted', text: 'The run was interrupted.' }] : [];
  const result = decide(findings, { policy, failOn: null, today: TODAY, unfinished, configChanged: false });
  return {
    effects: result.findings.map((finding) => finding.gate.effect),
    notices: result.notices.map((notice) => notice.code),
    texts: result.notices.map((notice) => notice.text),
  };
}

describe('a waiver', () => {
  it('by id waives that finding alone', () => {
    const other = aJudgedFinding({ id: '00000000000000bb' });
    expect(run([aJudgedFinding(), other], [aWaiver({ id: '00000000000000aa' })]).effects).toEqual([
      'waived',
      'blocks',
    ]);
  });

  it('by rule and path needs both', () => {
    const waives = (rule: string, path: string) =>
      run([aJudgedFinding()], [aWaiver({ rule, path })]).effects[0];
    expect(waives('js/sqli', 'src/shop/*')).toBe('waived');
    expect(waives('js/sqli', 'src/*')).toBe('blocks');
    expect(waives('js/xss', 'src/shop/*')).toBe('blocks');
  });

  it('holds on its last day and not on the next', () => {
    const until = (expires: string) =>
      run([aJudgedFinding()], [aWaiver({ id: '00000000000000aa', expires })]);
    expect(until('2026-12-01')).toMatchObject({ effects: ['waived'], notices: ['waiver-expiring'] });
    expect(until('2026-11-30')).toMatchObject({ effects: ['blocks'], notices: ['waiver-expired'] });
  });

  it('by rule does not silence a second rule at the same place', () => {
    const both = aJudgedFinding({ tools: [aTool(), aTool({ name: 'Other', ruleId: 'other/sqli' })] });
    const one = run([both], [aWaiver({ rule: 'js/sqli', path: 'src/**' })]);
    expect(one).toMatchObject({ effects: ['blocks'], notices: ['waiver-partial'] });
    const waivers = [
      aWaiver({ rule: 'js/sqli', path: 'src/**' }),
      aWaiver({ rule: 'other/sqli', path: 'src/**' }),
    ];
    expect(run([both], waivers).effects).toEqual(['waived']);
  });
});

describe('the notices about waivers', () => {
  it('name one that matches nothing, unless the run could not finish', () => {
    const waivers = [aWaiver({ id: '00000000000000ff' })];
    expect(run([aJudgedFinding()], waivers).texts).toEqual([
      'Waiver 1 (`00000000000000ff`) matches no finding: remove it, or correct it.',
    ]);
    expect(run([aJudgedFinding()], waivers, {}, true).notices).toEqual([]);
  });

  it('count a finding out of scope as a use', () => {
    const outside = aJudgedFinding({ inScope: false, verdict: null });
    expect(run([outside], [aWaiver({ id: '00000000000000aa' })]).notices).toEqual([]);
  });

  it.each([
    ['2026-12-15', 'in 14 days'],
    ['2026-12-02', 'tomorrow'],
    ['2026-12-01', 'today'],
  ])('announce the end on %s as %s', (expires, words) => {
    expect(run([aJudgedFinding()], [aWaiver({ id: '00000000000000aa', expires })]).texts[0]).toContain(words);
  });

  it('say nothing 15 days before the end', () => {
    const waivers = [aWaiver({ id: '00000000000000aa', expires: '2026-12-16' })];
    expect(run([aJudgedFinding()], waivers).notices).toEqual([]);
  });

  it('call one broad that covers the repository, matches many, or holds for years', () => {
    const broad = (waiver: Waiver, count = 1) =>
      run(
        Array.from({ length: count }, (_, index) => aJudgedFinding({ id: String(index).padStart(16, '0') })),
        [waiver],
      ).texts.join();
    expect(broad(aWaiver({ rule: 'js/sqli', path: '**' }))).toContain('covers the whole repository');
    expect(broad(aWaiver({ rule: 'js/sqli', path: 'src/**' }), 21)).toContain('matches 21 findings');
    expect(broad(aWaiver({ rule: 'js/sqli', path: 'src/**' }), 20)).toBe('');
    expect(broad(aWaiver({ id: '0000000000000000', expires: '2099-12-31' }))).toContain('more days');
  });

  it('always show critical findings that are waived', () => {
    const critical = aJudgedFinding({ severity: 'critical' });
    const { effects, texts } = run([critical], [aWaiver({ id: '00000000000000aa' })]);
    expect(effects).toEqual(['waived']);
    expect(texts).toEqual(['1 finding of severity critical is waived: `00000000000000aa`.']);
  });
});

describe('the notices about the rest of the policy', () => {
  it('say which severities the overrides lowered', () => {
    const lowered = aJudgedFinding({
      severity: 'low',
      tools: [aTool({ rawSeverity: 'error' }), aTool({ rawSeverity: '9.8' })],
    });
    const raised = aJudgedFinding({ severity: 'critical', tools: [aTool({ rawSeverity: 'note' })] });
    const severityOverrides = [{ rule: null, cwe: 89, path: null, severity: 'low' as const }];
    expect(run([lowered, raised], [], { severityOverrides }).texts).toEqual([
      'Severity overrides of the configuration lowered 1 finding: 1 from critical to low.',
    ]);
    expect(run([raised], [], { severityOverrides }).texts).toEqual([]);
  });

  it('name a glob that takes the whole repository out', () => {
    expect(
      run([], [], {
        ignore: ['**'],
        policyPaths: { test: ['**/*'], generated: ['**/*.pb.go'], vendored: [] },
      }).texts,
    ).toEqual([
      'ignore: the glob `**` covers the whole repository.',
      'policy_paths.tests: the glob `**/*` covers the whole repository.',
    ]);
  });

  it.each([
    ['**', true],
    ['**/*.*', true],
    ['*/**', true],
    ['src/**', false],
    ['**/*.pb.go', false],
    ['*', false],
  ])('%s covers the repository: %s', (glob, covers) => {
    expect(coversRepository(glob)).toBe(covers);
  });
});
