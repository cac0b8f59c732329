// What a model would be asked, without asking it: as files to read, or as a sum of tokens and money. No key is needed, and nothing is sent.
import { phrase, say } from '#domain/phrase.ts';
import type { JudgedFinding, VerdictLabel } from '#domain/verdict.ts';
import type { OutputFolder } from '#ports/output-folder.ts';
import { mayBeMended } from '../../patch/ask-for-patches.ts';
import { PATCH_SCHEMA } from '../../patch/patch-answer.ts';
import type { RenderedPrompt } from '../../prompt/compose-prompt.ts';
import { ANSWERS_SCHEMA } from '../../triage/model/answer-schema.ts';
import type { JudgedFindings } from '../judge-findings.ts';
import { phraseBookOf } from '../phrase-book.ts';
import { findingsToMend } from '../shown-findings.ts';
import { composeGroup, type Said } from './ask-group.ts';
import type { OpenQuestion } from './ask-in-rounds.ts';
import { composePatchPrompt, PATCH_TOKENS } from './create-patch-asker.ts';
import { describeEmbeddings, describeEstimate, describePatches } from './describe-estimate.ts';
import { estimateCost, estimatePatches, type PlannedPrompt } from './estimate.ts';
import { type ModelContext, openPromptRoom, type PromptRoom } from './open-model-room.ts';
import { type SelectedQuestions, selectQuestions } from './select-questions.ts';

/**
 * Finished sentences. Questions of the first round: what a model would ask to see depends on its answers. Which patches it would be asked
 * for does, too: of those stand all that could come.
 * @param folder where the prompts are written, one file each; null writes none
 */
export async function previewPrompts(
  judged: JudgedFindings,
  context: ModelContext,
  folder: OutputFolder | null,
): Promise<readonly string[]> {
  const { policy, judge } = context;
  const room = await openPromptRoom(context, null);
  const selected = selectQuestions(judged.judgements.values(), { judge, policy: policy.model });
  const write = createWriter(folder);
  await folder?.write('schema-answers.json', `${JSON.stringify(ANSWERS_SCHEMA, null, 2)}\n`);
  if (policy.model.patches !== 'none')
    await folder?.write('schema-patch.json', `${JSON.stringify(PATCH_SCHEMA.json, null, 2)}\n`);
  const questions = await planQuestions(selected, room, context, write);
  const patches = await planPatches(judged, selected, { room, context, write });
  const embeddings = room.knowledge.embeddings();
  room.knowledge.close();
  const price = room.price?.price ?? null;
  const estimate = estimateCost(questions, price);
  const texts = [
    ...(folder === null
      ? []
      : [
          phrase`Prompts written to ${`\`${folder.name}\``}: ${write.count()}. No model was asked.`,
          phrase`With each goes the JSON schema of its answer (${'`schema-*.json`'}).`,
          ...(patches.length === 0
            ? []
            : [
                phrase`Of the files ${'`*-patch.txt`'} only those are sent whose findings the verdicts leave to be mended.`,
              ]),
        ]),
    describeEstimate(estimate, { model: room.id, left: selected.left.length, price: room.price }),
    ...(policy.model.patches === 'none' ? [] : [describePatches(estimatePatches(patches, price))]),
    ...(embeddings === null ? [] : [describeEmbeddings(embeddings)]),
  ];
  const book = phraseBookOf(policy.language);
  return texts.map((text) => say(text, book));
}

interface Writer {
  (task: string, prompt: RenderedPrompt): Promise<void>;
  count(): number;
}

function createWriter(folder: OutputFolder | null): Writer {
  let count = 0;
  const write = async (task: string, { id, hash, system, prompt }: RenderedPrompt) => {
    count += 1;
    const name = `${String(count).padStart(4, '0')}-${task}.txt`;
    await folder?.write(name, `# ${id}#${hash}\n# system\n${system}\n# prompt\n${prompt}\n`);
  };
  return Object.assign(write, { count: () => count });
}

async function planQuestions(
  { groups }: SelectedQuestions,
  room: PromptRoom,
  context: ModelContext,
  write: Writer,
): Promise<readonly PlannedPrompt[]> {
  const planned: PlannedPrompt[] = [];
  for (const group of groups) {
    if (context.world.signal.aborted) break;
    const open = group.map(
      (question): OpenQuestion<Said> => ({
        ...{ question, requests: [], rounds: 0, known: null },
      }),
    );
    const { task, prompt, maxOutputTokens } = await composeGroup(open, room, context);
    planned.push({ task, findings: group.length, tokens: prompt.tokens, maxOutputTokens });
    await write(task, prompt);
  }
  return planned;
}

/** The first try of each patch that could be asked for, whatever the verdicts will be. */
async function planPatches(
  { findings, judgements }: JudgedFindings,
  selected: SelectedQuestions,
  { room, context, write }: { room: PromptRoom; context: ModelContext; write: Writer },
): Promise<readonly PlannedPrompt[]> {
  const { policy, world } = context;
  const ids = mendable(findings, selected, context);
  const planned: PlannedPrompt[] = [];
  for (const [id, judgement] of judgements) {
    if (world.signal.aborted || planned.length >= policy.model.budget.findings) break;
    if (!ids.has(id)) continue;
    const prompt = await composePatchPrompt(judgement, [], { room, context });
    planned.push({ task: 'patch', findings: 1, tokens: prompt.tokens, maxOutputTokens: PATCH_TOKENS });
    await write('patch', prompt);
  }
  return planned;
}

function mendable(
  findings: readonly JudgedFinding[],
  { groups }: SelectedQuestions,
  { policy, request, isKindOf, world }: ModelContext,
): ReadonlySet<string> {
  const asked = new Set(
    groups.flat().flatMap(({ task, judgement }) => (task === 'verdict' ? [judgement.case.finding.id] : [])),
  );
  const today = new Date(world.clock.now()).toISOString().slice(0, 10);
  const shown = (label: VerdictLabel) => {
    const told = findings.map((finding): JudgedFinding => {
      if (finding.verdict === null || !asked.has(finding.id)) return finding;
      const sure = { label, confidence: 1, confidenceLowerBound: 1 };
      return { ...finding, verdict: { ...finding.verdict, ...sure } };
    });
    const possible = told.filter((one) => mayBeMended({ ...one, patch: null, refusedPatches: [] }, null));
    return findingsToMend(possible, policy.model.patches, {
      ...{ policy, failOn: request.failOn, today, isKindOf, reviewDiff: null },
    });
  };
  return shown('true_positive').union(shown('needs_review'));
}
