// Later pushes: what a reviewer reads stays true, in one comment a finding.
import { expect, it } from 'vitest';
import { type AgainHost, describeAgain, saidSince } from './again-hosts.ts';
import {
  APP,
  danger,
  fileOf,
  plainLines,
  pushLines,
  type ScanOptions,
  scan,
  withDangers,
} from './again-shop.ts';

async function runOn(host: AgainHost, options: ScanOptions = {}): Promise<readonly string[]> {
  const logged = host.log.length;
  const { record } = await host.run(scan(host.repository, options));
  expect([record?.problems, record?.counts.lost]).toEqual([[], 0]);
  return saidSince(host, logged);
}

/** Nothing is left to say after a run. */
async function expectQuiet(host: AgainHost, options: ScanOptions = {}): Promise<void> {
  const writes = host.writes();
  await runOn(host, options);
  expect(host.writes() - writes).toBe(0);
}

const backAgain = (since: string, fixed: string) =>
  new RegExp(`Back since \\S+/commit/${since}\\)\\*\\*: it was fixed in \\S+/commit/${fixed}\\)\\.`);
const open = (host: AgainHost) => host.comments().filter(({ text }) => !/^[✅☑]/u.test(text));
const placesOf = (host: AgainHost) => open(host).map(({ path, line }) => [path, line]);

describeAgain('a later push', (start, name) => {
  it('edits no comment of what is still there, and the summary at most once', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await runOn(host, { fixes: true });
    const before = host.comments().map(({ id }) => host.raw(id));
    const [summary] = host.summaries();
    pushLines(host.repository, withDangers({ 5: 'a', 30: 'b' }).toSpliced(54, 1, 'const other = 55;'));
    const said = await runOn(host, { fixes: true });
    expect(host.comments().map(({ id }) => host.raw(id))).toEqual(before);
    expect(said.length).toBeLessThanOrEqual(1);
    expect(host.summaries().map(({ id }) => id)).toEqual([summary?.id]);
    await expectQuiet(host, { fixes: true });
  });

  it('edits a comment in place when there is something else to say', async () => {
    const host = await start({ 5: 'a' });
    await runOn(host);
    const [before] = host.comments();
    pushLines(host.repository, withDangers({ 5: 'a' }).toSpliced(54, 1, 'const other = 55;'));
    await runOn(host, { message: 'A command is made of a query.' });
    const [after, ...more] = host.comments();
    expect([after?.id, after?.line, after?.thread, more]).toEqual([before?.id, 5, 'open', []]);
    expect(after?.text).toContain('A command is made of a query.');
    await expectQuiet(host, { message: 'A command is made of a query.' });
  });

  it('calls nothing fixed that a scanner only overlooks: its line stands as it stood', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await runOn(host);
    await runOn(host, { not: [5] });
    pushLines(host.repository, withDangers({ 5: 'a', 30: 'b' }).toSpliced(54, 1, 'const other = 55;'));
    await runOn(host, { not: [5, 30] });
    const texts = host.comments().map(({ text }) => text);
    expect(texts).toHaveLength(2);
    for (const text of texts) expect(text).toMatch(/^✅ \*\*No longer reported at \[/);
    await expectQuiet(host, { not: [5, 30] });
  });

  it.each([
    ['resolves', 'resolved', 'resolved', (_host: AgainHost): void => undefined],
    ['hides or leaves', 'hidden', 'open', (host: AgainHost): void => host.takeRights(false)],
    ['only edits', 'open', 'open', (host: AgainHost): void => host.takeRights(true)],
  ] as const)(
    'says what is fixed and %s its thread as far as the token may',
    async (_, gitHub, gitLab, rights) => {
      const host = await start({ 5: 'a', 30: 'b' });
      rights(host);
      await runOn(host);
      const head = pushLines(host.repository, withDangers({ 30: 'b' }));
      await runOn(host);
      const [fixed, still, ...more] = host.comments();
      expect(fixed?.text).toContain('**Fixed in [');
      expect(fixed?.text).toContain(head.slice(0, 7));
      expect(fixed?.thread).toBe(name === 'github' ? gitHub : gitLab);
      expect([still?.line, still?.thread, more]).toEqual([30, 'open', []]);
      expect(host.summaries()).toHaveLength(1);
      await expectQuiet(host);
      pushLines(host.repository, withDangers({ 30: 'b' }).toSpliced(50, 1, 'const other = 51;'));
      const said = await runOn(host);
      expect(said.length).toBeLessThanOrEqual(1);
      expect(host.comments()[0]?.text).toBe(fixed?.text);
    },
  );

  it.each([
    ['all rights', (_host: AgainHost): void => undefined],
    ['no right to resolve', (host: AgainHost): void => host.takeRights(false)],
    ['neither right', (host: AgainHost): void => host.takeRights(true)],
  ] as const)('opens the comment again when its finding is back, with %s', async (_, rights) => {
    const host = await start({ 5: 'a', 30: 'b' });
    rights(host);
    await runOn(host);
    for (const round of [1, 2]) {
      const fixed = pushLines(host.repository, withDangers({ 30: 'b' }, plainLines(60 + round)));
      await runOn(host);
      const since = pushLines(host.repository, withDangers({ 5: 'a', 30: 'b' }, plainLines(60 + round)));
      await runOn(host);
      const [back, ...more] = host.comments().filter(({ text }) => text.includes('request.query.a'));
      expect([back?.line, back?.thread, more]).toEqual([5, 'open', []]);
      expect(back?.text).toMatch(backAgain(since, fixed));
      expect(open(host)).toHaveLength(2);
      await expectQuiet(host);
    }
  });

  it('follows a line that others are put above', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await runOn(host, { fixes: true });
    const ids = host.comments().map(({ id }) => id);
    pushLines(host.repository, ['// one', '// two', '// three', ...withDangers({ 5: 'a', 30: 'b' })]);
    await runOn(host, { fixes: true });
    expect(placesOf(host)).toEqual([
      [APP, 8],
      [APP, 33],
    ]);
    expect(host.comments().map(({ id }) => id)).toEqual(ids);
    expect(host.comments()[0]?.text).toContain('src/app.js:8');
    expect(host.comments()[0]?.text).toContain('```suggestion');
    await expectQuiet(host, { fixes: true });
  });

  it('follows a line that was changed itself', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await runOn(host);
    const lines = withDangers({ 5: 'a', 30: 'b' });
    pushLines(host.repository, lines.toSpliced(4, 1, `  ${danger('a')} // ours`));
    await runOn(host);
    expect(placesOf(host).toSorted((one, other) => Number(one[1]) - Number(other[1]))).toEqual([
      [APP, 5],
      [APP, 30],
    ]);
    await expectQuiet(host);
  });

  it('follows a finding to another line of its file', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await runOn(host);
    pushLines(host.repository, withDangers({ 45: 'a', 30: 'b' }));
    await runOn(host);
    expect(placesOf(host).toSorted((one, other) => Number(one[1]) - Number(other[1]))).toEqual([
      [APP, 30],
      [APP, 45],
    ]);
    await expectQuiet(host);
  });

  it('follows a file that was renamed', async () => {
    const host = await start({ 5: 'a' });
    await runOn(host);
    host.repository.push((git) => void git.move(APP, 'src/shop.js'));
    await runOn(host);
    expect(placesOf(host)).toEqual([['src/shop.js', 5]]);
    await expectQuiet(host);
  });

  it('says of a file that was deleted that its findings are fixed', async () => {
    const host = await start({ 5: 'a' });
    host.repository.push((git) => void git.write('src/new.js', fileOf([danger('n')])));
    await runOn(host);
    expect(open(host)).toHaveLength(2);
    host.repository.push((git) => void git.remove('src/new.js'));
    await runOn(host);
    expect(placesOf(host)).toEqual([[APP, 5]]);
    await expectQuiet(host);
  });

  it('takes the suggestion away from a line that looks the same and is not meant any more', async () => {
    const host = await start({ 5: 'a' });
    await runOn(host, { fixes: true });
    pushLines(host.repository, withDangers({ 5: 'a', 20: 'a' }));
    await runOn(host, { fixes: true, not: [5] });
    const suggesting = host.comments().filter(({ text }) => text.includes('```suggestion'));
    expect(suggesting.map(({ line }) => line)).toEqual([20]);
    expect(placesOf(host)).toEqual([[APP, 20]]);
    await expectQuiet(host, { fixes: true, not: [5] });
  });

  it('keeps no suggestion that would replace other lines', async () => {
    const host = await start({ 5: 'a' });
    await runOn(host, { fixes: true });
    expect(host.comments()[0]?.text).toContain('```suggestion');
    pushLines(host.repository, plainLines().toSpliced(4, 1, `if (on) ${danger('a')}`));
    await runOn(host, { fixes: true });
    for (const { text, line, thread } of host.comments()) {
      if (text.includes('```suggestion')) expect([line, thread]).toEqual([5, 'open']);
    }
    expect(open(host)).toHaveLength(1);
    await expectQuiet(host, { fixes: true });
  });
});
