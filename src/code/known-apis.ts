// What a model's claim is held against besides the code itself: which calls harm, which are safe, where attackers get in.
import type { CallExpression, Expression } from './ir.ts';
import type { SourceUnit } from './source-unit.ts';

/** The catalogue's knowledge, asked about one finding. Every answer is about its weakness and its relatives. */
export interface KnownApis {
  /**
   * What the weakness is about at the lines: arguments of known dangerous calls, and whatever an unknown call there is given besides;
   * null when no known one stands there; `unclear` when one does, but its arguments do not say all of what it will do.
   */
  sinkValues(unit: SourceUnit, startLine: number, endLine: number): readonly Expression[] | 'unclear' | null;
  /** The call, standing at the lines, has a form that cannot have the weakness, and no unknown call beside it may be the one that is meant. */
  isSafeForm(unit: SourceUnit, call: CallExpression, startLine: number, endLine: number): boolean;
  /** Reading the expression brings remote input. */
  isSource(unit: SourceUnit, expression: Expression): boolean;
  /** A framework fills the function's parameter from a request. */
  isHandlerParameter(unit: SourceUnit, functionLine: number, parameter: string): boolean;
}

/** Knows nothing, so that no claim opens anything by knowledge of APIs. */
export const NO_APIS: KnownApis = {
  sinkValues: () => null,
  isSafeForm: () => false,
  isSource: () => false,
  isHandlerParameter: () => false,
};
