// Calls that put texts together or pass them on: what comes out is made of what goes in, and of nothing else.
import type { CallExpression, Expression } from '../../code/ir.ts';
import type { SourceUnit } from '../../code/source-unit.ts';
import { pathOf } from './known-sanitizers.ts';

/** Methods that every text has. The object counts among what goes in, so one that may be anything makes the result anything. */
const TEXT_METHODS =
  /^(format|join|concat|trim|strip|lstrip|rstrip|toLowerCase|toUpperCase|lower|upper|toString|to_s|substring|slice|padStart|padEnd|freeze)$/;
const FUNCTIONS =
  /^(str|String|string|sprintf|vsprintf|fmt\.Sprintf|fmt\.Sprint|String\.format|string\.Format|string\.Concat|String\.valueOf|util\.format|implode)$/;
const PATH_JOINS =
  /^(os\.path\.join|path\.join|path\.resolve|Paths\.get|Path\.of|java\.nio\.file\.Paths\.get|java\.nio\.file\.Path\.of|path\/filepath\.Join|File\.join|Path\.Combine|System\.IO\.Path\.Combine|java\.io\.File)$/;

/** What the call's result is made of; null when the call may give anything. */
export function passedOn(unit: SourceUnit, call: CallExpression): readonly Expression[] | null {
  const given = call.arguments.map(({ value }) => value);
  const { callee } = call;
  const path = pathOf(unit, call);
  const isFormat =
    callee.kind === 'member' || callee.kind === 'name' ? /format|printf/i.test(callee.name) : false;
  if (isFormat && mayWriteCharacters(unit)) return null;
  // In Go the text of a number is the character of that number.
  if (path === 'string' && unit.language === 'go') return null;
  if (path !== null && (FUNCTIONS.test(path) || PATH_JOINS.test(path))) return given;
  if (unit.resolvePath(callee) !== null) return null;
  if (callee.kind === 'member' && TEXT_METHODS.test(callee.name)) return [callee.object, ...given];
  return null;
}

/** The arguments become segments of a path, in their order. */
export function joinsPaths(unit: SourceUnit, call: CallExpression): boolean {
  const path = pathOf(unit, call);
  return path !== null && PATH_JOINS.test(path);
}

/** The file may hold a format that turns a number into any character (`%c`, `{:c}`): looked for in its text, blunt on purpose. */
export function mayWriteCharacters({ text }: SourceUnit): boolean {
  return /%[-+ #0-9.*$]*[cC]|:[^{}\n]{0,8}c\}/.test(text);
}

/** A cast that makes a character of a number. */
export function makesCharacter(node: Expression): boolean {
  return (
    node.kind === 'cast' && /^(java\.lang\.)?(.*\s)?(char|Char|Character|rune|wchar_t|byte)$/.test(node.type)
  );
}
