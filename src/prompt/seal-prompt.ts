// The names that outside text cannot know: a nonce for its delimiters, a mark for its lines, an opaque id for each finding.
import { createHash } from 'node:crypto';
import { AssayError } from '#domain/errors.ts';

export interface Seal {
  /** 16 hexadecimal digits; stands in every delimiter and nowhere else. */
  readonly nonce: string;
  /** 6 letters that every line of outside text starts with. */
  readonly mark: string;
  /** One for each finding, in order: `f-` and 10 hexadecimal digits. */
  readonly ids: readonly string[];
}

const ATTEMPTS = 64;
/** One for each hexadecimal digit: beside line numbers, letters are told apart better, and these make no words. */
const LETTERS = 'bcdfghjklmnpqrst';

/**
 * Names made of everything that the prompt says: the same prompt has the same names, and a text that wants to hold one would have to hold
 * a piece of its own SHA-256. Should one hold it all the same, the next names are tried. `content` is the whole prompt without names.
 * Throws AssayError `internal` when no attempt finds names that are free, which chance does not bring about.
 */
export function sealPrompt(content: string, findings: number): Seal {
  const plain = content.toLowerCase();
  const whole = createHash('sha256').update(content).digest('hex');
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const digest = (purpose: string) =>
      createHash('sha256')
        .update(JSON.stringify(['assay-prompt', whole, attempt, purpose]))
        .digest('hex');
    const seal: Seal = {
      nonce: digest('nonce').slice(0, 16),
      mark: lettersOf(digest('mark').slice(0, 6)),
      ids: Array.from({ length: findings }, (_, index) => `f-${digest(`id ${index}`).slice(0, 10)}`),
    };
    const names = [seal.nonce, seal.mark, ...seal.ids];
    if (new Set(names).size === names.length && names.every((name) => !plain.includes(name))) return seal;
  }
  throw new AssayError('internal', 'No delimiter is free in the text of a prompt.');
}

function lettersOf(digits: string): string {
  return [...digits].map((digit) => LETTERS[Number.parseInt(digit, 16)] ?? '').join('');
}
