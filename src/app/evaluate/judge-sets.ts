// All sets judged by one subject, and what that took.
import type { TokenUsage } from '#domain/model.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import type { AnswerCost, Subject, SubjectTimes } from '../../measure/evaluation.ts';
import type { GivenVerdict, LabelledFinding } from '../../measure/labelled-finding.ts';
import { percentilesOf } from '../model/bill.ts';
import type { SetLabels } from './label-set.ts';
import { readVerdicts } from './read-verdicts.ts';
import type { CaseRun, RunCase } from './run-case.ts';

export interface JudgedSets {
  readonly subject: Subject;
  readonly findings: readonly LabelledFinding[];
  readonly verdicts: readonly GivenVerdict[];
  readonly cost: AnswerCost | null;
  readonly judged: number;
  readonly prompts: readonly string[];
  readonly times: SubjectTimes;
  readonly notices: readonly string[];
  /** Why these figures are not of everything that was asked; none when they are. */
  readonly unfinished: readonly string[];
}

export async function judgeSets(
  sets: readonly SetLabels[],
  asked: { readonly subject: Subject; readonly switchedOff: readonly string[] },
  context: {
    readonly runCase: RunCase;
    readonly redact: (text: string) => string;
    readonly signal: AbortSignal;
  },
): Promise<JudgedSets> {
  const { subject } = asked;
  const runs: { labels: SetLabels; run: CaseRun }[] = [];
  for (const labels of sets) {
    if (context.signal.aborted) break;
    runs.push({ labels, run: await context.runCase({ ...asked, set: labels.set }) });
  }
  const read = runs.map(({ labels, run }) => readVerdicts(labels, run.document, context.redact));
  const documents = runs.map(({ run }) => run.document);
  const cost = sumCosts(documents);
  return {
    subject,
    findings: read.flatMap(({ findings }) => findings),
    verdicts: read.flatMap(({ verdicts }) => verdicts),
    cost,
    judged: documents.reduce((sum, { findings }) => sum + findings.length, 0),
    prompts: [...new Set(documents.flatMap(({ run }) => run.prompts))].sort(),
    times: timesOf(
      subject.name,
      runs.map(({ run }) => run),
    ),
    notices: [...read.flatMap(({ notices }) => notices), ...describeFailures(subject, cost)],
    unfinished: [
      ...(context.signal.aborted ? ['The evaluation was interrupted.'] : []),
      ...runs.flatMap(({ labels, run }) => unfinishedReasons(subject, labels, run.document)),
      ...(cost !== null && cost.asked > 0 && cost.answered === 0
        ? [`${subject.name} answered nothing.`]
        : []),
    ],
  };
}

function unfinishedReasons(
  subject: Subject,
  { set }: SetLabels,
  document: ResultDocument,
): readonly string[] {
  const { decision, run, notices } = document;
  const ended = decision.outcome === 'unfinished' ? decision.reasons.map(({ text }) => text) : [];
  const isUnasked = subject.model !== null && run.model === null;
  const why = notices.find(({ code }) => code === 'model-not-asked')?.text ?? 'No model was asked.';
  return [...ended, ...(isUnasked ? [why] : [])].map((text) => `${set.name}, ${subject.name}: ${text}`);
}

function describeFailures({ name }: Subject, cost: AnswerCost | null): readonly string[] {
  if (cost === null || (cost.answered === cost.asked && cost.notAsked === 0)) return [];
  const kinds = Object.entries(cost.failures).map(([kind, count]) => `${kind.replaceAll('_', ' ')} ${count}`);
  const unanswered = `${name} answered about ${cost.answered} of ${cost.asked} findings`;
  const why = kinds.length === 0 ? '' : ` (${kinds.sort().join(', ')})`;
  const left = cost.notAsked === 0 ? '' : `; the budget left out ${cost.notAsked}`;
  return [`${unanswered}${why}${left}. The others have the built-in judge's verdict.`];
}

const NO_TOKENS: TokenUsage = { input: 0, cached: 0, output: 0 };

function sumCosts(documents: readonly ResultDocument[]): AnswerCost | null {
  const uses = documents.flatMap(({ run }) => run.modelUse ?? []);
  if (uses.length === 0) return null;
  const failures: Record<string, number> = {};
  for (const use of uses) {
    for (const [kind, count] of Object.entries(use.failures)) failures[kind] = (failures[kind] ?? 0) + count;
  }
  return {
    asked: uses.reduce((sum, use) => sum + use.asked, 0),
    answered: uses.reduce((sum, use) => sum + use.answered, 0),
    notAsked: uses.reduce((sum, use) => sum + use.notAsked, 0),
    failures,
    tokens: uses.map(({ tokens }) => tokens).reduce(addTokens, NO_TOKENS),
    money: addMoney(uses.map(({ money }) => money)),
  };
}

function timesOf(name: string, runs: readonly CaseRun[]): SubjectTimes {
  const bills = runs.flatMap(({ bill }) => bill ?? []);
  const latencies = bills.flatMap(({ latencyMs }) => latencyMs.each);
  return {
    name,
    elapsedMs: runs.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0),
    requests: bills.reduce((sum, { requests }) => sum + requests, 0),
    tokens: bills.map(({ tokens }) => tokens).reduce(addTokens, NO_TOKENS),
    money: addMoney(bills.map(({ money }) => money)),
    latencyMs: latencies.length === 0 ? null : percentilesOf(latencies),
  };
}

function addTokens(a: TokenUsage, b: TokenUsage): TokenUsage {
  return { input: a.input + b.input, cached: a.cached + b.cached, output: a.output + b.output };
}

/** One price that is not known makes the sum unknown. */
function addMoney(amounts: readonly (number | null)[]): number | null {
  return amounts.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}
