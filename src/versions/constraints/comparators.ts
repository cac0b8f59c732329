// What most constraint languages share: comparators, alternatives, and versions one number further on.
import type { VersionOrder } from '../order.ts';

/** UTF-16 code units; longer constraints are answered with "cannot tell". */
export const LONGEST_CONSTRAINT = 2000;

/** Answers for one constraint language: null where the text is not of that language, or names no version. */
export type ConstraintLanguage = (constraint: string, version: string) => boolean | null;

export interface Comparator {
  readonly operator: string;
  readonly version: string;
}

/** `>= 1.0` → `>=` and `1.0`; no operator: ''. Null when no version follows, or more than one word does. */
export function readComparator(text: string): Comparator | null {
  const [, operator = '', version = ''] = /^([<>=!~^]*)\s*(.*)$/s.exec(text.trim()) ?? [];
  return version === '' || /\s/.test(version) ? null : { operator, version };
}

/** Whether `sign`, of the asked version against the comparator's, is what the operator asks for; null for operators that are not of order. */
export function holds(operator: string, sign: number): boolean | null {
  switch (operator) {
    case '':
    case '=':
    case '==':
      return sign === 0;
    case '!=':
      return sign !== 0;
    case '<':
    case '<<':
      return sign < 0;
    case '<=':
      return sign <= 0;
    case '>':
    case '>>':
      return sign > 0;
    case '>=':
      return sign >= 0;
    default:
      return null;
  }
}

/** All of them: false as soon as one is, null as soon as one cannot be told. */
export function every(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(null)) return null;
  return !answers.includes(false);
}

/** One of them; null as soon as one cannot be told, since the text is then not of the language. */
export function some(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(null)) return null;
  return answers.includes(true);
}

/** `['1','2','9']` raised at 1 → `['1','3']`; places that are missing count as 0. */
export function raised(numbers: readonly string[], place: number): readonly string[] {
  const kept = Array.from({ length: place }, (_, index) => numbers[index] ?? '0');
  return [...kept, String(BigInt(numbers[place] ?? '0') + 1n)];
}

/** The place of the first number above 0 among those written, or the last one written: what a caret may not raise. */
export function caretPlace(numbers: readonly string[]): number {
  const place = numbers.findIndex((number) => !/^0+$/.test(number));
  return place === -1 ? numbers.length - 1 : place;
}

/** Comparators after commas, alternatives after `||`, in any ecosystem that has an order: how advisories and reports write ranges. */
export function meetsComparators(order: VersionOrder): ConstraintLanguage {
  return (constraint, version) => {
    if (!order.isValid(version)) return null;
    return some(
      constraint.split('||').map((alternative) =>
        every(
          alternative.split(',').map((part) => {
            if (part.trim() === '*') return true;
            const comparator = readComparator(part);
            if (comparator === null || !order.isValid(comparator.version)) return null;
            return holds(comparator.operator, order.compare(version, comparator.version));
          }),
        ),
      ),
    );
  };
}
