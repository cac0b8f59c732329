// A language model that says what a test tells it to, remembers what it was told, and refuses where nothing was scripted.
import type { ModelFailureKind, TokenUsage } from '#domain/model.ts';
import type { LanguageModel, ModelReply, ModelRequest } from '#ports/language-model.ts';
import { piecesOf } from '../emulators/models/model-server.ts';

/** A text is an answer; an object says how the question fails, or who answered at what cost. */
export type ScriptedAnswer =
  | string
  | { readonly fails: ModelFailureKind; readonly text?: string }
  | {
      readonly says: string;
      readonly model?: string;
      readonly usage?: TokenUsage;
      readonly latencyMs?: number;
    };

/** One answer for each question in order (one more is an error of the test), or what a function makes of the question; `number` counts from 0. */
export type ModelScript =
  | readonly ScriptedAnswer[]
  | ((request: ModelRequest, number: number) => ScriptedAnswer | Promise<ScriptedAnswer>);

export interface ScriptedModel extends LanguageModel {
  /** In order. */
  readonly asked: readonly ModelRequest[];
}

const REFUSE = (): ScriptedAnswer => ({ fails: 'refusal' });

/** Tokens are a quarter of the characters; time does not pass. */
export function createScriptedModel(
  script: ModelScript = REFUSE,
  settings: { readonly id?: string; readonly signal?: AbortSignal } = {},
): ScriptedModel {
  const asked: ModelRequest[] = [];
  const id = settings.id ?? 'openai-compatible/scripted';
  const ask = async (request: ModelRequest): Promise<ModelReply> => {
    settings.signal?.throwIfAborted();
    const number = asked.push(request) - 1;
    const answer = typeof script === 'function' ? await script(request, number) : script[number];
    if (answer === undefined) throw new Error(`No answer is scripted for question ${number + 1}`);
    return replyTo(request, answer, id);
  };
  return {
    id,
    asked,
    ask,
    stream: async (request, onText) => {
      if (request.schema !== null) throw new Error('An answer with a schema is not streamed');
      const reply = await ask(request);
      if (reply.kind === 'text') for (const piece of piecesOf(reply.text)) onText(piece);
      return reply;
    },
  };
}

function replyTo(request: ModelRequest, answer: ScriptedAnswer, id: string): ModelReply {
  const tokens = (text: string) => Math.ceil(text.length / 4);
  const input = tokens(request.system + request.prompt);
  if (typeof answer === 'object' && 'fails' in answer) {
    const usage = { input, cached: 0, output: tokens(answer.text ?? '') };
    const failure = { kind: answer.fails, text: `The scripted model fails: ${answer.fails}.` };
    return { kind: 'failed', failure, text: answer.text ?? null, usage, latencyMs: 0, attempts: 1 };
  }
  const said = typeof answer === 'string' ? { says: answer } : answer;
  return {
    kind: 'text',
    text: said.says,
    model: said.model ?? id.slice(id.indexOf('/') + 1),
    usage: said.usage ?? { input, cached: 0, output: tokens(said.says) },
    latencyMs: said.latencyMs ?? 0,
    attempts: 1,
  };
}
