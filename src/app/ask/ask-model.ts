// A question about one finding put to a language model: the same evidence and prompts as for a verdict, the answer shown as it comes.
import type { Dossier } from '#domain/dossier.ts';
import type { ModelFailure } from '#domain/model.ts';
import type { LanguageModel } from '#ports/language-model.ts';
import { composePrompt } from '../../prompt/compose-prompt.ts';
import type { PromptLibrary } from '../../prompt/prompt-part.ts';
import type { RedactText } from '../../prompt/visible-text.ts';
import { citedAs } from '../knowledge/show-passages.ts';
import type { AskMessages } from './ask-messages.ts';
import { createInertStream } from './inert-stream.ts';

const LONGEST_QUESTION = 2_000;
const MAX_OUTPUT_TOKENS = 1_500;

export interface QuestionForModel {
  readonly question: string;
  readonly dossier: Dossier;
  readonly language: 'en' | 'zh-CN';
  readonly library: PromptLibrary;
  /** Of what leaves for the model. */
  readonly redactPrompt: RedactText;
  /** Of what comes back. */
  readonly redact: (text: string) => string;
  readonly messages: Pick<AskMessages, 'unknownItem'>;
  isKindOf(cwe: number, ancestor: number): boolean;
}

export type ModelSaid =
  | { readonly kind: 'answered'; readonly sources: readonly string[] }
  /** Nothing of use came, whatever was shown of it. */
  | { readonly kind: 'failed'; readonly failure: ModelFailure };

/** Writes the answer to `write` as it comes, without power over a terminal; returns what its citations stand for. */
export async function askModel(
  asked: QuestionForModel,
  model: LanguageModel,
  write: (text: string) => void,
): Promise<ModelSaid> {
  const { dossier, messages, redact } = asked;
  const prompt = await composePrompt(asked.library, {
    task: 'question',
    subjects: [
      {
        dossier,
        extra: [{ title: 'Question', text: asked.question.slice(0, LONGEST_QUESTION).toWellFormed() }],
      },
    ],
    ...{ language: asked.language, switchedOff: new Set<string>(), redact: asked.redactPrompt },
    isKindOf: asked.isKindOf,
  });
  const known = new Set([
    ...dossier.items.map(({ id }) => id),
    ...dossier.knowledge.map(({ label }) => label),
  ]);
  let received = 0;
  const stream = createInertStream(write, { known, unknown: messages.unknownItem, redact });
  const reply = await model.stream(
    {
      task: 'question',
      system: prompt.system,
      prompt: prompt.prompt,
      schema: null,
      maxOutputTokens: MAX_OUTPUT_TOKENS,
    },
    (piece) => {
      received += piece.length;
      stream.push(piece);
    },
  );
  // A model that answers in one piece only may hand nothing out on the way.
  if (reply.kind === 'text' && received === 0) stream.push(reply.text);
  stream.end();
  if (reply.kind === 'failed') return { kind: 'failed', failure: reply.failure };
  if (reply.text.trim() === '') {
    return { kind: 'failed', failure: { kind: 'invalid_output', text: 'The answer is empty.' } };
  }
  return { kind: 'answered', sources: stream.cited.map((label) => sourceOf(label, dossier)) };
}

function sourceOf(label: string, { items, knowledge }: Dossier): string {
  const item = items.find(({ id }) => id === label);
  if (item !== undefined) {
    const end = item.endLine > item.startLine ? `-${item.endLine}` : '';
    return `[${label}] ${item.path}:${item.startLine}${end}`;
  }
  const passage = knowledge.find((one) => one.label === label);
  return passage === undefined ? `[${label}]` : `[${label}] ${citedAs(passage)}  ${passage.title}`;
}
