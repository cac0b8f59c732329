// Answers a question about a run as a whole from what the result holds: how many, what blocks, which are of a verdict.
import type { WeaknessCard } from '#domain/evidence.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { VerdictLabel } from '#domain/verdict.ts';
import { answerAboutUpgrades, asksForUpgrades } from './answer-about-upgrades.ts';
import type { AskMessages } from './ask-messages.ts';
import type { Intent } from './read-intent.ts';

const MOST_LISTED = 10;
const MOST_EXAMPLES = 3;

export interface FactAnswer {
  /** Lines, still outside text. */
  readonly lines: readonly string[];
  /** What the labels in the lines stand for. */
  readonly sources: readonly string[];
}

export interface AboutRun {
  readonly intent: Intent | null;
  readonly question: string;
  readonly document: ResultDocument;
  /** Findings that the question names; the answer is about them alone where it lists any. */
  readonly named: readonly FindingRecord[];
  /** The weakness that the question names; null for none. */
  readonly card: WeaknessCard | null;
  /** Where the patches of the run lie, as the reader names it. */
  readonly patches: string;
  readonly messages: AskMessages;
}

const LABELS_ASKED: readonly (readonly [VerdictLabel, RegExp])[] = [
  ['false_positive', /\bfalse (?:positive|alarm)s?\b|\bharmless\b|\bdismissed\b|误报/i],
  ['needs_review', /\b(?:needs?|to|open for) review\b|\bopen\b|\bundecided\b|待复核|未定|需要复核/i],
  ['true_positive', /\breal\b|\btrue positives?\b|\bconfirmed\b|真实|真的/i],
];

const WHY = /\bwhy\b|为什么|为何/i;

/** Over all findings: how many, what the gate says, what blocks, which are of a verdict, how a weakness is mended. */
export function answerAboutRun(asked: AboutRun): FactAnswer {
  const { intent, question, document, named, messages, card } = asked;
  const lines = (() => {
    if (document.findings.length === 0) return [messages.noFindings];
    if (intent === 'counts') return countLines(asked);
    if (intent === 'gate') return gateLines(asked);
    if (asksForUpgrades(question) && document.findings.some(({ kind }) => kind === 'sca')) {
      const findings = named.length > 0 ? named : document.findings;
      return answerAboutUpgrades({ question, findings, patches: asked.patches, messages });
    }
    const [label] = LABELS_ASKED.find(([, words]) => words.test(question)) ?? [];
    if (label !== undefined && (intent === null || intent === 'verdict') && !WHY.test(question))
      return labelLines(label, asked);
    if (card !== null && intent === 'fix') {
      return [messages.weakness(`CWE-${card.cwe} ${card.name}`, card.what), messages.fix(card.fix)];
    }
    if (card !== null && intent === 'rule')
      return [messages.weakness(`CWE-${card.cwe} ${card.name}`, card.what)];
    return intent === null ? [messages.canAnswer] : whichFinding(asked);
  })();
  return { lines, sources: [] };
}

function countLines(asked: AboutRun): readonly string[] {
  const { accounting } = asked.document;
  const counts = asked.messages.counts({
    ...{ findings: accounting.findings, real: accounting.truePositives, open: accounting.needsReview },
    ...{ dismissed: accounting.falsePositives, outOfScope: accounting.outOfScope },
  });
  return [counts, ...gateLines(asked)];
}

function gateLines({ document, messages }: AboutRun): readonly string[] {
  const { findings, decision } = document;
  const blocking = findings.filter(({ gate }) => gate.effect === 'blocks');
  return [
    ...decision.reasons.map(({ text }) => messages.decision(asWritten(text, document, messages))),
    ...(blocking.length === 0 ? [] : [messages.blocking, ...listOf(blocking, MOST_LISTED, messages)]),
  ];
}

function labelLines(label: VerdictLabel, { document, named, messages }: AboutRun): readonly string[] {
  const among = named.length > 0 ? named : document.findings;
  const matching = among.filter(({ verdict }) => verdict?.label === label);
  const word = messages.kinds[label];
  if (matching.length === 0) return [messages.noneListed(word)];
  return [messages.listed(word), ...listOf(matching, MOST_LISTED, messages)];
}

function whichFinding({ document: { findings }, named, messages }: AboutRun): readonly string[] {
  const examples = named.length > 0 ? named : findings;
  return [messages.whichFinding(findings.length), ...listOf(examples, MOST_EXAMPLES, messages)];
}

function listOf(
  findings: readonly FindingRecord[],
  most: number,
  { andMore }: AskMessages,
): readonly string[] {
  const listed = findings
    .slice(0, most)
    .map(
      ({ id, ruleId, severity, location }) =>
        `- ${id} ${severity} ${location.path}:${location.startLine} ${ruleId}`,
    );
  const more = findings.length - listed.length;
  return more > 0 ? [...listed, andMore(more)] : listed;
}

/** What only the run's own words say is quoted where the answer is in another language. */
export function asWritten(text: string, { run }: ResultDocument, messages: AskMessages): string {
  return run.language === messages.language ? text : messages.inOtherLanguage(text);
}
