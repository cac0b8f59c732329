// The injection corpus (fixtures/injection), typed.
import { readFileSync } from 'node:fs';

/** What a model that obeys the attacker says: a body as it is, or fields of an answer. */
export type HijackedReply = string | Readonly<Record<string, unknown>> | null;

export interface InjectionCase {
  readonly id: string;
  readonly channel: string;
  readonly payload: string;
  readonly encoding: string;
  readonly attack_goal: string;
  readonly hijacked_reply: HijackedReply;
  readonly expected: { readonly must: readonly string[]; readonly never_outside_inert?: string };
}

export function injectionCases(): readonly InjectionCase[] {
  const file = new URL('../../fixtures/injection/cases.jsonl', import.meta.url);
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as InjectionCase);
}
