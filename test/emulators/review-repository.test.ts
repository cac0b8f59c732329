import { afterEach, expect, test } from 'vitest';
import { createReviewRepository, type ReviewRepository } from './review-repository.ts';

const numbered = (count: number): string =>
  Array.from({ length: count }, (_, at) => `line ${at + 1}\n`).join('');

let repository: ReviewRepository;
afterEach(() => repository.dispose());

test('the shown diff is git’s: hunks with three lines of context, renames, binaries and a missing last line end', () => {
  repository = createReviewRepository(
    (git) =>
      git
        .write('a.js', numbered(20))
        .write('old.js', numbered(9))
        .write('pic.bin', Buffer.from([0, 1, 2]))
        .write('link', 'a file\n'),
    (git) => {
      git.write('a.js', numbered(20).replace('line 9\n', 'nine\n-- dashes\n'));
      git
        .move('old.js', 'new name.js')
        .write('pic.bin', Buffer.from([0, 1, 3]))
        .write('end.txt', 'no end');
      git.remove('link').link('link', 'a.js');
    },
  );
  const files = repository.shownDiff();
  expect(files.map(({ status, oldPath, newPath, binary }) => [status, oldPath, newPath, binary])).toEqual([
    ['modified', 'a.js', 'a.js', false],
    ['added', null, 'end.txt', false],
    ['type_changed', 'link', 'link', false],
    ['renamed', 'old.js', 'new name.js', false],
    ['modified', 'pic.bin', 'pic.bin', true],
  ]);
  const [changed, ending, link, renamed] = files;
  expect(
    changed?.hunks.map(({ header, ...hunk }) => [header, hunk.lines.map((line) => line.mark).join('')]),
  ).toEqual([['@@ -6,7 +6,8 @@ line 5', '   -++   ']]);
  expect(changed).toMatchObject({ additions: 2, deletions: 1 });
  expect(changed?.hunks[0]?.lines[4]).toMatchObject({ text: 'nine', oldLine: null, newLine: 9 });
  expect(ending?.hunks[0]?.lines).toEqual([
    { mark: '+', text: 'no end', oldLine: null, newLine: 1, newlineMissing: true },
  ]);
  expect(link?.hunks.flatMap(({ lines }) => lines.map(({ mark, text }) => mark + text))).toEqual([
    '-a file',
    '+a.js',
  ]);
  expect(renamed).toMatchObject({ patch: null, hunks: [] });
});

test('a line is traced over insertions, deletions and renames, and lost where it was changed', () => {
  repository = createReviewRepository((git) => git.write('a.js', numbered(30)));
  const before = repository.head();
  repository.push((git) =>
    git.write(
      'a.js',
      numbered(30)
        .replace('line 3\n', 'line 3\nnew\nnew\n')
        .replace('line 10\n', '')
        .replace('line 20\n', 'twenty\n'),
    ),
  );
  repository.push((git) => git.move('a.js', 'b.js'));
  const to = (line: number) => repository.trace({ path: 'a.js', line }, before, repository.head());
  expect([3, 4, 9, 10, 11, 19, 20, 21].map(to)).toEqual([
    { path: 'b.js', line: 3 },
    { path: 'b.js', line: 6 },
    { path: 'b.js', line: 11 },
    null,
    { path: 'b.js', line: 12 },
    { path: 'b.js', line: 20 },
    null,
    { path: 'b.js', line: 22 },
  ]);
});

test('force push, rebase and retarget move the change, and the old commits are no part of it', () => {
  repository = createReviewRepository(
    (git) => git.write('a.js', numbered(5)),
    (git) => git.write('b.js', 'one\n'),
  );
  const first = repository.head();
  expect(repository.commits()).toEqual([first]);
  let told = 0;
  repository.onChange(() => {
    told += 1;
  });
  const forced = repository.forcePush((git) => git.write('b.js', 'two\n'));
  expect(repository.commits()).toEqual([forced]);
  expect(repository.has(first)).toBe(true);
  const base = repository.pushBase((git) => git.write('c.js', 'base\n'));
  expect(repository.mergeBase()).not.toBe(base);
  const rebased = repository.rebase();
  expect([repository.mergeBase(), repository.commits()]).toEqual([base, [rebased]]);
  repository.retarget('release', `${base}~1`);
  expect(repository.shownDiff().map(({ newPath }) => newPath)).toEqual(['b.js', 'c.js']);
  expect(told).toBe(4);
  expect(repository.file(rebased, 'b.js')?.toString()).toBe('two\n');
  expect(repository.file(rebased, 'none')).toBeNull();
});
