// Follows the values at a place back to where they come from, and asks of each origin whether a checked claim answers for it.
import type { CallExpression, Expression, Span } from '../../code/ir.ts';
import { knownValueOf, valuePartsOf } from '../../code/known-value.ts';
import { nameOf, withoutWrapping } from '../../code/read-expression.ts';
import type { SourceUnit } from '../../code/source-unit.ts';
import { collectSyntax } from '../../code/syntax-of-file.ts';
import { ALONE, ANYWHERE, type Standing, standingsOf } from './last-segment.ts';
import { joinsPaths, makesCharacter, mayWriteCharacters, passedOn } from './passing-calls.ts';

/** Variables that a value is followed through, and nodes that are looked at. */
const MOST_HOPS = 8;
const MOST_NODES = 400;

/** What a claim answers for, once its own check has passed. `id` is the claim's number. */
export interface Cover {
  readonly id: number;
  /** The result of this call is harmless where it stands in the text that is made with it. */
  call(call: CallExpression, standing: Standing): boolean;
  /** The value that the variable, or member chain, has at `at` is harmless. */
  name(name: string, at: Span): boolean;
}

export interface Coverage {
  /** Nothing in the values is unanswered for: each origin is a literal, or some cover answers for it. */
  readonly isWhole: boolean;
  /** Covers that answered for an origin. */
  readonly used: ReadonlySet<number>;
  /** Variables, member chains and functions met on the way, as written: what the values are made of. */
  readonly met: ReadonlySet<string>;
  /** Places met on the way, so that a claim about a line can be told to be on it. */
  readonly spans: readonly Span[];
}

export function coverValues(
  unit: SourceUnit,
  values: readonly Expression[],
  covers: readonly Cover[],
): Coverage {
  const walk = new Walk(unit, covers);
  for (const value of values) walk.visit(value, 0, ALONE);
  return { isWhole: walk.open === 0, used: walk.used, met: walk.met, spans: walk.spans };
}

class Walk {
  readonly used = new Set<number>();
  readonly met = new Set<string>();
  readonly spans: Span[] = [];
  open = 0;
  readonly #unit: SourceUnit;
  readonly #covers: readonly Cover[];
  #nodes = 0;

  constructor(unit: SourceUnit, covers: readonly Cover[]) {
    this.#unit = unit;
    this.#covers = covers;
  }

  visit(given: Expression, hops: number, standing: Standing): void {
    this.#nodes += 1;
    if (this.#nodes > MOST_NODES) {
      this.open += 1;
      return;
    }
    const node = withoutWrapping(given);
    this.spans.push(node.span);
    if (this.#writesCharacters(given)) {
      this.#leaveOpen(node);
      return;
    }
    const parts = partsOf(node);
    if (parts !== null) {
      const standings = standingsIn(node, parts, standing);
      for (const [index, part] of parts.entries()) this.visit(part, hops, standings[index] ?? ANYWHERE);
      return;
    }
    if (node.kind === 'call') this.#visitCall(node, hops, standing);
    else if (node.kind === 'name' || node.kind === 'member') this.#visitName(node, hops, standing);
    else this.#leaveOpen(node);
  }

  /** Any character may come out of a harmless number. */
  #writesCharacters(given: Expression): boolean {
    let at = given;
    for (; at.kind === 'await' || at.kind === 'cast'; at = at.operand) if (makesCharacter(at)) return true;
    return at.kind === 'binary' && at.operator === '%' && mayWriteCharacters(this.#unit);
  }

  #visitCall(node: CallExpression, hops: number, standing: Standing): void {
    if (node.callee.kind === 'name' || node.callee.kind === 'member') this.met.add(node.callee.name);
    const covered = this.#use((cover) => cover.call(node, standing));
    const passed = passedOn(this.#unit, node);
    if (covered) {
      // What goes into it is on the way, though it need not be answered for any more.
      this.#lookInto(node, hops);
    } else if (passed !== null) {
      const join = joinsPaths(this.#unit, node);
      const standings = passed.length === 1 || join ? standingsOf(passed, standing, 'path') : [];
      for (const [index, part] of passed.entries()) this.visit(part, hops, standings[index] ?? ANYWHERE);
    } else {
      this.open += 1;
      this.#lookInto(node, hops);
    }
  }

  #visitName(node: Expression & { kind: 'name' | 'member' }, hops: number, standing: Standing): void {
    const name = nameOf(node);
    if (name === null) {
      this.#leaveOpen(node);
      return;
    }
    this.met.add(name);
    if (this.#use((cover) => cover.name(name, node.span))) {
      this.#lookInto(node, hops);
      return;
    }
    const value = hops < MOST_HOPS ? knownValueOf(this.#unit, name, node.span) : null;
    if (value !== null) this.visit(value, hops + 1, standing);
    else if (!this.#isHandedFunction(node)) this.open += 1;
  }

  /** A function of the file that is handed on by name is no value of an attacker's. */
  #isHandedFunction(node: Expression): boolean {
    return (
      node.kind === 'name' &&
      this.#unit.functions.filter(({ name }) => name === node.name).length === 1 &&
      !collectSyntax(this.#unit).writes.has(node.name)
    );
  }

  #leaveOpen(node: Expression): void {
    this.open += 1;
    this.#lookInto(node, MOST_HOPS);
  }

  /** Notes what a node is made of, without asking whether it is answered for. */
  #lookInto(node: Expression, hops: number): void {
    const aside = new Walk(this.#unit, []);
    aside.#nodes = this.#nodes;
    const inner =
      node.kind === 'call'
        ? [
            ...(node.callee.kind === 'member' ? [node.callee.object] : []),
            ...node.arguments.map(({ value }) => value),
          ]
        : node.kind === 'index' || node.kind === 'slice' || node.kind === 'member'
          ? [node.object]
          : node.kind === 'name' && hops < MOST_HOPS
            ? [knownValueOf(this.#unit, node.name, node.span)].filter((value) => value !== null)
            : [];
    for (const part of inner) aside.visit(part, hops + 1, ANYWHERE);
    this.#nodes = aside.#nodes;
    for (const name of aside.met) this.met.add(name);
    this.spans.push(...aside.spans);
  }

  #use(answers: (cover: Cover) => boolean): boolean {
    const answering = this.#covers.filter(answers);
    for (const { id } of answering) this.used.add(id);
    return answering.length > 0;
  }
}

/** As `valuePartsOf`; what nobody can have written from outside has no part. */
function partsOf(node: Expression): readonly Expression[] | null {
  const isOurs = node.kind === 'constant' || node.kind === 'regex' || node.kind === 'lambda';
  return isOurs ? [] : valuePartsOf(node);
}

function standingsIn(
  node: Expression,
  parts: readonly Expression[],
  standing: Standing,
): readonly Standing[] {
  const isText = node.kind === 'template' || (node.kind === 'binary' && /^[+.]$/.test(node.operator));
  if (isText) return standingsOf(parts, standing, 'text');
  const isChoice = node.kind === 'ternary' || (node.kind === 'binary' && /^(\|\||\?\?)$/.test(node.operator));
  return isChoice ? parts.map(() => standing) : [];
}
