// A change on its third push, with one finding of every fate: new at a line, with a suggestion, at its file only, over the limit, fixed, moved, back
// at another line.
import type { GitRepository } from '../doubles/git-repository.ts';
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import { type Reported, sarifOf } from './reviewed-change.ts';

export interface BusyChange {
  readonly repository: ReviewRepository;
  /** What the scanner says of each push before the last one, and what brings the push after it. */
  readonly before: readonly { readonly report: string; readonly push: () => void }[];
  /** What it says of the last one. */
  readonly report: string;
}

const REQUIRE = "const { execFileSync, execSync } = require('node:child_process');\n";
/** The scanner's fix of the one finding that has one. */
export const FIXED_LINE = 'exports.size = (name) => String(name);';

const unsafe = (name: string, command: string) =>
  `exports.${name} = (name) => execSync('${command} ' + name).toString();`;
const CAT = unsafe('show', 'cat');
const LIST = unsafe('list', 'ls');
const BACK = unsafe('back', 'mv');
const OLD = [REQUIRE, ...Array.from({ length: 40 }, (_, at) => `exports.n${at} = ${at};\n`)].join('');
const OLD_UNSAFE = `${unsafe('pack', 'tar')}\n${unsafe('list', 'zip')}\n`;

const first = (git: GitRepository) => void git.write('shell.js', `${REQUIRE}${CAT}\n${LIST}\n${BACK}\n`);
const second = (git: GitRepository) => void git.write('shell.js', `${REQUIRE}${CAT}\n${LIST}\n`);

function third(git: GitRepository): void {
  const moved = `if (process.env.LIST) {\n  ${LIST}\n}\n`;
  const fixed = "exports.show = (name) => execFileSync('cat', [name]).toString();\n";
  const fresh = [unsafe('head', 'head'), unsafe('size', 'du'), unsafe('tail', 'tail')];
  git.write('shell.js', `${REQUIRE}${fixed}${moved}if (process.env.BACK) {\n  ${BACK}\n}\n`);
  git.write('fresh.js', `${REQUIRE}${fresh.join('\n')}\n`);
  git.write('old.js', `// Said at the top.\n${OLD}${OLD_UNSAFE}`);
}

const shell = (...lines: readonly number[]): readonly Reported[] =>
  lines.map((line) => ({ path: 'shell.js', line }));
const THIRD: readonly Reported[] = [
  ...shell(4, 7),
  { path: 'fresh.js', line: 2 },
  { path: 'fresh.js', line: 3, fix: FIXED_LINE },
  { path: 'fresh.js', line: 4 },
  { path: 'old.js', line: 43 },
  { path: 'old.js', line: 44 },
];

/** Findings of the last push, and how many of them the policy lets have a comment. */
export const FINDINGS = THIRD.length;
export const COMMENTED = 6;

/** The repository stands at the first push. */
export function createBusyChange(): BusyChange {
  const repository = createReviewRepository((git) => {
    git.write('old.js', `${OLD}${OLD_UNSAFE}`);
    git.write('.gitignore', 'reports/\nassay-out*/\n');
    git.write('assay.yml', `version: 1\nscope: all\ncomments:\n  limit: ${COMMENTED}\n`);
  }, first);
  return {
    repository,
    before: [
      { report: sarifOf(shell(2, 3, 4)), push: () => void repository.push(second, 'second push') },
      { report: sarifOf(shell(2, 3)), push: () => void repository.push(third, 'third push') },
    ],
    report: sarifOf(THIRD),
  };
}
