// Text put together of parts.
import { mapConstants } from './constants.ts';
import type { Evaluation } from './evaluation.ts';
import { joinedText } from './fold.ts';
import { someConstant, type Value } from './value.ts';

export function evaluateTemplate(parts: readonly Value[], run: Evaluation): Value {
  if (parts.length === 0) return someConstant(true);
  const text = mapConstants(parts, (constants) => {
    const texts = constants.map((constant) =>
      constant.kind === 'bool' || constant.kind === 'null' ? null : joinedText(constant, run.unit.language),
    );
    return texts.some((part) => part === null) ? null : { kind: 'string', value: texts.join('') };
  });
  return { ...text, isText: true };
}
