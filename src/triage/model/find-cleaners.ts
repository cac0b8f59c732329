// Functions of the repository whose result is surely harmless: proved by claims about the calls and the conditions inside them.

import type { ConditionAt } from '../../code/condition-at.ts';
import type { CallExpression, Expression, FunctionDefinition } from '../../code/ir.ts';
import { TRAITS } from '../../code/languages.ts';
import { isLiteral, withoutWrapping } from '../../code/read-expression.ts';
import { returnedValues } from '../../code/returned-values.ts';
import type { SourceUnit } from '../../code/source-unit.ts';
import { isImportOf, surelyCalled } from '../../code/sure-callee.ts';
import type { Cleaner, Quoted } from './claim-scene.ts';
import { type Cover, coverValues } from './cover-values.ts';
import { coverGuarded, mentions } from './guard-cover.ts';
import { isBound, isKnownSanitizer } from './known-sanitizers.ts';
import { keepsLastSegment } from './last-segment.ts';

interface Candidate {
  readonly unit: SourceUnit;
  readonly definition: FunctionDefinition;
  readonly calls: CallExpression[];
  readonly conditions: ConditionAt[];
  keepsSegment: boolean;
}

/**
 * A function counts when everything that it gives back is a literal, the result of a known sanitizer, or a parameter of its own that a
 * condition has left nothing harmful, and claims quote that call or condition in its body: so its definition was shown to the model and
 * cited by it. What the function is called, and what it says of itself, counts for nothing.
 */
export function findCleaners(quoted: readonly Quoted[], cwe: readonly number[]): readonly Cleaner[] {
  const candidates = new Map<FunctionDefinition, Candidate>();
  const candidateOf = (unit: SourceUnit, definition: FunctionDefinition): Candidate | null => {
    if (definition.name === '' || definition.kind === 'module') return null;
    const known = candidates.get(definition) ?? {
      unit,
      definition,
      calls: [],
      conditions: [],
      keepsSegment: false,
    };
    candidates.set(definition, known);
    return known;
  };
  for (const { claim, unit, syntax, symbol } of quoted) {
    if (claim.kind === 'sanitizer')
      for (const { within, node, name } of syntax.calls) {
        const keepsSegment = keepsLastSegment(unit, node, cwe);
        if (name !== symbol || !(keepsSegment || isKnownSanitizer(unit, node, cwe))) continue;
        const candidate = candidateOf(unit, within);
        candidate?.calls.push(node);
        if (candidate !== null) candidate.keepsSegment ||= keepsSegment;
      }
    if (claim.kind === 'guard')
      for (const condition of syntax.conditions)
        if (mentions(condition, symbol)) candidateOf(unit, condition.within)?.conditions.push(condition);
  }
  return [...candidates.values()].filter((candidate) => isCleaner(candidate, cwe));
}

function isCleaner(
  { unit, definition, calls, conditions, keepsSegment }: Candidate,
  cwe: readonly number[],
): boolean {
  const returned = returnedValues(unit, definition);
  if (returned === null) return false;
  const sanitised: Cover = {
    id: 0,
    call: (call, { isFollowed }) => isOneOf(call, calls) && !(keepsSegment && isFollowed),
    name: () => false,
  };
  let used = false;
  for (const value of returned) {
    if (isLiteral(value)) continue;
    const isGuarded = givesBackGuarded(unit, definition, value, conditions, cwe);
    if (!isGuarded && !coverValues(unit, [value], [sanitised]).isWhole) return false;
    used ||= isGuarded || coverValues(unit, [value], [sanitised]).used.has(0);
  }
  return used;
}

function isOneOf({ span }: CallExpression, calls: readonly CallExpression[]): boolean {
  return calls.some((call) => call.span.start === span.start && call.span.end === span.end);
}

/** The value is the very parameter that was asked about, unchanged. */
function givesBackGuarded(
  unit: SourceUnit,
  definition: FunctionDefinition,
  value: Expression,
  conditions: readonly ConditionAt[],
  cwe: readonly number[],
): boolean {
  const traits = TRAITS[unit.language];
  // What the caller still holds is the same text there, and may be changed after the test.
  if (traits.textsChange || traits.catalog === 'c') return false;
  const node = withoutWrapping(value);
  if (node.kind !== 'name' || !definition.parameters.some(({ name }) => name === node.name)) return false;
  const own = conditions.filter(({ within }) => within === definition);
  return coverGuarded(0, own, { unit, span: node.span }, cwe).name(node.name, node.span);
}

/** Whether a call in `unit` surely runs that function. */
export function callsCleaner(call: CallExpression, unit: SourceUnit, cleaner: Cleaner): boolean {
  if (unit.path === cleaner.unit.path) return surelyCalled(unit, call) === cleaner.definition;
  const { callee, isNew } = call;
  if (callee.kind !== 'name' || isNew) return false;
  return !isBound(unit, callee.name) && isImportOf(unit, callee.name, cleaner.unit, cleaner.definition);
}
