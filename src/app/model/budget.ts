// What a run may spend on a model: questions are let through in the order in which they are asked, whatever the order of the answers.
import type { ModelFailure, ModelPrice, TokenUsage } from '#domain/model.ts';
import type { ModelPolicy } from '#domain/policy.ts';
import { costOf } from './prices.ts';

export interface Need {
  /** Ids of the findings that the question is about. */
  readonly findings: readonly string[];
  /** Tokens of one try: what is sent, and the most that may come back. */
  readonly input: number;
  readonly output: number;
  /** Where it is not the model's. A limit in dollars turns away what has no price. */
  readonly price?: ModelPrice | null;
}

/** `repair`: whether there is room for a second try. */
export type Admission =
  | { readonly kind: 'granted'; readonly repair: boolean }
  | { readonly kind: 'refused'; readonly failure: ModelFailure };

/** A place in the line. */
export interface Place {
  readonly admission: Promise<Admission>;
  /** False when it was turned away at once, for the number of its findings or for want of a price. */
  readonly inLine: boolean;
  /**
   * What the question used; counts from then on in place of what was set aside. Whoever was let through must settle, once; one that was
   * not, and has an answer from elsewhere, may.
   */
  settle(usage: TokenUsage): void;
}

export interface Budget {
  /** Takes the next place at once: the order of the calls is the order of the line. */
  join(need: Need): Place;
  /** False for a finding beyond the limit of findings, which then counts as not asked. */
  mayAsk(finding: string): boolean;
  /** Counts findings that were left out before the line. */
  leaveOut(findings: readonly string[]): void;
  /** Findings that some question about was let through, and those that none was. */
  asked(): number;
  notAsked(): number;
}

interface Sum {
  readonly tokens: number;
  /** Whole billionths of a dollar: sums of fractions would depend on their order. */
  readonly money: number;
}

interface Standing {
  readonly need: Need;
  readonly decide: (admission: Admission) => void;
  /** Set aside when it was let through. */
  hold: Sum;
  /** Null until it is settled. */
  used: Sum | null;
}

const NOTHING: Sum = { tokens: 0, money: 0 };
const UNITS_OF_DOLLAR = 1_000_000_000;
/** What a provider reports beyond this many times what was set aside is not believed here; the bill shows it. */
const MOST_OVERRUN = 4;

/**
 * Every question sets aside what two tries may take, or one where there is no room for two. Question n is weighed against what the
 * questions up to n − `width` used, and against what the later ones set aside, however many of those are answered by then: so the latency
 * of answers decides nothing. Few have to wait for it: most fit whatever the open questions come to.
 *
 * A limit in dollars without a price lets nothing through (`unpricedNotice`).
 */
export function createBudget(limits: ModelPolicy['budget'], price: ModelPrice | null, width: number): Budget {
  const spent: ModelFailure = { kind: 'budget', text: spentText(limits) };
  const line = createLine({
    most: { tokens: limits.tokens, money: inUnits(limits.money ?? Number.POSITIVE_INFINITY) },
    ...{ price, width, spent },
  });
  const joined = new Set<string>();
  const leaveOut = (findings: readonly string[]) => {
    for (const id of findings) line.refused.add(id);
  };
  return {
    leaveOut,
    mayAsk(finding) {
      const may = joined.has(finding) || joined.size < limits.findings;
      if (!may) leaveOut([finding]);
      return may;
    },
    join(need) {
      const first = need.findings.filter((id) => !joined.has(id));
      const unpriced = limits.money !== null && (need.price === undefined ? price : need.price) === null;
      if (unpriced || joined.size + first.length > limits.findings) return line.turnAway(need);
      for (const id of first) joined.add(id);
      return line.join(need);
    },
    asked: () => line.granted.size,
    notAsked: () => line.refused.difference(line.granted).size,
  };
}

interface LineSettings {
  readonly most: Sum;
  readonly price: ModelPrice | null;
  readonly width: number;
  readonly spent: ModelFailure;
}

function createLine({ most, price, width, spent }: LineSettings) {
  const line: Standing[] = [];
  const granted = new Set<string>();
  const refused = new Set<string>();
  let next = 0;
  // Of the questions at least `width` before the next one: what the settled used, and the most that the open ones may come to.
  let certain = NOTHING;
  let open = NOTHING;
  let opened = 0;
  // What the questions since then set aside.
  let recent = NOTHING;
  const priceFor = (need: Need) => (need.price === undefined ? price : need.price);
  const fits = (...sums: readonly Sum[]) => isWithin(sums.reduce(plus, NOTHING), most);

  function weigh(once: Sum): Admission | null {
    if (fits(certain, open, recent, once, once)) return { kind: 'granted', repair: true };
    if (!fits(certain, recent, once)) return { kind: 'refused', failure: spent };
    return opened > 0 ? null : { kind: 'granted', repair: false };
  }

  function proceed(): void {
    for (let one = line[next]; one !== undefined; one = line[next]) {
      const once = sumOf({ ...one.need, cached: 0 }, priceFor(one.need));
      const admission = weigh(once);
      if (admission === null) return;
      const isGranted = admission.kind === 'granted';
      if (isGranted) one.hold = admission.repair ? plus(once, once) : once;
      else one.used = NOTHING;
      for (const id of one.need.findings) (isGranted ? granted : refused).add(id);
      recent = plus(recent, one.hold);
      next += 1;
      passOn(line[next - width]);
      one.decide(admission);
    }
  }

  function passOn(one: Standing | undefined): void {
    if (one === undefined) return;
    recent = minus(recent, one.hold);
    if (one.used !== null) certain = plus(certain, one.used);
    else {
      open = plus(open, times(one.hold, MOST_OVERRUN));
      opened += 1;
    }
  }

  function settle(index: number, usage: TokenUsage): void {
    const one = line[index];
    if (one === undefined) return;
    for (const id of one.need.findings) granted.add(id);
    if (one.used !== null) return;
    const most = times(one.hold, MOST_OVERRUN);
    one.used = least(sumOf(usage, priceFor(one.need)), most);
    if (index > next - width) return;
    open = minus(open, most);
    opened -= 1;
    certain = plus(certain, one.used);
    proceed();
  }

  return {
    granted,
    refused,
    join(need: Need): Place {
      const { promise, resolve } = Promise.withResolvers<Admission>();
      const index = line.push({ need, decide: resolve, hold: NOTHING, used: null }) - 1;
      proceed();
      return { admission: promise, inLine: true, settle: (usage) => settle(index, usage) };
    },
    turnAway(need: Need): Place {
      for (const id of need.findings) refused.add(id);
      const admission = Promise.resolve<Admission>({ kind: 'refused', failure: spent });
      return { admission, inLine: false, settle: () => {} };
    },
  };
}

/** The same for every question of a run: which limit was met first must not depend on the order of answers. */
function spentText({ tokens, money, findings }: ModelPolicy['budget']): string {
  const dollars = money === null ? '' : `, $${money}`;
  return `The budget of this run is spent (${tokens} tokens${dollars}, ${findings} findings).`;
}

function sumOf(usage: TokenUsage, price: ModelPrice | null): Sum {
  const money = price === null ? 0 : inUnits(costOf(usage, price));
  return { tokens: usage.input + usage.output, money };
}

function inUnits(dollars: number): number {
  return Math.round(dollars * UNITS_OF_DOLLAR);
}

function plus(one: Sum, other: Sum): Sum {
  return { tokens: one.tokens + other.tokens, money: one.money + other.money };
}

function minus(one: Sum, other: Sum): Sum {
  return { tokens: one.tokens - other.tokens, money: one.money - other.money };
}

function times(one: Sum, count: number): Sum {
  return { tokens: one.tokens * count, money: one.money * count };
}

function least(one: Sum, other: Sum): Sum {
  return { tokens: Math.min(one.tokens, other.tokens), money: Math.min(one.money, other.money) };
}

function isWithin(one: Sum, most: Sum): boolean {
  return one.tokens <= most.tokens && one.money <= most.money;
}
