// Finds the lines on which parts of a JSON text stand, so that a schema error can be looked up in an editor.

const TOKEN = /\s*(?:("[^"\\]*(?:\\.[^"\\]*)*")|([{}[\],:])|([^\s{}[\],:"]+))/gy;

interface Frame {
  readonly pointer: string;
  readonly array: boolean;
  index: number;
  key: string | null;
}

/** Pointers (RFC 6901) of valid JSON → 1-based line of the value's first character. */
export function locatePointers(text: string, wanted: ReadonlySet<string>): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const frames: Frame[] = [];
  let line = 1;
  let counted = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, mark, word] = match;
    const frame = frames.at(-1);
    if (mark === '}' || mark === ']') frames.pop();
    else if (mark === ',') advance(frame);
    else if (mark === ':') continue;
    else if (string !== undefined && frame !== undefined && !frame.array && frame.key === null)
      frame.key = string;
    else {
      const pointer = frame === undefined ? '' : pointerIn(frame);
      if (wanted.has(pointer)) {
        const start = match.index + whole.length - (string ?? mark ?? word ?? '').length;
        line += countLines(text, counted, start);
        counted = start;
        lines.set(pointer, line);
      }
      if (mark !== undefined) frames.push({ pointer, array: mark === '[', index: 0, key: null });
    }
  }
  return lines;
}

function advance(frame: Frame | undefined): void {
  if (frame === undefined) return;
  frame.index++;
  frame.key = null;
}

function pointerIn(frame: Frame): string {
  if (frame.array) return `${frame.pointer}/${frame.index}`;
  const key = JSON.parse(frame.key ?? '""') as string;
  return `${frame.pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
