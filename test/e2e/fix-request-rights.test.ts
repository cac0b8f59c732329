// `assay fix --open`: what may not be written is told before anything is, and a run that is ended is taken up by the next.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FIX_HOSTS, type FixHost } from './fix-request-hosts.ts';
import { type FixScene, fixScene } from './fix-scene.ts';
import { assay } from './run-cli.ts';

let scene: FixScene;
let host: FixHost;

async function start(
  name: keyof typeof FIX_HOSTS,
  files: Readonly<Record<string, string>> = {},
): Promise<void> {
  scene = await fixScene();
  for (const [path, text] of Object.entries(files)) scene.desk.repository.write(path, text);
  if (Object.keys(files).length > 0) scene.desk.repository.commit();
  host = await FIX_HOSTS[name](scene.desk.repository);
}
const open = (variables = host.variables()) => scene.fix({ write: true, open: true }, variables);
const isUntouched = () => scene.desk.repository.git('status', '--porcelain') === '';
afterEach(() => host.dispose());

const WORKFLOW = '.github/workflows/fix.yml';
const workflow = (permissions: string) =>
  `on: push\njobs:\n  fix:\n    permissions:\n${permissions}    runs-on: ubuntu-latest\n`;

describe('on GitHub', () => {
  const ofJob = () => ({
    ...host.variables(),
    GITHUB_WORKFLOW_REF: `octo/shop/${WORKFLOW}@refs/heads/main`,
    GITHUB_WORKFLOW_SHA: scene.desk.repository.git('rev-parse', 'HEAD'),
    GITHUB_JOB: 'fix',
  });

  test.each([
    ['both', '      issues: write\n', /Put `contents: write` and `pull-requests: write` .*fix\.yml:6`/],
    ['one', '      contents: write\n      pull-requests: read\n', /Put `pull-requests: write` .*fix\.yml:6`/],
  ])(
    'the lines of permissions that are missing are named, and nothing is written: %s',
    async (_, lines, hint) => {
      await start('github', { [WORKFLOW]: workflow(lines) });
      await expect(open(ofJob())).rejects.toMatchObject({ hint: expect.stringMatching(hint) });
      expect([host.writes(), isUntouched()]).toEqual([0, true]);
    },
  );

  test('with both declared it goes on', async () => {
    await start('github', { [WORKFLOW]: workflow('      contents: write\n      pull-requests: write\n') });
    expect((await open(ofJob())).exitCode).toBe(0);
  });

  test('the setting that keeps Actions from opening requests is named, and the next run goes on from there', async () => {
    await start('github');
    host.takeRight('requests');
    await expect(open()).rejects.toMatchObject({
      message: 'GitHub Actions may not open pull requests here.',
      hint: expect.stringContaining('Allow GitHub Actions to create and approve pull requests'),
    });
    expect(host.objects.tip('assay/fixes')).not.toBeNull();
    expect(host.requests()).toEqual([]);
  });
});

test('on GitLab a scope or role that is missing is told before anything is written', async () => {
  await start('gitlab');
  host.takeRight('requests');
  await expect(open()).rejects.toMatchObject({ message: expect.stringContaining('no scope `api`') });
  host.takeRight('contents');
  await expect(open()).rejects.toMatchObject({ message: expect.stringContaining('role') });
  expect([host.writes(), isUntouched()]).toEqual([0, true]);
});

describe.each(['github', 'gitlab'] as const)('on %s', (name) => {
  beforeEach(() => start(name));

  test('without a token, or over plain http to another machine, nothing is asked', async () => {
    const { GITHUB_TOKEN: _one, ASSAY_GITLAB_TOKEN: _other, ...rest } = host.variables();
    await expect(open(rest)).rejects.toThrow('There is no token');
    const elsewhere = { GITHUB_API_URL: 'http://git.example', CI_API_V4_URL: 'http://git.example/api/v4' };
    await expect(open({ ...host.variables(), ...elsewhere })).rejects.toMatchObject({
      hint: expect.stringContaining('--allow-http'),
    });
    expect([host.log.length, isUntouched()]).toEqual([0, true]);
  });

  test('the token stands in nothing that is written or said', async () => {
    const { display } = await open();
    const { GITHUB_TOKEN, ASSAY_GITLAB_TOKEN } = host.variables();
    const secret = GITHUB_TOKEN ?? ASSAY_GITLAB_TOKEN ?? '';
    expect(display).toContain('Opened');
    expect(
      JSON.stringify([display, host.requests(), host.git.git('log', '--all', '--format=%B')]),
    ).not.toContain(secret);
  });

  test('with a key, a branch and a request of ours are known, and a trailer that anybody can write is none', async () => {
    const variables = { ...host.variables(), ASSAY_MARKER_KEY: 'a long key that nobody knows' };
    await open(variables);
    const writes = host.writes();
    expect((await open(variables)).display).toContain('stands as it should');
    expect(host.writes()).toBe(writes);
    const { git, objects } = host;
    const [author = '', email = ''] = git
      .git('show', '--no-patch', '--format=%an%x00%ae', 'assay/fixes')
      .split('\0');
    const committer =
      name === 'github' ? { name: 'GitHub', email: 'noreply@github.com' } : { name: author, email };
    const tree = git.git('rev-parse', 'main^{tree}');
    const forged = objects.commit(
      tree,
      [git.git('rev-parse', 'main')],
      `x\n\nAssay-Fix: ${'0'.repeat(64)}\n`,
      { name: author, email },
      committer,
    );
    objects.move('assay/fixes', forged);
    expect(await open(variables)).toMatchObject({ exitCode: 3 });
    expect([objects.tip('assay/fixes'), host.writes()]).toEqual([forged, writes]);
  });

  test('a process that is killed after any write leaves what the next one makes whole', async () => {
    const words = [
      'fix',
      'result.json',
      '--repo',
      scene.desk.repository.root,
      '--write',
      '--open',
      '--kind',
      'sast',
    ];
    const isWrite = ({ isWrite: one, path }: { isWrite: boolean; path: string }) =>
      one && !/graphql/.test(path);
    const seen = await countRequests();
    const branchMade = seen.findIndex(({ path }) => /\/git\/refs$|repository\/commits$/.test(path)) + 1;
    expect(branchMade).toBeGreaterThan(0);
    expect(seen.filter(isWrite).length).toBeGreaterThan(1);
    const requestsBefore = host.log.length;
    let process: { kill(signal: 'SIGKILL'): boolean } | null = null;
    host.onRequest(
      requestsBefore + branchMade,
      () => {
        process?.kill('SIGKILL');
        return 'drop';
      },
      'after',
    );
    const killed = await assay(scene.desk.folder, words, {
      variables: host.variables(),
      started: (child) => {
        process = child;
      },
    });
    expect([killed.exitCode, host.requests()]).toEqual([null, []]);
    expect(host.objects.tip('assay/fixes')).not.toBeNull();
    const second = await assay(scene.desk.folder, words, { variables: host.variables() });
    expect(second.stdout).toContain('Opened');
    expect([second.exitCode, host.requests().length]).toEqual([0, 1]);
  });

  /** The requests of a whole run, on a host of its own. */
  async function countRequests() {
    const other = await FIX_HOSTS[name](scene.desk.repository);
    try {
      await scene.fix({ write: true, open: true, kind: 'sast' }, other.variables());
      scene.desk.repository.git('checkout', '--quiet', '--', '.');
      return other.log.map(({ path, isWrite }) => ({ path, isWrite }));
    } finally {
      await other.dispose();
    }
  }
});

test('options of --open say nothing without it', async () => {
  await start('github');
  await expect(scene.fix({ target: 'main' })).rejects.toThrow('--target needs --open.');
  await expect(scene.fix({ open: true, lock: true })).rejects.toThrow('--lock needs --write.');
});
