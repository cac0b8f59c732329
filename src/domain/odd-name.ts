// A name in the code that may not be what it looks like: told beside a finding, for people, and no input of any verdict (security row 33).

/**
 * - `mixed_scripts`: letters of scripts that no one word mixes (`раypal`, with a Cyrillic `р`)
 * - `look_alike`: another name of the file looks the same
 * - `direction`: characters that turn the direction of the text around it
 * - `invisible`: characters that nobody sees
 */
export const ODDITIES = ['mixed_scripts', 'look_alike', 'direction', 'invisible'] as const;
export type Oddity = (typeof ODDITIES)[number];

export interface OddName {
  /** The name, or the word around the characters; outside text, at most 60 characters. */
  readonly name: string;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly oddity: Oddity;
  /** Code points that make it odd, at most four: `U+0440`. */
  readonly characters: readonly string[];
}
