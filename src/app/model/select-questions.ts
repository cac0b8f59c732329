// Which findings a model is asked about, for what, in which order, and together with which others (pure).
import type { JudgeChoice, ModelPolicy } from '#domain/policy.ts';
import { compareSeverity } from '#domain/severity.ts';
import type { Judgement } from '#domain/verdict.ts';

export interface Question {
  readonly judgement: Judgement;
  readonly task: 'verdict' | 'explanation';
}

export interface SelectedQuestions {
  /** In the order they are asked, the most severe first; questions of one group share a request. */
  readonly groups: readonly (readonly Question[])[];
  /** Ids of the findings that the limit of the policy leaves out. */
  readonly left: readonly string[];
}

/** Findings of one function in one request: their code is sent once. More would make the answers worse. */
const MOST_TOGETHER = 4;

export function selectQuestions(
  judgements: Iterable<Judgement>,
  { judge, policy }: { readonly judge: JudgeChoice; readonly policy: ModelPolicy },
): SelectedQuestions {
  const questions: Question[] = [];
  for (const judgement of judgements) {
    const task = taskFor(judgement, judge, policy);
    if (task !== null) questions.push({ judgement, task });
  }
  questions.sort(byUrgency);
  const most = policy.budget.findings;
  const left = questions.slice(most).map(({ judgement }) => judgement.case.finding.id);
  return { groups: groupByFunction(questions.slice(0, most)), left };
}

/** Null: nothing is asked about it. */
function taskFor(
  { case: { finding }, verdict }: Judgement,
  judge: JudgeChoice,
  { explain }: ModelPolicy,
): Question['task'] | null {
  if (judge === 'builtin' || finding.suppression?.honoured === true || verdict.by === 'policy') return null;
  // Of a place that is not in the repository there is nothing to show.
  if (!finding.location.resolved) return null;
  if (judge === 'model' || verdict.label === 'needs_review') return 'verdict';
  return explain && verdict.label === 'true_positive' ? 'explanation' : null;
}

function byUrgency(a: Question, b: Question): number {
  const [one, other] = [a.judgement.case.finding, b.judgement.case.finding];
  const severity = compareSeverity(other.severity, one.severity);
  if (severity !== 0) return severity;
  if (a.task !== b.task) return a.task === 'verdict' ? -1 : 1;
  if (one.location.path !== other.location.path) return one.location.path < other.location.path ? -1 : 1;
  const lines = one.location.startLine - other.location.startLine;
  if (lines !== 0) return lines;
  return one.id < other.id ? -1 : 1;
}

/** A group stands where its most urgent question does. */
function groupByFunction(questions: readonly Question[]): Question[][] {
  const groups: Question[][] = [];
  const open = new Map<string, Question[]>();
  for (const question of questions) {
    const key = functionOf(question);
    const group = key === null ? undefined : open.get(key);
    if (group !== undefined && group.length < MOST_TOGETHER) {
      group.push(question);
      continue;
    }
    const fresh = [question];
    groups.push(fresh);
    if (key !== null) open.set(key, fresh);
  }
  return groups;
}

function functionOf({ task, judgement }: Question): string | null {
  const { finding, evidence } = judgement.case;
  if (task !== 'verdict' || evidence.enclosingFunction === null) return null;
  return `${evidence.enclosingFunction.startLine} ${finding.location.path}`;
}
