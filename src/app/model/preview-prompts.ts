// What a model would be asked, without asking it: as files to read, or as a sum of tokens and money. No key is needed.
import type { Notice } from '#domain/decision.ts';
import { phrase, say } from '#domain/phrase.ts';
import type { OutputFolder } from '#ports/output-folder.ts';
import type { JudgedFindings } from '../judge-findings.ts';
import { phraseBookOf } from '../phrase-book.ts';
import { composeGroup, type Said } from './ask-group.ts';
import type { OpenQuestion } from './ask-in-rounds.ts';
import { describeEstimate } from './describe-estimate.ts';
import { estimateCost, type PlannedPrompt } from './estimate.ts';
import { type ModelContext, openPromptRoom } from './open-model-room.ts';
import { selectQuestions } from './select-questions.ts';

/**
 * Questions of the first round alone: what a model would ask to see, and which patches it would be asked for, depends on its answers.
 * @param folder where the prompts are written, one file each; null writes none
 */
export async function previewPrompts(
  { judgements }: JudgedFindings,
  context: ModelContext,
  folder: OutputFolder | null,
): Promise<readonly Notice[]> {
  const { policy, judge, world } = context;
  const room = await openPromptRoom(context);
  const { groups, left } = selectQuestions(judgements.values(), { judge, policy: policy.model });
  const planned: PlannedPrompt[] = [];
  for (const group of groups) {
    if (world.signal.aborted) break;
    const open = group.map(
      (question): OpenQuestion<Said> => ({
        ...{ question, requests: [], rounds: 0, known: null },
      }),
    );
    const { task, prompt, maxOutputTokens } = await composeGroup(open, room, context);
    planned.push({ task, findings: group.length, tokens: prompt.tokens, maxOutputTokens });
    const name = `${String(planned.length).padStart(4, '0')}-${task}.txt`;
    await folder?.write(
      name,
      `# ${prompt.id}#${prompt.hash}\n# system\n${prompt.system}\n# prompt\n${prompt.prompt}\n`,
    );
  }
  room.knowledge.close();
  const book = phraseBookOf(policy.language);
  const written = phrase`Prompts written to ${`\`${folder?.name ?? ''}\``}: ${planned.length}. No model was asked.`;
  const estimate = describeEstimate(estimateCost(planned, room.price), { model: room.id, left: left.length });
  const texts = folder === null ? [estimate] : [written, estimate];
  return texts.map((text) => ({ code: 'model-preview', text: say(text, book) }));
}
