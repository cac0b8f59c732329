// Labelled sets and subjects → the evaluation: everybody judges, everything is measured, compared and ranked. Writes nothing.
import { EXIT, type ExitCode } from '#domain/errors.ts';
import type { OperatorFiles } from '#ports/operator-files.ts';
import { compareSubjects, type Judged, type SubjectComparison } from '../../measure/compare-subjects.ts';
import type { Ablation, Evaluation, Subject, SubjectRecord, SubjectTimes } from '../../measure/evaluation.ts';
import { joinVerdicts } from '../../measure/labelled-finding.ts';
import { measureVerdicts } from '../../measure/measure-verdicts.ts';
import { rankSubjects } from '../../measure/rank-subjects.ts';
import type { EarlierEvaluation } from '../../measure/read-evaluation.ts';
import { type PartWorth, worthOfPart } from '../../measure/worth-of-parts.ts';
import { VERSION } from '../version.ts';
import type { LabelledSet } from './find-sets.ts';
import { type JudgedSets, judgeSets } from './judge-sets.ts';
import { labelSet, type SetLabels } from './label-set.ts';
import { matchSubjects } from './match-subjects.ts';
import type { RunCase } from './run-case.ts';

export interface EvaluationTask {
  readonly sets: readonly LabelledSet[];
  readonly subjects: readonly Subject[];
  /** What is left out in turn; empty for no ablation. */
  readonly parts: readonly string[];
  readonly earlier: EarlierEvaluation | null;
  readonly tolerance: number;
}

export interface EvaluationWorld {
  readonly files: Pick<OperatorFiles, 'read'>;
  readonly runCase: RunCase;
  readonly redact: (text: string) => string;
  readonly signal: AbortSignal;
  /** Told before each subject and each part, for example "Judging with builtin". */
  readonly say: (text: string) => void;
}

export interface EvaluationResult {
  readonly evaluation: Evaluation;
  readonly times: readonly SubjectTimes[];
  readonly unfinished: readonly string[];
  /** 3 when something could not be finished, 1 when a comparison found it worse, else 0. */
  readonly exitCode: ExitCode;
}

/** Throws AssayError `usage` for sets that cannot be read and comparisons that make no sense. */
export async function evaluateSets(task: EvaluationTask, world: EvaluationWorld): Promise<EvaluationResult> {
  const sets: SetLabels[] = [];
  for (const set of task.sets) sets.push(await labelSet(set, world.files));
  const judged: JudgedSets[] = [];
  for (const subject of task.subjects) {
    if (world.signal.aborted) break;
    world.say(`Judging with ${subject.name}`);
    judged.push(await judgeSets(sets, { subject, switchedOff: [] }, world));
  }
  const ablated = await ablate(world.signal.aborted ? [] : task.parts, judged, async (subject, part) => {
    world.say(`Judging with ${subject.name}, without ${part}`);
    return judgeSets(sets, { subject, switchedOff: [part] }, world);
  });
  const comparisons = compareAll(task, judged);
  const unfinished = unique([...judged, ...ablated.runs].flatMap((one) => one.unfinished));
  const isWorse = comparisons?.some(({ regressions }) => regressions.length > 0) ?? false;
  const notices = [...sets, ...judged].flatMap((one) => one.notices);
  return {
    evaluation: {
      schemaVersion: 1,
      tool: { name: 'assay', version: VERSION },
      sets: sets.map(({ record }) => record),
      findings: judged[0]?.findings ?? [],
      subjects: rankSubjects(judged.map(describeSubject)),
      ablations: ablated.ablations,
      comparison: comparisons === null ? null : { tolerance: task.tolerance, subjects: comparisons },
      notices: unique(notices),
    },
    times: judged.map(({ times }) => times),
    unfinished,
    exitCode: unfinished.length > 0 ? EXIT.unfinished : isWorse ? EXIT.failed : EXIT.passed,
  };
}

function describeSubject(judged: JudgedSets): SubjectRecord {
  const { subject, findings, verdicts, cost, prompts } = judged;
  const measurement = measureVerdicts(joinVerdicts(findings, verdicts));
  return { ...subject, measurement, cost, judged: judged.judged, prompts, verdicts };
}

function asJudged({ subject, findings, verdicts }: JudgedSets): Judged {
  return { name: subject.name, findings, verdicts };
}

/** Every part of every model's run is left out once; the built-in judge has none. */
async function ablate(
  parts: readonly string[],
  judged: readonly JudgedSets[],
  judgeWithout: (subject: Subject, part: string) => Promise<JudgedSets>,
): Promise<{ readonly ablations: readonly Ablation[]; readonly runs: readonly JudgedSets[] }> {
  const ablations: Ablation[] = [];
  const runs: JudgedSets[] = [];
  for (const whole of parts.length === 0 ? [] : judged) {
    if (whole.subject.model === null) continue;
    const worths: PartWorth[] = [];
    for (const part of parts) {
      const without = await judgeWithout(whole.subject, part);
      worths.push(worthOfPart(part, asJudged(whole), asJudged(without)));
      runs.push(without);
    }
    ablations.push({ subject: whole.subject.name, parts: worths });
  }
  return { ablations, runs };
}

function compareAll(
  { earlier, tolerance }: EvaluationTask,
  judged: readonly JudgedSets[],
): readonly SubjectComparison[] | null {
  if (earlier === null) return null;
  const now = judged.map(asJudged);
  const before = earlier.subjects.map((subject) => ({ ...subject, findings: earlier.findings }));
  return matchSubjects(before, now).map(([one, other]) => compareSubjects(one, other, tolerance));
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
