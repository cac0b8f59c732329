// Changes that are rebased, pushed over or aimed elsewhere, and runs that happen at the same time.
import { expect, it } from 'vitest';
import type { RequestHook } from '../emulators/emulated-host.ts';
import { type AgainHost, describeAgain, saidSince } from './again-hosts.ts';
import { APP, fileOf, plainLines, pushLines, scan, withDangers } from './again-shop.ts';
import type { PublishedRun } from './reviewed-change.ts';

async function run(host: AgainHost): Promise<number> {
  const writes = host.writes();
  const { record } = await host.run(scan(host.repository));
  expect([record?.problems, record?.counts.lost]).toEqual([[], 0]);
  return host.writes() - writes;
}

/** What is open stands where the findings are, once each, with one summary; and another run has nothing to say. */
async function expectSettled(host: AgainHost, lines: readonly number[]): Promise<void> {
  const open = host.comments().filter(({ text }) => !text.startsWith('✅') && !text.startsWith('☑'));
  expect(open.map(({ line }) => line).toSorted((one, other) => Number(one) - Number(other))).toEqual(lines);
  expect(host.summaries()).toHaveLength(1);
  expect(await run(host)).toBe(0);
}

/** Of two reviews the later one only leads to the first; GitLab has none. */
function expectOneOpening(host: AgainHost): void {
  const [first, second, ...more] = host.openings();
  if (host.name === 'gitlab') {
    expect(first).toBeUndefined();
    return;
  }
  expect(first?.text).toMatch(/^\d places in this change need your attention/);
  expect(second?.text).toBe(
    `Two runs said the same at the same time; it stands in [the earlier review](${reviewUrl(second?.text)}${first?.id}).`,
  );
  expect(more).toEqual([]);
}

const reviewUrl = (text = '') => /\((http\S+#pullrequestreview-)\d+\)/.exec(text)?.[1];

describeAgain('one comment a finding and one summary', (start) => {
  it('after a rebase on a base that moved', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    host.repository.pushBase((git) => void git.write('README.md', 'More words.\n'));
    await run(host);
    await expectSettled(host, [5, 30]);
    host.repository.pushBase((git) => void git.write(APP, fileOf(['// first', ...plainLines()])));
    host.repository.rebase();
    await run(host);
    await expectSettled(host, [6, 31]);
  });

  it('after a force push that keeps the findings, and one that does not', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    host.repository.forcePush(
      (git) => void git.write(APP, fileOf(['', ...withDangers({ 5: 'a', 30: 'b' })])),
    );
    await run(host);
    await expectSettled(host, [6, 31]);
    host.repository.forcePush((git) => void git.write(APP, fileOf(withDangers({ 30: 'b' }))));
    await run(host);
    await expectSettled(host, [30]);
  });

  it('after the change was aimed at another base', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    const { repository } = host;
    repository.retarget('release', repository.baseTip());
    repository.pushBase((git) => void git.write('README.md', 'A release.\n'));
    await run(host);
    await expectSettled(host, [5, 30]);
  });

  it('after the base took over one of the lines', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    host.repository.pushBase((git) => void git.write(APP, fileOf(withDangers({ 5: 'a' }))));
    host.repository.rebase();
    await run(host);
    const [gone] = host.comments();
    expect([gone?.text.startsWith('☑️ **No longer part of this change**'), gone?.thread]).toEqual([
      true,
      'resolved',
    ]);
    await expectSettled(host, [30]);
  });

  it('after two runs at once', async () => {
    const host = await start({ 5: 'a', 30: 'b', 45: 'c' });
    const report = scan(host.repository);
    const runs = await Promise.all([host.run(report), host.run(report)]);
    for (const { record } of runs) expect([record?.mode, record?.counts.inline]).toEqual(['posted', 3]);
    await expectSettled(host, [5, 30, 45]);
  });

  it('after two runs that both read before either posts, and whose requests take turns', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    const report = scan(host.repository);
    await interleave(host, () => Promise.all([host.run(report), host.run(report)]));
    expectOneOpening(host);
    await expectSettled(host, [5, 30]);
  });

  it.each([
    ['the other run reads, posts and ends', betweenReadingAndPosting],
    ['the other run has read, and posts and ends once the first has posted', betweenPostingAndLooking],
  ] as const)('after two runs of which one stops while %s', async (_, meet) => {
    const host = await start({ 5: 'a', 30: 'b', 45: 'c' });
    const report = scan(host.repository);
    const runs = await meet(host, () => host.run(report));
    for (const { record } of runs) {
      expect([record?.mode, record?.problems, record?.counts.inline]).toEqual(['posted', [], 3]);
    }
    expect(host.comments()).toHaveLength(3);
    expectOneOpening(host);
    await expectSettled(host, [5, 30, 45]);
  });

  it.each([2, 3, 4, 5])(
    'after a run that posts and ends before request %i of another one, which still reads',
    async (number) => {
      const host = await start({ 5: 'a', 30: 'b', 45: 'c' });
      const report = scan(host.repository);
      let other: PublishedRun | null = null;
      host.onRequest(host.log.length + number, async () => {
        other = await host.run(report);
        return undefined;
      });
      const late = await host.run(report);
      for (const { record } of [late, other ?? late])
        expect([record?.mode, record?.problems, record?.counts.inline]).toEqual(['posted', [], 3]);
      expect(other).not.toBeNull();
      expect(host.comments()).toHaveLength(3);
      await expectSettled(host, [5, 30, 45]);
    },
  );

  it('after two runs at once on a later head, where one finding is fixed, one moved and one new', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    pushLines(host.repository, withDangers({ 31: 'b', 50: 'c' }));
    const report = scan(host.repository);
    await interleave(host, () => Promise.all([host.run(report), host.run(report)]));
    await run(host);
    await expectSettled(host, [31, 50]);
  });
});

describeAgain('a run whose head is not the head any more', (start) => {
  it('posts nothing when a newer commit is there already', async () => {
    const host = await start({ 5: 'a' });
    const [report, head] = [scan(host.repository), host.repository.head()];
    pushLines(host.repository, withDangers({ 5: 'a', 30: 'b' }));
    const { record } = await host.run(report, { request: { head } });
    expect([record?.mode, host.writes(), host.comments()]).toEqual(['skipped', 0, []]);
  });

  it('posts nothing when the newer commit comes between reading and posting', async () => {
    // The sixth request is the last look before the first comment, on either host.
    for (const number of [3, 6]) {
      const fresh = await start({ 5: 'a' });
      fresh.onRequest(number, () => {
        pushLines(fresh.repository, withDangers({ 30: 'b' }));
        return undefined;
      });
      const head = fresh.repository.head();
      const { record } = await fresh.run(scan(fresh.repository), { request: { head } });
      expect([number, record?.mode, fresh.comments(), fresh.summaries()]).toEqual([
        number,
        expect.stringMatching(/skipped|failed/),
        [],
        [],
      ]);
      expect(saidSince(fresh, 0)).toEqual([]);
      await run(fresh);
      await expectSettled(fresh, [30]);
    }
  });
});

type Act = () => Promise<PublishedRun>;

/** The first run stops before its first write until the other one is done. */
async function betweenReadingAndPosting(host: AgainHost, act: Act): Promise<readonly PublishedRun[]> {
  let other: PublishedRun | null = null;
  let stopped = false;
  onEveryRequest(host, async ({ isWrite }) => {
    if (stopped || !isWrite) return undefined;
    stopped = true;
    other = await act();
    return undefined;
  });
  const first = await act();
  forgetHooks(host);
  if (other === null) throw new Error('no run wrote anything');
  return [first, other];
}

/** Both have read; the first posts, and stops until the other one has posted and is done. */
async function betweenPostingAndLooking(host: AgainHost, act: Act): Promise<readonly PublishedRun[]> {
  let step: 'reading' | 'waiting' | 'posting' | 'posted' = 'reading';
  let other: Promise<PublishedRun> | null = null;
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  onEveryRequest(host, async ({ isWrite }) => {
    if (step === 'reading' && isWrite) {
      step = 'waiting';
      other = act();
      await reached.promise;
      step = 'posting';
    } else if (step === 'waiting' && isWrite) {
      reached.resolve();
      await gate.promise;
    } else if (step === 'posting') {
      step = 'posted';
      gate.resolve();
      await other;
    }
    return undefined;
  });
  const first = await act();
  forgetHooks(host);
  if (other === null) throw new Error('no run wrote anything');
  return [first, await other];
}

const FAR = 300;

function onEveryRequest(host: AgainHost, hook: RequestHook): void {
  for (let number = host.log.length + 1; number < host.log.length + FAR; number += 1)
    host.onRequest(number, hook);
}

function forgetHooks(host: AgainHost): void {
  onEveryRequest(host, () => undefined);
}

/** Every write waits for one of the other run, for a moment: both have read before either writes, and they take turns. */
async function interleave(host: AgainHost, act: () => Promise<unknown>): Promise<void> {
  const waiting: (() => void)[] = [];
  const release = () => {
    for (const go of waiting.splice(0)) go();
  };
  const from = host.log.length;
  let running = true;
  for (let number = from + 1; number < from + 200; number += 1) {
    host.onRequest(number, async ({ isWrite }) => {
      if (!isWrite || !running) return undefined;
      await new Promise<void>((go) => {
        waiting.push(go);
        if (waiting.length === 2) release();
        else setTimeout(release, 40);
      });
      return undefined;
    });
  }
  await act();
  running = false;
  release();
}
