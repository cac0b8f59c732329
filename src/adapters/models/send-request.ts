// One request of one question, through the vendor's client: its answer, or its fault.
import { generateText, Output, streamText } from 'ai';
import type { TokenUsage } from '../../domain/model.ts';
import type { ModelRequest } from '../../ports/language-model.ts';
import { classifyAnswer } from './classify-answer.ts';
import { countTokens, estimateTokens } from './count-tokens.ts';
import type { ModelWire } from './model-wire.ts';
import { type Exchange, openExchange } from './open-exchange.ts';
import type { ModelObject, ProviderDoor } from './providers/provider-door.ts';
import { readReceived } from './read-received.ts';
import type { Habits } from './server-habits.ts';
import { isStrictSchema } from './strict-schema.ts';
import { type Fault, faultOf } from './wire-fault.ts';

// Warnings of the library are about its own options, and go to the console.
globalThis.AI_SDK_LOG_WARNINGS = false;

/** The same for all requests: an answer should depend on what was asked alone. */
const SEED = 7;

export type Sent =
  | { readonly kind: 'answer'; readonly text: string; readonly model: string; readonly usage: TokenUsage }
  | {
      readonly kind: 'fault';
      readonly fault: Fault;
      readonly text: string | null;
      readonly usage: TokenUsage;
    };

export interface Sending {
  readonly door: ProviderDoor;
  readonly wire: ModelWire;
  /** Takes the keys out of what the provider says, too. */
  readonly redact: (text: string) => string;
  readonly habits: Habits;
  /** Given the text as it comes; null: the answer is asked for in one piece. */
  readonly onText: ((piece: string) => void) | null;
}

interface Ended {
  readonly text: string;
  readonly finish: string;
  /** In the provider's word; undefined when there is none. */
  readonly rawFinish: string | undefined;
  /** A stream that ended without saying that it ends. */
  readonly brokeOff: boolean;
  readonly told: Parameters<typeof countTokens>[0];
}

/** Throws only what the run was aborted with. */
export async function sendRequest(request: ModelRequest, sending: Sending): Promise<Sent> {
  const { door, wire, redact, habits, onText } = sending;
  const exchange = openExchange({
    origin: door.base.origin,
    wire,
    redact,
    ...(habits.renamedLimit ? { rewrite: renameLimit } : {}),
  });
  const options = optionsFor(request, door, habits);
  const model = door.chat(exchange.fetch);
  const show = onText === null ? null : guarded(onText);
  // Whatever the library throws, the exchange knows better what went wrong.
  const ended = await (show === null ? askWhole(model, options) : askPieces(model, options, show.call)).catch(
    () => null,
  );
  wire.signal.throwIfAborted();
  show?.rethrow();
  return judge(ended, exchange, { sent: options.instructions.content + options.prompt, wire, redact });
}

/** A reader that throws has a defect of its own: no provider is to blame for it. */
function guarded(onText: (piece: string) => void) {
  const thrown: unknown[] = [];
  return {
    call: (piece: string) => {
      try {
        onText(piece);
      } catch (error) {
        thrown.push(error);
        throw error;
      }
    },
    rethrow: () => {
      if (thrown.length > 0) throw thrown[0];
    },
  };
}

interface Judging {
  readonly sent: string;
  readonly wire: ModelWire;
  readonly redact: (text: string) => string;
}

function judge(ended: Ended | null, exchange: Exchange, { sent, wire, redact }: Judging): Sent {
  const { model, refused, error } = readReceived(exchange.received());
  const told =
    error === null ? null : classifyAnswer({ ...error, headers: NO_HEADERS }, { now: wire.now(), redact });
  const fault = exchange.fault() ?? told;
  if (ended === null) {
    const why = fault ?? MALFORMED;
    const usage = why.worked ? estimateTokens(sent, exchange.received()) : NOTHING;
    return { kind: 'fault', fault: why, text: null, usage };
  }
  const { text } = ended;
  const usage = countTokens(ended.told, sent, text);
  const why = fault ?? faultOfEnd(ended, refused);
  if (why === null) return { kind: 'answer', text, model, usage };
  return { kind: 'fault', fault: why, text: text === '' ? null : text, usage };
}

const NO_HEADERS = new Headers();

const NOTHING: TokenUsage = { input: 0, cached: 0, output: 0 };

const MALFORMED = faultOf(
  'invalid_output',
  'What the provider answered is not of the form that its interface has.',
  {
    worked: true,
  },
);

/** Null for an answer that is one. */
function faultOfEnd({ text, finish, rawFinish, brokeOff }: Ended, refused: boolean): Fault | null {
  if (refused) return faultOf('refusal', 'The model would not answer.');
  if (finish === 'content-filter')
    return faultOf('content_filter', 'A filter of the provider kept the answer back.');
  if (rawFinish === 'model_context_window_exceeded') {
    return faultOf('too_long', 'The prompt and its answer do not fit the model’s context.');
  }
  if (finish === 'length') return faultOf('truncated', 'The answer ran into its token limit.');
  if (brokeOff) {
    return faultOf('provider_down', 'The answer broke off.', { passing: true });
  }
  return text.trim() === '' ? faultOf('invalid_output', 'The model’s answer is empty.') : null;
}

type Options = ReturnType<typeof optionsFor>;

async function askWhole(model: ModelObject, options: Options): Promise<Ended> {
  const { text, finishReason, rawFinishReason, usage } = await generateText({ ...options, model });
  return { text, finish: finishReason, rawFinish: rawFinishReason, brokeOff: false, told: toldIn(usage) };
}

async function askPieces(
  model: ModelObject,
  options: Options,
  onText: (piece: string) => void,
): Promise<Ended> {
  // Errors are in the exchange; without this the library prints them.
  const result = streamText({ ...options, model, onError: () => undefined });
  for await (const piece of result.textStream) onText(piece);
  const rawFinish = await result.rawFinishReason;
  return {
    text: await result.text,
    finish: await result.finishReason,
    rawFinish,
    brokeOff: rawFinish === undefined,
    told: toldIn(await result.usage),
  };
}

interface Usage {
  readonly inputTokens: number | undefined;
  readonly inputTokenDetails: { readonly cacheReadTokens: number | undefined };
  readonly outputTokens: number | undefined;
}

function toldIn({ inputTokens, inputTokenDetails, outputTokens }: Usage): Ended['told'] {
  return { input: inputTokens, cached: inputTokenDetails.cacheReadTokens, output: outputTokens };
}

/** The constant part goes first and alone, so that the provider finds its beginning in its cache. */
function optionsFor(
  { system, prompt, schema, maxOutputTokens }: ModelRequest,
  door: ProviderDoor,
  habits: Habits,
) {
  const told =
    schema !== null && habits.structure !== 'schema' ? `${system}\n\n${inWords(schema.json)}` : system;
  return {
    instructions: { role: 'system' as const, content: told, providerOptions: door.systemOptions },
    prompt,
    maxOutputTokens,
    // We repeat ourselves, and know when it makes sense.
    maxRetries: 0,
    ...(habits.temperature ? { temperature: 0 } : {}),
    ...(habits.seed ? { seed: SEED } : {}),
    ...(schema === null || habits.structure === 'words'
      ? {}
      : { output: rawJson(schema, habits.structure === 'schema' || door.jsonByTool) }),
    providerOptions: schema === null ? {} : door.jsonOptions(habits.structure, isStrictSchema(schema.json)),
  };
}

/** Asks for JSON and leaves the answer unread: it is parsed where it is judged. */
function rawJson({ name, json }: NonNullable<ModelRequest['schema']>, withSchema: boolean) {
  const format = withSchema ? { type: 'json' as const, name, schema: json } : { type: 'json' as const };
  return { ...Output.text(), responseFormat: Promise.resolve(format) };
}

function inWords(schema: Readonly<Record<string, unknown>>): string {
  return `Answer with one JSON value and nothing else: no prose, no code fence. It must be valid against this JSON schema:\n${JSON.stringify(schema)}`;
}

function renameLimit(body: string): string {
  const { max_tokens: limit, ...rest } = JSON.parse(body) as Record<string, unknown>;
  return JSON.stringify(limit === undefined ? rest : { ...rest, max_completion_tokens: limit });
}
