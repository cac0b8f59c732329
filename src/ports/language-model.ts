// A language model behind one question and one answer: no tools, no files, no history.
import type { ModelFailure, ModelName, ModelTask, TokenUsage } from '../domain/model.ts';

export interface ModelRequest {
  readonly task: ModelTask;
  /** The constant part, the same for many requests: providers keep its beginning in their caches. */
  readonly system: string;
  /** The part that differs, the finding last. */
  readonly prompt: string;
  /** What the answer must look like; null asks for prose. */
  readonly schema: { readonly name: string; readonly json: Readonly<Record<string, unknown>> } | null;
  readonly maxOutputTokens: number;
}

interface Exchanged {
  readonly usage: TokenUsage;
  /** From the first byte sent to the last received, waits for rate limits left out. */
  readonly latencyMs: number;
  /** Requests over the wire. */
  readonly attempts: number;
}

export type ModelReply =
  | (Exchanged & {
      readonly kind: 'text';
      /** The raw answer: nothing of it is believed yet. */
      readonly text: string;
      /** What the provider says answered; '' when it does not say. */
      readonly model: string;
    })
  | (Exchanged & {
      readonly kind: 'failed';
      readonly failure: ModelFailure;
      /** What came of the answer, for a repair try; null when nothing did. */
      readonly text: string | null;
    });

export interface LanguageModel {
  /** `provider/name`. */
  readonly id: string;
  /** Never throws for what a provider does; throws what the run was aborted with. */
  ask(request: ModelRequest): Promise<ModelReply>;
  /** The same, handing out the text as it comes; `schema` must be null. */
  stream(request: ModelRequest, onText: (piece: string) => void): Promise<ModelReply>;
}

/** Where a model is and how to get in: from the operator's command line and environment, never from a file of the repository. */
export interface ModelAddress {
  readonly name: ModelName;
  /** Null: the provider's own address. */
  readonly baseUrl: string | null;
  /** A secret. Null: none is needed, or the provider has other means (`extra`). */
  readonly apiKey: string | null;
  /** What some providers need besides: `apiVersion` (Azure); `region`, `accessKeyId`, `secretAccessKey`, `sessionToken` (Bedrock). Secrets among them. */
  readonly extra: Readonly<Record<string, string>>;
}
