// Asks whether the function that the finding lies in is still there and still does something: taking it away mends nothing (security row 24).
import type { Expression, FunctionDefinition, Statement } from '#code/ir.ts';
import type { SourceUnit } from '#code/source-unit.ts';
import type { LineEdit } from '#domain/patch.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import { mapSpan } from './map-through-edits.ts';

interface Changed {
  readonly place: { readonly startLine: number; readonly endLine: number };
  readonly edits: readonly LineEdit[];
}

/** What became of the function around the finding, as a sentence; null when it stands, when it has a new name, or when there is none. */
export function lostFunction(old: SourceUnit, now: SourceUnit, { place, edits }: Changed): Phrase | null {
  const around = old.functionAt(place.startLine, place.endLine, false);
  if (around === null) return null;
  const { span } = around;
  const stretch = mapSpan(edits, { startLine: span.line, endLine: span.endLine });
  const left = now.functions.filter(
    ({ kind, span: at }) =>
      kind !== 'lambda' && at.line <= stretch.endLine && at.endLine >= stretch.startLine,
  );
  const same = left.find(({ name }) => name === around.name) ?? left[0];
  if (same === undefined)
    return phrase`The patch takes away the function that the finding lies in, ${nameOf(around)}.`;
  return isHollow(same.body) && !isHollow(around.body)
    ? phrase`The patch leaves nothing of the function that the finding lies in, ${nameOf(around)}.`
    : null;
}

function nameOf({ name }: FunctionDefinition): string {
  return markOutside(name, 60);
}

/** Nothing happens in it: it only stops, or hands back a constant. */
function isHollow(body: readonly Statement[]): boolean {
  return body.every((statement) => {
    switch (statement.kind) {
      case 'nothing':
        return true;
      case 'return':
      case 'throw':
        return statement.kind === 'throw' || statement.value === null || isConstant(statement.value);
      case 'expression':
        return isConstant(statement.expression);
      case 'block':
        return isHollow(statement.body);
      default:
        return false;
    }
  });
}

function isConstant(expression: Expression): boolean {
  if (expression.kind === 'unary') return isConstant(expression.operand);
  if (expression.kind === 'list') return expression.elements.every(isConstant);
  if (expression.kind === 'map') return expression.entries.every(({ value }) => isConstant(value));
  return expression.kind === 'constant';
}
