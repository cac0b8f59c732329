// Draws the outline of a JSON text from its first bytes: which keys it has, and short values, as far as they can be seen.

export interface JsonSketch {
  readonly root: 'object' | 'array' | 'scalar' | null;
  /** Path → the first short scalar at it as text, or null. `a.b`, arrays as `[]`: `runs[].tool.driver.name`, `[].filePath`. */
  readonly paths: ReadonlyMap<string, string | null>;
  /** What was seen is not JSON. A text that merely goes on behind the head is not broken. */
  readonly broken: boolean;
}

const MAXIMUM_DEPTH = 5;
const MAXIMUM_PATHS = 20_000;
const TOKEN = /\s*(?:("[^"\\\u0000-\u001f]*(?:\\.[^"\\\u0000-\u001f]*)*")|([{}[\],:])|([-+.\w]+))/y;

interface Frame {
  readonly path: string;
  readonly array: boolean;
  key: string | null;
}

/** Never throws; stops at the first offence and says so. */
export function sketchJson(text: string): JsonSketch {
  const paths = new Map<string, string | null>();
  const frames: Frame[] = [];
  let root: JsonSketch['root'] = null;
  const matcher = new RegExp(TOKEN);
  for (;;) {
    const start = matcher.lastIndex;
    const match = matcher.exec(text);
    if (match === null) return { root, paths, broken: isBroken(text.slice(start)) };
    const [, string, mark, word] = match;
    const frame = frames.at(-1);
    if (mark === ',' || mark === ':') {
      if (frame === undefined || (mark === ',' && !frame.array && frame.key === null))
        return { root, paths, broken: true };
      if (mark === ',') frame.key = null;
    } else if (mark === '}' || mark === ']') {
      if (frame === undefined || frame.array !== (mark === ']')) return { root, paths, broken: true };
      frames.pop();
    } else if (string !== undefined && frame !== undefined && !frame.array && frame.key === null) {
      frame.key = unquote(string)
        .slice(0, 100)
        .replace(/[.[\]]/g, '_');
    } else {
      const path = frame === undefined ? '' : pathIn(frame);
      const array = mark === '[';
      if (frame === undefined) root = mark === '{' ? 'object' : array ? 'array' : 'scalar';
      if (path !== '' && frames.length <= MAXIMUM_DEPTH && paths.size < MAXIMUM_PATHS && !paths.has(path))
        paths.set(path, string === undefined ? (word ?? null) : unquote(string).slice(0, 300));
      if (mark !== undefined) frames.push({ path, array, key: null });
    }
    // One text is enough: JSON lines and streams are told by their first.
    if (frames.length === 0) return { root, paths, broken: false };
  }
}

function pathIn(frame: Frame): string {
  if (frame.array) return `${frame.path}[]`;
  return frame.path === '' ? (frame.key ?? '') : `${frame.path}.${frame.key ?? ''}`;
}

function unquote(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    return token;
  }
}

/** A rest that begins a string and has no control character goes on behind the head; anything else no token could be made of. */
function isBroken(rest: string): boolean {
  const trimmed = rest.trimStart();
  return trimmed !== '' && !/^"[^\u0000-\u001f]*$/.test(trimmed);
}
