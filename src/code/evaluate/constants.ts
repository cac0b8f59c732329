// Folding over sets of constants: every combination of what the parts may be.
import type { Constant } from '../ir.ts';
import type { Evaluation } from './evaluation.ts';
import { truthOf } from './fold.ts';
import { allConstants, constantValue, joinValues, type Value } from './value.ts';
import { compose } from './value-parts.ts';

const MAX_PRODUCTS = 8;

/** Applies a folding to every combination of exact constants; without them the result is as doubtful as its parts. */
export function mapConstants(
  values: readonly Value[],
  fold: (constants: readonly Constant[]) => Constant | null,
): Value {
  const isText = values.some((value) => value.isText);
  const whole = { ...compose(values, isText) };
  let combinations: Constant[][] = [[]];
  for (const value of values) {
    const constants = allConstants(value);
    if (constants === null || combinations.length * constants.length > MAX_PRODUCTS) return whole;
    combinations = combinations.flatMap((known) => constants.map((constant) => [...known, constant]));
  }
  const folded = combinations.map(fold);
  const exact = folded.filter((constant) => constant !== null);
  if (exact.length !== folded.length || exact.length === 0) return whole;
  return { ...whole, ...pickConstants(constantValue(...exact)) };
}

function pickConstants(value: Value): Pick<Value, 'constants' | 'isText'> {
  const joined = (value.constants ?? []).map((constant) => constantValue(constant)).reduce(joinValues);
  return { constants: joined.constants, isText: joined.isText };
}

export function truthOfValue(value: Value, run: Evaluation): boolean | null {
  const constants = allConstants(value);
  if (constants === null || constants.length === 0) return null;
  const truths = constants.map((constant) => truthOf(constant, run.unit.language));
  const [first = null] = truths;
  return truths.every((truth) => truth === first) ? first : null;
}
