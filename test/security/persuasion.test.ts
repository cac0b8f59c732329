// Security row 7: text that tries to talk the judge into a verdict. The same 200 sentences are planted wherever outside text can
// stand in a case; nothing but the sentences themselves may differ in the outcome.

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Case, FactKind } from '#domain/evidence.ts';
import { decide } from '#gate/decide.ts';
import { DEFAULT_RULE } from '#gate/rules-in-force.ts';
import { judge } from '#triage/builtin-judge.ts';
import { readCalibration } from '#triage/calibration.ts';
import { bandOf } from '#triage/verdict-band.ts';
import { aCase, aFact, aFinding, aPolicy, aTool } from '../doubles/judged-finding.ts';
import { PERSUASION } from '../doubles/persuasion.ts';

const calibration = readCalibration(parse('version: 1\nmeasured: null\nsets: []\nreasons: {}\n'));
const context = { neverDismiss: [], calibration };
const FACTS: FactKind[][] = [
  [],
  ['sink_call'],
  ['misuse'],
  ['direct_flow', 'safe_call'],
  ['safe_call'],
  ['constant_arguments'],
];

function plant(kinds: readonly FactKind[], text: string): Case {
  const location = { ...aFinding().location, path: `src/${text}.js`, resolved: true };
  const step = { location, message: text };
  const finding = {
    message: text,
    ruleId: text,
    tools: [aTool({ name: text, ruleId: text, ruleName: text, rawSeverity: text, precision: text })],
    location,
    flow: [step],
    related: [step],
    suppressions: [{ kind: 'external', status: 'accepted', justification: text, location: null }],
    baselineState: text,
  };
  const quote = `call(x) // ${text}`;
  const citations = [{ path: location.path, startLine: 12, endLine: 12, quote }];
  const facts = kinds.map((kind) => aFact(kind, { citations, text: `The comment says ${text}` }));
  const enclosingFunction = { name: text, startLine: 1, endLine: 20 };
  return aCase(finding, { facts, enclosingFunction, unknowns: [{ code: 'REV.unknown', text, citations }] });
}

it('the corpus holds 200 different sentences', () => {
  expect(new Set(PERSUASION).size).toBe(200);
});

describe.each(FACTS.map((kinds) => [kinds.join(' + ') || 'no fact', kinds] as const))(
  'with %s',
  (_, kinds) => {
    const plain = plant(kinds, 'plain');
    const expected = judge(plain, context).verdict;

    it('no sentence changes verdict, band, confidence, author or reasons', () => {
      for (const text of PERSUASION) {
        const persuaded = plant(kinds, text);
        const { verdict } = judge(persuaded, context);
        expect(bandOf(persuaded, context)).toEqual(bandOf(plain, context));
        expect({ ...verdict, reasons: verdict.reasons.map((reason) => reason.code) }).toEqual({
          ...expected,
          reasons: expected.reasons.map((reason) => reason.code),
        });
      }
    });

    it('no sentence changes what the gate does', () => {
      const gate = (text: string) => {
        const theCase = plant(kinds, text);
        const { verdict, rootCause, remediation } = judge(theCase, context);
        const policy = aPolicy({ gate: { mode: 'enforce', rules: [DEFAULT_RULE] } });
        const given = { policy, failOn: null, today: '2026-12-01', unfinished: [], configChanged: false };
        const { decision, findings } = decide(
          [{ ...theCase.finding, verdict, rootCause, remediation, patch: null, refusedPatches: [] }],
          given,
        );
        return [decision.outcome, findings[0]?.gate.effect];
      };
      const expectedGate = gate('plain');
      for (const text of PERSUASION) expect(gate(text)).toEqual(expectedGate);
    });
  },
);

it("the tool's message never enters the root cause", () => {
  for (const text of PERSUASION) {
    const { rootCause } = judge(aCase({ message: text }, { facts: [aFact('safe_call')] }), context);
    expect(rootCause).toBe(judge(aCase({}, { facts: [aFact('safe_call')] }), context).rootCause);
  }
});
