// The findings of the summary: those that need attention in full, the dismissed and accepted ones folded away with their reasons.
import type { FindingRecord } from '#domain/result-document.ts';
import type { Severity } from '#domain/severity.ts';
import type { Reason } from '#domain/verdict.ts';
import { hasInvisible } from '#support/invisible-characters.ts';
import { placeOf, weaknessesOf } from './finding-order.ts';
import type { Section } from './fit-sections.ts';
import { folded, quoted, sentence, tableHead, tableRow } from './markdown-blocks.ts';
import type { Messages } from './messages/en.ts';

const SEVERITY_SIGN: Record<Severity, string> = {
  critical: '🟣',
  high: '🔴',
  medium: '🟠',
  low: '🟡',
  none: '⚪',
};

export function attentionSection(findings: readonly FindingRecord[], messages: Messages): Section | null {
  if (findings.length === 0) return null;
  const { severity, verdict, story } = messages.column;
  return {
    before: `\n### ${messages.attention(findings.length)}\n\n${tableHead([severity, verdict, story])}`,
    rows: findings.map((finding) =>
      tableRow([
        `${SEVERITY_SIGN[finding.severity]} ${messages.severity[finding.severity]}`,
        verdictCell(finding, messages),
        storyCell(finding, messages),
      ]),
    ),
    after: '',
    rank: 2,
  };
}

export function dismissedSection(findings: readonly FindingRecord[], messages: Messages): Section | null {
  if (findings.length === 0) return null;
  const rows = findings.map((finding) => {
    const reasons = finding.verdict?.reasons ?? [];
    return tableRow([
      placeCell(finding),
      reasons.map((reason) => reasonWithQuote(reason, messages)).join('<br>'),
    ]);
  });
  return whyTable(messages.dismissed(findings.length), { rows, rank: 3 }, messages);
}

export function acceptedSection(findings: readonly FindingRecord[], messages: Messages): Section | null {
  if (findings.length === 0) return null;
  const rows = findings.map((finding) =>
    tableRow([
      placeCell(finding),
      `**${messages.effect[finding.gate.effect]}**: ${sentence(finding.gate.why)}`,
    ]),
  );
  return whyTable(messages.accepted(findings.length), { rows, rank: 4 }, messages);
}

function whyTable(
  title: string,
  content: { rows: readonly string[]; rank: number },
  messages: Messages,
): Section {
  const { place, why } = messages.column;
  return folded(title, { head: tableHead([place, why]), ...content });
}

function verdictCell({ verdict, gate }: FindingRecord, messages: Messages): string {
  if (verdict === null) return '';
  const label = messages.verdict[verdict.label];
  const shown = verdict.label === 'true_positive' ? `**${label}**` : label;
  return gate.effect === 'blocks' ? `${shown}<br>⛔ ${messages.effect.blocks}` : shown;
}

function placeCell(finding: FindingRecord): string {
  return `**${quoted(placeOf(finding.location))}**<br>${quoted(finding.message, 'sentence')}`;
}

/** What the tool says, why the verdict is what it is, and in small print who reported it. */
function storyCell(finding: FindingRecord, messages: Messages): string {
  const tools = finding.tools.map((tool) => `${sentence(tool.name)} ${quoted(tool.ruleId)}`).join(', ');
  const [reason] = finding.verdict?.reasons ?? [];
  const print = [
    reason === undefined ? '' : codeAndMeaning(reason, messages),
    weaknessesOf(finding),
    tools,
    quoted(finding.id),
    holdsHiddenText(finding) ? `⚠️ ${messages.hiddenText}` : '',
  ];
  const why = reason === undefined ? '' : `${whyPrefix(finding, messages)}${sentence(reason.text)}<br>`;
  return `${placeCell(finding)}<br>${why}<sub>${print.filter((part) => part !== '').join(' · ')}</sub>`;
}

/** Somebody who hides characters in a message, a name or the code that is cited may have something to hide (security row 32). */
function holdsHiddenText({ message, ruleId, location, verdict }: FindingRecord): boolean {
  const quotes = (verdict?.reasons ?? []).flatMap((reason) =>
    reason.citations.map((citation) => citation.quote),
  );
  return [message, ruleId, location.path, ...quotes].some(hasInvisible);
}

function whyPrefix(finding: FindingRecord, messages: Messages): string {
  return finding.verdict?.label === 'needs_review' ? `_${messages.openQuestion}:_ ` : '';
}

function codeAndMeaning(reason: Reason, messages: Messages): string {
  return `${reason.code}: ${messages.reasonMeaning[reason.code]}`;
}

/** A dismissal shows the line it rests on, so that it can be doubted. */
function reasonWithQuote(reason: Reason, messages: Messages): string {
  const [citation] = reason.citations;
  const text = sentence(reason.text);
  const print = `<sub>${codeAndMeaning(reason, messages)}</sub>`;
  if (citation === undefined) return `${text}<br>${print}`;
  const [line = ''] = citation.quote.trim().split('\n');
  return `${text}<br>${quoted(`${citation.path}:${citation.startLine}`)} ${quoted(line.trim(), 'quote')}<br>${print}`;
}
