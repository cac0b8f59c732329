// What a run that saw less says nothing of, what becomes of comments whose finding was set aside, and what the policy's switches do.
import { expect, it } from 'vitest';
import { type AgainHost, describeAgain, type RunAgain } from './again-hosts.ts';
import { danger, fileOf, pushLines, type ScanOptions, scan, withDangers } from './again-shop.ts';
import type { PublishedRun } from './reviewed-change.ts';

function run(host: AgainHost, options: ScanOptions = {}, again?: RunAgain): Promise<PublishedRun> {
  return host.run(scan(host.repository, options), again);
}

/** A repeated run changes nothing. */
async function expectQuiet(host: AgainHost): Promise<void> {
  const writes = host.writes();
  await run(host);
  expect(host.writes() - writes).toBe(0);
}

const closed = (host: AgainHost) => host.comments().filter(({ text }) => /^[✅☑]/u.test(text));
const setPolicy = (host: AgainHost, lines: string) =>
  host.repository.pushBase((git) => void git.write('assay.yml', `version: 1\n${lines}`));
const tomorrow = '2999-12-31';

describeAgain('nothing is called fixed', (start) => {
  it('by a scan that could not finish', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    pushLines(host.repository, withDangers({ 30: 'b' }));
    const whole = scan(host.repository);
    await host.run(whole.slice(0, -20));
    expect([closed(host), host.comments().length]).toEqual([[], 2]);
    const failed = JSON.parse(whole) as { runs: object[] };
    const invocations = [{ executionSuccessful: false }];
    await host.run(JSON.stringify({ ...failed, runs: failed.runs.map((one) => ({ ...one, invocations })) }));
    expect(closed(host)).toEqual([]);
    await run(host);
    expect(closed(host)).toHaveLength(1);
  });

  it('by a run without the tool that reported it', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    pushLines(host.repository, withDangers({}));
    await run(host, { tool: 'Another' });
    expect([closed(host), host.comments().length]).toEqual([[], 2]);
    expect(host.summaries()[0]?.text).toContain('2 comments of earlier runs stay open');
    await run(host);
    expect(closed(host)).toHaveLength(2);
  });

  it('by a run of another category, which has its own comments and its own summary', async () => {
    const host = await start({ 5: 'a' });
    const nightly = { request: { category: 'nightly' } };
    await run(host);
    await run(host, {}, nightly);
    expect([host.comments().length, host.summaries().length]).toEqual([2, 2]);
    pushLines(host.repository, withDangers({}));
    await run(host, {}, nightly);
    expect(closed(host)).toHaveLength(1);
    await run(host);
    expect(closed(host)).toHaveLength(2);
    await expectQuiet(host);
  });
});

describeAgain('a comment whose finding was set aside since', (start) => {
  it('says that it was waived, and is opened again when the waiver is gone', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    const first = await run(host);
    const id = first.record?.ledger.find(({ line }) => line === 5)?.findingId;
    setPolicy(
      host,
      `waivers:\n  - id: '${id}'\n    reason: it is fine\n    owner: ada\n    expires: ${tomorrow}\n`,
    );
    await run(host);
    const [waived] = host.comments();
    expect([waived?.text.startsWith('☑️ **Accepted for now**'), waived?.thread]).toEqual([true, 'resolved']);
    await expectQuiet(host);
    setPolicy(host, '');
    await run(host);
    expect(host.comments()[0]).toMatchObject({ thread: 'open', line: 5 });
    expect(host.comments()).toHaveLength(2);
    await expectQuiet(host);
  });

  it('says that it was dismissed', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    host.repository.push((git) => void git.write('generated/out.js', fileOf([danger('g')])));
    await run(host);
    setPolicy(host, 'policy_paths:\n  generated: ["generated/**"]\n');
    await run(host);
    const dismissed = host.comments().find(({ path }) => path === 'generated/out.js');
    expect(dismissed?.text).toContain('☑️ **Dismissed as a false positive**');
    expect(dismissed?.thread).toBe('resolved');
    expect(closed(host)).toHaveLength(1);
    await expectQuiet(host);
    setPolicy(host, 'policy_paths:\n  generated: ["generated/**"]\ncomments:\n  dismissed: inline\n');
    await run(host);
    expect(closed(host)).toEqual([]);
    expect(host.comments()).toHaveLength(3);
    await expectQuiet(host);
  });

  it('says that it is listed only, when the policy wants no comments about what needs review', async () => {
    const host = await start({ 5: 'a' });
    await run(host);
    setPolicy(host, 'comments:\n  needs_review: listed\n');
    await run(host);
    expect(closed(host).map(({ text }) => text.includes('Now listed in the summary only'))).toEqual([true]);
    expect(host.summaries()[0]?.text).toContain('src/app.js:5');
    await expectQuiet(host);
  });
});

describeAgain('the policy', (start, name) => {
  it('limits the comments; those that stand are kept when it is lowered', async () => {
    const host = await start({ 5: 'a', 15: 'b', 25: 'c' }, { policy: 'version: 1\ncomments:\n  limit: 2\n' });
    await run(host);
    expect(host.comments()).toHaveLength(2);
    setPolicy(host, 'comments:\n  limit: 0\n');
    await run(host);
    expect([host.comments().length, closed(host)]).toEqual([2, []]);
    await expectQuiet(host);
    setPolicy(host, 'comments:\n  limit: 3\n');
    await run(host);
    expect(host.comments()).toHaveLength(3);
    await expectQuiet(host);
  });

  it.each([
    ['never', 0, 0],
    ['always', 1, 1],
    ['auto', 1, 0],
  ] as const)(
    'says with `summary: %s` whether there is a summary, with and without findings',
    async (when, some, none) => {
      const policy = `version: 1\ncomments:\n  summary: ${when}\n`;
      const host = await start({ 5: 'a' }, { policy });
      await run(host);
      expect([host.comments().length, host.summaries().length]).toEqual([1, some]);
      await expectQuiet(host);
      const clean = await start({}, { policy });
      await run(clean);
      expect([clean.comments().length, clean.summaries().length]).toEqual([0, none]);
      await expectQuiet(clean);
    },
  );

  it('keeps a summary true that stands there when nothing is found any more', async () => {
    const host = await start({ 5: 'a' });
    await run(host);
    pushLines(host.repository, withDangers({}));
    await run(host);
    expect(host.summaries().map(({ text }) => text.includes('src/app.js:5'))).toEqual([false]);
    await expectQuiet(host);
  });

  it.each([
    ['none', 0, 0],
    ['status', 0, 1],
    ['check', name === 'github' ? 1 : 0, name === 'github' ? 0 : 1],
  ] as const)('says with `status: %s` what stands beside the commit', async (status, checks, statuses) => {
    const host = await start({ 5: 'a' }, { policy: `version: 1\nstatus: ${status}\n` });
    await run(host);
    const written = (part: RegExp) =>
      host.log.filter(({ isWrite, path }) => isWrite && part.test(path)).length;
    expect([written(/check-runs/), written(/statuses/)]).toEqual([checks, statuses]);
    await expectQuiet(host);
  });
});
