// Arithmetic on constants, folded only where every version of the language gives the same answer. Null means "do not know".
import type { BinaryOperator, Constant } from '../ir.ts';
import { type Language, TRAITS } from '../languages.ts';

/** Integers are folded within 32 bits signed: beyond, languages wrap, widen or fail. */
const MAX_INT = 2 ** 31 - 1;

const int = (value: number): Constant | null =>
  Number.isInteger(value) && Math.abs(value) <= MAX_INT ? { kind: 'int', value: value + 0 } : null;
const bool = (value: boolean): Constant => ({ kind: 'bool', value });
const text = (value: string): Constant => ({ kind: 'string', value });

/** `left operator right`, or null when it is not surely known. `&&`, `||` and `??` are the caller's. */
export function foldBinary(
  operator: BinaryOperator,
  left: Constant,
  right: Constant,
  language: Language,
): Constant | null {
  if (operator === '==' || operator === '===') return foldEquality(operator, left, right, language);
  if (operator === '!=' || operator === '!==') {
    const equal = foldEquality(operator === '!=' ? '==' : '===', left, right, language);
    return equal === null ? null : bool(equal.value !== true);
  }
  if (operator === '.' || (operator === '+' && (left.kind === 'string' || right.kind === 'string'))) {
    return foldJoin(operator, left, right, language);
  }
  if (left.kind === 'int' && right.kind === 'int')
    return foldIntegers(operator, left.value, right.value, language);
  return null;
}

function foldIntegers(operator: BinaryOperator, a: number, b: number, language: Language): Constant | null {
  switch (operator) {
    case '+':
      return int(a + b);
    case '-':
      return int(a - b);
    case '*':
      return int(a * b);
    case '/':
      return foldDivision(a, b, TRAITS[language].integerDivision);
    case '//':
      return b === 0 || language !== 'python' ? null : int(Math.floor(a / b));
    case '%':
      // The sign of a remainder differs between languages.
      return b > 0 && a >= 0 ? int(a % b) : null;
    case '<':
      return bool(a < b);
    case '<=':
      return bool(a <= b);
    case '>':
      return bool(a > b);
    case '>=':
      return bool(a >= b);
    case '&':
      return a >= 0 && b >= 0 ? int(a & b) : null;
    case '|':
      return a >= 0 && b >= 0 ? int(a | b) : null;
    default:
      return null;
  }
}

function foldDivision(a: number, b: number, rule: 'truncate' | 'floor' | 'fraction'): Constant | null {
  if (b === 0) return null;
  if (rule === 'fraction') return null;
  return int(rule === 'floor' ? Math.floor(a / b) : Math.trunc(a / b));
}

function foldEquality(
  operator: '==' | '===',
  left: Constant,
  right: Constant,
  language: Language,
): Constant | null {
  if (left.kind === 'float' || right.kind === 'float') return null;
  if (left.kind === right.kind) {
    if (left.kind === 'null') return bool(true);
    if (left.kind === 'string' && TRAITS[language].stringIdentity) return null;
    // PHP compares numeric strings as numbers unless `===` is used.
    if (
      left.kind === 'string' &&
      language === 'php' &&
      operator === '==' &&
      (isNumeric(left.value) || isNumeric(right.value))
    )
      return null;
    return bool(left.value === right.value);
  }
  if (operator === '===') return bool(false);
  // Loose comparison with null is certain only where null equals nothing but null.
  const oneIsNull = left.kind === 'null' || right.kind === 'null';
  return oneIsNull && language !== 'php' && language !== 'c' && language !== 'cpp' ? bool(false) : null;
}

function isNumeric(value: Constant['value']): boolean {
  return /^\s*[+-]?(\d|\.\d)/.test(String(value));
}

function foldJoin(
  operator: BinaryOperator,
  left: Constant,
  right: Constant,
  language: Language,
): Constant | null {
  if (operator === '+' && language === 'php') return null;
  const mayConvert = TRAITS[language].plusJoins || operator === '.';
  const a = joinedText(left, language, mayConvert);
  const b = joinedText(right, language, mayConvert);
  return a === null || b === null ? null : text(a + b);
}

/** How a constant looks inside a text, where that does not depend on the language's version or locale. */
export function joinedText(constant: Constant, language: Language, mayConvert = true): string | null {
  if (constant.kind === 'string') return constant.value;
  if (!mayConvert) return null;
  if (constant.kind === 'char') return constant.value;
  if (constant.kind === 'int') return String(constant.value);
  if (constant.kind === 'bool' && (language === 'java' || TRAITS[language].catalog === 'javascript'))
    return String(constant.value);
  return constant.kind === 'null' && language === 'java' ? 'null' : null;
}

export function foldUnary(
  operator: '!' | '-' | '+' | '~',
  operand: Constant,
  language: Language,
): Constant | null {
  if (operator === '!') {
    const truth = truthOf(operand, language);
    return truth === null ? null : bool(!truth);
  }
  if (operand.kind !== 'int') return null;
  if (operator === '~') return int(~operand.value);
  return int(operator === '-' ? -operand.value : operand.value);
}

/** Whether a constant counts as true in a condition. */
export function truthOf(constant: Constant, language: Language): boolean | null {
  if (constant.kind === 'bool') return constant.value;
  if (constant.kind === 'null') return false;
  if (language === 'ruby') return true;
  if (language === 'java' || language === 'go' || language === 'csharp') return null;
  if (constant.kind === 'int') return constant.value !== 0;
  if (constant.kind !== 'string' || language === 'c' || language === 'cpp') return null;
  if (language === 'php' && constant.value === '0') return false;
  return constant.value !== '';
}

/**
 * Types that hold every integer this module folds and calculate with it as it does: a smaller one cuts, an unsigned one wraps, a
 * floating one divides, a boxed one compares by reference, an unknown one may do any of it.
 */
const WIDE_TYPES =
  /^(final |const |static |signed |constexpr )*(int|long|long int|long long|Object|int32|int64|int32_t|int64_t|Int|number|Number|any|bigint|BigInteger|object|dynamic|string|String|java\.lang\.(String|Object)|char ?\*|str|mixed)$/;

/** Whether storing the constant in a variable of this declared type can change it. */
export function survivesType(constant: Constant, type: string | null): boolean {
  if (constant.kind !== 'int' || type === null) return true;
  return WIDE_TYPES.test(type.replace(/[?&*]+$/, '').trim());
}

/** Exact results of text methods with constant receiver and arguments; the method's name alone is not enough elsewhere. */
export function foldTextMethod(
  name: string,
  receiver: string,
  args: readonly Constant[],
  language: Language,
): Constant | null {
  const [first] = args;
  const ascii = /^[\x20-\x7e]*$/.test(receiver);
  if (!ascii) return null;
  if (name === 'charAt' && first?.kind === 'int') {
    const found = receiver[first.value];
    return found === undefined ? null : language === 'java' ? { kind: 'char', value: found } : text(found);
  }
  if (args.length === 0 && name === 'length') return int(receiver.length);
  if (args.length === 0 && (name === 'toString' || name === 'ToString' || name === 'to_s'))
    return text(receiver);
  if (args.length === 0 && (name === 'trim' || name === 'strip'))
    return /^\s|\s$/.test(receiver) ? text(receiver.trim()) : text(receiver);
  if (first?.kind !== 'string' || args.length !== 1) return null;
  if (name === 'equals' || name === 'Equals') return bool(receiver === first.value);
  if (name === 'contains' || name === 'includes') return bool(receiver.includes(first.value));
  if (name === 'startsWith' || name === 'startswith') return bool(receiver.startsWith(first.value));
  if (name === 'endsWith' || name === 'endswith') return bool(receiver.endsWith(first.value));
  if (name === 'concat') return text(receiver + first.value);
  return null;
}
