// What conditions answer for: a variable that a known outcome has left nothing harmful, as long as it keeps its value.

import type { ConditionAt } from '../../code/condition-at.ts';
import { controls, knownTests } from '../../code/controls.ts';
import type { Span } from '../../code/ir.ts';
import type { SourceUnit } from '../../code/source-unit.ts';
import { isUnchangedBetween } from '../../code/unchanged-between.ts';
import type { Cover } from './cover-values.ts';
import { narrows } from './narrowing-tests.ts';

/** `place` is what the conditions decide about, in their own function. */
export function coverGuarded(
  id: number,
  conditions: readonly ConditionAt[],
  { unit, span: place }: { readonly unit: SourceUnit; readonly span: Span },
  cwe: readonly number[],
): Cover {
  return {
    id,
    call: () => false,
    name: (name, at) =>
      conditions.some((condition) => {
        const outcome = controls(unit, condition, place) ?? controls(unit, condition, at);
        if (outcome === null || !isUnchangedBetween(unit, name, condition.span, at)) return false;
        if (condition.kind === 'switch')
          return (
            outcome === 'held' &&
            condition.names.length === 1 &&
            condition.text === name &&
            onlyLiterals(condition)
          );
        return knownTests(unit, condition, outcome).some((test) => narrows(unit, test, name, cwe));
      }),
  };
}

function onlyLiterals({ cases }: ConditionAt): boolean {
  return cases.every(({ labels, isLiteral }) => labels === null || isLiteral);
}

/** Whether the condition speaks of the claim's symbol. */
export function mentions({ names, text }: ConditionAt, symbol: string): boolean {
  if (symbol === '') return false;
  const isNamed = (name: string): boolean => name === symbol || name.split(/\.|::|->/).at(-1) === symbol;
  if (names.some(isNamed)) return true;
  const word = symbol.replace(/[^\w]/g, '\\$&');
  return new RegExp(`(?<![\\w$])${word}(?![\\w$])`).test(text);
}
