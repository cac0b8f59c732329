// The gate's answer beside the commit, as a check run or a commit status: true to the outcome, written once, and anew when it changes.
import { describe, expect, it } from 'vitest';
import { createPlacement, PLACES, type Place, reportOf } from './placement-scene.ts';
import { publishChange } from './reviewed-change.ts';
import { HOSTS, type ReviewingHost, startReviewingHost } from './reviewing-host.ts';

const REPORT_MODE = 'version: 1\ngate:\n  mode: report\n';
const some = PLACES.slice(0, 3);

async function on(
  name: ReviewingHost['name'],
  policy: string,
  work: (
    host: ReviewingHost,
    publish: (places: readonly Place[], cut?: number) => Promise<unknown>,
  ) => Promise<void>,
): Promise<void> {
  const repository = createPlacement(policy);
  const host = await startReviewingHost(name, repository);
  const publish = (places: readonly Place[], cut = 0) => {
    const text = reportOf(places);
    return publishChange({
      repository,
      report: text.slice(0, text.length - cut),
      variables: host.variables(),
    });
  };
  await work(host, publish).finally(async () => {
    await host.close();
    repository.dispose();
  });
}

/** The newest answer: GitHub's conclusion, or GitLab's state. */
function answer({ github, gitlab }: ReviewingHost): string | null | undefined {
  return github === null ? gitlab?.statuses().at(-1)?.state : github.checkRuns.at(-1)?.conclusion;
}

describe.each(HOSTS)('on %s the gate says', (name) => {
  const words = name === 'github' ? ['failure', 'success', 'neutral'] : ['failed', 'success', 'success'];
  const [failed, passed, neutral] = words;

  it.each([
    ['no to findings that block', 'version: 1\n', some, 0, failed],
    ['yes to a change without findings', 'version: 1\n', [], 0, passed],
    ['neither where it only reports', REPORT_MODE, some, 0, neutral],
    ['no of a report that could not be read to its end', 'version: 1\n', some, 40, failed],
  ] as const)('%s', (_what, policy, places, cut, expected) =>
    on(name, policy, async (host, publish) => {
      await publish(places, cut);
      expect(answer(host)).toBe(expected);
      expect(host.complaints()).toEqual([]);
    }),
  );

  it('the same once, and another answer anew', () =>
    on(name, 'version: 1\n', async (host, publish) => {
      const count = () => (host.github?.checkRuns ?? host.gitlab?.statuses() ?? []).length;
      await publish(some);
      await publish(some);
      expect([count(), answer(host)]).toEqual([1, failed]);
      await publish([]);
      expect(answer(host)).toBe(passed);
      const changed = count();
      await publish([]);
      expect(count()).toBe(changed);
      expect(host.complaints()).toEqual([]);
    }));
});

describe.each(HOSTS)('on %s an unfinished run', (name) => {
  it('is no success where the gate only reports either', () =>
    on(name, REPORT_MODE, async (host, publish) => {
      await publish(some, 40);
      expect(answer(host)).toBe(name === 'github' ? 'failure' : 'failed');
    }));
});
