// What the evaluator must be told of the outside world: which APIs bring remote input, and which only pass values on.
import type { FunctionDefinition } from '../ir.ts';

/**
 * What a call does with what it is given.
 * - `propagates`: the result is made of receiver and arguments, nothing else is touched
 * - `converts`: as `propagates`, but what comes out is not the text that went in (a number, an encoding)
 * - `inert`: touches no variable of the caller; its result is not known
 * - `makes_builder`: a new mutable text or collection made of the arguments
 * - `appends`: adds the arguments to the receiver and returns it
 * - `rewrites_scope`: may assign any variable of the caller (`eval`, `extract`, `include`)
 */
export type CallEffect = 'propagates' | 'converts' | 'inert' | 'makes_builder' | 'appends' | 'rewrites_scope';

export interface ApiKnowledge {
  /** Words for the remote source that reading one of these paths is, or null. */
  sourceOf(paths: readonly string[]): string | null;
  /** Whether the path is a value that the platform fixes (`java.io.File.separator`). */
  isPlatformConstant(paths: readonly string[]): boolean;
  effectOf(paths: readonly string[]): CallEffect | null;
  /** Methods that every text value of the language has and that pass its content on. */
  isTextMethod(name: string): boolean;
  /** Text methods that change the content, and so may clean it. */
  isCleaningMethod(name: string): boolean;
  /** API path of what a call gives back, or null. */
  returnedType(paths: readonly string[]): string | null;
  /** For a function passed to one of these calls: API paths of its parameters, by position. */
  callbackParameters(paths: readonly string[]): readonly string[] | null;
  /** Words for the remote source that a parameter is (annotation, handler decorator), or null. */
  parameterSource(
    definition: FunctionDefinition,
    position: number,
    annotations: readonly string[],
  ): string | null;
}
