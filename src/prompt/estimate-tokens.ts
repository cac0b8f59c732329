// How many tokens a text is, about: enough to keep a budget, without a tokenizer of any vendor.

/** Characters (UTF-16 units) that a token of code and English prose holds, on the low side; Chinese text has more tokens than this says. */
const CHARACTERS_PER_TOKEN = 3.6;

/** Characters / 3.6, rounded up. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}
