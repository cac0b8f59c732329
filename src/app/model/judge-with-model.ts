// Judged findings → the same, where a model was asked: evidence in, claims checked, verdicts moved only as far as the evidence allows.
import type { Notice } from '#domain/decision.ts';
import type { KnowledgeReference } from '#domain/knowledge.ts';
import { phrase, say } from '#domain/phrase.ts';
import type { ModelUse } from '#domain/result-document.ts';
import type { JudgedFinding, Judgement } from '#domain/verdict.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { AskForPatch, PatchAsking } from '../../patch/ask-for-patches.ts';
import { loadCalibration } from '../../triage/calibration.ts';
import { settleVerdict } from '../../triage/model/settle-verdict.ts';
import type { JudgedFindings } from '../judge-findings.ts';
import { phraseBookOf } from '../phrase-book.ts';
import { withoutBand } from './ablate-checks.ts';
import { prepareGroup, type Said } from './ask-group.ts';
import { askInRounds } from './ask-in-rounds.ts';
import { countFailures, type RunBill } from './bill.ts';
import { countPatches } from './count-patches.ts';
import { createPatchAsker } from './create-patch-asker.ts';
import { hintFor } from './model-hint.ts';
import { type ModelContext, openModelRoom } from './open-model-room.ts';
import { selectQuestions } from './select-questions.ts';

export interface AskedFindings {
  readonly findings: readonly JudgedFinding[];
  /** Proposes changes for findings that the patch stage hands it; undefined where the policy wants none. */
  readonly ask: AskForPatch | undefined;
  readonly onAsking: PatchAsking['onStart'];
  /** When nothing more will be asked. */
  finish(): ModelReport;
}

/** What a run tells of the model that it asked. */
export interface ModelReport {
  /** `provider/name`. */
  readonly model: string;
  /** `id#hash` of each prompt that was used, sorted. */
  readonly prompts: readonly string[];
  readonly use: ModelUse;
  /** What this run spent, which is less where answers were kept: for run-stats.json. */
  readonly bill: RunBill;
  readonly notices: readonly Notice[];
}

export async function judgeWithModel(judged: JudgedFindings, context: ModelContext): Promise<AskedFindings> {
  const { world, policy } = context;
  const room = await openModelRoom(context);
  const { groups, left } = selectQuestions(judged.judgements.values(), {
    judge: context.judge,
    policy: policy.model,
  });
  room.budget.leaveOut(left);
  const total = groups.reduce((sum, group) => sum + group.length, 0);
  const progress = world.log.progress(say(phrase`Asking the model`, phraseBookOf(policy.language)), total);
  const said = await askInRounds<Said>(groups, {
    prepare: (group) => prepareGroup(group, room, context),
    window: 2 * policy.model.concurrency,
    isInterrupted: () => world.signal.aborted,
    onSettled: (count) => progress.update(count),
  });
  progress.finish();
  // Before patches are asked for: a finding that the budget left out here and that is mended later got neither verdict nor explanation.
  const counts = { asked: room.budget.asked(), notAsked: room.budget.notAsked() };
  const settled = await settle(judged, said, context, room.id);
  const prompts = new Set([...said.values()].map(({ prompt }) => `${prompt.id}#${prompt.hash}`));
  const patches =
    policy.model.patches === 'none'
      ? null
      : countPatches((onFailure) =>
          createPatchAsker(settled, { room, context, onFailure, onPrompt: (name) => prompts.add(name) }),
        );
  return {
    findings: judged.findings.map((finding) =>
      withJudgement(finding, settled.get(finding.id), said.get(finding.id)?.shown ?? []),
    ),
    ask: patches?.ask,
    onAsking: (counts) => patches?.onAsking(counts),
    finish: () => {
      room.knowledge.close();
      const { tokens, money } = room.bill.ofAnswers();
      const failed = [...said.values()].map((one) => ({
        failure: one.kind === 'failed' ? one.failure.kind : null,
      }));
      const embeddings = room.knowledge.embeddings();
      const use: ModelUse = {
        ...counts,
        answered: failed.filter(({ failure }) => failure === null).length,
        failures: countFailures([...failed, ...(patches?.failed ?? [])]),
        ...(patches === null ? {} : { patches: patches.use() }),
        ...{ tokens, money },
        ...(room.price === null ? {} : { price: room.price.origin }),
        ...(embeddings === null ? {} : { embeddings }),
      };
      tellKept(room.bill.inRun(), world);
      const notices = [...room.notices(), ...silence(said, context), ...otherModels(said, room.id, context)];
      return { model: room.id, prompts: [...prompts].sort(), use, bill: room.bill.inRun(), notices };
    },
  };
}

/** Answers that were of no use are kept, too: whoever mended the model's server wants to know how to ask afresh. */
function tellKept({ questions }: RunBill, { log }: ModelContext['world']): void {
  if (questions.fromCache === 0) return;
  log.debug(
    `Answered from the cache: ${questions.fromCache} questions. ASSAY_CACHE_DIR=off asks all of them afresh.`,
  );
}

async function settle(
  { judgements }: JudgedFindings,
  said: ReadonlyMap<string, Said>,
  { world, policy, isKindOf, switchedOff }: ModelContext,
  model: string,
): Promise<ReadonlyMap<string, Judgement>> {
  const calibration = await loadCalibration(world.assets);
  const { neverDismiss, language } = policy;
  const rules = { neverDismiss, language, isKindOf, calibration };
  const settled = new Map(judgements);
  for (const [id, judgement] of judgements) {
    const one = said.get(id);
    if (one === undefined) continue;
    const { prompt, rounds } = one;
    if (one.kind === 'failed') {
      settled.set(id, settleVerdict(judgement, { model, prompt, rounds, failure: one.failure }, rules));
      continue;
    }
    const { answer, claims, answeredBy } = one;
    const wordsOnly = one.task === 'explanation';
    const judged = settleVerdict(
      judgement,
      { model, prompt, rounds, answer, claims, wordsOnly, ...(answeredBy === null ? {} : { answeredBy }) },
      rules,
    );
    settled.set(id, wordsOnly ? judged : withoutBand(judged, answer, switchedOff));
  }
  return settled;
}

/** When nobody answered, the reason is most likely one that somebody can mend. */
function silence(said: ReadonlyMap<string, Said>, { policy, address }: ModelContext): readonly Notice[] {
  const all = [...said.values()];
  const first = all.find((one) => one.kind === 'failed');
  if (first === undefined || all.some(({ kind }) => kind === 'answered')) return [];
  if (first.failure.kind === 'interrupted' || first.failure.kind === 'budget') return [];
  const hint = hintFor(first.failure, address);
  const doctor = '`assay doctor`';
  // What is wrong with an answer is a remark, not a sentence.
  const why = first.failure.text.replace(/[^.!?。]$/u, '$&.');
  const text =
    hint === null
      ? phrase`The model gave no usable answer: ${why} Try ${doctor}. The built-in judge decided.`
      : phrase`The model gave no usable answer: ${why} ${hint} Try ${doctor}. The built-in judge decided.`;
  return [{ code: 'model-no-answer', text: say(text, phraseBookOf(policy.language)) }];
}

/** Who answered instead: a gateway's choice, a wrong address, or one who only says that he is the model. */
function otherModels(
  said: ReadonlyMap<string, Said>,
  model: string,
  { policy }: ModelContext,
): readonly Notice[] {
  const counts = new Map<string, number>();
  for (const one of said.values()) {
    const other = one.kind === 'answered' ? one.answeredBy : null;
    if (other !== null) counts.set(other, (counts.get(other) ?? 0) + 1);
  }
  return [...counts].sort().map(([other, count]) => {
    const text = phrase`${markOutside(model)} was asked, and the provider says that ${markOutside(other)} answered (findings: ${count}). Check the address and the name of the model; its answers were checked like any others.`;
    return { code: 'model-echo', text: say(text, phraseBookOf(policy.language)) };
  });
}

function withJudgement(
  finding: JudgedFinding,
  judgement: Judgement | undefined,
  shown: readonly KnowledgeReference[],
): JudgedFinding {
  if (judgement === undefined) return finding;
  const { verdict, rootCause, remediation } = judgement;
  const judged = { ...finding, verdict, rootCause, remediation };
  return shown.length === 0 ? judged : { ...judged, knowledge: shown };
}
