import { describe, expect, it } from 'vitest';
import { findPullRequest } from '#adapters/github/find-pull-request.ts';
import { createGitHubCodeScanning } from '#adapters/github/github-code-scanning.ts';
import { actionsToken } from '../../emulators/github/actors.ts';
import { openDeskWorld } from './desk-world.ts';

const SARIF = JSON.stringify({
  version: '2.1.0',
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  runs: [{ tool: { driver: { name: 'Assay', rules: [] } }, results: [] }],
});

async function openScanning(options: Parameters<typeof openDeskWorld>[0] = {}) {
  const world = await openDeskWorld(options);
  const ref = 'refs/pull/7/head';
  return {
    ...world,
    ref,
    scanning: createGitHubCodeScanning(world.client, { repository: 'octo/shop' }),
    upload: { sarif: SARIF, commit: world.repository.head(), ref },
  };
}

describe('uploading to code scanning', () => {
  it('waits until the host has read each file', async () => {
    const { scanning, host, upload, pauses } = await openScanning();
    host.scanning.pendingPolls = 2;
    expect(await scanning.upload([upload, upload])).toEqual({ kind: 'done', count: 2 });
    expect(host.scanning.uploads.map(({ sarif }) => sarif)).toEqual([JSON.parse(SARIF), JSON.parse(SARIF)]);
    expect(pauses).toEqual([1000, 2000, 3000, 1000, 2000, 3000]);
    expect(host.violations).toEqual([]);
  });

  it('does not wait for ever', async () => {
    const { scanning, host, upload } = await openScanning();
    host.scanning.pendingPolls = 1000;
    expect(await scanning.upload([upload])).toMatchObject({
      kind: 'refused',
      problem: { code: 'unreachable' },
    });
    expect(host.log).toHaveLength(9);
  });

  it('says that it is switched off, which ends nothing', async () => {
    const { scanning, host, upload, ref } = await openScanning();
    host.scanning.enabled = false;
    const refused = { code: 'permission', hint: expect.stringContaining('must be enabled') };
    expect(await scanning.upload([upload])).toMatchObject({ kind: 'refused', problem: refused });
    expect(await scanning.openAlerts(ref)).toMatchObject({ problem: refused });
  });

  it.each([
    [413, {}, 'too_long'],
    [400, { message: 'Invalid request' }, 'rejected'],
    [502, undefined, 'unreachable'],
  ])('gives a status %i as a value, after one request', async (status, body, code) => {
    const { scanning, host, upload } = await openScanning();
    host.faults.add({ kind: 'status', status, body, method: 'POST' });
    expect(await scanning.upload([upload])).toMatchObject({ kind: 'refused', problem: { code } });
    expect(host.writes()).toHaveLength(1);
  });

  it('says what the host could not read', async () => {
    const { scanning, host, upload } = await openScanning();
    const body = { processing_status: 'failed', errors: ['rule `x` has no id'] };
    host.faults.add({ kind: 'status', status: 200, body, method: 'GET' });
    expect(await scanning.upload([upload])).toMatchObject({
      problem: { code: 'rejected', text: "Code scanning could not read the upload: `rule 'x' has no id`." },
    });
  });
});

describe('the alerts of code scanning', () => {
  it('are those of other tools that are open, on all pages, and a checked one is dismissed', async () => {
    const { scanning, host, ref } = await openScanning();
    for (let line = 1; line <= 150; line += 1)
      host.scanning.addAlert({ tool: 'CodeQL', ruleId: 'js/xss', path: 'src/a.ts', startLine: line });
    host.scanning.addAlert({ tool: 'Assay', ruleId: 'js/xss', path: 'src/a.ts', startLine: 1 });
    const alerts = await scanning.openAlerts(ref);
    expect(alerts).toHaveLength(150);
    expect(alerts).toContainEqual({
      number: 3,
      tool: 'CodeQL',
      ruleId: 'js/xss',
      path: 'src/a.ts',
      startLine: 3,
    });
    const dismissal = { alert: 3, reason: 'false positive', comment: 'x'.repeat(400) } as const;
    host.faults.add({ kind: 'store_then_drop', method: 'PATCH' });
    expect(await scanning.dismiss([dismissal])).toEqual({ kind: 'done', count: 1 });
    expect(host.scanning.alerts[2]).toMatchObject({ state: 'dismissed', reason: 'false positive' });
    expect(host.scanning.alerts[2]?.comment).toHaveLength(280);
    expect(await scanning.openAlerts(ref)).toHaveLength(149);
  });

  it('may not be dismissed without the right', async () => {
    const { scanning, host } = await openScanning({
      tokens: { ghs_workflow: actionsToken({ 'security-events': 'read', contents: 'read' }) },
    });
    host.scanning.addAlert({ tool: 'CodeQL', ruleId: 'r', path: 'a', startLine: 1 });
    expect(await scanning.dismiss([{ alert: 1, reason: 'false positive', comment: 'c' }])).toMatchObject({
      problem: { code: 'permission', hint: expect.stringContaining('`security-events: write`') },
    });
  });
});

describe('which pull request a commit is the head of', () => {
  const at = { repository: 'octo/shop' };

  it('is found by its branch, and by the commit where there is none', async () => {
    const { client, repository, host } = await openDeskWorld();
    const headSha = repository.head();
    expect(await findPullRequest(client, { ...at, headSha, branch: 'octo:feature' })).toBe(7);
    expect(host.log).toHaveLength(1);
    expect(await findPullRequest(client, { ...at, headSha, branch: null })).toBe(7);
    expect(await findPullRequest(client, { ...at, headSha, branch: 'octo:renamed' })).toBe(7);
  });

  it('is found for a fork, whose commits the repository may not list', async () => {
    const { client, repository } = await openDeskWorld({ fork: 'yes', findsForkCommits: false });
    const [headSha, branch] = [repository.head(), 'octocat:feature'];
    expect(await findPullRequest(client, { ...at, headSha, branch })).toBe(7);
    expect(await findPullRequest(client, { ...at, headSha, branch: null })).toBeNull();
  });

  it('is none when the head is another commit by now, or the pull request is closed', async () => {
    const { client, repository, host } = await openDeskWorld();
    expect(
      await findPullRequest(client, { ...at, headSha: repository.mergeBase(), branch: 'octo:feature' }),
    ).toBeNull();
    host.people.close();
    expect(
      await findPullRequest(client, { ...at, headSha: repository.head(), branch: 'octo:feature' }),
    ).toBeNull();
  });

  it('is a problem when the token does not see the repository', async () => {
    const { client, host } = await openDeskWorld();
    host.tokens.set('ghs_workflow', { ...actionsToken(), seesRepository: false });
    expect(await findPullRequest(client, { ...at, headSha: 'a'.repeat(40), branch: null })).toMatchObject({
      problem: { code: 'permission' },
    });
  });
});
