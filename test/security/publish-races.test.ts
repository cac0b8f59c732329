// Row 11: whatever happens on the change request between two requests of a run, nothing is posted on another commit, nothing breaks, and the next run finds order.
import { describe, expect, it } from 'vitest';
import { publishChange, sarifOf } from '../e2e/reviewed-change.ts';
import { HOSTS, type ReviewingHost, startReviewingHost } from '../e2e/reviewing-host.ts';
import { createReviewRepository } from '../emulators/review-repository.ts';

const lines = (count: number) =>
  Array.from({ length: count }, (_, at) => `a.run${at}(process.argv[${at}]);\n`).join('');

function aRepository() {
  return createReviewRepository(
    (git) => void git.write('src/a.js', 'const a = 1;\n'),
    (git) => void git.write('src/a.js', `const a = 1;\n${lines(3)}`),
  );
}

const run = (host: ReviewingHost, message: string, at: readonly number[] = [2, 3, 4]) =>
  publishChange({
    repository: host.repository,
    report: sarifOf(at.map((line) => ({ path: 'src/a.js', line, message }))),
    variables: host.variables(),
  });

interface Event {
  readonly name: string;
  readonly happen: (host: ReviewingHost) => void;
  readonly undo: (host: ReviewingHost) => void;
}

const nothing = () => {};
const EVENTS: readonly Event[] = [
  {
    name: 'somebody pushes',
    happen: ({ repository }) => void repository.push((git) => void git.write('other.js', 'x;\n')),
    undo: nothing,
  },
  {
    name: 'somebody force-pushes',
    happen: ({ repository }) =>
      void repository.forcePush((git) => void git.write('src/a.js', `const a = 2;\n${lines(3)}`)),
    undo: nothing,
  },
  {
    name: 'somebody deletes all comments',
    happen: (host) => {
      for (const { id } of host.comments()) (host.github?.people ?? host.gitlab?.people)?.delete(id);
    },
    undo: nothing,
  },
  {
    name: 'the base goes on',
    happen: ({ repository }) => void repository.pushBase((git) => void git.write('base.js', 'x;\n')),
    undo: nothing,
  },
  {
    name: 'the change request is closed',
    happen: (host) => {
      host.github?.people.close();
      if (host.gitlab !== null) host.gitlab.switches.state = 'closed';
    },
    undo: (host) => {
      host.github?.people.reopen();
      if (host.gitlab !== null) host.gitlab.switches.state = 'opened';
    },
  },
];

describe.each(HOSTS)('on %s', (name) => {
  it.each(EVENTS)(
    '$name between any two requests of a run',
    async ({ happen, undo }) => {
      let total = 30;
      for (let number = 1; number <= total; number += 4) {
        const host = await startReviewingHost(name, aRepository());
        const emulator = host.github ?? host.gitlab;
        await run(host, 'First words.');
        const before = emulator?.log.length ?? 0;
        const oldHead = host.repository.head();
        emulator?.onRequest(before + number, () => void happen(host));
        const { record, log } = await run(host, 'Other words.', [2, 3]);
        total = Math.min(total, (emulator?.log.length ?? 0) - before);
        expect(record, log).not.toBeNull();
        expect(JSON.stringify(record?.problems)).not.toMatch(/TypeError|undefined|broke off|fault of Assay/);
        expect(record?.counts.lost).toBe(0);
        const head = host.repository.head();
        if (head !== oldHead) {
          const posted = emulator?.log.slice(before + number).map(({ body }) => JSON.stringify(body)) ?? [];
          expect(posted.filter((body) => body?.includes(`"commit_id":"${head}"`))).toEqual([]);
        }
        undo(host);
        await run(host, 'Other words.', [2, 3]);
        const ids = host
          .comments()
          .filter(({ body }) => body.includes('st=open'))
          .map(({ findingId }) => findingId);
        expect(new Set(ids).size, `${number}: ${ids}`).toBe(ids.length);
        await host.close();
        host.repository.dispose();
      }
    },
    120_000,
  );
});
