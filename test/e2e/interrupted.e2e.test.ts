// A run of the built program is ended at any request, and run again: nothing double, nothing missing.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { beforeAll, describe, expect, test } from 'vitest';
import { builtBundle } from '../ci/built-bundle.ts';
import { type BundledRun, inParallel, runBundled } from './bundled-run.ts';
import { COMMENTED, FINDINGS } from './busy-change.ts';
import { type BusyHost, type BusySeed, HOSTS, seedBusyHost } from './busy-host.ts';
import { type PublishedRun, publishChange } from './reviewed-change.ts';

/** Two processors are what a small runner has. */
const WIDTH = 2;
const PATIENCE = 180_000;
/** Set: a read is also cut off after it was carried out, and the runs after a kill are child processes too. */
const EVERYTHING = process.env.ASSAY_EVERY_KILL === '1';

interface Kill {
  /** The request, from 1. */
  readonly at: number;
  /** Before it is carried out, or after that and before it is answered. */
  readonly when: 'before' | 'after';
}

let turn: Promise<unknown> = Promise.resolve();

/** In this process, one after the other: the run's log is taken from the stderr that they share. */
function runHere(host: BusyHost): Promise<PublishedRun> {
  const { repository, report } = host.change;
  const next = turn.then(() => publishChange({ repository, report, variables: host.variables() }));
  turn = next.catch(() => null);
  return next;
}

async function runAgain(host: BusyHost): Promise<Pick<BundledRun, 'exitCode' | 'record'>> {
  if (EVERYTHING) return runBundled(host);
  const { outcome, record } = await runHere(host);
  return { exitCode: outcome.exitCode, record };
}

/**
 * Everything at which a run can be ended: a read leaves nothing behind, so that before it is as good as after it, and before one of
 * several in a row as good as before the next; unless everything is asked for, every third read stands for them.
 */
function killsOf(log: BusyHost['log']): readonly Kill[] {
  return log.flatMap(({ number: at, isWrite }): Kill[] => [
    ...(isWrite || EVERYTHING || at % 3 === 1 ? [{ at, when: 'before' } as const] : []),
    ...(isWrite || EVERYTHING ? [{ at, when: 'after' } as const] : []),
  ]);
}

function expectComplete(host: BusyHost, whole: ReturnType<BusyHost['seen']>, kill: object): void {
  expect({ kill, ...host.seen() }).toEqual({ kill, ...whole });
  expect({ kill, violations: host.violations }).toEqual({ kill, violations: [] });
}

beforeAll(async () => {
  await builtBundle();
}, PATIENCE);

describe.each(HOSTS)('on %s', (name) => {
  let seed: BusySeed;
  let whole: ReturnType<BusyHost['seen']>;
  let requests: BusyHost['log'];

  beforeAll(async () => {
    seed = await seedBusyHost(name);
    const host = await seed.open();
    const run = await runBundled(host);
    expect(run).toMatchObject({ exitCode: 1, record: { mode: 'posted' } });
    whole = host.seen();
    requests = [...host.log];
    await host.close();
  }, PATIENCE);

  test('an undisturbed run leaves one comment a finding, one summary, one check', () => {
    const ids = whole.comments.flatMap(({ text }) => /k=finding id=(\w+)/.exec(text)?.[1] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    // One comment more: the finding that is fixed.
    expect(ids).toHaveLength(COMMENTED + 1);
    expect(whole.comments.filter(({ closed }) => closed)).toHaveLength(1);
    expect(whole.comments.filter(({ text }) => text.includes('k=summary'))).toHaveLength(1);
    expect(whole.statuses).toHaveLength(1);
  });

  test(
    'killed at any request and run again, it leaves what an undisturbed run leaves',
    async (context) => {
      const kills = killsOf(requests);
      let survived = 0;
      await inParallel(kills, WIDTH, async (kill) => {
        const host = await seed.open();
        let child: ChildProcess | null = null;
        host.onRequest(
          kill.at,
          () => {
            child?.kill('SIGKILL');
            return 'drop';
          },
          kill.when,
        );
        const killed = await runBundled(host, {
          started: (process) => {
            child = process;
          },
        });
        expect({ kill, signal: killed.signal }).toEqual({ kill, signal: 'SIGKILL' });
        expect(host.log).toHaveLength(kill.at);

        const second = await runAgain(host);
        expect({ kill, ...second }).toMatchObject({ kill, exitCode: 1, record: { mode: 'posted' } });
        expect(second.record?.counts).toMatchObject({ findings: FINDINGS, lost: 0 });
        expectComplete(host, whole, kill);

        const writes = host.writes().length;
        const third = await runAgain(host);
        expect({ kill, ...third.record?.requests }).toMatchObject({ kill, writes: 0 });
        expect(host.writes()).toHaveLength(writes);
        expectComplete(host, whole, kill);
        await host.close();
        survived += 1;
      });
      expect(survived).toBe(kills.length);
      await context.annotate(`${requests.length} requests, ${kills.length} kills, ${survived} survived`);
    },
    PATIENCE,
  );

  test(
    'asked to end while it posts, it keeps the answer of the gate and says what happened',
    async () => {
      const writes = requests.filter(({ isWrite }) => isWrite).map(({ number }) => number);
      const moments = [writes[0], writes[Math.floor(writes.length / 2)], writes.at(-1)];
      await inParallel(moments, WIDTH, async (at = 0) => {
        const host = await seed.open();
        let child: ChildProcess | null = null;
        host.onRequest(
          at,
          async (): Promise<'drop'> => {
            if (child === null) return 'drop';
            const ended = once(child, 'close');
            (child as ChildProcess).kill('SIGTERM');
            await ended;
            return 'drop';
          },
          'after',
        );
        const ended = await runBundled(host, {
          started: (process) => {
            child = process;
          },
        });
        // The judging was done: only an interrupted judgement is unfinished.
        expect({ at, exitCode: ended.exitCode, signal: ended.signal }).toEqual({
          at,
          exitCode: 1,
          signal: null,
        });
        expect(ended.stderr).toContain('interrupted while it was posting');
        expect(ended.stderr).not.toContain('Nothing was posted');
        expect(ended.stderr).not.toMatch(/^\s*at |Error:/m);
        expect(ended.record?.problems[0]?.text).toContain('interrupted');
        expect(ended.record?.counts).toMatchObject({ findings: FINDINGS, lost: 0 });

        await runHere(host);
        expectComplete(host, whole, { at, signal: 'SIGTERM' });
        await host.close();
      });
    },
    PATIENCE,
  );
});
