// Offsets in a text as lines and columns: manifests are edited by place, so every reader says exactly where a thing stands.
import type { Place } from '#domain/location.ts';

export class LineIndex {
  readonly path: string;
  readonly #starts: readonly number[];

  constructor(path: string, text: string) {
    this.path = path;
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  /** 1-based line of an offset in UTF-16 units. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** The text from `start` up to `end`, both offsets in UTF-16 units. */
  span(start: number, end: number): Place {
    const startLine = this.lineAt(start);
    const endLine = this.lineAt(end);
    return {
      path: this.path,
      startLine,
      startColumn: start - (this.#starts[startLine - 1] ?? 0) + 1,
      endLine,
      endColumn: end - (this.#starts[endLine - 1] ?? 0) + 1,
    };
  }

  /** The line that `offset` lies in, as a whole. */
  wholeLine(offset: number): Place {
    return placeOfLine(this.path, this.lineAt(offset));
  }
}

/** A line as a whole. */
export function placeOfLine(path: string, line: number): Place {
  return { path, startLine: line, startColumn: null, endLine: line, endColumn: null };
}

/** Part of one line; columns are 1-based, the end is exclusive. */
export function placeInLine(path: string, line: number, startColumn: number, endColumn: number): Place {
  return { path, startLine: line, startColumn, endLine: line, endColumn };
}
