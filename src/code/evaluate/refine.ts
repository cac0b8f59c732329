// What is known of a variable once a condition came out one way: that it is one of a few texts, or holds no character that breaks out.
import type { Expression } from '../ir.ts';
import { childrenOfExpression } from '../walk-ir.ts';
import type { Evaluation } from './evaluation.ts';
import { joinStates } from './state.ts';
import { allConstants, constantValue, own, type Value, withStep } from './value.ts';
import { cleanedFor } from './value-parts.ts';

export function refine(node: Expression, outcome: boolean, run: Evaluation): void {
  if (!hasChanges(node)) refineBy(node, outcome, run);
}

/** A condition that changes variables says nothing of them afterwards. */
function hasChanges(node: Expression): boolean {
  return node.kind === 'assign' || node.kind === 'update' || childrenOfExpression(node).some(hasChanges);
}

function refineBy(node: Expression, outcome: boolean, run: Evaluation): void {
  switch (node.kind) {
    case 'unary':
      if (node.operator === '!') refineBy(node.operand, !outcome, run);
      return;
    case 'binary':
      refineBinary(node, outcome, run);
      return;
    case 'call':
      if (outcome) refineCall(node, run);
      return;
    default:
      return;
  }
}

function refineBinary(node: Expression & { kind: 'binary' }, outcome: boolean, run: Evaluation): void {
  const { operator, left, right } = node;
  if (operator === (outcome ? '&&' : '||')) {
    refineBy(left, outcome, run);
    refineBy(right, outcome, run);
  } else if (operator === (outcome ? '||' : '&&')) refineEither(left, right, outcome, run);
  else if (operator === (outcome ? 'in' : 'not in')) pinToElements(left, run.evaluate(right), node, run);
  else if (outcome ? operator === '==' || operator === '===' : operator === '!=' || operator === '!==') {
    // Where `==` compares references or converts first, equal is not the same text.
    if (!run.traits.stringIdentity && run.unit.language !== 'php') pinEither(left, right, node, run);
  }
}

/** One of the two came out that way: the second is only asked after the first came out the other way. */
function refineEither(left: Expression, right: Expression, outcome: boolean, run: Evaluation): void {
  const before = run.state?.fork() ?? null;
  refineBy(left, outcome, run);
  const first = run.state;
  run.state = before;
  refineBy(left, !outcome, run);
  refineBy(right, outcome, run);
  run.state = joinStates([first, run.state], null);
}

/** `c.isalnum()`, `Character.isLetterOrDigit(c)`, `unicode.IsDigit(r)`. */
export const CHARACTER_TESTS: ReadonlySet<string> = new Set([
  ...['isalnum', 'isalpha', 'isdigit', 'isdecimal', 'isnumeric', 'isidentifier'],
  ...['isLetterOrDigit', 'isDigit', 'isLetter', 'isAlphabetic', 'IsLetterOrDigit', 'IsDigit', 'IsLetter'],
]);

/** What has these tests in Java, C# and Go. */
const TESTERS: ReadonlySet<string> = new Set(['Character', 'char', 'Char', 'unicode']);

const EQUALS: ReadonlySet<string> = new Set(['equals', 'Equals']);
const CONTAINS: ReadonlySet<string> = new Set(['contains', 'Contains', 'includes', 'has', 'include?']);

function refineCall(node: Expression & { kind: 'call' }, run: Evaluation): void {
  const { callee } = node;
  const [first] = node.arguments;
  if (callee.kind !== 'member' || node.arguments.length > 1) return;
  // Nothing but letters and digits: no text breaks out by them.
  // `checks.isdigit(x)` is whatever somebody wrote under that name.
  const isKnown = first === undefined || (callee.object.kind === 'name' && TESTERS.has(callee.object.name));
  const tested = isKnown && CHARACTER_TESTS.has(callee.name) ? (first?.value ?? callee.object) : null;
  if (tested !== null) change(tested, (value) => cleanedFor(value, ['word']), node, run);
  if (first === undefined) return;
  if (EQUALS.has(callee.name)) pinEither(first.value, callee.object, node, run);
  else if (CONTAINS.has(callee.name)) pinToElements(first.value, run.evaluate(callee.object), node, run);
}

/** One side is a variable, and the other a constant. */
function pinEither(a: Expression, b: Expression, at: Expression, run: Evaluation): void {
  pin(a, run.evaluate(b), at, run);
  pin(b, run.evaluate(a), at, run);
}

/** Whether equal means the same text: a class of its own may say what equals it (`equals`, `operator ==`). */
function comparesContent(at: Expression, target: Expression & { kind: 'name' }, run: Evaluation): boolean {
  const { catalog } = run.traits;
  if (catalog !== 'java' && catalog !== 'csharp') return true;
  // `"a".equals(x)`: the text's own.
  if (at.kind === 'call' && at.callee.kind === 'member' && at.callee.object !== target) return true;
  const held = run.evaluate(target);
  return held.isText || held.taints.length > 0 || held.types.some((type) => PLAIN_TYPES.has(type));
}

const PLAIN_TYPES: ReadonlySet<string> = new Set([
  ...[
    'String',
    'java.lang.String',
    'string',
    'System.String',
    'int',
    'long',
    'short',
    'byte',
    'char',
    'boolean',
    'bool',
  ],
  ...['Integer', 'Long', 'Character', 'Boolean'],
]);

/** The variable is one of these constants. */
function pin(target: Expression, to: Value, at: Expression, run: Evaluation): void {
  if (target.kind === 'name' && !comparesContent(at, target, run)) return;
  const constants = allConstants(to);
  if (constants === null || constants.length === 0 || constants.some(({ kind }) => kind === 'null')) return;
  change(target, () => constantValue(...constants), at, run);
}

function pinToElements(target: Expression, collection: Value, at: Expression, run: Evaluation): void {
  const [id, ...others] = collection.objects;
  const object = id === undefined || others.length > 0 ? undefined : run.state?.heap.get(id);
  if (object === undefined || object.doubt !== null || object.rest !== null) return;
  // The keys of a map are not kept apart from its values.
  if (object.shape !== 'list' || object.elements === null || object.elements.length === 0) return;
  if (own(collection).doubts.length > 0 || object.elements.some((one) => allConstants(one) === null)) return;
  const known = object.elements.flatMap((element) => allConstants(element) ?? []);
  if (known.length <= MOST_CONSTANTS) change(target, () => constantValue(...known), at, run);
  else change(target, (value) => cleanedFor(value, ['number']), at, run);
}

/** As many as a value keeps apart. */
const MOST_CONSTANTS = 8;

function change(target: Expression, to: (value: Value) => Value, at: Expression, run: Evaluation): void {
  if (target.kind !== 'name') return;
  const id = run.resolve(target.name);
  const held = id === null ? undefined : run.state?.get(id);
  if (id === null || held === undefined || held.objects.length > 0 || run.use.escaping.has(target.name))
    return;
  for (const { span } of [...held.taints, ...held.shadows]) run.state?.settled.add(span.start);
  run.store(id, withStep(to(held), at.span));
}
