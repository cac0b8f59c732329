// Where each member of a JSON text stands: `JSON.parse` knows values without places, so the text is walked once more beside it.
//
// The walk keeps its own stack (no text is too deep for it), takes comments and closing commas as it meets them, and trusts that
// the text parsed: on anything else it stops early and knows fewer places.

export interface JsonSpan {
  /** Offset of the key's opening quote, or of the value in an array. */
  readonly keyStart: number;
  readonly valueStart: number;
  /** Exclusive; quotes and brackets are inside. */
  readonly valueEnd: number;
}

interface Frame {
  readonly isArray: boolean;
  index: number;
  keyStart: number;
  valueStart: number;
  awaitsValue: boolean;
}

/** The one key of a path of keys and array indices. */
export function pathKey(path: readonly string[]): string {
  return path.join('\u0000');
}

const DELIMITER = /[\s,:{}[\]"/]/g;

/** Spans of the members whose path `wanted` takes; of a key that stands twice the last, as `JSON.parse` has it. */
export function placesInJson(
  text: string,
  wanted: (path: readonly string[]) => boolean,
): Map<string, JsonSpan> {
  const spans = new Map<string, JsonSpan>();
  const frames: Frame[] = [];
  const path: string[] = [];
  const emit = (valueStart: number, valueEnd: number) => {
    const frame = frames.at(-1);
    if (frame === undefined) return;
    if (wanted(path))
      spans.set(pathKey(path), {
        keyStart: frame.isArray ? valueStart : frame.keyStart,
        valueStart,
        valueEnd,
      });
    frame.awaitsValue = frame.isArray;
    frame.index += 1;
    path[path.length - 1] = frame.isArray ? String(frame.index) : '';
  };
  for (let at = 0; at < text.length; ) {
    const character = text[at] as string;
    const frame = frames.at(-1);
    if (character === '"') {
      const end = endOfString(text, at);
      if (frame !== undefined && !frame.awaitsValue) {
        path[path.length - 1] = decodeKey(text.slice(at, end));
        frame.keyStart = at;
        frame.awaitsValue = true;
      } else emit(at, end);
      at = end;
    } else if (character === '{' || character === '[') {
      if (frame !== undefined) frame.valueStart = at;
      const isArray = character === '[';
      frames.push({ isArray, index: 0, keyStart: at, valueStart: at, awaitsValue: isArray });
      path.push(isArray ? '0' : '');
      at += 1;
    } else if (character === '}' || character === ']') {
      frames.pop();
      path.pop();
      at += 1;
      const parent = frames.at(-1);
      if (parent !== undefined) emit(parent.valueStart, at);
    } else if (character === '/') at = endOfComment(text, at);
    else if (/[\s,:]/.test(character)) at += 1;
    else {
      const end = endOfScalar(text, at);
      emit(at, end);
      at = end;
    }
  }
  return spans;
}

function endOfScalar(text: string, start: number): number {
  DELIMITER.lastIndex = start + 1;
  return DELIMITER.exec(text)?.index ?? text.length;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function endOfComment(text: string, start: number): number {
  const isBlock = text[start + 1] === '*';
  const end = isBlock ? text.indexOf('*/', start + 2) : text.indexOf('\n', start);
  if (end < 0) return text.length;
  return isBlock ? end + 2 : end;
}

function decodeKey(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

/** JSON with comments and closing commas (https://code.visualstudio.com/docs/languages/json#_json-with-comments) as JSON of the same length. */
export function blankComments(text: string): string {
  return text.replace(
    /"[^"\\]*(?:\\.[^"\\]*)*"|\/\/[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/|,(?=\s*[}\]])/g,
    (token) => (token.startsWith('"') ? token : ' '.repeat(token.length)),
  );
}
