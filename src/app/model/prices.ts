// What tokens cost: the dated table of `rules/model-prices.yaml`, and which model it has a price for.
import * as z from 'zod';
import type { Notice } from '#domain/decision.ts';
import { AssayError } from '#domain/errors.ts';
import {
  MODEL_PROVIDERS,
  type ModelName,
  type ModelPrice,
  type PriceOrigin,
  type TokenUsage,
} from '#domain/model.ts';
import { phrase, say } from '#domain/phrase.ts';
import type { KnowledgePolicy, ModelPolicy, Policy } from '#domain/policy.ts';
import type { ModelAddress } from '#ports/language-model.ts';
import { phraseBookOf } from '../phrase-book.ts';

/** A price and whose word it is. */
export interface KnownPrice {
  readonly price: ModelPrice;
  readonly origin: PriceOrigin;
}

export interface PriceTable {
  /** The day on which the prices were looked up, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly entries: readonly PriceEntry[];
}

interface PriceEntry extends ModelPrice {
  readonly provider: ModelName['provider'];
  /** With `*` for anything; a date behind it (`-2026-03-17`, `-20260317`) belongs to the same model. */
  readonly name: string;
  /** Whose price it is, where many speak the same interface. */
  readonly host?: string | undefined;
}

const dollars = z.number().min(0).max(10_000);
const TABLE = z.strictObject({
  as_of: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  prices: z.array(
    z.strictObject({
      provider: z.enum(MODEL_PROVIDERS),
      name: z.string().min(1),
      host: z.string().optional(),
      input: dollars,
      cached: dollars,
      output: dollars,
      source: z.string().min(1),
    }),
  ),
});

const FREE: ModelPrice = { input: 0, cached: 0, output: 0 };
const OWN_SERVER: KnownPrice = { price: FREE, origin: { from: 'own_server', asOf: null } };
const BY_POLICY: PriceOrigin = { from: 'policy', asOf: null };
/**
 * Since Claude 4.5 Bedrock takes a tenth more for an endpoint that stays in a region than for a global one, says a third party
 * (clauder-navi.com/en/bedrock-claude-cost); Amazon's own list was not read. The higher rate ends a budget early rather than late.
 */
const REGIONAL = 1.1;
const TOKENS_OF_PRICE = 1_000_000;

/** @throws AssayError `internal` when the table that ships with Assay has another form. */
export function readPrices(data: unknown): PriceTable {
  const read = TABLE.safeParse(data);
  if (!read.success)
    throw new AssayError('internal', `rules/model-prices.yaml: ${z.prettifyError(read.error)}`);
  return { asOf: read.data.as_of, entries: read.data.prices };
}

/**
 * Null when no price is known. What the policy says of the model that it names comes first. A compatible server on this machine or in a
 * private network costs nothing; what a gateway there is charged for a vendor's model by another interface is the vendor's price.
 */
export function priceOf(
  { name, baseUrl }: Pick<ModelAddress, 'name' | 'baseUrl'>,
  table: PriceTable,
  policy: Pick<ModelPolicy, 'name' | 'price'> | null = null,
): KnownPrice | null {
  const isNamed = policy?.name?.provider === name.provider && policy.name.name === name.name;
  if (isNamed && policy?.price != null) return { price: policy.price, origin: BY_POLICY };
  const host = hostOf(baseUrl);
  if (name.provider === 'openai-compatible' && host !== null && isPrivateHost(host)) return OWN_SERVER;
  const price =
    name.provider === 'bedrock' ? bedrockPrice(name.name, table) : listedPrice(name, host, table.entries);
  return price === null ? null : { price, origin: { from: 'table', asOf: table.asOf } };
}

/** Of what finds passages by meaning: the table has none, so the policy's, or nothing for one's own server. */
export function embeddingPriceOf(
  { name, baseUrl }: Pick<ModelAddress, 'name' | 'baseUrl'>,
  { embeddingsPrice }: Pick<KnowledgePolicy, 'embeddingsPrice'>,
): ModelPrice | null {
  if (embeddingsPrice !== null) return { input: embeddingsPrice, cached: embeddingsPrice, output: 0 };
  const host = hostOf(baseUrl);
  return name.provider === 'openai-compatible' && host !== null && isPrivateHost(host) ? FREE : null;
}

/** US dollars; the cached part of the input at its own price. */
export function costOf({ input, cached, output }: TokenUsage, price: ModelPrice): number {
  const known = Math.min(cached, input);
  const sum = (input - known) * price.input + known * price.cached + output * price.output;
  return sum / TOKENS_OF_PRICE;
}

/** What is to be said where a limit in dollars cannot be kept; null where it can. */
export function unpricedNotice(
  { model: { budget }, language }: Pick<Policy, 'model' | 'language'>,
  price: ModelPrice | null,
  model: string,
): Notice | null {
  if (budget.money === null || price !== null) return null;
  const text = phrase`No model was asked: ${'`model.budget.money`'} needs a known price, and none is known for ${`\`${model}\``}. Say it in ${'`model.price`'}, or limit ${'`model.budget.tokens`'} and leave ${'`money`'} out. The built-in judge decided.`;
  return { code: 'model-not-asked', text: say(text, phraseBookOf(language)) };
}

function listedPrice(
  { provider, name }: ModelName,
  host: string | null,
  entries: readonly PriceEntry[],
): ModelPrice | null {
  const found = entries.find(
    (entry) =>
      entry.provider === provider &&
      (entry.host === undefined || entry.host === host) &&
      nameForm(entry.name).test(name),
  );
  return found === undefined ? null : priceIn(found);
}

/** `global.anthropic.claude-sonnet-4-5-20250929-v1:0`: what Anthropic takes; from any other place, a tenth more. */
function bedrockPrice(id: string, { entries }: PriceTable): ModelPrice | null {
  const [, place, name] = /^(?:([a-z]{2,6}(?:-gov)?)\.)?anthropic\.(.+?)(?:-v\d+(?::\d+)?)?$/.exec(id) ?? [];
  if (name === undefined) return null;
  const price = listedPrice({ provider: 'anthropic', name }, null, entries);
  if (price === null || place === 'global') return price;
  const dearer = (dollars: number) => Math.round(dollars * REGIONAL * 1e6) / 1e6;
  return { input: dearer(price.input), cached: dearer(price.cached), output: dearer(price.output) };
}

function priceIn({ input, cached, output }: PriceEntry): ModelPrice {
  return { input, cached, output };
}

function nameForm(pattern: string): RegExp {
  const form = pattern
    .split('*')
    .map((part) => part.replace(/[^\w/-]/g, (sign) => `\\${sign}`))
    .join('.*');
  return new RegExp(`^${form}(?:-\\d{4}-?\\d{2}-?\\d{2})?$`);
}

function hostOf(baseUrl: string | null): string | null {
  return baseUrl !== null && URL.canParse(baseUrl) ? new URL(baseUrl).hostname : null;
}

/** Of this machine or of a network without a way in from outside (RFC 1918, RFC 4193, RFC 6761, RFC 6762); a name without a dot is a service of the job. */
function isPrivateHost(host: string): boolean {
  if (host.startsWith('[')) return /^\[(?:::1\]|f[cd][0-9a-f]{2}:)/.test(host);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host))
    return /^(?:127|10)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(host);
  return !host.includes('.') || /\.(?:localhost|local|internal|lan|home\.arpa)$/.test(host);
}
