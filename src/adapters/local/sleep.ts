// Waiting, which ends at once when the run is interrupted.
import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds; rejects with the signal's reason when it is aborted. */
export function createSleep(signal: AbortSignal): (milliseconds: number) => Promise<void> {
  return (milliseconds) => wait(milliseconds, undefined, { signal });
}
