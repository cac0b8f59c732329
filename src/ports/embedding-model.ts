// Texts → vectors, where a team has configured an endpoint for it.
import type { ModelFailure, TokenUsage } from '../domain/model.ts';

export type Embedded =
  | { readonly kind: 'vectors'; readonly vectors: readonly Float32Array[]; readonly usage: TokenUsage }
  | { readonly kind: 'failed'; readonly failure: ModelFailure };

export interface EmbeddingModel {
  /** `provider/name`. */
  readonly id: string;
  /** One vector a text, in order, of unit length. Never throws for what a provider does. */
  embed(texts: readonly string[]): Promise<Embedded>;
}
