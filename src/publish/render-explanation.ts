// `assay explain`: everything about one finding, for a person at a terminal.
import { AssayError } from '#domain/errors.ts';
import type { FlowStep } from '#domain/location.ts';
import { PATCH_FOLDER, patchNameOf } from '#domain/patch-file.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { Verdict } from '#domain/verdict.ts';
import { toTerminal } from '#support/escape-terminal.ts';
import { columnsOf, cutEnd, cutMiddle, padColumns, wrapColumns } from '#support/text-columns.ts';
import { citationLines } from './cited-lines.ts';
import { dependencyWords } from './dependency-words.ts';
import { placeOf, weaknessesOf } from './finding-order.ts';
import { dependencyMessagesOf } from './messages/dependency-messages-of.ts';
import type { Messages } from './messages/en.ts';
import { messagesOf } from './messages/messages-of.ts';
import { oddNameTexts } from './odd-names.ts';
import { placeOfDocument } from './render-knowledge.ts';
import { createPaint, type Paint, SEVERITY_STYLE, VERDICT_SIGN, VERDICT_STYLE } from './terminal-style.ts';

export interface ExplanationOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
}

interface Desk {
  readonly width: number;
  readonly paint: Paint;
  readonly messages: Messages;
  /** Titles of fields that only this kind of finding has. */
  readonly ownTitles: readonly string[];
}

/** @throws AssayError `usage` when the document holds no finding of that id. */
export function renderExplanation(document: ResultDocument, id: string, options: ExplanationOptions): string {
  const finding = document.findings.find((candidate) => candidate.id === id);
  if (finding === undefined) throw new AssayError('usage', `No finding has the id ${JSON.stringify(id)}.`);
  const desk: Desk = {
    width: Math.min(Math.max(options.width, 60), 120),
    paint: createPaint(options.color),
    messages: messagesOf(document.run.language, document.decision.mode),
    ownTitles:
      finding.dependency === undefined
        ? []
        : Object.values(dependencyMessagesOf(document.run.language).label),
  };
  const { explanation } = desk.messages;
  const blocks = [
    titleLines(finding, desk),
    verdictLines(finding, desk),
    field(explanation.message, [finding.message], desk),
    dependencyLines(finding, desk),
    finding.rootCause === null ? [] : field(explanation.rootCause, [finding.rootCause], desk),
    finding.remediation === null ? [] : field(explanation.remediation, [finding.remediation], desk),
    documentLines(finding, desk),
    oddNameLines(finding, desk),
    patchLines(finding, desk),
    reasonLines(finding.verdict, desk),
    modelLines(finding.verdict, desk),
    stepLines(explanation.flow, finding.flow, desk),
    stepLines(explanation.related, finding.related, desk),
    toolLines(finding, desk),
    standingLines(finding, desk),
    fingerprintLines(finding, desk),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

/** The place in full: it is there to be copied or clicked. */
function titleLines(finding: FindingRecord, { width, paint, messages }: Desk): string[] {
  const severity = messages.severity[finding.severity].toUpperCase();
  const subject = dependencyWords(finding, messages.language)?.title ?? finding.ruleId;
  const about = [weaknessesOf(finding), toTerminal(subject)].filter((part) => part !== '').join(' · ');
  const [place = '', ...rest] = wrapColumns(toTerminal(placeOf(finding.location)), width - 2);
  return [
    `${paint(SEVERITY_STYLE[finding.severity], severity)}  ${cutEnd(about, width - columnsOf(severity) - 2)}`,
    ...[place, ...rest.map((line) => `│ ${line}`)].map((line) => paint('bold', line)),
    paint('dim', toTerminal(finding.id)),
  ];
}

function meaningOf({ by, label }: Verdict, kind: FindingRecord['kind'], messages: Desk['messages']): string {
  if (kind === 'licence') return messages.licenceMeaning[label];
  if (by === 'policy') return messages.policyMeaning;
  return by === 'model' ? messages.modelMeaning : messages.verdictMeaning[label];
}

function verdictLines({ verdict, location, kind }: FindingRecord, desk: Desk): string[] {
  const { messages, paint } = desk;
  const lost = location.resolved ? [] : [messages.named(messages.explanation.unresolved, location.why ?? '')];
  if (verdict === null)
    return field(messages.column.verdict, [messages.explanation.notJudged, ...lost], desk);
  const label = `${VERDICT_SIGN[verdict.label]} ${messages.verdict[verdict.label]}`;
  const [, ...meaning] = field(
    messages.column.verdict,
    ['·', meaningOf(verdict, kind, messages), ...lost],
    desk,
  );
  return [
    `${heading(messages.column.verdict, desk)}${paint(VERDICT_STYLE[verdict.label], label)}${messages.bracketed(messages.verdictBy[verdict.by])}`,
    ...meaning,
    ...field(messages.explanation.confidence, [confidenceOf(verdict, messages)], desk),
  ];
}

function confidenceOf(verdict: Verdict, messages: Desk['messages']): string {
  const { by, label, confidence, confidenceLowerBound } = verdict;
  if (by === 'policy') return messages.noEstimate;
  if (by === 'model') return messages.statedBy(confidence);
  return messages.confidence(confidence, confidenceLowerBound, label !== 'needs_review');
}

/** What to do about a package, and what is known of it: one field each. */
function dependencyLines(finding: FindingRecord, desk: Desk): string[] {
  const words = dependencyWords(finding, desk.messages.language);
  if (words === null) return [];
  const { action, facts } = words;
  const steps =
    action === null
      ? []
      : [[action.headline, ...action.notes].join(' · '), action.text ?? '', action.command ?? ''];
  return [
    ...(action === null
      ? []
      : field(
          action.label,
          steps.filter((step) => step !== ''),
          desk,
        )),
    ...facts.flatMap(({ label, text }) => field(label, [text], desk)),
  ];
}

function documentLines({ knowledge = [] }: FindingRecord, desk: Desk): string[] {
  const places = knowledge.map((reference) => `[${reference.label}] ${placeOfDocument(reference)}`);
  return places.length === 0 ? [] : field(desk.messages.explanation.documents, places, desk);
}

function oddNameLines(finding: FindingRecord, desk: Desk): string[] {
  const texts = oddNameTexts(finding, desk.messages, toTerminal);
  return texts.length === 0 ? [] : field(desk.messages.explanation.oddNames, texts, desk);
}

/** The patch that was proved, and what was checked; else why the proposals were not good enough. */
function patchLines(finding: FindingRecord, desk: Desk): string[] {
  const { explanation } = desk.messages;
  const { patch, refusedPatches } = finding;
  if (patch !== null) {
    const proposed = explanation.proposedBy(
      patch.tool ?? '',
      `${PATCH_FOLDER}/${patchNameOf(finding)}`,
      patch.origin,
    );
    const reason =
      patch.origin === 'model' && patch.description !== null
        ? [explanation.inItsWords(patch.description)]
        : [];
    return field(explanation.patch, [proposed, ...reason, ...patch.checks.map(({ text }) => text)], desk);
  }
  const refused = refusedPatches.map(({ tool, why, origin }) =>
    explanation.refusedPatch(tool ?? '', why, origin),
  );
  return refused.length === 0 ? [] : field(explanation.patch, refused, desk);
}

function reasonLines(verdict: Verdict | null, desk: Desk): string[] {
  if (verdict === null) return [];
  const { messages, paint, width } = desk;
  return [
    paint('bold', messages.explanation.reasons),
    ...verdict.reasons.flatMap((reason) => [
      `  ${paint(VERDICT_STYLE[verdict.label], reason.code)}  ${paint('dim', messages.reasonMeaning[reason.code])}`,
      ...wrapColumns(toTerminal(reason.text), width - 4).map((line) => `  │ ${line}`),
      ...reason.citations.flatMap((citation) => citationLines(citation, { width, paint })),
    ]),
  ];
}

const CLAIM_SIGN = { opens: '✓✓', holds: '✓', struck: '✗' } as const;

/** What a model said, claim by claim, and what became of each: the failed ones too, for whoever wants to know what it was told. */
function modelLines(verdict: Verdict | null, { messages, paint, width }: Desk): string[] {
  const opinion = verdict?.model;
  if (opinion === undefined) return [];
  const { model, answeredBy, prompt, part, failure, claims } = opinion;
  const who = answeredBy === undefined ? model : `${model} → ${answeredBy}`;
  const outside = (text: string) => wrapColumns(toTerminal(text), width - 6).map((line) => `    │ ${line}`);
  return [
    `${paint('bold', messages.explanation.model)}  ${cutEnd(toTerminal(`${who} · ${prompt.id} ${prompt.hash}`), width - 12)}`,
    `  ${messages.modelPart[part]}`,
    ...(failure === null ? [] : outside(`${failure.kind}: ${failure.text}`)),
    ...claims.flatMap((claim) => [
      `  ${CLAIM_SIGN[claim.outcome]} ${cutEnd(toTerminal(`${claim.kind} ${claim.item} ${claim.symbol}`.trim()), width - 6)}`,
      ...outside(claim.why),
      ...outside(messages.named(messages.explanation.modelSays, claim.says)),
    ]),
  ];
}

function stepLines(title: string, steps: readonly FlowStep[], { width, paint }: Desk): string[] {
  if (steps.length === 0) return [];
  const digits = String(steps.length).length;
  return [
    paint('bold', title),
    ...steps.flatMap(({ location, message }, index) => {
      const place = cutMiddle(toTerminal(placeOf(location)), width - digits - 4);
      const words = message === null ? [] : [cutEnd(toTerminal(message), width - digits - 6)];
      const indent = ' '.repeat(digits + 2);
      return [
        `  ${String(index + 1).padStart(digits)}  ${place}`,
        ...words.map((line) => `  ${indent}${paint('dim', '│')} ${line}`),
      ];
    }),
  ];
}

function toolLines({ tools }: FindingRecord, { width, paint, messages }: Desk): string[] {
  return [
    paint('bold', messages.explanation.tools),
    ...tools.map((tool) => {
      const name = [tool.name, tool.version ?? ''].join(' ').trim();
      const precision =
        tool.precision === null ? '' : ` · ${messages.explanation.precision} ${tool.precision}`;
      return `  ${cutEnd(toTerminal(`${name} · ${tool.ruleId} · ${tool.rawSeverity}${precision}`), width - 2)}`;
    }),
  ];
}

/** Where it stands: scope, suppression, gate. */
function standingLines({ scope, suppression, gate }: FindingRecord, desk: Desk): string[] {
  const { explanation, scopeState, effect, named } = desk.messages;
  return [
    ...field(explanation.scope, [named(scopeState[scope.state], scope.why)], desk),
    ...(suppression === null
      ? []
      : field(explanation.suppression, [named(suppression.kind, suppression.why)], desk)),
    ...field(explanation.gate, [named(effect[gate.effect], gate.why)], desk),
  ];
}

function fingerprintLines({ fingerprints }: FindingRecord, { width, paint, messages }: Desk): string[] {
  const rows = Object.entries(fingerprints).map(([name, value]) => toTerminal(`${name}  ${value}`));
  return [
    paint('bold', messages.explanation.fingerprints),
    ...rows.map((row) => paint('dim', `  ${cutEnd(row, width - 2)}`)),
  ];
}

/** A heading, and beside it texts that may be foreign, each on lines of its own. */
function field(title: string, texts: readonly string[], desk: Desk): string[] {
  const indent = ' '.repeat(headingColumns(desk));
  const lines = texts.flatMap((text) => wrapColumns(toTerminal(text), desk.width - indent.length - 2));
  const [first = '', ...rest] = lines;
  return [`${heading(title, desk)}${first}`, ...rest.map((line) => `${indent}│ ${line}`)];
}

function heading(title: string, desk: Desk): string {
  return desk.paint('bold', padColumns(title, headingColumns(desk)));
}

function headingColumns({ messages, ownTitles }: Desk): number {
  const { message, confidence, rootCause, remediation, documents, patch, scope, suppression, gate } =
    messages.explanation;
  const titles = [messages.column.verdict, message, confidence, rootCause, remediation, documents, patch];
  return Math.max(...[...titles, ...ownTitles, scope, suppression, gate].map(columnsOf)) + 2;
}
