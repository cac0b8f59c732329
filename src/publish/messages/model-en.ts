// What Assay says of the model's part in a run and of its bill, in English; the other catalogue has the same keys by type.
import type { ModelFailureKind, PriceOrigin, TokenUsage } from '#domain/model.ts';
import type { EmbeddingUse } from '#domain/result-document.ts';

export interface ModelMessages {
  /** `model` is finished text. */
  readonly asked: (model: string, asked: number, answered: number) => string;
  readonly notAsked: (count: number) => string;
  readonly failures: (counts: readonly (readonly [ModelFailureKind, number])[]) => string;
  /** Findings that stand without a patch and were not asked about: not shown, or over the budget. */
  readonly patchesNotAsked: (count: number) => string;
  readonly patchFailures: (counts: readonly (readonly [ModelFailureKind, number])[]) => string;
  readonly tokens: (tokens: TokenUsage) => string;
  /** US dollars; null when no price is known. */
  readonly money: (dollars: number | null, price: PriceOrigin | null) => string;
  /** `model` is finished text. */
  readonly embeddings: (model: string, use: EmbeddingUse) => string;
  readonly joined: (parts: readonly string[]) => string;
}

const FAILURE: Readonly<Record<ModelFailureKind, string>> = {
  refusal: 'refused to answer',
  content_filter: 'stopped by a content filter',
  truncated: 'cut off',
  invalid_output: 'unusable',
  rate_limited: 'rate limited',
  timeout: 'too late',
  redirect: 'redirected',
  oversize: 'too large',
  budget: 'over the budget',
  provider_down: 'provider not reachable',
  unauthorised: 'key refused',
  unknown_model: 'model unknown',
  bad_request: 'request refused',
  too_long: 'prompt too long',
  interrupted: 'interrupted',
};

export const modelEn: ModelMessages = {
  asked: (model, asked, answered) =>
    `Model ${model}: asked about ${asked} ${asked === 1 ? 'finding' : 'findings'}, ${answered} answered`,
  notAsked: (count) => `${count} not asked (budget)`,
  failures: (counts) => `no answer: ${listed(counts)}`,
  patchesNotAsked: (count) => `${count} not asked for a patch`,
  patchFailures: (counts) => `no patch: ${listed(counts)}`,
  tokens: ({ input, cached, output }) =>
    `${grouped(input)} tokens in${cached > 0 ? ` (${grouped(cached)} cached)` : ''}, ${grouped(output)} out`,
  money: (dollars, price) => {
    if (dollars === null) return 'price not known';
    if (dollars === 0) return 'no cost';
    return `${dollars < 0.01 ? 'less than $0.01' : `about $${dollars.toFixed(2)}`}${pricedBy(price)}`;
  },
  embeddings: (model, { texts, tokens, money }) =>
    `passages by ${model}: ${texts} ${texts === 1 ? 'text' : 'texts'}, about ${grouped(tokens)} tokens, ${modelEn.money(money, null)}`,
  joined: (parts) => `${parts.join('; ')}.`,
};

function listed(counts: readonly (readonly [ModelFailureKind, number])[]): string {
  return counts.map(([kind, count]) => `${count} × ${FAILURE[kind]}`).join(', ');
}

function pricedBy(price: PriceOrigin | null): string {
  if (price?.from === 'policy') return " (the policy's price)";
  return price?.from === 'table' && price.asOf !== null ? ` (prices of ${price.asOf})` : '';
}

/** 1234567 → 1,234,567. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
