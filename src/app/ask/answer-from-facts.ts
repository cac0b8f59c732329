// Answers a question from what the result holds: each statement with the places it rests on. No model, and nothing that is not there.
import type { WeaknessCard } from '#domain/evidence.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { Reason } from '#domain/verdict.ts';
import type { AskMessages } from './ask-messages.ts';
import { type CitedEvidence, citeEvidence } from './cited-evidence.ts';
import type { Intent } from './read-intent.ts';

const MOST_STEPS = 12;
const MOST_LISTED = 10;

export interface FactAnswer {
  /** Lines, still outside text. */
  readonly lines: readonly string[];
  /** What the labels in the lines stand for. */
  readonly sources: readonly string[];
}

interface Asked {
  readonly finding: FindingRecord;
  readonly document: ResultDocument;
  readonly card: WeaknessCard | null;
  readonly evidence: CitedEvidence;
  readonly messages: AskMessages;
}

export function answerAboutFinding(intent: Intent | null, asked: Omit<Asked, 'evidence'>): FactAnswer {
  const { finding, messages } = asked;
  const evidence = citeEvidence(finding);
  const own = { ...asked, evidence };
  const lines = [
    messages.about(finding.id, `${finding.location.path}:${finding.location.startLine}`),
    ...answer(intent, own),
  ];
  const text = lines.join('\n');
  const sources = evidence.places
    .filter(({ label }) => text.includes(`[${label}]`))
    .map(
      ({ label, path, line, quote }) =>
        `[${label}] ${path}:${line}${quote === '' ? '' : `  ${quote.trim()}`}`,
    );
  return { lines, sources: [...sources, ...documentsIn(finding, text)] };
}

function answer(intent: Intent | null, asked: Asked): readonly string[] {
  switch (intent) {
    case 'source':
      return whereFrom(asked);
    case 'sanitised':
      return whatSanitises(asked);
    case 'fix':
      return howToFix(asked);
    case 'decider':
      return whoDecided(asked);
    case 'gate':
      return [gateLine(asked)];
    case 'rule':
      return whichRule(asked);
    case 'verdict':
      return whyVerdict(asked);
    case 'counts':
    case null:
      return [asked.messages.canAnswer, ...whyVerdict(asked), gateLine(asked)];
  }
}

function whereFrom(asked: Asked): readonly string[] {
  const { finding, evidence, messages } = asked;
  if (finding.flow.length === 0) return [messages.noFlow, ...reasonLines(asked)];
  const steps = finding.flow.slice(0, MOST_STEPS).map(({ location, message }, index) => {
    const words = message === null ? '' : ` ${message}`;
    return `${index + 1}. ${location.path}:${location.startLine}${words} ${evidence.cite([location])}`.trimEnd();
  });
  const more = finding.flow.length - steps.length;
  return [messages.flow, ...steps, ...(more > 0 ? [`… +${more}`] : []), ...reasonLines(asked)];
}

/** A dismissal names what makes it harmless; a proved way of the data says that nothing does; a misuse has nothing to clean; else it is open. */
function whatSanitises(asked: Asked): readonly string[] {
  const { finding, messages } = asked;
  const { verdict } = finding;
  if (verdict === null) return [messages.notJudged];
  const isFlow = verdict.reasons.some(({ code }) => code === 'TP.flow.remote' || code === 'TP.model');
  if (verdict.label === 'true_positive' && !isFlow) return whyVerdict(asked);
  const lead = {
    false_positive: messages.sanitisedBy,
    true_positive: messages.notSanitised,
    needs_review: messages.sanitiserOpen,
  }[verdict.label];
  return [lead, ...reasonLines(asked)];
}

function howToFix({ finding, document, card, messages }: Asked): readonly string[] {
  const text = finding.remediation ?? card?.fix ?? null;
  const alike = document.findings.filter(
    ({ id, patch, cwe }) =>
      id !== finding.id && patch !== null && cwe.some((one) => finding.cwe.includes(one)),
  );
  const documents = (finding.knowledge ?? []).map(
    ({ label, path, anchor }) => `[${label}] ${anchor === null ? path : `${path}#${anchor}`}`,
  );
  return [
    text === null ? messages.noFix : messages.fix(text),
    ...(finding.patch === null ? [] : [messages.patchHere(`git apply patches/${finding.id}.patch`)]),
    ...(alike.length === 0
      ? []
      : [
          messages.patchedLikeIt(
            alike
              .slice(0, MOST_LISTED)
              .map(({ id, location }) => `${id} (${location.path}:${location.startLine})`)
              .join(', '),
          ),
        ]),
    ...(documents.length === 0 ? [] : [messages.documents(documents.join(', '))]),
  ];
}

function whoDecided({ finding: { verdict }, messages }: Asked): readonly string[] {
  if (verdict === null) return [messages.notJudged];
  const said = messages.judged(messages.verdict[verdict.label], messages.by[verdict.by]);
  if (verdict.model === undefined) return [said, messages.noModelInVerdict];
  return [said, messages.model(verdict.model.model, messages.modelPart[verdict.model.part])];
}

function whichRule({ finding, card, messages }: Asked): readonly string[] {
  const tools = finding.tools.map(
    ({ name, version, ruleId }) => `${[name, version ?? ''].join(' ').trim()} (${ruleId})`,
  );
  return [
    messages.rule(finding.ruleId, tools.slice(0, MOST_LISTED).join(', ')),
    messages.saysTool(finding.message),
    ...(card === null ? [] : [messages.weakness(`CWE-${card.cwe} ${card.name}`, card.what)]),
  ];
}

function whyVerdict(asked: Asked): readonly string[] {
  const { finding, messages } = asked;
  const { verdict } = finding;
  if (verdict === null) return [messages.notJudged];
  return [messages.judged(messages.verdict[verdict.label], messages.by[verdict.by]), ...reasonLines(asked)];
}

function gateLine({ finding: { gate }, messages }: Asked): string {
  return messages.gate(messages.effect[gate.effect], gate.why);
}

function reasonLines({ finding: { verdict }, evidence }: Asked): readonly string[] {
  return (verdict?.reasons ?? []).map(({ text, code, citations }: Reason) =>
    `- ${text} (${code}) ${evidence.cite(citations)}`.trimEnd(),
  );
}

function documentsIn({ knowledge = [] }: FindingRecord, text: string): readonly string[] {
  return knowledge
    .filter(({ label }) => text.includes(`[${label}]`))
    .map(
      ({ label, path, anchor, title }) =>
        `[${label}] ${anchor === null ? path : `${path}#${anchor}`}  ${title}`,
    );
}

/** Over all findings: how many, what the gate says, and what blocks. */
export function answerAboutRun(
  { findings, accounting, decision }: ResultDocument,
  messages: AskMessages,
): FactAnswer {
  const blocking = findings.filter(({ gate }) => gate.effect === 'blocks');
  const listed = blocking
    .slice(0, MOST_LISTED)
    .map(
      ({ id, ruleId, severity, location }) =>
        `- ${id} ${severity} ${ruleId} ${location.path}:${location.startLine}`,
    );
  const more = blocking.length - listed.length;
  return {
    lines: [
      messages.aboutRun,
      messages.counts({
        ...{ findings: accounting.findings, real: accounting.truePositives, open: accounting.needsReview },
        ...{ dismissed: accounting.falsePositives, outOfScope: accounting.outOfScope },
      }),
      ...decision.reasons.map(({ text }) => messages.decision(text)),
      ...(blocking.length === 0 ? [] : [messages.blocking, ...listed, ...(more > 0 ? [`… +${more}`] : [])]),
    ],
    sources: [],
  };
}
