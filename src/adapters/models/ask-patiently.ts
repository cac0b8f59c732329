// One question until it is answered or given up: waits as long as the provider asks, repeats what may pass, leaves out what the server does not take.
import type { ModelFailure } from '../../domain/model.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { ModelWire } from './model-wire.ts';
import { both, concede, FIRST_HABITS, type Habits } from './server-habits.ts';
import type { Fault } from './wire-fault.ts';

const MOST_TRIES = 3;
const LONGEST_WAIT_MS = 60_000;
/** Before the second and the third try, where the provider does not say. */
const BACKOFF_MS: readonly number[] = [1000, 4000];

/** What the questions to one model share. */
export interface Manners {
  habits: Habits;
  readonly breaker: CircuitBreaker;
}

export function firstManners(breaker: CircuitBreaker): Manners {
  return { habits: FIRST_HABITS, breaker };
}

type Outcome = { readonly kind: 'answer' } | { readonly kind: 'fault'; readonly fault: Fault };

export interface Patient<T extends Outcome> {
  /** Refused: nothing was sent, since the provider fails time after time. */
  readonly ended: T | { readonly kind: 'refused'; readonly failure: ModelFailure };
  readonly attempts: number;
  /** Without the waits. */
  readonly latencyMs: number;
}

export interface Patience {
  readonly wire: Pick<ModelWire, 'sleep' | 'now' | 'signal' | 'log'>;
  readonly manners: Manners;
  /** Asked before a repeat: a reader who was shown half an answer is not shown another. */
  readonly mayRepeat: () => boolean;
}

/** Throws only what the run was aborted with. */
export async function askPatiently<T extends Outcome>(
  send: (habits: Habits) => Promise<T>,
  { wire, manners, mayRepeat }: Patience,
): Promise<Patient<T>> {
  wire.signal.throwIfAborted();
  const failure = manners.breaker.refusal();
  if (failure !== null) return { ended: { kind: 'refused', failure }, attempts: 0, latencyMs: 0 };
  let tries = 0;
  let attempts = 0;
  let latencyMs = 0;
  for (;;) {
    const habits = manners.habits;
    const start = wire.now();
    const ended = await send(habits);
    latencyMs += Math.max(0, wire.now() - start);
    attempts += 1;
    if (ended.kind === 'fault' && mayRepeat()) {
      const { fault } = ended;
      if (learn(manners, habits, fault)) {
        wire.log.debug(`The model is asked again, more plainly: ${fault.text}`);
        continue;
      }
      tries += 1;
      if (await waited(fault, tries, wire)) continue;
    }
    manners.breaker.record(ended.kind === 'fault' ? ended.fault : null);
    return { ended, attempts, latencyMs };
  }
}

/** Whether there is something to leave out. What another question has found out meanwhile stays left out, too. */
function learn(manners: Manners, sent: Habits, { dislikes }: Fault): boolean {
  const conceded = concede(sent, dislikes);
  if (conceded === null) return false;
  manners.habits = both(manners.habits, conceded);
  return true;
}

/** False: it is not tried again. */
async function waited(
  { passing, waitMs, text }: Fault,
  tries: number,
  wire: Patience['wire'],
): Promise<boolean> {
  if (!passing || tries >= MOST_TRIES) return false;
  const wait = waitMs ?? BACKOFF_MS[tries - 1] ?? LONGEST_WAIT_MS;
  if (wait > LONGEST_WAIT_MS) return false;
  wire.log.debug(`The model is asked again in ${Math.ceil(wait / 1000)} s: ${text}`);
  await wire.sleep(wait).catch(() => undefined);
  wire.signal.throwIfAborted();
  return true;
}
