// Calls that put texts together or pass them on: what comes out is made of what goes in, and of nothing else.
import type { CallExpression, Expression } from '../../code/ir.ts';
import type { SourceUnit } from '../../code/source-unit.ts';
import { pathOf } from './known-sanitizers.ts';

/** Methods that every text has. The object counts among what goes in, so one that may be anything makes the result anything. */
const TEXT_METHODS =
  /^(format|join|concat|trim|strip|lstrip|rstrip|toLowerCase|toUpperCase|lower|upper|toString|to_s|substring|slice|padStart|padEnd|freeze)$/;
const FUNCTIONS =
  /^(str|String|string|sprintf|vsprintf|fmt\.Sprintf|fmt\.Sprint|String\.format|string\.Format|string\.Concat|String\.valueOf|os\.path\.join|path\.join|path\.resolve|Paths\.get|Path\.of|java\.nio\.file\.Paths\.get|java\.nio\.file\.Path\.of|path\/filepath\.Join|File\.join|Path\.Combine|System\.IO\.Path\.Combine|java\.io\.File|util\.format|implode)$/;

/** What the call's result is made of; null when the call may give anything. */
export function passedOn(unit: SourceUnit, call: CallExpression): readonly Expression[] | null {
  const given = call.arguments.map(({ value }) => value);
  const { callee } = call;
  const path = pathOf(unit, call);
  if (path !== null && FUNCTIONS.test(path)) return given;
  if (unit.resolvePath(callee) !== null) return null;
  if (callee.kind === 'member' && TEXT_METHODS.test(callee.name)) return [callee.object, ...given];
  return null;
}
