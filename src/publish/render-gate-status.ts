// The gate's answer beside the commit: a check run with annotations, or the one line of a commit status.
import { createHash } from 'node:crypto';
import type { Decision } from '#domain/decision.ts';
import type { GateStatus, StatusAnnotation } from '#domain/publication.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { toTerminal } from '#support/escape-terminal.ts';
import { shorten } from '#support/shorten.ts';
import { stableJson } from '#support/stable-json.ts';
import { dependencyWords } from './dependency-words.ts';
import { weaknessesOf } from './finding-order.ts';
import { messagesOf } from './messages/messages-of.ts';
import { publicationMessagesOf } from './messages/publication-messages-of.ts';
import { renderSummary } from './render-summary.ts';
import { headline } from './summary-head.ts';

export interface GateStatusOptions {
  /** Findings to be annotated, the most important first: those that no comment at a line tells of. */
  readonly annotated: readonly FindingRecord[];
  /** The commit; the run's own when it is left out. */
  readonly head?: string;
  /** Names the check; "Assay", with the category where there is one, when it is left out. */
  readonly name?: string;
  readonly prefer: GateStatus['prefer'];
}

/** GitHub: a summary within 65,535, a message within 64 KB, a title within 255 (platforms A5); batches of 50 keep 200 to four requests. */
const LIMITS = { summary: 65_535, title: 255, annotationTitle: 255, name: 100, annotations: 200 } as const;
/** Of each part of an annotation's message, in characters: four of them stay far below 64 KB in any script. */
const LONGEST_PART = 2_000;
/** For the line that counts what is not annotated. */
const ROOM_FOR_COUNT = 500;

/** Which of the findings become annotations, in the given order: those of a file at head, up to the limit. The others are counted in the summary. */
export function chooseAnnotated(findings: readonly FindingRecord[]): readonly FindingRecord[] {
  return findings.filter(({ location }) => location.resolved).slice(0, LIMITS.annotations);
}

/**
 * Deterministic: the same result gives the same digest, so that a second run leaves the check alone. An unfinished run fails, also where
 * the gate only reports; there a failed one is neutral.
 */
export function renderGateStatus(document: ResultDocument, options: GateStatusOptions): GateStatus {
  const { run, decision } = document;
  const said = publicationMessagesOf(run.language);
  const annotated = chooseAnnotated(options.annotated);
  const missing = options.annotated.length - annotated.length;
  const status: Omit<GateStatus, 'digest'> = {
    name: plain(options.name ?? checkName(run.category), LIMITS.name),
    head: options.head ?? run.head ?? '',
    conclusion: concludeFrom(decision),
    title: shorten(headline(document, messagesOf(run.language)), LIMITS.title),
    summary: summaryOf(document, missing > 0 ? `\n_${said.annotationsLeftOut(missing)}_\n` : ''),
    annotations: annotated.map((finding) => annotate(finding, run.language)),
    prefer: options.prefer,
  };
  return { ...status, digest: createHash('sha256').update(stableJson(status)).digest('hex') };
}

/** The same in every language: branch protection asks for a check by its name. */
function checkName(category: string | null): string {
  return category === null ? 'Assay' : `Assay (${category})`;
}

function concludeFrom({ outcome, mode }: Decision): GateStatus['conclusion'] {
  if (outcome === 'passed') return 'success';
  // A commit status knows no neutral and would call it a success; the job fails in both modes too.
  if (outcome === 'unfinished') return 'failure';
  return mode === 'enforce' ? 'failure' : 'neutral';
}

function summaryOf(document: ResultDocument, count: string): string {
  const room = LIMITS.summary - ROOM_FOR_COUNT;
  return renderSummary(document, { limit: room, bytes: room }) + count;
}

function annotate(finding: FindingRecord, language: 'en' | 'zh-CN'): StatusAnnotation {
  const words = messagesOf(language);
  const { location, verdict, severity } = finding;
  const dependency = dependencyWords(finding, language);
  const title = [
    words.severity[severity],
    verdict === null ? '' : words.verdict[verdict.label],
    plain(dependency?.title ?? (weaknessesOf(finding) || finding.ruleId), LIMITS.annotationTitle),
  ];
  const lines = [
    finding.message,
    verdict?.reasons[0]?.text ?? '',
    finding.remediation ?? '',
    dependency?.action?.command ?? '',
    publicationMessagesOf(language).learnMore(finding.id),
  ];
  return {
    path: location.path,
    startLine: location.startLine,
    endLine: Math.max(location.startLine, location.endLine),
    level: levelOf(finding),
    title: shorten(words.listed(title.filter((part) => part !== '')), LIMITS.annotationTitle),
    message: lines
      .filter((line) => line.trim() !== '')
      .map((line) => plain(line, LONGEST_PART))
      .join('\n'),
  };
}

/** Foreign text on one line that is no Markdown; cut before it is looked at too, because that costs time by the character. */
function plain(text: string, most: number): string {
  return shorten(toTerminal(shorten(text, 4 * most)), most);
}

function levelOf({ gate, verdict, severity }: FindingRecord): StatusAnnotation['level'] {
  if (gate.effect === 'blocks') return 'failure';
  const open = gate.effect === 'allowed' && verdict?.label !== 'false_positive';
  return open && severity !== 'low' && severity !== 'none' ? 'warning' : 'notice';
}
