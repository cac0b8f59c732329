// `assay fix --open` on an emulated host: what stands there afterwards, and what was left alone. A file for each host runs them, at the same time.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FixRequest } from '#app/fix/fix-request.ts';
import { FIX_HOSTS, type FixHost } from './fix-request-hosts.ts';
import { type FixScene, fixScene, HONEST_NPM } from './fix-scene.ts';

const BRANCH = 'assay/fixes';

let scene: FixScene;
let host: FixHost;

const open = (request: Partial<FixRequest> = {}, variables = host.variables()) =>
  scene.fix({ write: true, open: true, ...request }, variables);
const inTheBranch = (file: string, branch = BRANCH) => host.git.git('show', `${branch}:${file}`);
/** As a new job has it. */
const cleanTree = () => void scene.desk.repository.git('checkout', '--quiet', '--', '.');
const onlyRequest = () => {
  expect(host.requests()).toHaveLength(1);
  return host.requests()[0] as ReturnType<FixHost['requests']>[number];
};
/** Somebody commits on top, by plain git. */
function pushOnTop(message = 'mine', author = 'Ada <ada@example.org>'): string {
  host.git.git('switch', '--quiet', '--force', BRANCH);
  host.git.git('commit', '--quiet', '--allow-empty', `--author=${author}`, '-m', message);
  host.git.git('switch', '--quiet', 'main');
  return host.objects.tip(BRANCH) ?? '';
}

export function fixRequestCases(name: keyof typeof FIX_HOSTS): void {
  beforeEach(async () => {
    scene = await fixScene();
    scene.tool('npm', HONEST_NPM);
    host = await FIX_HOSTS[name](scene.desk.repository);
  });
  afterEach(async () => {
    const violations = host.violations();
    await host.dispose();
    expect(violations).toEqual([]);
  });

  test('a request is opened from one commit on the commit that was fixed, and nothing is committed here', async () => {
    const head = scene.desk.repository.git('rev-parse', 'HEAD');
    const { display, exitCode } = await open({ lock: true });
    expect(exitCode).toBe(0);
    const request = onlyRequest();
    expect(display).toContain(`Opened: http://127.0.0.1`);
    expect(request).toMatchObject({ state: 'open', head: BRANCH, target: 'main' });
    expect(request.title).toBe('Raise 3 packages and fix one finding');
    expect(host.git.git('rev-parse', `${BRANCH}^`)).toBe(head);
    expect(host.git.git('diff', '--name-only', head, BRANCH).split('\n')).toEqual([
      ...['package-lock.json', 'package.json', 'src/load.py'],
    ]);
    for (const file of ['package-lock.json', 'package.json', 'src/load.py'])
      expect(`${inTheBranch(file)}\n`).toBe(scene.read(file));
    expect(host.git.git('log', '-1', '--format=%B', BRANCH)).toMatch(/\nAssay-Fix: [0-9a-f]{64}$/m);
    expect(scene.desk.repository.git('rev-parse', 'HEAD')).toBe(head);
  });

  test('the tools may run in a step that has no token, and the request be opened in the next', async () => {
    await scene.fix({ write: true, lock: true });
    const { exitCode } = await open();
    expect([exitCode, scene.runs().length]).toEqual([0, 2]);
    expect(onlyRequest().title).toBe('Raise 3 packages and fix one finding');
    expect(`${inTheBranch('package-lock.json')}\n`).toBe(scene.read('package-lock.json'));
    expect(onlyRequest().body).toContain('The lock file holds it already.');
  });

  test('a second run writes nothing', async () => {
    await open({ lock: true });
    const [tip, writes] = [host.objects.tip(BRANCH), host.writes()];
    expect((await open({ lock: true })).exitCode).toBe(0);
    cleanTree();
    const { display, exitCode } = await open({ lock: true });
    expect(exitCode).toBe(0);
    expect(display).toContain('stands as it should');
    expect([host.objects.tip(BRANCH), host.writes()]).toEqual([tip, writes]);
  });

  test('another result moves the branch and brings the text up to date', async () => {
    await open({ kind: 'sast' });
    const before = onlyRequest();
    expect(before.title).toBe('Fix one finding');
    cleanTree();
    const { display, exitCode } = await open({ findings: [scene.ids.templates] });
    expect(exitCode).toBe(0);
    expect(display).toContain('Brought up to date');
    const after = onlyRequest();
    expect(after).toMatchObject({ number: before.number, title: 'Raise kit-templates to 4.17.21' });
    expect(after.body).not.toContain('src/load.py');
    expect(host.git.git('rev-list', '--count', `main..${BRANCH}`)).toBe('1');
    expect(host.git.git('diff', '--name-only', 'main', BRANCH)).not.toContain('load.py');
  });

  test('a title that a person wrote stays, and the description follows', async () => {
    await open({ kind: 'sast' });
    host.edit(onlyRequest().number, { title: 'Our own words' });
    cleanTree();
    await open({ findings: [scene.ids.templates] });
    expect(onlyRequest().title).toBe('Our own words');
    expect(onlyRequest().body).toContain('kit-templates');
    cleanTree();
    await open({ kind: 'sast' });
    expect(onlyRequest().title).toBe('Our own words');
    expect(onlyRequest().body).not.toContain('kit-templates');
  });

  test('a description that a person wrote into is never sent again, and what was closed with it stays closed', async () => {
    await open({ kind: 'sast' });
    const { number, body } = onlyRequest();
    const edited = `@mona wait for #12, please.\n\n/approve\n\n${body}`;
    host.edit(number, { body: edited });
    cleanTree();
    const { display, exitCode } = await open({ findings: [scene.ids.templates] });
    expect([exitCode, onlyRequest().body]).toEqual([0, edited]);
    expect(display).toContain('its text is not ours');
    expect(host.git.git('diff', '--name-only', 'main', BRANCH)).toBe('package.json');
    host.close(number);
    host.objects.remove(BRANCH);
    cleanTree();
    expect((await open({ findings: [scene.ids.templates] })).display).toContain('it is not opened again');
    expect(host.requests()).toHaveLength(1);
  });

  test('what was merged is not proposed by a job that is late, and is again when it was taken back', async () => {
    await open({ kind: 'sast' });
    const main = host.objects.tip('main') ?? '';
    const merged = host.objects.tip(BRANCH) ?? '';
    host.merge(onlyRequest().number);
    host.objects.move('main', merged);
    cleanTree();
    const late = await open({ kind: 'sast' });
    expect(late).toMatchObject({
      exitCode: 0,
      display: expect.stringContaining('run this on the newest commit'),
    });
    const tree = host.git.git('rev-parse', `${main}^{tree}`);
    const reverted = host.objects.commit(tree, [merged], 'Revert', { name: 'Ada', email: 'ada@example.org' });
    host.objects.move('main', reverted);
    cleanTree();
    scene.desk.repository.git('fetch', '--quiet', host.git.root, 'main');
    scene.desk.repository.git('reset', '--quiet', '--hard', 'FETCH_HEAD');
    expect((await open({ kind: 'sast' })).display).toContain('Opened');
    expect(host.requests().map(({ state }) => state)).toEqual(['merged', 'open']);
    expect(host.git.git('rev-parse', `${BRANCH}^`)).toBe(reverted);
  });

  test('what a person closed is not opened again; other fixes are proposed anew', async () => {
    await open({ kind: 'sast' });
    host.close(onlyRequest().number);
    host.objects.remove(BRANCH);
    const writes = host.writes();
    cleanTree();
    const { display, exitCode } = await open({ kind: 'sast' });
    expect(exitCode).toBe(0);
    expect(display).toContain('it is not opened again');
    expect(host.writes()).toBe(writes);
    cleanTree();
    await open({ findings: [scene.ids.templates] });
    expect(host.requests().map(({ state }) => state)).toEqual(['closed', 'open']);
  });

  test.each([
    ['by somebody else', undefined],
    [
      'with the name of the bot',
      '41898282+github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>',
    ],
  ])('a branch that was pushed to %s is left alone, and so is the working tree', async (_, author) => {
    await open({ kind: 'sast' });
    const tip = pushOnTop(`Assay-Fix: ${'0'.repeat(64)}`, author);
    cleanTree();
    const writes = host.writes();
    const { display, exitCode } = await open();
    expect(exitCode).toBe(3);
    expect(display).toContain("its last commit is none of Assay's");
    expect([host.objects.tip(BRANCH), host.writes()]).toEqual([tip, writes]);
    expect(scene.desk.repository.git('status', '--porcelain')).toBe('');
  });

  test.each([
    ['it is protected', 'assay/kept'],
    ['fixes go to it', 'main'],
  ])('a branch is left alone when %s', async (why, branch) => {
    host.objects.move('assay/kept', host.objects.tip('main') ?? '');
    host.protect('assay/kept');
    const { display, exitCode } = await open({ branch });
    expect(exitCode).toBe(3);
    expect(display).toContain(why);
    expect(host.writes()).toBe(0);
  });

  test('a job of a fork is refused before anything is asked', async () => {
    await expect(open({}, host.ofChange({ fork: true }))).rejects.toThrow('comes from a fork');
    expect(host.log).toEqual([]);
  });

  test('the fixes of a change go to its own branch, under a name of their own', async () => {
    const { exitCode } = await open({}, host.ofChange());
    expect(exitCode).toBe(0);
    expect(onlyRequest()).toMatchObject({ head: 'assay/fixes-for-feature', target: 'feature' });
    const again = await open({}, host.variables('assay/fixes-for-feature'));
    expect(again).toMatchObject({
      exitCode: 0,
      display: expect.stringContaining('a branch of fixes itself'),
    });
  });

  test('a commit that is not part of the target is refused with what to do', async () => {
    scene.desk.repository.write('more.txt', 'x\n').commit();
    await expect(open()).rejects.toMatchObject({
      message: expect.stringContaining('does not know the commit'),
      hint: expect.stringContaining('github.head_ref'),
    });
    expect(host.writes()).toBe(0);
  });

  test('a right that is missing is told, and nothing is left half done', async () => {
    host.takeRight('contents');
    await expect(open()).rejects.toMatchObject({
      hint: expect.stringMatching(/contents: write|scope `api`/),
    });
    expect(host.requests()).toEqual([]);
    expect(host.objects.tip(BRANCH)).toBeNull();
  });

  test('a run that ended after the branch is taken up by the next one', async () => {
    const isOpening = /\/(?:pulls|merge_requests)$/;
    host.faults.add({
      method: 'POST',
      path: isOpening,
      kind: 'status',
      status: 422,
      body: { message: 'later' },
    });
    await expect(open()).rejects.toThrow();
    const tip = host.objects.tip(BRANCH);
    expect([tip === null, host.requests().length]).toEqual([false, 0]);
    cleanTree();
    expect((await open()).exitCode).toBe(0);
    expect(onlyRequest().state).toBe('open');
    expect(host.objects.tip(BRANCH)).toBe(tip);
  });

  test('two runs at once leave one branch and one request', async () => {
    const other = await fixScene();
    const request = { write: true, open: true };
    const outcomes = await Promise.all([open(), other.fix(request, host.variables())]);
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(onlyRequest().state).toBe('open');
  });

  test('with nothing to fix the standing request is told and left', async () => {
    await open({ kind: 'sast' });
    const writes = host.writes();
    scene.tamper(({ dependency: _none, ...finding }) => ({ ...finding, patch: null }));
    cleanTree();
    const { display, exitCode } = await open();
    expect(exitCode).toBe(0);
    expect(display).toContain('still stands');
    expect(host.writes()).toBe(writes);
  });

  test('a file keeps its mode and its bytes', async () => {
    const { repository } = scene.desk;
    repository.makeExecutable('src/load.py').commit();
    const fresh = await FIX_HOSTS[name](repository);
    try {
      await open({ kind: 'sast' }, fresh.variables());
      expect(fresh.git.git('ls-tree', BRANCH, 'src/load.py')).toMatch(/^100755 /);
    } finally {
      await fresh.dispose();
    }
  });
}
