// Answers a question from what the result holds: each statement with the places it rests on. No model, and nothing that is not there.
import type { WeaknessCard } from '#domain/evidence.ts';
import { patchNameOf } from '#domain/patch-file.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { Reason } from '#domain/verdict.ts';
import { shorten } from '../../support/shorten.ts';
import { answerAboutDependency } from './answer-about-dependency.ts';
import { asWritten, type FactAnswer } from './answer-about-run.ts';
import type { AskMessages } from './ask-messages.ts';
import { type CitedEvidence, citeEvidence } from './cited-evidence.ts';
import type { CallsOfFunction } from './look-at-code.ts';
import type { Intent } from './read-intent.ts';

const MOST_STEPS = 12;
const MOST_LISTED = 10;
const MOST_ALIKE = 3;
const LONGEST_QUOTE = 160;
/** Reasons for a dismissal that show a form of the code to follow. */
const HARMLESS_FORMS: ReadonlySet<string> = new Set([
  'FP.safe-api',
  'FP.model.sanitised',
  'FP.model.guarded',
  'FP.model.safe-api',
]);

interface Asked {
  /** With reasons in the language of the answer, where that could be had. */
  readonly finding: FindingRecord;
  readonly document: ResultDocument;
  readonly card: WeaknessCard | null;
  /** Where the patches of the run lie, as the reader names it. */
  readonly patches: string;
  /** Null where the question is another one. */
  readonly calls: CallsOfFunction | null;
  readonly evidence: CitedEvidence;
  readonly messages: AskMessages;
}

export function answerAboutFinding(intent: Intent | null, asked: Omit<Asked, 'evidence'>): FactAnswer {
  const { finding, calls } = asked;
  const found = calls?.kind === 'calls' ? calls.calls : [];
  const evidence = citeEvidence(finding, found);
  const lines = answer(intent, { ...asked, evidence });
  const text = lines.join('\n');
  const sources = evidence
    .places()
    .map(
      ({ label, path, line, quote }) =>
        `[${label}] ${path}:${line}${quote.trim() === '' ? '' : ` · ${shorten(quote.trim(), LONGEST_QUOTE)}`}`,
    );
  return { lines, sources: [...sources, ...documentsIn(finding, text)] };
}

function answer(intent: Intent | null, asked: Asked): readonly string[] {
  const ofPackage = answerAboutDependency(intent, asked);
  // What a search found is shown with its lines.
  if (ofPackage !== null) return intent === 'fix' ? ofPackage : [...ofPackage, ...reasonLines(asked)];
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
    case 'callers':
      return whoCalls(asked);
    case 'counts':
    case null:
      return [asked.messages.canAnswer];
  }
}

function whereFrom(asked: Asked): readonly string[] {
  const { finding, evidence, messages } = asked;
  if (finding.flow.length === 0) {
    const reasons = reasonLines(asked);
    return reasons.length === 0 ? [messages.noFlow, messages.notJudged] : [messages.noFlow, ...reasons];
  }
  const steps = finding.flow.slice(0, MOST_STEPS).map(({ location, message }, index) => {
    const words = message === null ? '' : ` ${message}`;
    return `${index + 1}. ${location.path}:${location.startLine}${words} ${evidence.cite([location])}`.trimEnd();
  });
  const more = finding.flow.length - steps.length;
  return [messages.flow, ...steps, ...(more > 0 ? [messages.andMore(more)] : []), ...reasonLines(asked)];
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

/** The other findings of the same weakness: a proved patch, or a form of the code that is harmless, shows how others do it. */
function howToFix(asked: Asked): readonly string[] {
  const { finding, document, card, messages } = asked;
  const text = finding.remediation ?? card?.fix ?? null;
  const harmless = document.findings.filter(
    ({ id, verdict, cwe }) =>
      id !== finding.id &&
      verdict?.label === 'false_positive' &&
      verdict.reasons.some(({ code }) => HARMLESS_FORMS.has(code)) &&
      cwe.some((one) => finding.cwe.includes(one)),
  );
  const alike = document.findings.filter(
    ({ id, patch, cwe }) =>
      id !== finding.id && patch !== null && cwe.some((one) => finding.cwe.includes(one)),
  );
  const documents = (finding.knowledge ?? []).map(
    ({ label, path, anchor }) => `[${label}] ${anchor === null ? path : `${path}#${anchor}`}`,
  );
  return [
    text === null ? messages.noFix : messages.fix(text),
    ...(finding.patch === null
      ? []
      : [messages.patchHere(`git apply ${asked.patches}/${patchNameOf(finding)}`)]),
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
    ...(harmless.length === 0 ? [] : [messages.judgedHarmless]),
    ...harmless
      .slice(0, MOST_ALIKE)
      .map(
        ({ location, verdict }) =>
          `- ${location.path}:${location.startLine}: ${verdict?.reasons[0]?.text ?? ''}`,
      ),
    ...(documents.length === 0 ? [] : [messages.documents(documents.join(', '))]),
  ];
}

function whoCalls({ calls, evidence, messages }: Asked): readonly string[] {
  switch (calls?.kind) {
    case undefined:
      return [messages.canAnswer];
    case 'no_sources':
      return [messages.codeNotHere(calls.why)];
    case 'not_understood':
      return [messages.codeNotUnderstood(calls.why)];
    case 'no_function':
      return [messages.noFunction];
    case 'calls': {
      const { name, more } = calls;
      if (calls.calls.length === 0) return [messages.noCalls(name), ...calls.gaps];
      return [
        messages.calledFrom(name, calls.calls.length + more),
        ...calls.calls.map(({ path, line, around }) =>
          `- ${messages.call(`${path}:${line}`, around)} ${evidence.cite([{ path, startLine: line }])}`.trimEnd(),
        ),
        ...(more > 0 ? [messages.andMore(more)] : []),
        ...calls.gaps,
      ];
    }
  }
}

function whoDecided({ finding: { verdict }, messages }: Asked): readonly string[] {
  if (verdict === null) return [messages.notJudged];
  const said = messages.judged(verdict.label, messages.by[verdict.by]);
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
  return [messages.judged(verdict.label, messages.by[verdict.by]), ...reasonLines(asked)];
}

function gateLine({ finding: { gate }, document, messages }: Asked): string {
  return messages.gate(messages.effect[gate.effect], asWritten(gate.why, document, messages));
}

function reasonLines({ finding: { verdict }, evidence, messages }: Asked): readonly string[] {
  return (verdict?.reasons ?? []).map(({ text, code, citations }: Reason) =>
    `- ${messages.reason(text, code)} ${evidence.cite(citations)}`.trimEnd(),
  );
}

function documentsIn({ knowledge = [] }: FindingRecord, text: string): readonly string[] {
  return knowledge
    .filter(({ label }) => text.includes(`[${label}]`))
    .map(
      ({ label, path, anchor, title }) =>
        `[${label}] ${anchor === null ? path : `${path}#${anchor}`} · ${title}`,
    );
}
