// The lines of a settings file that give a key its value: `a.b: c`, `a:` with `b: c` below it, `A_B=c`, `"b": "c"`.
import { escapePattern } from './find-definitions.ts';

export interface ConfigurationLine {
  readonly path: string;
  /** The line of the key; values that go on below it are part of it. */
  readonly startLine: number;
  readonly endLine: number;
}

/** Lines of a value that are shown at most. */
const MOST_LINES = 8;

export function findConfiguration(
  path: string,
  lines: readonly string[],
  key: string,
): readonly ConfigurationLine[] {
  const segments = key.split(/[.:]|__/).filter((segment) => segment !== '');
  const last = segments.at(-1) ?? '';
  if (last === '') return [];
  const whole = new RegExp(
    `^\\s*(?:export\\s+|-\\s+)?["']?${escapePattern(key)}["']?\\s*(?:[=:]|\\s\\S)`,
    'i',
  );
  const end = new RegExp(`^\\s*(?:-\\s+)?["']?(?:[\\w.-]+\\.)?${escapePattern(last)}["']?\\s*[:=]`, 'i');
  return lines.flatMap((line, index): ConfigurationLine[] => {
    if (line.length > 2000 || /^\s*([#;]|\/\/)/.test(line)) return [];
    const isHit =
      whole.test(line) || (segments.length > 1 && end.test(line) && isBelow(lines, index, segments));
    return isHit ? [{ path, startLine: index + 1, endLine: lastLine(lines, index) + 1 }] : [];
  });
}

/** Whether the lines above, each less indented than the one below, name the key's other segments from its end. */
function isBelow(lines: readonly string[], index: number, segments: readonly string[]): boolean {
  let indent = indentOf(lines[index] ?? '');
  const wanted = segments.slice(0, -1).map((segment) => segment.toLowerCase());
  const own = lines[index]?.toLowerCase() ?? '';
  // `a.b: c` below `x:` names two segments at once.
  while (wanted.length > 0 && own.includes(`${wanted.at(-1)}.`)) wanted.pop();
  for (let at = index - 1; at >= 0 && wanted.length > 0 && index - at < 2000; at--) {
    const line = lines[at] ?? '';
    const section = /^\s*\[+["']?([^\]"']+)["']?\]+\s*$/.exec(line)?.[1]?.toLowerCase();
    if (section !== undefined) return section.endsWith(wanted.join('.'));
    if (line.trim() === '' || indentOf(line) >= indent || /^\s*[#}\]]/.test(line)) continue;
    indent = indentOf(line);
    const name = /^\s*(?:-\s+)?["']?([\w.-]+)["']?\s*:/.exec(line)?.[1]?.toLowerCase();
    if (name === undefined) continue;
    if (name.split('.').at(-1) !== wanted.at(-1)) return false;
    for (const _ of name.split('.')) wanted.pop();
  }
  return wanted.length === 0;
}

function lastLine(lines: readonly string[], index: number): number {
  const indent = indentOf(lines[index] ?? '');
  let end = index;
  for (let at = index + 1; at < Math.min(lines.length, index + MOST_LINES); at++) {
    const line = lines[at] ?? '';
    const goesOn = (lines[at - 1] ?? '').endsWith('\\');
    if (!goesOn && (line.trim() === '' || indentOf(line) <= indent)) break;
    end = at;
  }
  return end;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
