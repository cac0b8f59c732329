// The parameters of a prompt's text: `{{name}}` is written where a value goes, and nothing else is ever filled in.
import { AssayError } from '#domain/errors.ts';
import type { PromptSection } from './prompt-part.ts';

/** Values that are the same for every request of a run: they may stand in constant sections. */
const CONSTANT_PARAMETERS = ['language'] as const;
/** Values of one request, made by code: never text from outside. */
const FINDING_PARAMETERS = ['nonce', 'mark', 'ids', 'count'] as const;
export type ParameterName = (typeof CONSTANT_PARAMETERS)[number] | (typeof FINDING_PARAMETERS)[number];

const HOLE = /\{\{\s*([a-z][a-z0-9_]{0,40})\s*\}\}/g;

/** Names of the parameters that may stand in sections of this kind. */
export function parametersFor(kind: PromptSection['for']): readonly string[] {
  return kind === 'constant' ? CONSTANT_PARAMETERS : [...CONSTANT_PARAMETERS, ...FINDING_PARAMETERS];
}

export function parametersIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(HOLE)].map((match) => match[1] ?? ''))];
}

/** Fills every hole. Throws AssayError `internal` for one without a value: the library was checked when it was loaded. */
export function fillParameters(
  text: string,
  values: Readonly<Partial<Record<ParameterName, string>>>,
): string {
  const known = new Map(Object.entries(values));
  return text.replace(HOLE, (_hole, name: string) => {
    const value = known.get(name);
    if (value === undefined) throw new AssayError('internal', `A prompt has no value for \`${name}\`.`);
    return value;
  });
}
