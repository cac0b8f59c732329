// Whether everything a function does with one of its arrays stays inside: what a report on the declaration is about.
import type { CallExpression, Expression, FunctionDefinition, Span, Statement } from '../code/ir.ts';
import type { SourceUnit } from '../code/source-unit.ts';
import { childrenOfExpression, partsOfStatement } from '../code/walk-ir.ts';
import { type BufferArray, findArray } from './buffer-array.ts';
import type { Outcome } from './buffer-site.ts';

export type UseOfArray =
  | { readonly kind: 'proved'; readonly spans: readonly Span[] }
  | {
      readonly kind: 'overflows';
      readonly outcome: Extract<Outcome, { kind: 'overflows' }>;
      readonly name: string;
    }
  | { readonly kind: 'open'; readonly question: string; readonly spans: readonly Span[] };

/** Judges a call of the function whose name is given; null when it is none that writes into buffers. */
export type CallJudge = (call: CallExpression, name: string) => Outcome | null;

/** Functions that only read the texts they are given, from the position on. */
const READERS: ReadonlyMap<string, number> = new Map([
  ['printf', 1],
  ['fprintf', 2],
  ['snprintf', 3],
  ['puts', 0],
  ['fputs', 0],
  ['strlen', 0],
  ['strcmp', 0],
  ['strcasecmp', 0],
  ['perror', 0],
  ['atoi', 0],
]);

interface Use {
  readonly name: Extract<Expression, { kind: 'name' }>;
  readonly parents: readonly Expression[];
}

/** All uses of an array of the function; the first that is not proved is the question. */
export function judgeUses(
  unit: SourceUnit,
  within: FunctionDefinition,
  array: BufferArray,
  judgeCall: CallJudge,
): UseOfArray {
  const uses = usesIn(within.body, array.name);
  const outcomes: (readonly [Outcome & { kind: 'fits' }, Span])[] = [];
  let unproved: UseOfArray | null = null;
  let isRead = false;
  for (const { name, parents } of uses) {
    if (findArray(unit, within, array.name, name.span) === null) return askUse(array, name.span);
    const call = parents.at(-1);
    if (call?.kind === 'call' && call.callee.kind === 'name') {
      const callee = call.callee.name;
      const position = call.arguments.findIndex(({ value }) => value === name);
      const outcome = judgeCall(call, callee);
      if (outcome?.kind === 'overflows' && position >= 0) return { kind: 'overflows', outcome, name: callee };
      const from = READERS.get(callee);
      if (from !== undefined && position >= from && formatIsPlain(unit, call, from)) {
        isRead = true;
        continue;
      }
      if (outcome?.kind === 'fits' && outcome.array?.name === array.name && outcome.readQuestion === null) {
        outcomes.push([outcome, call.span]);
        continue;
      }
      if (outcome?.kind === 'fits' && outcome.readQuestion !== null)
        unproved ??= { kind: 'open', question: outcome.readQuestion, spans: outcome.spans };
      if (outcome?.kind === 'open' && unproved === null)
        unproved = { kind: 'open', question: outcome.question, spans: outcome.spans };
    }
    unproved ??= askUse(array, name.span);
  }
  if (unproved !== null) return unproved;
  if (isRead && !staysTerminated(array, within, outcomes, uses))
    return {
      kind: 'open',
      question: `Every write to \`${array.name}\` (line ${array.span.line}) fits, but it is read as text: does it always hold a terminator then?`,
      spans: [array.span],
    };
  return { kind: 'proved', spans: [...array.spans, ...outcomes.map(([, span]) => span)] };
}

/**
 * A zero stays in the array: its last byte is zero from the start and nobody changes it, or the first thing that the function does
 * with the array, in the block that declares it, ends with a zero and so does every later write.
 */
function staysTerminated(
  array: BufferArray,
  within: FunctionDefinition,
  outcomes: readonly (readonly [Outcome & { kind: 'fits' }, Span])[],
  uses: readonly Use[],
): boolean {
  if (isJumpedOver(within.body, array.span)) return false;
  if (startsWithZeroes(array)) return outcomes.every(([outcome]) => !outcome.touchesLast);
  const [first] = outcomes;
  if (first === undefined || !outcomes.every(([outcome]) => outcome.terminates)) return false;
  const [, span] = first;
  const isFirst = uses.every(({ name }) => name.span.start >= span.start);
  return isFirst && followsDirectly(within.body, array.span, span);
}

/** A jump or a case label may get behind the declaration without what stands there. */
function isJumpedOver(body: readonly Statement[], declaration: Span): boolean {
  return body.some((statement) => {
    if (statement.kind === 'goto' || statement.kind === 'labeled' || statement.kind === 'unknown')
      return true;
    const { statements } = partsOfStatement(statement);
    const isInCase =
      statement.kind === 'switch' && statements.some(({ span }) => span.start === declaration.start);
    return isInCase || isJumpedOver(statements, declaration);
  });
}

/** `= ""`, `= {0}`: what is not given is zero (C17 6.7.9). A literal that fills the array leaves no room. */
function startsWithZeroes(array: BufferArray): boolean {
  const { initial } = array;
  return initial !== null && /^(""|\{\s*(0|'\\0')?\s*,?\s*\})$/.test(initial);
}

/** The call is a statement of the same block as the declaration: whoever gets further has run it. */
function followsDirectly(body: readonly Statement[], declaration: Span, call: Span): boolean {
  const holds = body.some(
    (statement) => statement.span.start === declaration.start && statement.kind === 'declare',
  );
  if (holds)
    return body.some(
      (statement) =>
        statement.kind === 'expression' &&
        statement.expression.span.start === call.start &&
        statement.expression.span.end === call.end,
    );
  return body.some((statement) => followsDirectly(partsOfStatement(statement).statements, declaration, call));
}

/** The format of a reader is a literal that stores nothing. */
function formatIsPlain(unit: SourceUnit, call: CallExpression, from: number): boolean {
  if (from === 0) return true;
  const format = call.arguments[from - 1]?.value;
  return (
    format?.kind === 'constant' &&
    format.constant.kind === 'string' &&
    !unit.textOf(format.span).includes('n"') &&
    !/%[^%]*n/.test(format.constant.value.replace(/%%/g, ''))
  );
}

function askUse(array: BufferArray, span: Span): UseOfArray {
  return {
    kind: 'open',
    question: `What does line ${span.line} do with \`${array.name}\` (line ${array.span.line}${array.size === null ? '' : `, ${array.size} bytes`})?`,
    spans: [span, array.span],
  };
}

/** Every mention of the name in the function, with the expressions around it. What cannot be followed counts as a mention. */
function usesIn(statements: readonly Statement[], name: string): readonly Use[] {
  return statements.flatMap((statement): readonly Use[] => {
    if (statement.kind === 'function' || statement.kind === 'class') return [];
    const parts = partsOfStatement(statement);
    const own = parts.expressions.flatMap((expression) => usesOf(expression, name, []));
    return [...own, ...usesIn(parts.statements, name)];
  });
}

function usesOf(node: Expression, name: string, parents: readonly Expression[]): readonly Use[] {
  if (node.kind === 'name') return node.name === name ? [{ name: node, parents }] : [];
  const inner = [...parents, node];
  const below = childrenOfExpression(node).flatMap((child) => usesOf(child, name, inner));
  const isHidden =
    node.kind === 'lambda' ||
    (node.kind === 'unknown' &&
      (node.names.includes('*') || node.names.includes(name)) &&
      below.length === 0);
  return isHidden ? [...below, { name: { kind: 'name', name, span: node.span }, parents: inner }] : below;
}
