// The gate in Simplified Chinese.
import type { GateRule, Waiver } from '#domain/policy.ts';
import type { Severity } from '#domain/severity.ts';
import type { JudgedFinding, VerdictLabel } from '#domain/verdict.ts';
import { markOutside } from '../support/mark-outside.ts';
import type { Condition } from './apply-rule.ts';
import { statedConditions } from './dependency-condition.ts';
import type { BroadReason, GateMessages } from './message-catalogue.ts';

const VERDICTS: Record<VerdictLabel, string> = {
  true_positive: '真实问题',
  needs_review: '待复核',
  false_positive: '误报',
};

const SEVERITIES: Record<Severity, string> = {
  critical: '严重',
  high: '高',
  medium: '中',
  low: '低',
  none: '无',
};

const SCOPES: Record<JudgedFinding['scope']['state'], string> = {
  new: '新增',
  changed: '改动',
  existing: '已有',
};

export const CHINESE: GateMessages = {
  outOfScope: (scopeWhy) => `不在本次要求的范围内：${scopeWhy}`,
  suppressed: (kind, why) => `报告中已抑制（${markOutside(kind)}）：${why}`,
  waived: (waivers) => `${waivers.map(describeWaiver).join('；')}。`,
  blocks: (rule, mode) =>
    `${mode === 'report' ? '本会' : ''}被规则 ${markOutside(rule.name)} 阻止合并：${describeRule(rule)}。`,
  modelDoubt: (doubt, severity, limits) =>
    doubt === 'severity'
      ? `该误报判定依据的是模型经核对的论断；严重程度为${SEVERITIES[severity]}时须由人确认。`
      : `该误报判定依据的是模型经核对的论断；其置信度低于 ${limits.confidence} 时须由人确认。`,
  sentences: (parts) => parts.join(''),
  allowedFalsePositive: () => '误报，且没有规则指明该判定。',
  allowed: (unmet, finding) =>
    unmet.length === 0
      ? '没有生效的门禁规则。'
      : `${unmet.map(({ rule, condition }) => `规则 ${markOutside(rule.name)} 不适用：${explain(condition, rule, finding)}`).join('；')}。`,
  ruleBlocks: (rule, count, bySeverity, ids, mode) =>
    `规则 ${markOutside(rule.name)}（${describeRule(rule)}）${mode === 'report' ? '本会' : ''}因 ${count} 个发现项阻止合并（${bySeverity.map(([severity, of]) => `${SEVERITIES[severity]} ${of} 个`).join('、')}）：${some(ids, count)}。`,
  nothingBlocks: (inScope) =>
    inScope === 0 ? '范围内没有发现项。' : `范围内的 ${inScope} 个发现项均未被门禁规则阻止合并。`,
  reportMode: (count) =>
    `gate.mode 为 "report"：${count} 个发现项本会使门禁不通过，但当前配置只报告，不阻止合并。`,
  waiverUnused: (name) => `${name}没有匹配任何发现：请删除或更正。`,
  waiverExpired: (name, waiver, matches) =>
    `${name}已于 ${waiver.expires} 到期，不再生效${matches > 0 ? `（涉及 ${matches} 个发现项）` : ''}：请联系 ${markOutside(waiver.owner)} 续期或删除。`,
  waiverExpiring: (name, waiver, days) =>
    `${name}${days === 0 ? '今天到期' : `将在 ${days} 天后到期`}（${waiver.expires}），负责人：${markOutside(waiver.owner)}。`,
  waiverBroad: (name, why) =>
    `${name}范围过宽：${why.map(explainBroad).join('；')}。请改用编号或更窄的路径。`,
  waiverPartial: (name, ids, count) =>
    `${name}只部分覆盖 ${count} 个发现项，因此不予豁免：同一位置还有其他未被豁免的规则报告（${some(ids, count)}）。`,
  waiverCritical: (ids, count) => `有 ${count} 个严重程度为“严重”的发现项被豁免：${some(ids, count)}。`,
  severityLowered: (count, changes) =>
    `配置中的严重程度覆盖降低了 ${count} 个发现项的严重程度：${changes.map(([from, to, of]) => `${of} 个由${SEVERITIES[from]}降为${SEVERITIES[to]}`).join('、')}。`,
  globBroad: (key, glob) => `${key}：通配模式 ${markOutside(glob)} 覆盖整个仓库。`,
  configChanged: () => '本次变更修改了 assay.yml；新版本在合并后生效，本次运行使用的是基准中的版本。',
};

function describeRule(rule: GateRule): string {
  const parts = [
    rule.scope === null ? null : `范围为${rule.scope.map((state) => SCOPES[state]).join('或')}`,
    rule.severity === null
      ? null
      : `严重程度为${SEVERITIES[rule.severity]}${rule.severity === 'critical' ? '' : '及以上'}`,
    `判定为${(rule.verdict ?? (['true_positive', 'needs_review'] as const)).map((label) => VERDICTS[label]).join('或')}`,
    rule.confidence === null ? null : `置信下界不低于 ${rule.confidence}`,
    rule.cwe === null ? null : rule.cwe.map((cwe) => `CWE-${cwe}`).join(' 或 '),
    rule.paths === null ? null : `路径匹配 ${rule.paths.map((path) => markOutside(path)).join(' 或 ')}`,
    rule.tools === null ? null : `工具为 ${rule.tools.map((tool) => markOutside(tool)).join(' 或 ')}`,
    rule.dependency === undefined ? null : stated(rule),
  ];
  return parts.filter((part) => part !== null).join('，');
}

function explain(condition: Condition, rule: GateRule, finding: JudgedFinding): string {
  switch (condition) {
    case 'scope':
      return `该发现属于${SCOPES[finding.scope.state]}`;
    case 'severity':
      return `严重程度${SEVERITIES[finding.severity]}低于${SEVERITIES[rule.severity ?? 'none']}`;
    case 'verdict':
      return `判定为${VERDICTS[finding.verdict?.label ?? 'needs_review']}`;
    case 'confidence':
      return `置信下界 ${finding.verdict?.confidenceLowerBound ?? 0} 低于 ${rule.confidence}`;
    case 'cwe':
      return '规则指定了其他 CWE';
    case 'paths':
      return '规则指定了其他路径';
    case 'tools':
      return '规则指定了其他工具';
    case 'dependency':
      return `该规则要求 ${stated(rule)}`;
  }
}

/** Between backticks, as they are written in the configuration. */
function stated({ dependency }: GateRule): string {
  const parts = dependency === undefined ? [] : statedConditions(dependency);
  return parts.map(([name, text]) => `\`${name}: ${text}\``).join('、');
}

function describeWaiver(waiver: Waiver): string {
  return `由 ${markOutside(waiver.owner)} 豁免至 ${waiver.expires}，理由：${markOutside(waiver.reason, 200)}`;
}

function explainBroad(reason: BroadReason): string {
  switch (reason.kind) {
    case 'whole-repository':
      return '路径覆盖整个仓库';
    case 'many-findings':
      return `匹配 ${reason.count} 个发现项`;
    case 'long':
      return `还将生效 ${reason.days} 天`;
  }
}

function some(ids: readonly string[], count: number): string {
  const rest = count - ids.length;
  return `${ids.map((id) => markOutside(id)).join('、')}${rest > 0 ? ` 等，另有 ${rest} 个` : ''}`;
}
