// What every desk of fixes promises, whatever the host: reads that tell the truth, writes that are done once or not at all.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FixDesk, FixDeskState } from '#ports/fix-desk.ts';
import type { GitRepository } from '../doubles/git-repository.ts';
import type { FixHost } from '../e2e/fix-request-hosts.ts';

export interface FixDeskUnderTest {
  readonly host: FixHost;
  readonly desk: FixDesk;
  readonly self: string;
  readonly repository: string;
}

const BRANCH = 'fixes/one';
const TEXT = { title: 'Raise kit', body: 'What it does.\n\nMore of it.' };
/** No UTF-8, and CRLF. */
const BYTES = Buffer.from([0xff, 0xfe, 0x0d, 0x0a, 0x00, 0x41]);

export function fixDeskContract(
  name: string,
  { origin, open }: { readonly origin: () => GitRepository; readonly open: () => Promise<FixDeskUnderTest> },
): void {
  describe(name, () => {
    let under: FixDeskUnderTest;
    let parent: string;
    beforeEach(async () => {
      under = await open();
      parent = origin().git('rev-parse', 'main');
    });
    afterEach(async () => {
      const violations = under.host.violations();
      await under.host.dispose();
      expect(violations).toEqual([]);
    });

    const file = { path: 'src/app.js', bytes: BYTES, isExecutable: true, isNew: false };
    const wish = (message = 'Fix\n', tip: string | null = null) => ({
      ...{ branch: BRANCH, parent, message, files: [file], tip },
    });
    const look = async (at = parent): Promise<FixDeskState> => {
      const state = await under.desk.look({ target: 'main', branch: BRANCH, parent: at });
      if ('problem' in state) throw new Error(state.problem.text);
      return state;
    };
    const make = async () => {
      const made = await under.desk.commit(wish());
      if (made.kind !== 'done') throw new Error(JSON.stringify(made));
      return made.commit;
    };
    const openOne = () => under.desk.open({ ...TEXT, branch: BRANCH, target: 'main' });

    test('says where it is: who asks, which repository, which branch is meant', async () => {
      const { desk, self, repository } = under;
      const ground = { self, repository, defaultBranch: 'main', isFork: false, withheld: null };
      expect(await desk.locate({ kind: 'default' })).toEqual({ ...ground, target: 'main' });
      expect(await desk.locate({ kind: 'branch', name: 'x/y' })).toEqual({ ...ground, target: 'x/y' });
      expect(await desk.locate({ kind: 'request', number: 7 })).toEqual({ ...ground, target: 'feature' });
    });

    test('finds nothing where nothing is, and writes nothing to find that', async () => {
      expect(await look()).toEqual({ parent: 'tip', tip: null, isProtected: false, requests: [] });
      expect(under.host.writes()).toBe(0);
    });

    test('tells how a commit stands to the target', async () => {
      const { objects } = under.host;
      const tree = under.host.git.git('rev-parse', 'main^{tree}');
      const by = { name: 'Ada', email: 'ada@example.org' };
      const later = objects.commit(tree, [parent], 'later', by);
      expect((await look(later)).parent).toBe('elsewhere');
      objects.move('main', later);
      expect((await look(later)).parent).toBe('tip');
      expect((await look()).parent).toBe('ancestor');
      expect((await look('1'.repeat(40))).parent).toBe('unknown');
    });

    test('makes a branch of one commit: bytes as they are, modes kept, programs added as such', async () => {
      const program = { path: 'bin/run', bytes: Buffer.from('#!/bin/sh\n'), isExecutable: true, isNew: true };
      const made = await under.desk.commit({ ...wish('Fix it\n\nAssay-Fix: x\n'), files: [file, program] });
      if (made.kind !== 'done') throw new Error(JSON.stringify(made));
      expect(await look()).toMatchObject({ tip: { commit: made.commit, parent, isOwn: true } });
      expect((await look()).tip?.message.trimEnd()).toBe('Fix it\n\nAssay-Fix: x');
      const { git } = under.host;
      expect(git.git('rev-parse', `${made.commit}^`)).toBe(parent);
      expect(git.git('ls-tree', '-r', '--format=%(objectmode) %(path)', made.commit).split('\n')).toEqual([
        ...['100755 bin/run', '100755 src/app.js', '100644 src/other.js'],
      ]);
      expect(git.git('cat-file', '-p', `${made.commit}:src/app.js`)).toBe(BYTES.toString('utf8'));
    });

    test('moves the branch from where it was seen, and nowhere else', async () => {
      const first = await make();
      expect(await under.desk.commit(wish('Again'))).toEqual({ kind: 'raced' });
      expect(await under.desk.commit(wish('Again', parent))).toEqual({ kind: 'raced' });
      expect(under.host.objects.tip(BRANCH)).toBe(first);
      const moved = await under.desk.commit(wish('Again', first));
      expect(moved).toEqual({ kind: 'done', commit: under.host.objects.tip(BRANCH) });
      expect(under.host.git.git('rev-list', '--count', `main..${BRANCH}`)).toBe('1');
    });

    test('knows the commits of others', async () => {
      const first = await make();
      const { objects, git } = under.host;
      const tree = git.git('rev-parse', `${first}^{tree}`);
      const [name = '', email = ''] = git.git('show', '--no-patch', '--format=%an%x00%ae', first).split('\0');
      const bot = { name, email };
      const ada = { name: 'Ada', email: 'ada@example.org' };
      objects.move(BRANCH, objects.commit(tree, [parent], 'amended', bot, ada));
      expect((await look()).tip?.isOwn).toBe(false);
      objects.move(BRANCH, objects.commit(tree, [parent], 'forged', ada, bot));
      expect((await look()).tip?.isOwn).toBe(false);
      objects.move(BRANCH, objects.commit(tree, [first, parent], 'merged', bot));
      expect((await look()).tip?.isOwn).toBe(false);
    });

    test('opens a request once, and changes of it what is given', async () => {
      await make();
      const opened = await openOne();
      if (opened.kind !== 'done') throw new Error(JSON.stringify(opened));
      expect(await openOne()).toEqual({ kind: 'raced' });
      const [request] = (await look()).requests;
      expect(request).toEqual({
        ...{ number: opened.number, state: 'open', target: 'main', isOwn: true, url: opened.url, ...TEXT },
        lastMessage: null,
      });
      await under.desk.amend(opened.number, { title: 'Raise more' });
      expect((await look()).requests[0]).toMatchObject({ title: 'Raise more', body: TEXT.body });
      await under.desk.amend(opened.number, { body: 'Less.' });
      expect((await look()).requests[0]).toMatchObject({ title: 'Raise more', body: 'Less.' });
      under.host.close(opened.number);
      under.host.objects.remove(BRANCH);
      const [closed] = (await look()).requests;
      expect([closed?.state, closed?.lastMessage?.trimEnd()]).toEqual(['closed', 'Fix']);
      under.host.merge(opened.number);
      expect((await look()).requests[0]?.state).toBe('merged');
    });

    test('a request from no branch is refused in the words of the host', async () => {
      const refused = await under.desk.open({ ...TEXT, branch: 'nowhere', target: 'main' });
      expect(refused).toMatchObject({ kind: 'refused', problem: { code: 'rejected' } });
    });

    test('a branch that was protected meanwhile stays, and the way out is told', async () => {
      const first = await make();
      under.host.protect(BRANCH);
      expect((await look()).isProtected).toBe(true);
      expect(await under.desk.commit(wish('Again', first))).toMatchObject({
        ...{ kind: 'refused', problem: { code: 'permission', hint: expect.stringContaining('--branch') } },
      });
      expect(under.host.objects.tip(BRANCH)).toBe(first);
    });

    describe.each([
      ['the answer of a write is lost', 'store_then_drop'],
      ['a gateway breaks off what was stored', 'store_then_status'],
      ['a write never arrives', 'drop'],
    ] as const)('when %s', (_, kind) => {
      const fault = kind === 'store_then_status' ? { kind, status: 502 } : { kind };

      test.each(['POST', 'PATCH|PUT'] as const)('%s is done once', async (methods) => {
        if (methods !== 'POST') await make().then(openOne);
        // Every write of that method, each the first time.
        const paths = [
          /blobs$/,
          /trees$/,
          /git\/commits$/,
          /repository\/commits$/,
          /refs$/,
          /pulls$/,
          /requests$/,
        ];
        if (methods === 'POST')
          under.host.faults.add(...paths.map((path) => ({ method: 'POST', path, ...fault })));
        else for (const method of methods.split('|')) under.host.faults.add({ method, ...fault });
        if (methods === 'POST') {
          const commit = await make();
          expect(under.host.objects.tip(BRANCH)).toBe(commit);
          expect(await openOne()).toMatchObject({ kind: 'done' });
        } else expect(await under.desk.amend(8, { title: 'Other' })).toEqual({ kind: 'done' });
        expect(under.host.requests()).toHaveLength(1);
        expect(under.host.faults.count()).toBeGreaterThan(0);
        if (methods !== 'POST') expect(under.host.requests()[0]?.title).toBe('Other');
      });
    });

    test('a host that does not answer is a problem, not an exception', async () => {
      under.host.faults.add({ kind: 'drop', nth: 'always' });
      const problem = { problem: { code: 'unreachable' } };
      expect(await under.desk.locate({ kind: 'default' })).toMatchObject(problem);
      expect(await under.desk.look({ target: 'main', branch: BRANCH, parent })).toMatchObject(problem);
      expect(await under.desk.commit(wish())).toMatchObject({ kind: 'refused', ...problem });
      expect(await openOne()).toMatchObject({ kind: 'refused', ...problem });
      expect(await under.desk.amend(8, TEXT)).toMatchObject({ kind: 'refused', ...problem });
    });

    test('a token that may not write is told so, with what to give it', async () => {
      under.host.takeRight('contents');
      const ground = await under.desk.locate({ kind: 'default' });
      const told = 'problem' in ground || ground.withheld !== null ? ground : await under.desk.commit(wish());
      expect(JSON.stringify(told)).toMatch(/contents: write|scope `api`/);
      expect(under.host.objects.tip(BRANCH)).toBeNull();
    });
  });
}
