// Which conditions leave a variable no harmful value: equality with a literal, a list of literals, a pattern of plain characters.
//
// A check that something is there, is long enough or is not the empty text says nothing of what it holds, and an unknown `isValid(x)`
// says nothing either: such a guard stands where the model says, but opens nothing.

import type { CallExpression, Expression } from '../../code/ir.ts';
import { TRAITS } from '../../code/languages.ts';
import { isLiteral, literalOf, nameOf, withoutWrapping } from '../../code/read-expression.ts';
import type { SourceUnit } from '../../code/source-unit.ts';
import { fixedValueOf } from './fixed-constants.ts';
import { BREAKING_OUT, pathOf } from './known-sanitizers.ts';

/** A condition known to have come out one way. */
export interface KnownOutcome {
  readonly node: Expression;
  readonly isTrue: boolean;
}

const MEMBERSHIP = /^(includes|has|contains|Contains|include\?|member\?|containsKey|ContainsKey|has_key)$/;
/** Methods of a text, and functions of a text, that are true only for letters, digits and the like. */
const PLAIN_METHODS = /^(isdigit|isalnum|isalpha|isnumeric|isdecimal)$/;
const PLAIN_FUNCTIONS =
  /^(ctype_digit|ctype_alnum|ctype_alpha|ctype_xdigit|is_int|is_numeric|Number\.isInteger|Number\.isSafeInteger|org\.apache\.commons\.lang3?\.StringUtils\.(isNumeric|isAlphanumeric|isAlpha))$/;

/** Whether `name`, as written, can hold nothing harmful for weaknesses `cwe` when the test came out so. */
export function narrows(
  unit: SourceUnit,
  { node: given, isTrue }: KnownOutcome,
  name: string,
  cwe: readonly number[],
): boolean {
  const node = withoutWrapping(given);
  const isName = (one: Expression | undefined): boolean =>
    one !== undefined && nameOf(withoutWrapping(one)) === name;
  if (node.kind === 'binary') return narrowsAsComparison(unit, { node, isTrue }, isName, cwe);
  if (node.kind !== 'call' || !isTrue) return false;
  return narrowsAsCall(unit, node, isName, cwe);
}

/** Weaknesses for which one line break at the end is harmful already. */
const LINE_BREAKING: ReadonlySet<number> = new Set([93, 113, 117]);
/** In Python and PHP `$` also stands before a line break at the end, and so does PHP's `\\Z`. */
type Ends = 'strict' | 'loose';

type IsName = (one: Expression | undefined) => boolean;

function narrowsAsComparison(
  unit: SourceUnit,
  { node, isTrue }: { node: Expression & { kind: 'binary' }; isTrue: boolean },
  isName: IsName,
  cwe: readonly number[],
): boolean {
  const { operator, left, right } = node;
  switch (operator) {
    case '==':
    case '===':
    case '!=':
    case '!==': {
      if (isTrue !== (operator === '==' || operator === '===')) return false;
      const other = isName(left) ? right : isName(right) ? left : null;
      // Loosely compared, many texts equal a number or a truth value.
      return other !== null && literalOf(other)?.kind === 'string';
    }
    case 'in':
      return isTrue && isName(left) && isListOfLiterals(unit, right);
    case 'not in':
      return !isTrue && isName(left) && isListOfLiterals(unit, right);
    default:
      return narrowsAsPosition(unit, { node, isTrue }, isName, cwe);
  }
}

/** `LIST.indexOf(x) >= 0`, `preg_match(…) === 1`: written as comparisons of a number. */
function narrowsAsPosition(
  unit: SourceUnit,
  { node, isTrue }: { node: Expression & { kind: 'binary' }; isTrue: boolean },
  isName: IsName,
  _cwe: readonly number[],
): boolean {
  const call = withoutWrapping(node.left);
  const bound = literalOf(node.right)?.value;
  if (call.kind !== 'call' || call.callee.kind !== 'member' || call.callee.name !== 'indexOf') return false;
  const isFound =
    (isTrue && ((node.operator === '>=' && bound === 0) || (node.operator === '>' && bound === -1))) ||
    (!isTrue && node.operator === '<' && bound === 0);
  return isFound && isName(call.arguments[0]?.value) && isListOfLiterals(unit, call.callee.object);
}

function narrowsAsCall(
  unit: SourceUnit,
  call: CallExpression,
  isName: IsName,
  cwe: readonly number[],
): boolean {
  const [first, second, third] = call.arguments.map(({ value }) => value);
  const path = pathOf(unit, call) ?? '';
  // Strictly: loosely compared, `0` is in many lists.
  if (path === 'in_array')
    return (
      isName(first) &&
      second !== undefined &&
      isListOfLiterals(unit, second) &&
      literalOf(third ?? call)?.value === true
    );
  const texts = cwe.length > 0 && cwe.every((one) => BREAKING_OUT.has(one));
  const ends: Ends = cwe.some((one) => LINE_BREAKING.has(one)) ? 'strict' : 'loose';
  // A number for PHP may end in a line break.
  if (texts && PLAIN_FUNCTIONS.test(path) && isName(first)) return ends === 'loose' || path !== 'is_numeric';
  if (texts && matchesPlainPattern(unit, call, { path, isName, ends })) return true;
  if (call.callee.kind !== 'member') return false;
  const { object, name } = call.callee;
  if (MEMBERSHIP.test(name)) return isName(first) && isListOfLiterals(unit, object);
  if (name === 'equals' || name === 'Equals')
    return (
      call.arguments.length === 1 &&
      ((isName(first) && literalOf(object)?.kind === 'string') ||
        (isName(object) && first !== undefined && literalOf(first)?.kind === 'string'))
    );
  return texts && PLAIN_METHODS.test(name) && call.arguments.length === 0 && isName(object);
}

/** A list, set or table whose every member is a literal; by name when nothing in the file can change it. */
function isListOfLiterals(unit: SourceUnit, given: Expression): boolean {
  const node = withoutWrapping(given);
  if (node.kind === 'list') return node.elements.length > 0 && node.elements.every(isLiteral);
  if (node.kind === 'map') return node.entries.length > 0 && node.entries.every(({ key }) => isLiteral(key));
  if (node.kind === 'call') return isLiteral(node) && node.arguments.length > 0;
  const name = nameOf(node);
  const value = name === null ? null : fixedValueOf(unit, name, node.span);
  return (
    value !== null && nameOf(value) === null && value.kind !== 'constant' && isListOfLiterals(unit, value)
  );
}

/** `/^[a-z]+$/.test(x)`, `re.fullmatch("[a-z]+", x)`, `x.matches("[a-z]+")` and the like. */
function matchesPlainPattern(
  unit: SourceUnit,
  call: CallExpression,
  { path, isName, ends }: { readonly path: string; readonly isName: IsName; readonly ends: Ends },
): boolean {
  const [first, second] = call.arguments.map(({ value }) => value);
  const object = call.callee.kind === 'member' ? call.callee.object : undefined;
  const method = call.callee.kind === 'member' ? call.callee.name : '';
  const isWhole = /^(re\.fullmatch|java\.util\.regex\.Pattern\.matches|Pattern\.matches)$/.test(path);
  if ((isWhole || path === 're.match' || path === 'preg_match') && call.arguments.length === 2)
    return isName(second) && first !== undefined && isPlain(unit, first, { isWhole, ends });
  if (call.arguments.length !== 1 || object === undefined || first === undefined) return false;
  if (method === 'test' || method === 'fullmatch' || method === 'match?')
    return isName(first) && isPlain(unit, object, { isWhole: method === 'fullmatch', ends });
  if (method === 'matches' && TRAITS[unit.language].catalog === 'java')
    return isName(object) && isPlain(unit, first, { isWhole: true, ends });
  return false;
}

/** Letters, digits, underscores, hyphens, and ways to repeat and group them: no dot, slash, quote, space or exclusion. */
const PLAIN_BODY = /^(?:\\[dw]|[A-Za-z0-9_]|\[(?:\\[dw]|[A-Za-z0-9_]|-)+\]|[(){}|?:+*,])*$/;

function isPlain(
  unit: SourceUnit,
  given: Expression,
  { isWhole, ends: wanted }: { readonly isWhole: boolean; readonly ends: Ends },
): boolean {
  const node = fixedPattern(unit, given);
  if (node === null) return false;
  let pattern = node;
  if (isWhole) pattern = pattern.replace(/^(\^|\\A)/, '').replace(/(\$|\\z|\\Z)$/, '');
  else {
    // In Ruby `^` and `$` stand at every line.
    const ends =
      TRAITS[unit.language].catalog === 'ruby' ? /^\\A(.*)\\z$/s : /^(?:\^|\\A)(.*)(?:\$|\\z|\\Z)$/s;
    const inner = ends.exec(pattern)?.[1];
    if (wanted === 'strict' && mayEndInLineBreak(unit, pattern)) return false;
    if (inner === undefined) return false;
    pattern = inner;
  }
  return PLAIN_BODY.test(pattern) && !hasOpenAlternative(pattern);
}

function mayEndInLineBreak({ language }: SourceUnit, pattern: string): boolean {
  if (language === 'php') return !pattern.endsWith('\\z');
  return language === 'python' && pattern.endsWith('$');
}

/** The text of a pattern without delimiters; null when it is not one literal, or has flags that change what its ends mean. */
function fixedPattern(unit: SourceUnit, given: Expression): string | null {
  const named = nameOf(given);
  const node = (named === null ? null : fixedValueOf(unit, named, given.span)) ?? given;
  if (node.kind === 'regex')
    return /m[a-z]*$/.test(/\/([a-z]*)$/.exec(unit.textOf(node.span))?.[1] ?? '') ? null : node.pattern;
  const [only, flags] = node.kind === 'call' ? node.arguments.map(({ value }) => value) : [node];
  if (flags !== undefined || only === undefined) return null;
  const literal = literalOf(only);
  if (literal?.kind !== 'string') return null;
  if (TRAITS[unit.language].catalog !== 'php') return literal.value;
  return /^([/#~@])(.*)\1[uiD]*$/s.exec(literal.value)?.[2] ?? null;
}

/** `^a|b$` is two patterns, each open at one end. */
function hasOpenAlternative(pattern: string): boolean {
  let depth = 0;
  for (const character of pattern) {
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === '|' && depth === 0) return true;
  }
  return false;
}
