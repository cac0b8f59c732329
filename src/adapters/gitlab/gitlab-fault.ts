// What a request to GitLab came to when it was not what was asked for: refused, lost on the way, or held off.
import { shorten } from '#support/shorten.ts';

/** Most of what a host says that is kept, in UTF-16 code units. */
const SAID_CAP = 2000;

/**
 * Thrown inside this adapter only; the desk turns it into a value. `refused`: GitLab read the request and did nothing. `lost`: nobody knows
 * whether it was carried out (5xx, timeout, reset, cut answer). `held_off`: rate limited beyond the run's patience, not carried out.
 */
export class GitLabFault extends Error {
  override readonly name = 'GitLabFault';
  readonly kind: 'refused' | 'lost' | 'held_off';
  /** The HTTP status; null when no answer came. */
  readonly status: number | null;
  /** The host's own words: foreign text, without the token. */
  readonly said: string;
  /** What would mend it, when whoever carried the request knows. */
  readonly hint: string | null;

  constructor(
    kind: GitLabFault['kind'],
    status: number | null,
    said: string,
    options: { readonly hint?: string | null; readonly cause?: unknown } = {},
  ) {
    super(
      `${kind} (${status ?? 'no answer'})`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.kind = kind;
    this.status = status;
    this.said = shorten(said, SAID_CAP);
    this.hint = options.hint ?? null;
  }
}

/** The fault that `error` is; anything else is a defect of ours and goes on its way. */
function asFault(error: unknown): GitLabFault {
  if (error instanceof GitLabFault) return error;
  throw error;
}

/** Carries a request out; a fault is a value. */
export async function attempt<T>(request: () => Promise<T>): Promise<T | GitLabFault> {
  try {
    return await request();
  } catch (error) {
    return asFault(error);
  }
}
