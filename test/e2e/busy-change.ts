// A change on its second push, with one finding of every fate: new at a line, with a suggestion, at its file only, over the limit, fixed, moved.
import type { GitRepository } from '../doubles/git-repository.ts';
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import { type Reported, sarifOf } from './reviewed-change.ts';

export interface BusyChange {
  readonly repository: ReviewRepository;
  /** What the scanner says of the first push. */
  readonly firstReport: string;
  /** What it says of the second. */
  readonly report: string;
  /** Brings the second push. */
  readonly push: () => void;
}

const REQUIRE = "const { execFileSync, execSync } = require('node:child_process');\n";
/** The scanner's fix of the one finding that has one. */
export const FIXED_LINE = 'exports.size = (name) => String(name);';

const unsafe = (name: string, command: string) =>
  `exports.${name} = (name) => execSync('${command} ' + name).toString();`;
const CAT = unsafe('show', 'cat');
const LIST = unsafe('list', 'ls');
const OLD = [REQUIRE, ...Array.from({ length: 40 }, (_, at) => `exports.n${at} = ${at};\n`)].join('');
const OLD_UNSAFE = `${unsafe('pack', 'tar')}\n${unsafe('list', 'zip')}\n`;

const first = (git: GitRepository) => void git.write('shell.js', `${REQUIRE}${CAT}\n${LIST}\n`);

function second(git: GitRepository): void {
  const moved = `if (process.env.LIST) {\n  ${LIST}\n}\n`;
  const fixed = "exports.show = (name) => execFileSync('cat', [name]).toString();\n";
  const fresh = [unsafe('head', 'head'), unsafe('size', 'du'), unsafe('tail', 'tail')];
  git.write('shell.js', `${REQUIRE}${fixed}${moved}`);
  git.write('fresh.js', `${REQUIRE}${fresh.join('\n')}\n`);
  git.write('old.js', `// Said at the top.\n${OLD}${OLD_UNSAFE}`);
}

const FIRST: readonly Reported[] = [
  { path: 'shell.js', line: 2 },
  { path: 'shell.js', line: 3 },
];
const SECOND: readonly Reported[] = [
  { path: 'shell.js', line: 4 },
  { path: 'fresh.js', line: 2 },
  { path: 'fresh.js', line: 3, fix: FIXED_LINE },
  { path: 'fresh.js', line: 4 },
  { path: 'old.js', line: 43 },
  { path: 'old.js', line: 44 },
];

/** Findings of the second push, and how many of them the policy lets have a comment. */
export const FINDINGS = SECOND.length;
export const COMMENTED = 5;

/** The repository stands at the first push. */
export function createBusyChange(): BusyChange {
  const repository = createReviewRepository((git) => {
    git.write('old.js', `${OLD}${OLD_UNSAFE}`);
    git.write('.gitignore', 'reports/\nassay-out*/\n');
    git.write('assay.yml', `version: 1\nscope: all\ncomments:\n  limit: ${COMMENTED}\n`);
  }, first);
  return {
    repository,
    firstReport: sarifOf(FIRST),
    report: sarifOf(SECOND),
    push: () => void repository.push(second, 'second push'),
  };
}
