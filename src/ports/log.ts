// What the run tells the person who watches it, on stderr. Adapters make every text inert.

export interface Progress {
  update(done: number): void;
  finish(): void;
}

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
  /** Shows on a terminal when the work takes over a second; plain lines in CI. `total` null when unknown. */
  progress(label: string, total: number | null): Progress;
}
