// An estimate of tokens and money in words.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { Estimate, Range } from './estimate.ts';

export function describeEstimate(
  { requests, findings, tokens, money }: Estimate,
  { model, left }: { readonly model: string; readonly left: number },
): Phrase {
  const sent = between(tokens.input);
  const said = between(tokens.output);
  const asked = phrase`Asking ${`\`${model}\``} would take: findings ${findings}, requests ${requests}, tokens in ${sent}, out ${said}`;
  const priced =
    money === null
      ? phrase`${asked}; no price is known for it.`
      : money.high === 0
        ? phrase`${asked}; it costs nothing.`
        : phrase`${asked}, about ${dollars(money.low)} to ${dollars(money.high)}.`;
  return left === 0 ? priced : phrase`${priced} Findings beyond the limit of the policy: ${left}.`;
}

const NUMBER = new Intl.NumberFormat('en-US');

function between({ low, high }: Range): string {
  return `${NUMBER.format(low)}–${NUMBER.format(high)}`;
}

function dollars(amount: number): string {
  return `$${amount < 0.1 ? amount.toFixed(4) : amount.toFixed(2)}`;
}
