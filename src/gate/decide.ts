// Judged findings → the decision: may this change merge, each finding with its effect and the reason in words (pure).
//
// Order of precedence for one finding: out_of_scope, suppressed, waived, then the rules (the first that blocks), else allowed.
import type { Decision, DecisionReason, GatedFinding, GateEffect, Notice } from '#domain/decision.ts';
import type { GateRule, Policy } from '#domain/policy.ts';
import { SEVERITIES } from '#domain/severity.ts';
import type { JudgedFinding, PatchedFinding } from '#domain/verdict.ts';
import { type CompiledRule, compileRule, type IsKindOf } from './apply-rule.ts';
import { countedLabel, type DismissLimits, doubtOf } from './counted-label.ts';
import { gatherNotices } from './gather-notices.ts';
import { type MatchedWaivers, matchWaivers } from './match-waivers.ts';
import type { GateMessages } from './message-catalogue.ts';
import { messagesIn } from './messages.ts';
import { type FailOn, rulesInForce } from './rules-in-force.ts';

export interface DecideContext {
  /** `policy.language` is the language of every text; the caller puts `--language` into it. */
  readonly policy: Policy;
  readonly failOn: FailOn;
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** Why the run could not finish; not empty makes the outcome `unfinished`. */
  readonly unfinished: readonly DecisionReason[];
  /** Whether the change under review changes `assay.yml`. */
  readonly configChanged: boolean;
  /** The CWE tree, so that a rule for CWE-74 also blocks CWE-89; without it CWEs are compared by number. */
  readonly isKindOf?: IsKindOf;
}

export interface GateResult {
  /** The findings in the order given. */
  readonly findings: readonly GatedFinding[];
  readonly decision: Decision;
  readonly notices: readonly Notice[];
}

/** Ids named in one sentence. */
const NAMED_IDS = 5;
/** Rules whose inapplicability is explained for one allowed finding. */
const EXPLAINED_RULES = 3;

export function decide(findings: readonly PatchedFinding[], context: DecideContext): GateResult {
  const { policy, failOn, today } = context;
  const messages = messagesIn(policy.language);
  const isKindOf = context.isKindOf ?? ((cwe, ancestor) => cwe === ancestor);
  const rules = rulesInForce(policy.gate.rules, failOn).map((rule) =>
    compileRule(rule, isKindOf, policy.model.dismiss),
  );
  const waivers = matchWaivers(policy.waivers, findings, today);
  const judged = findings.map((finding) => ({ finding, rule: firstBlocking(finding, rules, waivers) }));
  const gated = judged.map(({ finding, rule }) => ({
    ...finding,
    gate: effectOf(finding, rule, {
      ...{ rules, waivers, messages, mode: policy.gate.mode, limits: policy.model.dismiss },
    }),
  }));
  const blocked = Map.groupBy(gated, (_, index) => judged[index]?.rule ?? null);
  return {
    findings: gated,
    decision: decisionOf(gated, blocked, context, messages),
    notices: gatherNotices(gated, waivers.uses, context, messages),
  };
}

function firstBlocking(
  finding: JudgedFinding,
  rules: readonly CompiledRule[],
  waivers: MatchedWaivers,
): GateRule | null {
  if (!finding.inScope || finding.suppression?.honoured === true || waivers.waivedBy.has(finding))
    return null;
  return rules.find((rule) => rule.unmet(finding) === null)?.rule ?? null;
}

function effectOf(
  finding: JudgedFinding,
  blocking: GateRule | null,
  given: {
    rules: readonly CompiledRule[];
    waivers: MatchedWaivers;
    messages: GateMessages;
    mode: Decision['mode'];
    limits: DismissLimits;
  },
): GateEffect {
  const { rules, waivers, messages, limits } = given;
  if (!finding.inScope) return { effect: 'out_of_scope', why: messages.outOfScope(finding.scope.why) };
  if (finding.suppression?.honoured === true) {
    return {
      effect: 'suppressed',
      why: messages.suppressed(finding.suppression.kind, finding.suppression.why),
    };
  }
  const waivedBy = waivers.waivedBy.get(finding);
  if (waivedBy !== undefined) return { effect: 'waived', why: messages.waived(waivedBy) };
  const doubt = doubtOf(finding, limits);
  if (blocking !== null) {
    const doubted = doubt === null ? [] : [messages.modelDoubt(doubt, finding.severity, limits)];
    return { effect: 'blocks', why: messages.sentences([messages.blocks(blocking, given.mode), ...doubted]) };
  }
  if (
    countedLabel(finding, limits) === 'false_positive' &&
    rules.every((rule) => rule.unmet(finding) === 'verdict')
  ) {
    return { effect: 'allowed', why: messages.allowedFalsePositive() };
  }
  const unmet = rules.slice(0, EXPLAINED_RULES).flatMap((compiled) => {
    const condition = compiled.unmet(finding);
    return condition === null ? [] : [{ rule: compiled.rule, condition }];
  });
  return { effect: 'allowed', why: messages.allowed(unmet, finding) };
}

function decisionOf(
  findings: readonly GatedFinding[],
  blockedBy: ReadonlyMap<GateRule | null, readonly GatedFinding[]>,
  context: DecideContext,
  messages: GateMessages,
): Decision {
  const { mode } = context.policy.gate;
  const blocked = [...blockedBy].flatMap(([rule, stopped]) =>
    rule === null ? [] : [blockedReason(rule, stopped, mode, messages)],
  );
  const count = findings.filter((finding) => finding.gate.effect === 'blocks').length;
  const reasons = [...context.unfinished, ...blocked];
  if (count > 0 && mode === 'report') reasons.push({ code: 'report-mode', text: messages.reportMode(count) });
  // Of what could not be read nobody knows whether it would block.
  if (count === 0 && context.unfinished.length === 0) {
    const inScope = findings.filter((finding) => finding.inScope).length;
    reasons.push({ code: 'nothing-blocks', text: messages.nothingBlocks(inScope) });
  }
  const finished = count > 0 ? 'failed' : 'passed';
  return { outcome: context.unfinished.length > 0 ? 'unfinished' : finished, mode, reasons };
}

function blockedReason(
  rule: GateRule,
  findings: readonly GatedFinding[],
  mode: Decision['mode'],
  messages: GateMessages,
): DecisionReason {
  const bySeverity = SEVERITIES.flatMap((severity): [(typeof SEVERITIES)[number], number][] => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [[severity, count]] : [];
  });
  const ids = findings.slice(0, NAMED_IDS).map((finding) => finding.id);
  return { code: 'blocked', text: messages.ruleBlocks(rule, findings.length, bySeverity, ids, mode) };
}
