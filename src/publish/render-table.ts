// The verdict table on a terminal: what needs attention by severity, what was dismissed in brief, the counts, the decision.
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { SEVERITIES } from '#domain/severity.ts';
import { toTerminal } from '#support/escape-terminal.ts';
import { columnsOf, cutEnd, cutMiddle, padColumns, wrapColumns } from '#support/text-columns.ts';
import { dependencyWords } from './dependency-words.ts';
import { awaitsAgreement, byAttention, placeOf } from './finding-order.ts';
import { messagesOf } from './messages/messages-of.ts';
import { tableFoot } from './table-foot.ts';
import type { Layout } from './table-layout.ts';
import { createPaint, SEVERITY_STYLE, VERDICT_SIGN, VERDICT_STYLE } from './terminal-style.ts';

const NARROWEST = 60;
const WIDEST = 200;
/** More rows than anybody scrolls through; the rest is counted. */
const MOST_ROWS = { matters: 200, brief: 20 } as const;
/** Sign, space, and below them the 16 digits of an id. */
const LEAD_COLUMNS = 20;
const GAP = '  ';
/** Foreign text that goes on in a second line stands behind it: never first in a line. */
const BAR = '│ ';

export interface TableOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
}

/** Text of lines no wider than `width` (within 60–200 columns), with a final line break. No line can be a command to a CI runner. */
export function renderTable(document: ResultDocument, { width, color }: TableOptions): string {
  const columns = Math.min(Math.max(width, NARROWEST), WIDEST);
  const { matters, dismissed, accepted } = byAttention(document.findings);
  const layout: Layout = {
    width: columns,
    placeColumns: placeColumnsFor([...matters, ...dismissed, ...accepted], columns),
    paint: createPaint(color),
    messages: messagesOf(document.run.language, document.decision.mode),
  };
  const lines = [
    ...(matters.length === 0 ? nothingLines(document, layout) : attentionLines(matters, layout)),
    ...briefLines(layout.messages.dismissed(dismissed.length), dismissed, layout),
    ...briefLines(layout.messages.accepted(accepted.length), accepted, layout),
    ...tableFoot(document, layout),
  ];
  return `${lines.join('\n')}\n`;
}

/** As wide as the widest place that is shown, at most two fifths of the line. */
function placeColumnsFor(findings: readonly FindingRecord[], width: number): number {
  const most = Math.floor((width - LEAD_COLUMNS) * 0.45);
  const shown = findings.slice(0, MOST_ROWS.matters);
  const widest = shown.reduce(
    (columns, { location }) => Math.max(columns, columnsOf(toTerminal(placeOf(location)))),
    0,
  );
  return Math.min(widest, most);
}

/** Of a run that could not finish, nobody knows whether nothing needs attention. */
function nothingLines({ decision }: ResultDocument, { messages }: Layout): string[] {
  return decision.outcome === 'unfinished' ? [] : [messages.nothingMatters, ''];
}

function attentionLines(findings: readonly FindingRecord[], layout: Layout): string[] {
  const { paint, messages } = layout;
  const shown = findings.slice(0, MOST_ROWS.matters);
  const groups = SEVERITIES.flatMap((severity) => {
    const members = shown.filter((finding) => finding.severity === severity);
    if (members.length === 0) return [];
    const title = paint(SEVERITY_STYLE[severity], messages.severity[severity].toUpperCase());
    return [title, ...members.flatMap((finding) => rowLines(finding, layout)), ''];
  });
  return [...groups, ...moreLines(findings.length - shown.length, layout)];
}

/** Verdict, place and message; below them id, gate and the reason on at most two lines. */
function rowLines(finding: FindingRecord, layout: Layout): string[] {
  const { width, placeColumns, paint, messages } = layout;
  const { verdict } = finding;
  if (verdict === null) return [];
  const label = padColumns(
    `${VERDICT_SIGN[verdict.label]} ${messages.verdict[verdict.label]}`,
    LEAD_COLUMNS - 2,
  );
  const rest = width - 2 - LEAD_COLUMNS - placeColumns - GAP.length;
  const words = dependencyWords(finding, messages.language);
  const message = cutEnd(
    toTerminal([words?.title, finding.message].filter((part) => part !== undefined).join(' · ')),
    rest,
  );
  const [first = '', ...others] = reasonLines(finding, layout);
  const id = paint('dim', padColumns(toTerminal(finding.id), LEAD_COLUMNS - 2));
  const indent = ' '.repeat(LEAD_COLUMNS);
  return [
    `  ${paint(VERDICT_STYLE[verdict.label], label)}${GAP}${paint('bold', placeCell(finding, placeColumns))}${GAP}${message}`.trimEnd(),
    `  ${id}${GAP}${paintGate(first, finding, layout)}`,
    ...others.map((line) => `  ${indent}${paint('dim', line)}`),
  ];
}

function placeCell({ location }: FindingRecord, columns: number): string {
  return padColumns(cutMiddle(toTerminal(placeOf(location)), columns), columns);
}

function reasonLines(finding: FindingRecord, { width, messages }: Layout): readonly string[] {
  const { verdict, gate } = finding;
  const [reason] = verdict?.reasons ?? [];
  const action = dependencyWords(finding, messages.language)?.action?.headline;
  const parts = [
    ...(gate.effect === 'blocks'
      ? [messages.effect.blocks + (awaitsAgreement({ verdict, gate }) ? messages.untilAgreed : '')]
      : []),
    ...(action === undefined ? [] : [toTerminal(action)]),
    ...(reason === undefined ? [] : [reason.code, toTerminal(reason.text)]),
  ];
  const columns = width - 2 - LEAD_COLUMNS - BAR.length;
  const lines = wrapColumns(parts.join(' · '), columns);
  const [first = '', ...rest] = lines;
  return rest.length === 0 ? [first] : [first, BAR + cutEnd(rest.join(' '), columns)];
}

function paintGate(line: string, { gate }: FindingRecord, { paint, messages }: Layout): string {
  const word = messages.effect.blocks;
  if (gate.effect !== 'blocks' || !line.startsWith(word)) return paint('dim', line);
  return paint('red', word) + paint('dim', line.slice(word.length));
}

/** One line each: place, and why nobody needs to look. */
function briefLines(title: string, findings: readonly FindingRecord[], layout: Layout): string[] {
  if (findings.length === 0) return [];
  const { width, placeColumns, paint } = layout;
  const shown = findings.slice(0, MOST_ROWS.brief);
  const rows = shown.flatMap((finding) => {
    const place = placeCell(finding, placeColumns);
    const why = cutEnd(briefReason(finding, layout), width - 4 - placeColumns - GAP.length);
    const sign = finding.verdict?.label === 'false_positive' ? paint('green', '✓') : '–';
    return [`  ${sign} ${place}${GAP}${paint('dim', why)}`, ...decisionLines(finding, layout)];
  });
  return [paint('bold', title), ...rows, ...moreLines(findings.length - shown.length, layout), ''];
}

/** Who took it on himself that nothing is to be done: never cut off. */
function decisionLines(finding: FindingRecord, { width, paint, messages }: Layout): string[] {
  const said = dependencyWords(finding, messages.language)?.clearedBy;
  if (said === null || said === undefined) return [];
  return wrapColumns(toTerminal(said), width - 4 - BAR.length).map(
    (line) => `    ${paint('dim', BAR + line)}`,
  );
}

function briefReason({ verdict, gate }: FindingRecord, { messages }: Layout): string {
  const [reason] = verdict?.reasons ?? [];
  if (verdict?.label === 'false_positive' && reason !== undefined)
    return `${reason.code} · ${toTerminal(reason.text)}`;
  return `${messages.effect[gate.effect]} · ${toTerminal(gate.why)}`;
}

function moreLines(count: number, { width, paint, messages }: Layout): string[] {
  if (count <= 0) return [];
  return wrapColumns(messages.moreRows(count), width - 2).map((line) => `  ${paint('dim', line)}`);
}
