// Platforms D20–D22 and D27, tried on the emulator.
import { expect } from 'vitest';
import { appToken } from './actors.ts';
import { type GitHubWorld, numbered } from './behaviour-world.ts';

type Behaviour = (world: GitHubWorld) => Promise<void>;

const DIFF = { headers: { accept: 'application/vnd.github.diff' } };

async function pages({ ask, github }: GitHubWorld): Promise<void> {
  for (let at = 1; at <= 95; at += 1) github.people.comment(at === 93 ? '<!-- assay: -->' : `talk ${at}`);
  const links: string[] = [];
  let next: string | undefined = '/issues/7/comments';
  let found = 0;
  for (let page = 1; next !== undefined; page += 1) {
    const { body, headers } = await ask('GET', next);
    expect(body).toHaveLength(page < 4 ? 30 : 5);
    if (body.some((row: { body: string }) => row.body.includes('assay'))) found = page;
    links.push(headers.get('link') ?? '');
    next = /<([^>]+)>; rel="next"/.exec(links.at(-1) ?? '')?.[1];
  }
  expect(found).toBe(4);
  const address = `${github.apiUrl}/repositories/1296269/issues/7/comments`;
  expect(links[0]).toBe(`<${address}?page=2>; rel="next", <${address}?page=4>; rel="last"`);
  expect(links[3]).toBe(`<${address}?page=3>; rel="prev", <${address}?page=1>; rel="first"`);
  // 100 is the most, whatever is asked for.
  expect((await ask('GET', '/issues/7/comments?per_page=500')).body).toHaveLength(95);
  const query = `{ repository(owner: "octo", name: "shop") { pullRequest(number: 7) { comments(first: 101) { totalCount } } } }`;
  expect((await ask('POST', github.graphqlUrl, { body: { query } })).body.errors).toMatchObject([
    { type: 'EXCESSIVE_PAGINATION' },
  ]);
}

async function diffTooLarge({ ask, repository }: GitHubWorld): Promise<void> {
  const small = await ask('GET', '/pulls/7', DIFF);
  expect([small.status, small.text]).toEqual([
    200,
    repository.diffText(repository.mergeBase(), repository.head()),
  ]);
  repository.push((git) => git.write('long.txt', numbered(20_001)));
  const long = await ask('GET', '/pulls/7', DIFF);
  expect([long.status, long.body.message]).toEqual([
    406,
    expect.stringContaining('maximum number of lines (20000)'),
  ]);
  repository.push((git) => {
    for (let at = 0; at < 301; at += 1) git.write(`many/${at}.txt`, `${at}\n`);
  });
  const many = await ask('GET', '/pulls/7', DIFF);
  expect([many.status, many.body]).toMatchObject([
    406,
    {
      message:
        "Sorry, the diff exceeded the maximum number of files (300). Consider using 'List pull requests files' API or locally cloning the repository instead.",
      errors: [{ resource: 'PullRequest', field: 'diff', code: 'too_large' }],
    },
  ]);
}

async function filesWithoutPatch({ ask, repository }: GitHubWorld): Promise<void> {
  repository.push((git) =>
    git
      .write('pic.bin', Buffer.from([0, 1, 2]))
      .write('long.txt', numbered(2001))
      .move('same.js', 'moved.js'),
  );
  const rows = (await ask('GET', '/pulls/7/files')).body;
  expect(
    rows.map((row: Record<string, unknown>) => [
      row.filename,
      row.status,
      'patch' in row,
      row.previous_filename ?? null,
    ]),
  ).toEqual([
    ['long.txt', 'added', false, null],
    ['moved.js', 'renamed', false, 'same.js'],
    ['new.js', 'added', true, null],
    ['pic.bin', 'added', false, null],
    ['src/app.js', 'modified', true, null],
  ]);
  expect(rows[2].patch).toBe('@@ -0,0 +1,3 @@\n+line 1\n+line 2\n+line 3');
  repository.push((git) => {
    for (let at = 0; at < 3000; at += 1) git.write(`many/${at}.txt`, `${at}\n`);
  });
  const last = await ask('GET', '/pulls/7/files?per_page=100&page=30');
  expect([last.body.length, /rel="next"/.test(last.headers.get('link') ?? '')]).toEqual([100, false]);
  expect((await ask('GET', '/pulls/7')).body.changed_files).toBe(3005);
}

async function checkRuns({ ask, github, head }: GitHubWorld): Promise<void> {
  const annotations = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      path: 'new.js',
      start_line: at + 1,
      end_line: at + 1,
      annotation_level: 'warning',
      message: 'm',
    }));
  const output = (count: number) => ({ title: 't', summary: 's', annotations: annotations(count) });
  const done = {
    name: 'assay',
    head_sha: head,
    status: 'completed',
    conclusion: 'failure',
    external_id: 'digest',
  };
  const post = (body: object) => ask('POST', '/check-runs', { body: { ...done, ...body } });
  const many = await post({ output: output(51) });
  expect([many.status, many.body.message]).toEqual([422, expect.stringContaining('No more than 50')]);
  const long = await post({ output: { title: 't', summary: 'x'.repeat(70_000) } });
  expect(long.body.message).toContain('Only 65535 characters are allowed; 70000 were supplied.');
  expect((await post({ conclusion: undefined })).status).toBe(422);
  const columns = { ...annotations(1)[0], end_line: 2, start_column: 1, end_column: 2 };
  expect((await post({ output: { title: 't', summary: 's', annotations: [columns] } })).status).toBe(422);
  expect(github.checkRuns).toEqual([]);
  const created = await post({ output: output(50) });
  expect(created.status).toBe(201);
  const run = `/check-runs/${created.body.id}`;
  const appended = await ask('PATCH', run, { body: { output: output(7) } });
  expect(appended.body.output.annotations_count).toBe(57);
  expect((await ask('GET', `${run}/annotations?per_page=100`)).body).toHaveLength(57);
  github.tokens.set('other', appToken('robot'));
  expect((await ask('PATCH', run, { body: { conclusion: 'success' }, token: 'other' })).status).toBe(403);
  const found = await ask('GET', `/commits/${head}/check-runs?check_name=assay`);
  // Not in a suite of its own: what is shown beside the commit is under another workflow's name.
  expect(found.body).toMatchObject({
    total_count: 1,
    check_runs: [{ external_id: 'digest', check_suite: { id: 31 }, pull_requests: [] }],
  });
}

export const BEHAVIOURS_OF_READING: Readonly<Record<number, Behaviour>> = {
  20: pages,
  21: diffTooLarge,
  22: filesWithoutPatch,
  27: checkRuns,
};
