// Fits sections of Markdown into a limit by leaving out whole rows, then whole sections: never half a fence, row or character.
import { Buffer } from 'node:buffer';

/** An array of rows, or rows that are written one by one as long as there is room (`lazyRows`). */
export interface Rows {
  readonly length: number;
  at(index: number): string | undefined;
}

export interface Section {
  /** Opens the section: heading, table head. Ends with a line break. */
  readonly before: string;
  /** Each whole in itself, ending with a line break. */
  readonly rows: Rows;
  /** Closes the section. */
  readonly after: string;
  /** Sections of a lower rank get their room first; those of rank 0 are never left out. */
  readonly rank: number;
  /** No more rows than these, however much room there is; all of them by default. */
  readonly mostRows?: number;
}

export interface Limit {
  /** UTF-16 code units, as the forges count comments. */
  readonly characters: number;
  /** UTF-8, as a job summary is measured. */
  readonly bytes: number;
}

interface Room {
  characters: number;
  bytes: number;
}

/** Of thousands of items only those that fit are ever rendered. */
export function lazyRows<T>(items: readonly T[], render: (item: T) => string): Rows {
  return {
    length: items.length,
    at: (index) => items.slice(index, index + 1).map(render)[0],
  };
}

export interface FittedSections {
  readonly text: string;
  /** How many rows of each section stand in the text, from its first one on; 0 for a section that is left out. */
  readonly rowsShown: ReadonlyMap<Section, number>;
}

/**
 * The sections in their order, joined. `more` says how many rows of a section are not shown, `leftOut` that whole sections are missing;
 * both end with a line break.
 */
export function fitSections(
  sections: readonly Section[],
  limit: Limit,
  words: { readonly more: (rows: number) => string; readonly leftOut: string },
): FittedSections {
  const room: Room = { ...limit };
  take(room, words.leftOut);
  const byRank = [...sections].sort((a, b) => a.rank - b.rank);
  const kept = byRank.filter((section) => section.rank === 0 || canTake(room, frameOf(section, words.more)));
  const shown = new Map(kept.map((section) => [section, takeRows(section, room, words.more)]));
  const text = sections.map((section) => shown.get(section)?.text ?? '').join('');
  return {
    text: kept.length === sections.length ? text : text + words.leftOut,
    rowsShown: new Map(sections.map((section) => [section, shown.get(section)?.rows ?? 0])),
  };
}

/** What a section costs before its first row; the line that counts missing rows is always paid for. */
function frameOf(section: Section, more: (rows: number) => string): string {
  return section.before + section.after + (section.rows.length > 0 ? more(section.rows.length) : '');
}

function takeRows(
  section: Section,
  room: Room,
  more: (rows: number) => string,
): { readonly text: string; readonly rows: number } {
  if (section.rank === 0) take(room, frameOf(section, more));
  const most = Math.min(section.mostRows ?? section.rows.length, section.rows.length);
  const fitting: string[] = [];
  while (fitting.length < most) {
    const row = section.rows.at(fitting.length) ?? '';
    if (!canTake(room, row)) break;
    fitting.push(row);
  }
  const rest = section.rows.length - fitting.length;
  const text = section.before + fitting.join('') + (rest > 0 ? more(rest) : '') + section.after;
  return { text, rows: fitting.length };
}

/** Takes the room when there is enough of it. */
function canTake(room: Room, text: string): boolean {
  if (text.length > room.characters || Buffer.byteLength(text) > room.bytes) return false;
  take(room, text);
  return true;
}

function take(room: Room, text: string): void {
  room.characters -= text.length;
  room.bytes -= Buffer.byteLength(text);
}
