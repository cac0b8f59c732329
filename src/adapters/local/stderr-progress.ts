// Shows how far a piece of work is: a redrawn line on a terminal once it takes over a second, now and then a plain line in CI.
import type { Progress } from '#ports/log.ts';
import { toLog } from '#support/escape-log.ts';

export interface ProgressOutput {
  write(text: string): void;
  /** Monotonic milliseconds. */
  now(): number;
}

export interface ProgressTask {
  readonly label: string;
  /** Null when nobody knows how much there is. */
  readonly total: number | null;
  readonly interactive: boolean;
}

/** Work shorter than this says nothing. */
const PATIENCE_MS = 1_000;
/** Between two drawings: smooth on a terminal, rare in a log that is kept. */
const REDRAW_MS = { terminal: 100, plain: 10_000 } as const;
const CLEAR_LINE = '\r\x1b[2K';

/** `clear` takes the drawn line away, for a log line to be written in its place. */
export function createProgress(task: ProgressTask, output: ProgressOutput): Progress & { clear(): void } {
  const started = output.now();
  const every = task.interactive ? REDRAW_MS.terminal : REDRAW_MS.plain;
  let drawnAt = started + PATIENCE_MS - every;
  let isDrawn = false;

  const clear = () => {
    if (isDrawn) output.write(CLEAR_LINE);
    isDrawn = false;
  };
  return {
    update(done) {
      const now = output.now();
      if (now - drawnAt < every) return;
      drawnAt = now;
      const line = toLog(describe(task, done));
      output.write(task.interactive ? `${CLEAR_LINE}${line}` : `${line}\n`);
      isDrawn = task.interactive;
    },
    finish: clear,
    clear,
  };
}

function describe({ label, total }: ProgressTask, done: number): string {
  if (total === null || total === 0) return `${label}: ${done}`;
  return `${label}: ${done} of ${total} (${Math.floor((done / total) * 100)} %)`;
}
