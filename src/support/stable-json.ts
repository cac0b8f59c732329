// JSON whose bytes depend on the value alone: keys sorted by code unit, two spaces, a final newline; safe to show anywhere.
import { replaceInvisible } from './invisible-characters.ts';

/** An object or array that is being written: `keys` names the parts of an object, in order. */
interface Frame {
  readonly parts: readonly unknown[];
  readonly keys: readonly string[] | null;
  next: number;
}

/**
 * Like `JSON.stringify(value, null, 2)` (undefined left out of objects, null in arrays) with sorted keys. Works without recursion,
 * so depth cannot overflow the stack. Characters that are invisible or that a CI runner might obey are written as `\u` escapes:
 * readers of the JSON see the same strings, and a terminal that shows the file is not fooled (security rows 26, 32).
 */
export function stableJson(value: unknown): string {
  const written: string[] = [];
  const open: Frame[] = [];
  writePart(value, '', open, written);
  for (let frame = open.at(-1); frame !== undefined; frame = open.at(-1)) {
    if (frame.next === frame.parts.length) {
      open.pop();
      written.push(lineBreak(open.length), frame.keys === null ? ']' : '}');
      continue;
    }
    const key = frame.keys?.[frame.next];
    const comma = frame.next === 0 ? '' : ',';
    const label = key === undefined ? '' : `${writeString(key)}: `;
    writePart(frame.parts[frame.next++], comma + lineBreak(open.length) + label, open, written);
  }
  return `${written.join('')}\n`;
}

/** Writes a scalar or an empty container whole; of any other container the bracket, and opens it. */
function writePart(value: unknown, before: string, open: Frame[], written: string[]): void {
  if (typeof value !== 'object' || value === null) {
    written.push(before + writeScalar(value));
    return;
  }
  const frame = frameOf(value);
  const [start, end] = frame.keys === null ? '[]' : '{}';
  if (frame.parts.length === 0) written.push(`${before}${start}${end}`);
  else {
    written.push(`${before}${start}`);
    open.push(frame);
  }
}

function frameOf(container: object): Frame {
  if (Array.isArray(container)) return { parts: container, keys: null, next: 0 };
  const entries = new Map(Object.entries(container).filter(([, value]) => value !== undefined));
  // Without a comparison of its own, sort() goes by code units.
  const keys = [...entries.keys()].sort();
  return { parts: keys.map((key) => entries.get(key)), keys, next: 0 };
}

function lineBreak(depth: number): string {
  return `\n${'  '.repeat(depth)}`;
}

function writeScalar(value: unknown): string {
  return typeof value === 'string' ? writeString(value) : (JSON.stringify(value) ?? 'null');
}

/** The start of a command that a CI runner finds anywhere in a line (escape-terminal.ts). */
const COMMAND_MARK = /#(?=#(?:\[|vso\[))/gi;

function writeString(text: string): string {
  const shown = replaceInvisible(JSON.stringify(text), writeEscapes);
  return shown.includes('##') ? shown.replace(COMMAND_MARK, writeEscapes) : shown;
}

function writeEscapes(run: string): string {
  return run.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
