// Errors that end a run: each says what happened, and how to mend it.

/** Exit codes of the contract. Precedence 2, 3, 1, 0. */
export const EXIT = { passed: 0, failed: 1, usage: 2, unfinished: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export type ErrorCode =
  | 'usage'
  | 'configuration'
  | 'input'
  | 'repository'
  | 'output'
  | 'interrupted'
  | 'internal';

/** An error for a person: `message` says what and where, `hint` how to mend it. */
export class AssayError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | null;
  override readonly name = 'AssayError';

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? null;
  }
}
