// Reads what `git diff --raw --patch` prints: which files differ, and on which lines; with context, as a forge shows it.
//
// Both parts are read from one output, so that a working tree that changes meanwhile cannot tear them apart. Names are read
// C-quoted, not with -z: -z writes names raw into the patch's headers as well, where an LF in a name could forge a hunk.
import type { ChangedFile, Hunk, TreeDiff } from '../../domain/change.ts';
import { AssayError } from '../../domain/errors.ts';
import type { ReviewDiff, ReviewFile, ReviewHunk } from '../../domain/review-diff.ts';
import { decodeQuotedName } from './quoted-name.ts';

const LF = 0x0a;
const CR = 0x0d;
const MINUS = 0x2d;
const PLUS = 0x2b;
const BACKSLASH = 0x5c;

const STATUS: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  R: 'renamed',
  C: 'copied',
  T: 'type_changed',
  U: 'modified',
};

interface Entry {
  readonly letter: string;
  readonly oldName: string;
  readonly newName: string;
  readonly hunks: ReviewHunk[];
  /** The file's lines cannot be compared: git calls it binary, or its lines end otherwise than git counts them. */
  opaque: boolean;
  /** One side is a submodule: what git prints as its line is not in any file. */
  readonly submodule: boolean;
}

/** The mode of a submodule in a tree, a "gitlink" (git-fast-import(1)). */
const SUBMODULE = '160000';

/** The arguments of `git diff` whose output is read here, whatever the configuration says; `context` lines around each hunk. */
export const diffArguments = (context: number): readonly string[] => [
  'diff',
  '--raw',
  '--patch',
  `--unified=${context}`,
  '--inter-hunk-context=0',
  '--find-renames=50%',
  '--no-rename-empty',
  '-l1000',
  '--diff-algorithm=myers',
  '--indent-heuristic',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--no-relative',
  '--abbrev=40',
  '--submodule=short',
  // "dirty" would start git inside each submodule, under that submodule's own configuration.
  '--ignore-submodules=dirty',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '-O/dev/null',
];

/**
 * @param output bytes that git printed with `diffArguments(0)` and `core.quotePath=true`
 * @throws AssayError `repository` when they are anything else
 */
export function parseGitDiff(output: Uint8Array): TreeDiff {
  return { files: readDiff(output).map(toChangedFile) };
}

/** The same of output with context. */
export function parseReviewDiff(output: Uint8Array): ReviewDiff {
  return { files: readDiff(output).map(toReviewFile), complete: true };
}

function readDiff(output: Uint8Array): readonly Entry[] {
  const lines = new LineReader(output);
  const entries = readEntries(lines);
  readPatches(lines, entries);
  return withoutUnmergedTwins(entries);
}

/** The raw part: `:100644 100644 0123… 4567… M<TAB>name`, a second name after another TAB for renames and copies (git-diff(1)). */
function readEntries(lines: LineReader): Entry[] {
  const entries: Entry[] = [];
  for (let line = lines.next(); line !== null && line !== ''; line = lines.next()) {
    const [fields = '', oldName, newName = oldName] = line.split('\t');
    const [, oldMode, newMode, letter] =
      /^:(\d{6}) (\d{6}) [0-9a-f]+ [0-9a-f]+ ([A-Z])\d*$/.exec(fields) ?? [];
    if (letter === undefined || oldName === undefined || newName === undefined) throw unreadable(line);
    const submodule = oldMode === SUBMODULE || newMode === SUBMODULE;
    entries.push({ letter, oldName, newName, hunks: [], opaque: letter === 'U', submodule });
  }
  return entries;
}

/** The patches come in the entries' order; an entry may have none (unmerged) or two (a file that became a link). */
function readPatches(lines: LineReader, entries: readonly Entry[]): void {
  let at = 0;
  let current: Entry | null = null;
  for (let line = lines.next(); line !== null; line = lines.next()) {
    if (line.startsWith('diff --git ')) {
      while (at < entries.length && patchHeader(entries[at]) !== line) at += 1;
      current = entries[at] ?? null;
      if (current === null) throw unreadable(line);
    } else if (line.startsWith('@@ ')) {
      if (current === null) throw unreadable(line);
      readHunk(lines, line, current);
    } else if (line.startsWith('Binary files ') && current !== null) {
      current.opaque = true;
    }
  }
}

/** The `diff --git` line of an entry: both names prefixed inside their quotes. */
function patchHeader(entry: Entry | undefined): string | null {
  return entry === undefined
    ? null
    : `diff --git ${prefixName('a/', entry.oldName)} ${prefixName('b/', entry.newName)}`;
}

function prefixName(prefix: string, name: string): string {
  return name.startsWith('"') ? `"${prefix}${name.slice(1)}` : `${prefix}${name}`;
}

function readHunk(lines: LineReader, header: string, entry: Entry): void {
  const match = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(header);
  if (match === null) throw unreadable(header);
  const [, oldStart, oldLines = '1', newStart, newLines = '1'] = match;
  const span = {
    oldStart: Number(oldStart),
    oldLines: Number(oldLines),
    newStart: Number(newStart),
    newLines: Number(newLines),
  };
  // Counted, never searched: a line of content may look like a header.
  const { comparable, complete, ...content } = lines.readContent(span.oldLines, span.newLines);
  if (!complete) throw unreadable(header);
  entry.hunks.push({ ...span, ...content });
  if (!comparable) entry.opaque = true;
}

/** git lists an unmerged file as `U` and, when it still differs, once more. */
function withoutUnmergedTwins(entries: readonly Entry[]): readonly Entry[] {
  const merged = new Set(entries.filter(({ letter }) => letter !== 'U').map(({ newName }) => newName));
  return entries.filter(({ letter, newName }) => letter !== 'U' || !merged.has(newName));
}

function toChangedFile(entry: Entry): ChangedFile {
  const status = STATUS[entry.letter];
  if (status === undefined) throw unreadable(entry.letter);
  return {
    status,
    oldPath: status === 'added' ? null : decodeQuotedName(entry.oldName),
    newPath: status === 'deleted' ? null : decodeQuotedName(entry.newName),
    binary: entry.opaque,
    hunks: status === 'type_changed' ? joinHunks(entry.hunks) : entry.hunks.map(spanOf),
  };
}

/** A submodule is shown without lines, and so is a file that became a link or the other way round. */
function toReviewFile(entry: Entry): ReviewFile {
  const { status, oldPath, newPath } = toChangedFile(entry);
  const hunks = entry.opaque || entry.submodule || status === 'type_changed' ? null : entry.hunks;
  return { status, oldPath, newPath, hunks };
}

function spanOf({ oldStart, oldLines, newStart, newLines }: ReviewHunk): Hunk {
  return { oldStart, oldLines, newStart, newLines };
}

/** A type change is printed as a deletion and an addition of the whole file: one hunk in truth. */
function joinHunks(hunks: readonly Hunk[]): readonly Hunk[] {
  const oldLines = hunks.reduce((sum, hunk) => sum + hunk.oldLines, 0);
  const newLines = hunks.reduce((sum, hunk) => sum + hunk.newLines, 0);
  if (oldLines + newLines === 0) return [];
  return [{ oldStart: Math.min(1, oldLines), oldLines, newStart: Math.min(1, newLines), newLines }];
}

class LineReader {
  readonly #bytes: Buffer;
  #at = 0;
  /** Where the next CR stands, looked for once however many lines come before it. */
  #carriageReturn = -1;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next line without its LF; null at the end. Names are quoted to ASCII, so one byte is one character. */
  next(): string | null {
    if (this.#at >= this.#bytes.length) return null;
    const start = this.#at;
    return this.#bytes.toString('latin1', start, this.#skipLine());
  }

  /**
   * Reads the content lines of a hunk. Not comparable when one of them holds a CR before its end: other readers count a line there and
   * git does not, so line numbers of this file mean nothing.
   */
  readContent(
    oldLines: number,
    newLines: number,
  ): Pick<ReviewHunk, 'marks' | 'newlineMissing'> & { comparable: boolean; complete: boolean } {
    const marks: string[] = [];
    let [oldLeft, newLeft, comparable, newlineMissing] = [oldLines, newLines, true, false];
    while ((oldLeft > 0 || newLeft > 0) && this.#at < this.#bytes.length) {
      const start = this.#at;
      const sign = this.#bytes[start];
      const end = this.#skipLine();
      if (sign === BACKSLASH) continue;
      if (sign === MINUS) marks.push('-');
      else if (sign === PLUS) marks.push('+');
      else marks.push(' ');
      if (sign !== PLUS) oldLeft -= 1;
      if (sign !== MINUS) newLeft -= 1;
      if (this.#nextCarriageReturn(start) < end - 1) comparable = false;
    }
    // "\ No newline at end of file" belongs to the line before it; after the last line that is one of the new side, or context.
    if (this.#bytes[this.#at] === BACKSLASH) {
      newlineMissing = marks.at(-1) !== '-';
      this.#skipLine();
    }
    const complete = oldLeft === 0 && newLeft === 0;
    return { marks: marks.join(''), newlineMissing, comparable, complete };
  }

  #nextCarriageReturn(from: number): number {
    if (this.#carriageReturn < from) {
      const found = this.#bytes.indexOf(CR, from);
      this.#carriageReturn = found === -1 ? this.#bytes.length : found;
    }
    return this.#carriageReturn;
  }

  /** Moves behind the line's LF; returns where the line ends before it. */
  #skipLine(): number {
    const end = this.#bytes.indexOf(LF, this.#at);
    const stop = end === -1 ? this.#bytes.length : end;
    this.#at = stop + 1;
    return stop;
  }
}

function unreadable(line: string): AssayError {
  return new AssayError(
    'repository',
    `git diff printed something Assay does not understand: ${line.slice(0, 200)}`,
    {
      hint: 'Report this with the output of "git --version".',
    },
  );
}
