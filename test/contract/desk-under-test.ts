// The change that every desk is tried on, and what a test may do to its host.
import type { Anchor } from '#domain/publication.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import type { Change } from '../emulators/review-repository.ts';

/** The host answers 502, or the connection is reset. */
export type LostHow = 'error' | 'reset';

/** People and faults of one host. A comment is named by its marker: the bot's own and oldest that holds it. */
export interface DeskUnderTest {
  readonly desk: ReviewDesk;
  /** Another desk of the same bot on the same change, which knows nothing of the first: the next run's. */
  another(): ReviewDesk;
  readonly self: string;
  head(): string;
  /** How many requests so far would change something. */
  writes(): number;
  reply(marker: string): void;
  edit(marker: string, body: string): void;
  resolve(marker: string): void;
  delete(marker: string): void;
  /** A person says something on the change request. */
  say(body: string): void;
  /** `CONTRACT_PUSH` is committed on top. Returns the new head. */
  push(): string;
  takeRight(right: 'resolve' | 'comment'): void;
  /** The next write is done, but its answer is lost on the way. */
  loseAnswer(how: LostHow): void;
  /** The next write fails, and is not done. */
  failOnce(how: LostHow): void;
  /** Nothing answers any more. */
  goAway(): void;
  dispose(): Promise<void>;
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, at) => `line ${at + 1}`);
const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
const withLines = (...lines: string[]): string[] => numbered(20).toSpliced(4, 1, ...lines);

export const CONTRACT_BASE: Change = (git) => void git.write('src/app.js', text(numbered(20)));
/** Line 5 becomes three lines, and a file is added. */
export const CONTRACT_HEAD: Change = (git) =>
  void git
    .write('src/app.js', text(withLines('five', 'six', 'seven')))
    .write('src/new.js', 'one\ntwo\nthree\n');
/** The first of the three lines is changed again. */
export const CONTRACT_PUSH: Change = (git) =>
  void git.write('src/app.js', text(withLines('FIVE', 'six', 'seven')));

/** The diff of both heads, which differ only in the text of a line. */
export const CONTRACT_DIFF: ReviewDiff = {
  complete: true,
  files: [
    {
      status: 'modified',
      oldPath: 'src/app.js',
      newPath: 'src/app.js',
      hunks: [
        { oldStart: 2, oldLines: 7, newStart: 2, newLines: 9, marks: '   -+++   ', newlineMissing: false },
      ],
    },
    {
      status: 'added',
      oldPath: null,
      newPath: 'src/new.js',
      hunks: [{ oldStart: 0, oldLines: 0, newStart: 1, newLines: 3, marks: '+++', newlineMissing: false }],
    },
  ],
};

const line = (at: number, oldLine: number | null, startLine: number | null = null): Anchor => ({
  kind: 'line',
  path: 'src/app.js',
  oldPath: 'src/app.js',
  line: at,
  oldLine,
  startLine,
  startOldLine: null,
});

export const CONTRACT_ANCHORS = {
  /** Changed by the push. */
  added: line(5, null),
  context: line(9, 7),
  range: line(7, null, 5),
  file: { kind: 'file', path: 'src/new.js', oldPath: 'src/new.js' },
  /** Of a line that the diff does not show. */
  outside: line(20, 18),
} as const satisfies Record<string, Anchor>;
