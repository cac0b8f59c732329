// What a person should look at in the policy itself: waivers that do nothing, end soon or reach too far, and lowered severities.
import type { GatedFinding, Notice } from '#domain/decision.ts';
import type { Policy } from '#domain/policy.ts';
import { compareSeverity, SEVERITIES, type Severity, worse } from '#domain/severity.ts';
import { dayNumber } from '../support/calendar-day.ts';
import { markOutside } from '../support/mark-outside.ts';
import type { WaiverUse } from './match-waivers.ts';
import type { BroadReason, GateMessages } from './message-catalogue.ts';

/** A waiver that ends within so many days is announced. */
const EXPIRES_SOON_DAYS = 14;
/** A waiver that matches more findings is called broad. */
const BROAD_MATCHES = 20;
/** A waiver that holds for longer is called broad. */
const LONG_WAIVER_DAYS = 366;
const NAMED_IDS = 5;

interface NoticeContext {
  readonly policy: Policy;
  readonly today: string;
  readonly unfinished: readonly unknown[];
  readonly configChanged: boolean;
}

export function gatherNotices(
  findings: readonly GatedFinding[],
  uses: readonly WaiverUse[],
  context: NoticeContext,
  messages: GateMessages,
): readonly Notice[] {
  const { policy } = context;
  return [
    ...(context.configChanged ? [{ code: 'config-changed', text: messages.configChanged() }] : []),
    ...uses.flatMap((use) => waiverNotices(use, context, messages)),
    ...criticalNotices(findings, messages),
    ...loweredNotices(findings, policy, messages),
    ...globNotices(policy, messages),
  ];
}

function waiverNotices(use: WaiverUse, context: NoticeContext, messages: GateMessages): Notice[] {
  const { waiver, matched, partial } = use;
  const name = nameOf(use, context.policy.language);
  if (use.expired) {
    return [{ code: 'waiver-expired', text: messages.waiverExpired(name, waiver, matched.length) }];
  }
  const notices: Notice[] = [];
  const daysLeft = (dayNumber(waiver.expires) ?? 0) - (dayNumber(context.today) ?? 0);
  // Only a complete scan can tell that a waiver is of no use.
  if (matched.length === 0 && context.unfinished.length === 0) {
    notices.push({ code: 'waiver-unused', text: messages.waiverUnused(name) });
  }
  if (daysLeft <= EXPIRES_SOON_DAYS) {
    notices.push({ code: 'waiver-expiring', text: messages.waiverExpiring(name, waiver, daysLeft) });
  }
  const broad = broadReasons(use, daysLeft);
  if (broad.length > 0) notices.push({ code: 'waiver-broad', text: messages.waiverBroad(name, broad) });
  if (partial.length > 0) {
    const ids = partial.slice(0, NAMED_IDS).map((finding) => finding.id);
    notices.push({ code: 'waiver-partial', text: messages.waiverPartial(name, ids, partial.length) });
  }
  return notices;
}

function nameOf({ waiver, number }: WaiverUse, language: Policy['language']): string {
  const what =
    waiver.id === null
      ? `${markOutside(waiver.rule ?? '')} @ ${markOutside(waiver.path ?? '')}`
      : markOutside(waiver.id);
  return language === 'zh-CN' ? `第 ${number} 条豁免（${what}）` : `Waiver ${number} (${what})`;
}

function broadReasons({ waiver, matched }: WaiverUse, daysLeft: number): BroadReason[] {
  const reasons: BroadReason[] = [];
  if (waiver.path !== null && coversRepository(waiver.path)) reasons.push({ kind: 'whole-repository' });
  if (matched.length > BROAD_MATCHES) reasons.push({ kind: 'many-findings', count: matched.length });
  if (daysLeft > LONG_WAIVER_DAYS) reasons.push({ kind: 'long', days: daysLeft });
  return reasons;
}

/** A glob that reaches every folder and names nothing: `**`, `**` + `/*.*`, …; `**` + `/*.pb.go` names something. */
export function coversRepository(glob: string): boolean {
  return glob.split('/').includes('**') && /^[*?./]*$/.test(glob);
}

function criticalNotices(findings: readonly GatedFinding[], messages: GateMessages): Notice[] {
  const waived = findings.filter(({ gate, severity }) => gate.effect === 'waived' && severity === 'critical');
  if (waived.length === 0) return [];
  const ids = waived.slice(0, NAMED_IDS).map((finding) => finding.id);
  return [{ code: 'waiver-critical', text: messages.waiverCritical(ids, waived.length) }];
}

function loweredNotices(findings: readonly GatedFinding[], policy: Policy, messages: GateMessages): Notice[] {
  if (policy.severityOverrides.length === 0) return [];
  const pairs = findings.flatMap((finding) => {
    const reported = severityAsReported(finding);
    return compareSeverity(reported, finding.severity) > 0 ? [`${reported}>${finding.severity}`] : [];
  });
  if (pairs.length === 0) return [];
  const changes = SEVERITIES.flatMap((from) =>
    SEVERITIES.map((to): [Severity, Severity, number] => [
      from,
      to,
      pairs.filter((pair) => pair === `${from}>${to}`).length,
    ]),
  ).filter(([, , count]) => count > 0);
  return [{ code: 'severity-lowered', text: messages.severityLowered(pairs.length, changes) }];
}

/** The worst that any tool said, read from what it wrote (contracts.md, "Severity"); `none` when nothing can be read. */
function severityAsReported(finding: GatedFinding): Severity {
  return finding.tools.map((tool) => readSeverity(tool.rawSeverity)).reduce(worse, 'none');
}

const LEVELS = new Map<string, Severity>([
  ['error', 'high'],
  ['warning', 'medium'],
  ['note', 'low'],
]);

function readSeverity(raw: string): Severity {
  const score = Number(raw);
  if (raw.trim() === '' || Number.isNaN(score)) return LEVELS.get(raw) ?? 'none';
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'none';
}

function globNotices(policy: Policy, messages: GateMessages): Notice[] {
  const lists: [string, readonly string[]][] = [
    ['ignore', policy.ignore],
    ['policy_paths.tests', policy.policyPaths.test],
    ['policy_paths.generated', policy.policyPaths.generated],
    ['policy_paths.vendored', policy.policyPaths.vendored],
  ];
  return lists.flatMap(([key, globs]) =>
    globs
      .filter(coversRepository)
      .map((glob) => ({ code: 'glob-broad', text: messages.globBroad(key, glob) })),
  );
}
