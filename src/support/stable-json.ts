// JSON whose bytes depend on the value alone: keys sorted by code unit, two spaces, a final newline; safe to show anywhere.
import { replaceInvisible } from './invisible-characters.ts';

/** Closes an object or array whose parts are all written. */
type Pending = { readonly text: string } | { readonly value: unknown; readonly depth: number };

/**
 * Like `JSON.stringify(value, null, 2)` (undefined left out of objects, null in arrays) with sorted keys. Works without recursion,
 * so depth cannot overflow the stack. Characters that are invisible or that a CI runner might obey are written as `\u` escapes:
 * readers of the JSON see the same strings, and a terminal that shows the file is not fooled (security rows 26, 32).
 */
export function stableJson(value: unknown): string {
  const written: string[] = [];
  const pending: Pending[] = [{ value, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ('text' in next) written.push(next.text);
    else if (typeof next.value === 'object' && next.value !== null)
      pushParts(next.value, next.depth, pending);
    else written.push(writeScalar(next.value));
  }
  return `${written.join('')}\n`;
}

function pushParts(container: object, depth: number, pending: Pending[]): void {
  const isList = Array.isArray(container);
  const parts: readonly (readonly [label: string, value: unknown])[] = isList
    ? container.map((value: unknown) => ['', value] as const)
    : entriesOf(container).map(([key, value]) => [`${writeString(key)}: `, value] as const);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) {
    pending.push({ text: `${open}${close}` });
    return;
  }
  const indent = `\n${'  '.repeat(depth + 1)}`;
  pending.push({ text: `\n${'  '.repeat(depth)}${close}` });
  // Last in, first out: the parts go on the stack backwards.
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const [label, value] = parts[index] ?? ['', null];
    pending.push({ value, depth: depth + 1 }, { text: `${index === 0 ? open : ','}${indent}${label}` });
  }
}

function entriesOf(container: object): [string, unknown][] {
  return Object.entries(container)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function writeScalar(value: unknown): string {
  return typeof value === 'string' ? writeString(value) : (JSON.stringify(value) ?? 'null');
}

/** The start of a command that a CI runner finds anywhere in a line (escape-terminal.ts). */
const COMMAND_MARK = /#(?=#(?:\[|vso\[))/gi;

function writeString(text: string): string {
  return replaceInvisible(JSON.stringify(text), writeEscapes).replace(COMMAND_MARK, writeEscapes);
}

function writeEscapes(run: string): string {
  return run.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
