// Answers of models kept from run to run, by the hash of everything that could change them.

export interface AnswerCache {
  /** The value stored under a key of 64 hexadecimal digits; null when there is none, or when it is not authentic. Never throws. */
  get(key: string): Promise<unknown>;
  /** Stores JSON; does nothing where this run may only read. Never throws. */
  put(key: string, value: unknown): Promise<void>;
}
