// Runs that are repeated on one head: a reviewer sees one comment a finding, and nothing is written any more.
import { expect, it } from 'vitest';
import { type AgainHost, describeAgain, type RunAgain } from './again-hosts.ts';
import { fileOf, scan } from './again-shop.ts';

/** Runs three times; gives what the second and the third wrote. */
async function thrice(host: AgainHost, report: string, again?: RunAgain): Promise<number[]> {
  const written: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const before = host.writes();
    const { record } = await host.run(report, again);
    expect([record?.problems, record?.counts.lost]).toEqual([[], 0]);
    written.push(host.writes() - before);
  }
  expect(written[0]).toBeGreaterThan(0);
  return written.slice(1);
}

const seenOf = (host: AgainHost) => ({
  comments: host.comments().map(({ path, line, thread }) => [path, line, thread]),
  summaries: host.summaries().length,
});

describeAgain('runs on one head', (start) => {
  it('leave one comment a finding at its line, and write nothing from the second on', async () => {
    const host = await start({ 5: 'a', 20: 'b', 40: 'c' });
    expect(await thrice(host, scan(host.repository))).toEqual([0, 0]);
    expect(seenOf(host)).toEqual({
      comments: [
        ['src/app.js', 5, 'open'],
        ['src/app.js', 20, 'open'],
        ['src/app.js', 40, 'open'],
      ],
      summaries: 1,
    });
  });

  it('find comments on whole files again', async () => {
    const host = await start({ 5: 'a' }, { old: { 50: 'far' }, policy: 'version: 1\nscope: all\n' });
    expect(await thrice(host, scan(host.repository))).toEqual([0, 0]);
    expect(seenOf(host).comments).toEqual([
      ['src/app.js', 5, 'open'],
      ['src/app.js', null, 'open'],
    ]);
  });

  it('leave findings over the limit in the summary every time', async () => {
    const host = await start(
      { 5: 'a', 15: 'b', 25: 'c', 35: 'd' },
      { policy: 'version: 1\ncomments:\n  limit: 2\n' },
    );
    expect(await thrice(host, scan(host.repository))).toEqual([0, 0]);
    expect(seenOf(host)).toMatchObject({ comments: [{}, {}], summaries: 1 });
    const [summary] = host.summaries();
    expect(summary?.text).toContain('src/app.js:35');
  });

  it('say suggestions once', async () => {
    const host = await start({ 5: 'a', 20: 'b' });
    expect(await thrice(host, scan(host.repository, { fixes: true }))).toEqual([0, 0]);
    for (const { text } of host.comments()) expect(text).toContain('```suggestion');
  });

  it('know their comments by the signature where there is a key', async () => {
    const host = await start({ 5: 'a', 20: 'b' });
    const again = { variables: { ASSAY_MARKER_KEY: 'a stable secret of the team' } };
    expect(await thrice(host, scan(host.repository), again)).toEqual([0, 0]);
    expect(seenOf(host)).toMatchObject({ comments: [{}, {}], summaries: 1 });
  });

  it('know their comments in Chinese', async () => {
    const host = await start(
      { 5: 'a', 15: 'b', 25: 'c' },
      { old: { 50: 'far' }, policy: 'version: 1\nlanguage: zh-CN\nscope: all\ncomments:\n  limit: 2\n' },
    );
    expect(await thrice(host, scan(host.repository, { fixes: true }))).toEqual([0, 0]);
    expect(host.comments()).toHaveLength(2);
    expect(host.comments()[0]?.text).toMatch(/\p{Script=Han}/u);
  });

  it.each([
    ['with CRLF', (body: string) => body.replaceAll('\n', '\r\n')],
    ['without white space at their ends', (body: string) => body.trim()],
    ['with trailing spaces cut off each line', (body: string) => body.replaceAll(/[ \t]+$/gm, '')],
    ['with one line feed more at the end', (body: string) => `${body}\n`],
  ])('know their comments when the host gives texts back %s', async (_, change) => {
    const host = await start({ 5: 'a', 20: 'b' });
    host.givesBack(change);
    expect(await thrice(host, scan(host.repository, { fixes: true }))).toEqual([0, 0]);
    expect(seenOf(host)).toMatchObject({ comments: [{}, {}], summaries: 1 });
  });

  it('find a comment on the fourth page of everything that people said', async () => {
    const host = await start({ 5: 'a' });
    const report = scan(host.repository);
    await host.run(report);
    const [comment] = host.comments();
    for (let at = 0; at < 330; at += 1) host.say(`remark ${at}`, at % 2 === 0 ? comment?.id : undefined);
    const before = host.writes();
    await host.run(report);
    expect([host.writes() - before, host.comments().length]).toEqual([0, 1]);
  });

  it('do the same for a file without any finding', async () => {
    const host = await start({});
    host.repository.push((git) => void git.write('src/clean.js', fileOf(['const clean = 1;'])));
    const before = host.writes();
    await host.run(scan(host.repository));
    await host.run(scan(host.repository));
    expect([host.comments(), host.summaries()]).toEqual([[], []]);
    expect(host.writes() - before).toBeLessThanOrEqual(1);
  });
});
