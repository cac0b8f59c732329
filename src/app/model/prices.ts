// What tokens cost: the dated table of `rules/model-prices.yaml`, and which model it has a price for.
import * as z from 'zod';
import type { Notice } from '#domain/decision.ts';
import { AssayError } from '#domain/errors.ts';
import type { ModelName, TokenUsage } from '#domain/model.ts';
import { MODEL_PROVIDERS } from '#domain/model.ts';
import type { ModelPolicy } from '#domain/policy.ts';
import type { ModelAddress } from '#ports/language-model.ts';

/** US dollars for a million tokens. `cached`: input that the provider had in its prefix cache. */
export interface ModelPrice {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
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
const TOKENS_OF_PRICE = 1_000_000;

/** @throws AssayError `internal` when the table that ships with Assay has another form. */
export function readPrices(data: unknown): PriceTable {
  const read = TABLE.safeParse(data);
  if (!read.success)
    throw new AssayError('internal', `rules/model-prices.yaml: ${z.prettifyError(read.error)}`);
  return { asOf: read.data.as_of, entries: read.data.prices };
}

/**
 * Null when no price is known. A compatible server on this machine or in a private network costs nothing; what a gateway there is charged
 * for a vendor's model by another interface is the vendor's price.
 */
export function priceOf({ name, baseUrl }: Pick<ModelAddress, 'name' | 'baseUrl'>, table: PriceTable) {
  const host = hostOf(baseUrl);
  if (name.provider === 'openai-compatible' && host !== null && isPrivateHost(host)) return FREE;
  const found = table.entries.find(
    (entry) =>
      entry.provider === name.provider &&
      (entry.host === undefined || entry.host === host) &&
      nameForm(entry.name).test(name.name),
  );
  return found === undefined ? null : priceIn(found);
}

/** US dollars; the cached part of the input at its own price. */
export function costOf({ input, cached, output }: TokenUsage, price: ModelPrice): number {
  const known = Math.min(cached, input);
  const sum = (input - known) * price.input + known * price.cached + output * price.output;
  return sum / TOKENS_OF_PRICE;
}

/** What is to be said where a limit in dollars cannot be kept; null where it can. */
export function unpricedNotice(
  budget: ModelPolicy['budget'],
  price: ModelPrice | null,
  model: string,
): Notice | null {
  if (budget.money === null || price !== null) return null;
  const text = `No model was asked: \`model.budget.money\` needs a known price, and none is known for \`${model}\`. Limit \`model.budget.tokens\` and leave \`money\` out. The built-in judge decided.`;
  return { code: 'model-not-asked', text };
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
