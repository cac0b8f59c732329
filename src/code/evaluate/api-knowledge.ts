// What the evaluator must be told of the outside world: which APIs bring remote input, and which only pass values on.
import type { FunctionDefinition } from '../ir.ts';
import type { Context } from './value.ts';

/**
 * What a call does with what it is given.
 * - `propagates`: the result is made of receiver and arguments, nothing else is touched
 * - `decodes`: as `propagates`, but what was made harmless may be dangerous again
 * - `converts`: as `propagates`, but what comes out is not the text that went in (a number, an encoding)
 * - `inert`: touches no variable of the caller; its result is not known
 * - `makes_builder`: a new mutable text or collection made of the arguments
 * - `appends`: adds the arguments to the receiver and returns it
 * - `rewrites_scope`: may assign any variable of the caller (`eval`, `extract`, `include`)
 */
export type CallEffect =
  | 'propagates'
  | 'decodes'
  | 'converts'
  | 'inert'
  | 'makes_builder'
  | 'appends'
  | 'rewrites_scope';

/** What a method does with the list, map or growing text that it is called on. */
export const CONTAINER_OPERATIONS = [
  'push',
  'push-front',
  'insert',
  'extend',
  'put',
  'put-self',
  'remove',
  'pop',
  'shift',
  'clear',
  'shuffle',
  'at',
  'at-or',
  'first',
  'last',
  'any',
  'values',
  'keys',
  'copy',
  'join',
  'size',
  'contains',
  'append',
  'prepend',
  'set-text',
  'text',
] as const;
export type ContainerOperation = (typeof CONTAINER_OPERATIONS)[number];

/** What a call makes: an empty container, one of the arguments, or one of what is in the first argument. */
export interface ContainerMade {
  readonly model: string;
  readonly shape: 'list' | 'map' | 'text';
  /** What is in it stands in no order. */
  readonly unordered?: boolean;
  readonly from: 'nothing' | 'arguments' | 'content';
}

/** A call that gives what the platform sets, when it is asked for one of the keys. */
export interface PlatformCall {
  /** Null where it needs no name. */
  readonly keys: ReadonlySet<string> | null;
  /** What a file holds whose program may set it itself. */
  readonly unlessText: RegExp | null;
}

/** What a call has to do with a settings file of the class path: opens it, wraps its stream, loads it, makes a bundle of it. */
export const RESOURCE_CALLS = ['opens', 'wraps', 'loads', 'bundles'] as const;
export type ResourceCall = (typeof RESOURCE_CALLS)[number];

export interface ApiKnowledge {
  resourceCall(paths: readonly string[]): ResourceCall | null;
  /** The container that a call of one of these paths makes, or null. */
  containerMade(paths: readonly string[]): ContainerMade | null;
  /** The container that a literal of the language makes. */
  literalModel(shape: 'list' | 'map'): string | null;
  /** What a method does with a container of that model, or null when that is not known. */
  containerOperation(model: string, method: string, argumentCount: number): ContainerOperation | null;
  /** Words for the remote source that reading one of these paths is, or null. */
  sourceOf(paths: readonly string[]): string | null;
  /** What a call of one of these paths makes its arguments harmless for; null when it is no sanitizer. */
  cleansFor(paths: readonly string[], argumentCount: number): readonly Context[] | null;
  /** Whether the path is a value that the platform fixes (`java.io.File.separator`). */
  isPlatformConstant(paths: readonly string[]): boolean;
  platformCall(paths: readonly string[]): PlatformCall | null;
  effectOf(paths: readonly string[]): CallEffect | null;
  /** Methods that every text value of the language has and that pass its content on. */
  isTextMethod(name: string): boolean;
  /** Text methods that give a number or a truth. */
  isNumberMethod(name: string): boolean;
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
