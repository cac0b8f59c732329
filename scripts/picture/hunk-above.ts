// The last lines of a hunk down to a comment's line, as the host shows them above the comment.
import type { Git } from '../demo/isolated-git.ts';
import type { DrawnLine } from './draw-lines.ts';

const SHOWN = 4;

/** Throws when the change does not show `line` of the new side of `path`. */
export function hunkAbove(
  git: Git,
  { from, to, path, line }: { from: string; to: string; path: string; line: number },
): readonly DrawnLine[] {
  const diff = git('diff', '--no-color', '--no-ext-diff', '-M', `${from}...${to}`, '--', path).split('\n');
  const rows: DrawnLine[] = [];
  let number = 0;
  for (const row of diff) {
    const start = /^@@ -\S+ \+(\d+)/.exec(row)?.[1];
    if (start !== undefined) number = Number(start);
    else if (number > 0 && /^[ +]/.test(row)) {
      rows.push({ kind: row.startsWith('+') ? 'added' : 'kept', number, text: row.slice(1) });
      if (number === line) return rows.slice(-SHOWN);
      number += 1;
    } else if (number > 0) rows.push({ kind: 'removed', number: null, text: row.slice(1) });
  }
  throw new Error(`${path}:${line} is not shown by the change.`);
}
