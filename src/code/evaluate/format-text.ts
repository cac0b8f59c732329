// Text made by a format (`sprintf`, `%`, `.format`): where each value goes, and which ones only as numbers.
import type { Language } from '../languages.ts';
import { constantValue, type Doubt, isFixed, joinValues, soleConstant, type Value } from './value.ts';
import { compose, dependent, unplaced } from './value-parts.ts';

/** `printf` writes `%s`, `braces` writes `{}`, `{0}` or `{name}`. */
export type FormatStyle = 'printf' | 'braces' | 'python-braces';

/** C, POSIX `printf`: flags, width, precision, length, conversion; `%(name)s` and `%1$s` name their value. */
const PRINTF =
  /%%|%(?:(?<which>\d{1,3})\$|\(\w+\)|<\w+>)?[-+ 0#,']{0,6}[\d*]{0,6}(?:\.[\d*]{0,6})?(?:hh?|ll?|[zjt])?(?<as>[a-zA-Z])/g;
const BRACES = /\{\{|\}\}|\{(?<which>\d+)?[^{}:]*(?::[^{}]*?(?<as>[a-zA-Z%])?)?\}/g;
const NUMBER = /^[diuxXfFeEgG]$/;

interface Directive {
  readonly start: number;
  readonly end: number;
  /** Zero-based, when the format says it. */
  readonly which: number | null;
  readonly isNumber: boolean;
}

export function formatStyle(receiver: Value | null, language: Language): FormatStyle {
  if (language === 'python' && receiver?.isText === true) return 'python-braces';
  return language === 'csharp' ? 'braces' : 'printf';
}

/**
 * The text that a constant format among the first two parts makes of the parts after it; null when there is none. What goes in as
 * a number only is not passed on as text: `doubt` is put in its place.
 */
export function formatText(parts: readonly Value[], style: FormatStyle, doubt: Doubt): Value | null {
  const at = parts.slice(0, 2).findIndex((part) => soleConstant(part)?.kind === 'string');
  // A format that is not constant decides the text, whatever it is given.
  if (!parts.slice(0, Math.max(0, at)).every(isFixed)) return null;
  const format = String(at < 0 ? '' : soleConstant(parts[at] as Value)?.value);
  const directives = readDirectives(format, style);
  if (directives.length === 0) return null;
  const values = parts.slice(at + 1).flatMap((part) => part.elements ?? [part]);
  const whole = compose(parts, true);
  const isAligned =
    values.length === directives.length &&
    directives.every(({ which }, index) => which === null || which === index);
  if (!isAligned) {
    const isNumber = directives.every((directive) => directive.isNumber);
    return isNumber ? dependent(whole, doubt) : unplaced(whole);
  }
  const pieces = values.flatMap((value, index) => {
    const { start, isNumber } = directives[index] as Directive;
    const text = format.slice(directives[index - 1]?.end ?? 0, start);
    return [constantValue({ kind: 'string', value: text }), isNumber ? dependent(value, doubt) : value];
  });
  const placed = compose(pieces, true);
  return { ...joinValues(whole, placed), taints: placed.taints, doubts: placed.doubts };
}

function readDirectives(format: string, style: FormatStyle): readonly Directive[] {
  const matches = format.matchAll(style === 'printf' ? PRINTF : BRACES);
  return [...matches].flatMap(({ 0: text, index, groups }): Directive[] => {
    if (text === '%%' || text === '{{' || text === '}}') return [];
    const first = style === 'printf' ? 1 : 0;
    const which = groups?.which === undefined ? null : Number(groups.which) - first;
    // .NET ignores a number's format where the value is a text.
    const isNumber = style !== 'braces' && NUMBER.test(groups?.as ?? '');
    return [{ start: index, end: index + text.length, which, isNumber }];
  });
}
