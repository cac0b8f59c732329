// What git says about two commits, as data: files, hunks and lines, with the text of each file's patch.

export interface DiffLine {
  readonly mark: ' ' | '+' | '-';
  /** Without the line feed; a carriage return before it is kept. */
  readonly text: string;
  /** 1-based; null where the line does not exist on that side. */
  readonly oldLine: number | null;
  readonly newLine: number | null;
  /** `\ No newline at end of file` follows. */
  readonly newlineMissing: boolean;
}

export interface DiffHunk {
  /** `@@ -1,3 +1,4 @@ function f() {` */
  readonly header: string;
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly DiffLine[];
}

export interface DiffFile {
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'type_changed';
  readonly oldPath: string | null;
  readonly newPath: string | null;
  readonly oldMode: string;
  readonly newMode: string;
  readonly newBlob: string;
  readonly binary: boolean;
  readonly additions: number;
  readonly deletions: number;
  /** From the first `@@` to the end, without the final line feed; null without hunks (binary, pure rename, mode, empty file). */
  readonly patch: string | null;
  readonly hunks: readonly DiffHunk[];
}

const STATUS: Readonly<Record<string, DiffFile['status']>> = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  R: 'renamed',
  C: 'copied',
  T: 'type_changed',
};

/** `raw` as of `git diff --raw -z --abbrev=40`, `text` as of `git diff` with the same renames. One entry a file, in git's order. */
export function readGitDiff(raw: string, text: string): DiffFile[] {
  const sections = text === '' ? [] : text.split(/^(?=diff --git )/m);
  const fields = raw.split('\0');
  const files: DiffFile[] = [];
  let section = 0;
  for (let at = 0; at + 1 < fields.length; ) {
    const [oldMode = '', newMode = '', , newBlob = '', letter = ''] = (fields[at] as string)
      .slice(1)
      .split(' ');
    const status = STATUS[letter.charAt(0)] ?? 'modified';
    const moved = status === 'renamed' || status === 'copied';
    const first = fields[at + 1] as string;
    const second = moved ? (fields[at + 2] as string) : first;
    at += moved ? 3 : 2;
    // A file that became a link, or the other way round, is two sections: all of it away, all of it new.
    const count = status === 'type_changed' ? 2 : 1;
    const own = sections.slice(section, section + count).join('');
    section += count;
    const hunks = readHunks(own);
    const lines = hunks.flatMap((hunk) => hunk.lines);
    const start = own.search(/^@@ /m);
    files.push({
      status,
      oldPath: status === 'added' ? null : first,
      newPath: status === 'deleted' ? null : second,
      oldMode,
      newMode,
      newBlob,
      binary: /^(Binary files .* differ|GIT binary patch)$/m.test(start === -1 ? own : own.slice(0, start)),
      additions: lines.filter(({ mark }) => mark === '+').length,
      deletions: lines.filter(({ mark }) => mark === '-').length,
      patch: start === -1 ? null : own.slice(start).replace(/\n$/, ''),
      hunks,
    });
  }
  return files;
}

function readHunks(section: string): DiffHunk[] {
  const hunks: (Omit<DiffHunk, 'lines'> & { lines: DiffLine[] })[] = [];
  let [oldLine, newLine, oldLeft, newLeft] = [0, 0, 0, 0];
  for (const row of section.split('\n')) {
    const hunk = hunks.at(-1);
    if (hunk && row.startsWith('\\')) {
      hunk.lines.push({ ...(hunk.lines.pop() as DiffLine), newlineMissing: true });
    } else if (hunk && oldLeft + newLeft > 0) {
      const mark = row.charAt(0) as DiffLine['mark'];
      const [onOld, onNew] = [mark === '+' ? 0 : 1, mark === '-' ? 0 : 1];
      hunk.lines.push({
        mark,
        text: row.slice(1),
        oldLine: onOld ? oldLine : null,
        newLine: onNew ? newLine : null,
        newlineMissing: false,
      });
      [oldLine, newLine, oldLeft, newLeft] = [
        oldLine + onOld,
        newLine + onNew,
        oldLeft - onOld,
        newLeft - onNew,
      ];
    } else {
      const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(row);
      if (!header) continue;
      [oldLine, oldLeft] = [Number(header[1]), Number(header[2] ?? 1)];
      [newLine, newLeft] = [Number(header[3]), Number(header[4] ?? 1)];
      const [oldLines, newLines] = [oldLeft, newLeft];
      hunks.push({ header: row, oldStart: oldLine, oldLines, newStart: newLine, newLines, lines: [] });
    }
  }
  return hunks;
}
