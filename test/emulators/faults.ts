// What goes wrong on purpose between a client and an emulated host, told apart by method, path, body and count.

export type FaultAction =
  /** Answered so; the request is not carried out. */
  | {
      readonly kind: 'status' | 'store_then_status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** A string is sent as it is, anything else as JSON; left out: nothing. */
      readonly body?: unknown;
    }
  /** Carried out, and answered that much later. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** The connection is reset: before the request is carried out, or after. */
  | { readonly kind: 'drop' | 'store_then_drop' };

export type Fault = FaultAction & {
  readonly method?: string;
  /** Tried on the path without its query. */
  readonly path?: RegExp;
  /** Tried on the request's body as text: the way to hit one GraphQL mutation. */
  readonly text?: RegExp;
  /** Which of the matching requests from now on, counted from 1; left out: the first. */
  readonly nth?: number | 'always';
};

interface PlannedFault {
  readonly fault: Fault;
  seen: number;
  fired: number;
}

/** The faults of one host. The first planned fault whose turn it is wins; all matching ones count the request. */
export class Faults {
  private planned: PlannedFault[] = [];

  add(...faults: readonly Fault[]): this {
    for (const fault of faults) this.planned.push({ fault, seen: 0, fired: 0 });
    return this;
  }

  /** Forgets every fault. */
  clear(): void {
    this.planned = [];
  }

  /** How many times a fault was played. */
  count(): number {
    return this.planned.reduce((sum, { fired }) => sum + fired, 0);
  }

  /** How many planned faults never came to pass (one that is `always` counts until it was played once). */
  left(): number {
    return this.planned.filter(({ fired }) => fired === 0).length;
  }

  /** What to play on this request, or null. Counts it. */
  take(request: {
    readonly method: string;
    readonly path: string;
    readonly text: string;
  }): FaultAction | null {
    let chosen: PlannedFault | null = null;
    for (const plan of this.planned) {
      if (!matches(plan.fault, request)) continue;
      plan.seen += 1;
      const nth = plan.fault.nth ?? 1;
      if (chosen === null && (nth === 'always' || nth === plan.seen)) chosen = plan;
    }
    if (chosen === null) return null;
    chosen.fired += 1;
    return chosen.fault;
  }
}

function matches(
  fault: Fault,
  request: { readonly method: string; readonly path: string; readonly text: string },
): boolean {
  if (fault.method !== undefined && fault.method !== request.method) return false;
  if (fault.path !== undefined && !new RegExp(fault.path, without(fault.path.flags, 'g')).test(request.path))
    return false;
  return (
    fault.text === undefined || new RegExp(fault.text, without(fault.text.flags, 'g')).test(request.text)
  );
}

/** A global pattern remembers where it stopped, which would make faults depend on each other. */
function without(flags: string, flag: string): string {
  return flags.replaceAll(flag, '');
}
