// The findings of the summary: those that need attention in full, the dismissed and accepted ones folded away with their reasons.
import type { FindingRecord } from '#domain/result-document.ts';
import type { Severity } from '#domain/severity.ts';
import type { Reason } from '#domain/verdict.ts';
import { hasInvisible } from '#support/invisible-characters.ts';
import { dependencyWords } from './dependency-words.ts';
import { awaitsAgreement, placeOf, weaknessesOf } from './finding-order.ts';
import { lazyRows, type Rows, type Section } from './fit-sections.ts';
import { folded, quoted, sentence, tableHead, tableRow } from './markdown-blocks.ts';
import type { Messages } from './messages/en.ts';

/** What a renderer adds to a row, as finished Markdown. */
export interface RowView {
  /** The place; links to it where the reader's page has such links. */
  readonly place: (finding: FindingRecord) => string;
  /** Where its comment stands, or where else it is told; '' to say nothing. */
  readonly elsewhere: (finding: FindingRecord) => string;
  /** Whether a comment tells the particulars, so that the row need not. */
  readonly brief: (finding: FindingRecord) => boolean;
}

const PLAIN_ROWS: RowView = {
  place: (finding) => quoted(placeOf(finding.location)),
  elsewhere: () => '',
  brief: () => false,
};

const SEVERITY_SIGN: Record<Severity, string> = {
  critical: '🟣',
  high: '🔴',
  medium: '🟠',
  low: '🟡',
  none: '⚪',
};

export function attentionSection(
  findings: readonly FindingRecord[],
  messages: Messages,
  view: RowView = PLAIN_ROWS,
): Section | null {
  if (findings.length === 0) return null;
  const { severity, verdict, story } = messages.column;
  return {
    before: `\n### ${messages.attention(findings.length)}\n\n${tableHead([severity, verdict, story])}`,
    rows: lazyRows(findings, (finding) =>
      tableRow([
        `${SEVERITY_SIGN[finding.severity]} ${messages.severity[finding.severity]}`,
        verdictCell(finding, messages),
        storyCell(finding, messages, view),
      ]),
    ),
    after: '',
    rank: 2,
  };
}

export function dismissedSection(
  findings: readonly FindingRecord[],
  messages: Messages,
  view: RowView = PLAIN_ROWS,
): Section | null {
  if (findings.length === 0) return null;
  const rows = lazyRows(findings, (finding) => {
    const reasons = finding.verdict?.reasons ?? [];
    const story = [
      ...reasons.map((reason) => reasonWithQuote(reason, messages)),
      decisionLine(finding, messages),
      view.elsewhere(finding),
    ];
    return tableRow([placeCell(finding, messages, view), story.filter((part) => part !== '').join('<br>')]);
  });
  return whyTable(messages.dismissed(findings.length), { rows, rank: 3 }, messages);
}

export function acceptedSection(
  findings: readonly FindingRecord[],
  messages: Messages,
  view: RowView = PLAIN_ROWS,
): Section | null {
  if (findings.length === 0) return null;
  const rows = lazyRows(findings, (finding) =>
    tableRow([
      placeCell(finding, messages, view),
      [
        messages.named(`**${messages.effect[finding.gate.effect]}**`, sentence(finding.gate.why)),
        decisionLine(finding, messages),
      ]
        .filter((part) => part !== '')
        .join('<br>'),
    ]),
  );
  return whyTable(messages.accepted(findings.length), { rows, rank: 4 }, messages);
}

function whyTable(title: string, content: { rows: Rows; rank: number }, messages: Messages): Section {
  const { place, why } = messages.column;
  return folded(title, { head: tableHead([place, why]), ...content });
}

/** Who said, in which document and when, that nothing is to be done about a package. */
function decisionLine(finding: FindingRecord, { language }: Messages): string {
  const said = dependencyWords(finding, language)?.clearedBy;
  return said === null || said === undefined ? '' : sentence(said);
}

function verdictCell({ verdict, gate }: FindingRecord, messages: Messages): string {
  if (verdict === null) return '';
  const label = messages.verdict[verdict.label];
  const shown = verdict.label === 'true_positive' ? `**${label}**` : label;
  if (gate.effect !== 'blocks') return shown;
  const until = awaitsAgreement({ verdict, gate }) ? messages.untilAgreed : '';
  return `${shown}<br>⛔ ${messages.effect.blocks}${until}`;
}

function placeCell(finding: FindingRecord, messages: Messages, view: RowView): string {
  const title = dependencyWords(finding, messages.language)?.title;
  const subject = title === undefined ? '' : `${sentence(title)}<br>`;
  return `**${view.place(finding)}**<br>${subject}${quoted(finding.message, 'sentence')}`;
}

/** What the tool says, why the verdict is what it is, and in small print who reported it; without the particulars where a comment has them. */
function storyCell(finding: FindingRecord, messages: Messages, view: RowView): string {
  const [reason] = finding.verdict?.reasons ?? [];
  const elsewhere = view.elsewhere(finding);
  const lines = [
    placeCell(finding, messages, view),
    actionLine(finding, messages),
    reason === undefined ? '' : asked(finding, sentence(reason.text), messages),
    view.brief(finding) ? elsewhere : small([...particulars(finding, messages), elsewhere]),
    view.brief(finding) ? small(hiddenNote(finding, messages)) : '',
  ];
  return lines.filter((line) => line !== '').join('<br>');
}

/** For a dependency: what to do, in one line. */
function actionLine(finding: FindingRecord, { language }: Messages): string {
  const action = dependencyWords(finding, language)?.action;
  if (action === null || action === undefined) return '';
  const parts = [`**${sentence(action.headline)}**`, ...action.notes.map(sentence)];
  return [...parts, ...(action.command === null ? [] : [quoted(action.command)])].join(' · ');
}

function particulars(finding: FindingRecord, messages: Messages): readonly string[] {
  const [reason] = finding.verdict?.reasons ?? [];
  return [
    reason === undefined ? '' : codeAndMeaning(reason, messages),
    weaknessesOf(finding),
    messages.listed(finding.tools.map((tool) => `${sentence(tool.name)} ${quoted(tool.ruleId)}`)),
    quoted(finding.id),
    ...hiddenNote(finding, messages),
  ];
}

function hiddenNote(finding: FindingRecord, messages: Messages): readonly string[] {
  return holdsHiddenText(finding) ? [`⚠️ ${messages.hiddenText}`] : [];
}

function small(parts: readonly string[]): string {
  const shown = parts.filter((part) => part !== '');
  return shown.length === 0 ? '' : `<sub>${shown.join(' · ')}</sub>`;
}

/** Somebody who hides characters in a message, a name or the code that is cited may have something to hide (security row 32). */
function holdsHiddenText({ message, ruleId, location, verdict }: FindingRecord): boolean {
  const quotes = (verdict?.reasons ?? []).flatMap((reason) =>
    reason.citations.map((citation) => citation.quote),
  );
  return [message, ruleId, location.path, ...quotes].some(hasInvisible);
}

function asked({ verdict }: FindingRecord, why: string, messages: Messages): string {
  return verdict?.label === 'needs_review' ? messages.openQuestion(why) : why;
}

function codeAndMeaning(reason: Reason, messages: Messages): string {
  return messages.named(reason.code, messages.reasonMeaning[reason.code]);
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
