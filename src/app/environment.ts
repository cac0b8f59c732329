// What a door tells the application about the process it runs in; everything else comes through adapters.

/** Of the process, or of the CI job before they were taken out of it. */
export type Variables = Readonly<Record<string, string | undefined>>;

export interface Environment {
  readonly variables: Variables;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Columns of the terminal on stdout; null when it is none. */
  readonly terminalWidth: number | null;
  readonly color: boolean;
  /** Whether stderr is a terminal, for progress. */
  readonly interactive: boolean;
  /** Aborted by SIGTERM and SIGINT: the run writes what is there and says so. */
  readonly signal: AbortSignal;
  /** Whether one bounded `git fetch` may deepen a shallow clone (Action and GitLab job; never the command line). */
  readonly allowFetch: boolean;
  /** How hosts are waited for: between two tries, and for one answer (milliseconds). Left out: with the system's clock, 30 s. */
  readonly waiting?: {
    readonly sleep: (milliseconds: number) => Promise<void>;
    readonly timeoutMs: number;
  };
}
