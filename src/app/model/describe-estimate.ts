// An estimate of tokens and money in words.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { EmbeddingUse } from '#domain/result-document.ts';
import type { Estimate, PatchEstimate, Range } from './estimate.ts';
import type { KnownPrice } from './prices.ts';

export function describeEstimate(
  { requests, findings, tokens, money }: Estimate,
  {
    model,
    left,
    price,
  }: { readonly model: string; readonly left: number; readonly price: KnownPrice | null },
): Phrase {
  const sent = between(tokens.input);
  const said = between(tokens.output);
  const asked = phrase`Asking ${`\`${model}\``} would take: findings ${findings}, requests ${requests}, tokens in ${sent}, out ${said}`;
  const whole =
    money === null
      ? phrase`${asked}; no price is known for it.`
      : money.high === 0
        ? phrase`${asked}; it costs nothing.`
        : phrase`${asked}, about ${dollars(money.low)} to ${dollars(money.high)} (${originOf(price)}).`;
  return left === 0 ? whole : phrase`${whole} Findings beyond the limit of the policy: ${left}.`;
}

/** Which of them will be asked for is not known before the verdicts are. */
export function describePatches({ findings, requests, tokens, money }: PatchEstimate): Phrase {
  if (findings === 0) return phrase`No patch would be asked for.`;
  const most = phrase`Which patches are asked for depends on the verdicts: at most findings ${findings}, requests ${requests}, tokens in ${NUMBER.format(tokens.input)}, out ${NUMBER.format(tokens.output)}`;
  return priced(most, money);
}

/** Vectors that are kept are not asked for again. */
export function describeEmbeddings({ model, texts, tokens, money }: EmbeddingUse): Phrase {
  const most = phrase`Finding passages with ${`\`${model}\``} would take at most: texts ${texts}, tokens ${NUMBER.format(tokens)}`;
  return priced(most, money);
}

function priced(most: Phrase, money: number | null): Phrase {
  if (money === null) return phrase`${most}; no price is known for it.`;
  if (money === 0) return phrase`${most}; it costs nothing.`;
  return phrase`${most}, at most ${dollars(money)}.`;
}

function originOf(price: KnownPrice | null): Phrase {
  return price?.origin.from === 'policy'
    ? phrase`price of the policy`
    : phrase`prices of ${price?.origin.asOf ?? ''}`;
}

const NUMBER = new Intl.NumberFormat('en-US');

function between({ low, high }: Range): string {
  return `${NUMBER.format(low)}–${NUMBER.format(high)}`;
}

function dollars(amount: number): string {
  return `$${amount < 0.1 ? amount.toFixed(4) : amount.toFixed(2)}`;
}
