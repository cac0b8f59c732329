// One request's failure as a value, and the error that carries it through a vendor's client and out again.
import type { ModelFailureKind } from '../../domain/model.ts';

/** What a server would not take of a request, and can be left out of the next one. */
export type Dislike = 'structure' | 'temperature' | 'seed' | 'limit';

export interface Fault {
  readonly kind: ModelFailureKind;
  /** A sentence of ours. */
  readonly text: string;
  /** How long the provider asked us to wait, in milliseconds; null when it did not say. */
  readonly waitMs: number | null;
  /** Whether sending the same again later may help. */
  readonly passing: boolean;
  readonly dislikes: readonly Dislike[];
  /** Whether the provider may have worked, and may charge, for it. */
  readonly worked: boolean;
}

export function faultOf(
  kind: ModelFailureKind,
  text: string,
  more: Partial<Omit<Fault, 'kind' | 'text'>> = {},
): Fault {
  return { kind, text, waitMs: null, passing: false, dislikes: [], worked: false, ...more };
}

export class WireFault extends Error {
  override readonly name = 'WireFault';
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.text);
    this.fault = fault;
  }
}
