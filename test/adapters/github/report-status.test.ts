import { describe, expect, it } from 'vitest';
import type { GateStatus } from '#domain/publication.ts';
import { actionsToken } from '../../emulators/github/actors.ts';
import { openDeskWorld } from './desk-world.ts';

const READ_ONLY = { contents: 'read', 'pull-requests': 'read', checks: 'read', statuses: 'read' } as const;

function status(head: string, annotations = 0, extra: Partial<GateStatus> = {}): GateStatus {
  return {
    name: 'Assay',
    head,
    conclusion: 'failure',
    title: 'Failed: 1 finding',
    summary: 'One finding is real.',
    annotations: Array.from({ length: annotations }, (_, index) => ({
      path: 'src/a.ts',
      startLine: index + 1,
      endLine: index + 1,
      level: 'warning',
      title: `finding ${index + 1}`,
      message: 'is real',
    })),
    digest: `d${annotations}`,
    prefer: 'auto',
    ...extra,
  };
}

describe("the gate's answer beside the commit", () => {
  it('is a check run with its annotations in batches of fifty, each of them once', async () => {
    const { desk, host, repository } = await openDeskWorld();
    const outcome = await desk.report(status(repository.head(), 120));
    expect(outcome).toMatchObject({ kind: 'reported', as: 'check', action: 'created', annotations: 120 });
    expect(host.writes().map(({ method }) => method)).toEqual(['POST', 'PATCH', 'PATCH']);
    expect(host.checkRuns[0]?.annotations.map(({ title }) => title)).toEqual(
      Array.from({ length: 120 }, (_, index) => `finding ${index + 1}`),
    );
    expect(host.checkRuns[0]).toMatchObject({
      name: 'Assay',
      conclusion: 'failure',
      externalId: 'assay:d120',
      headSha: repository.head(),
    });
    expect(host.violations).toEqual([]);
  });

  it('is found again and left alone when it is equal, by another run', async () => {
    const { desk, host, repository, nextRun } = await openDeskWorld();
    await desk.report(status(repository.head(), 60));
    const before = host.writes().length;
    expect(await nextRun().report(status(repository.head(), 60))).toMatchObject({
      as: 'check',
      action: 'kept',
      annotations: 60,
    });
    expect(host.writes()).toHaveLength(before);
  });

  it('becomes a new run when the old one has annotations, which only add up, and is updated when it has none', async () => {
    const { desk, host, repository } = await openDeskWorld();
    const head = repository.head();
    await desk.report(status(head, 2));
    expect(await desk.report(status(head, 1))).toMatchObject({ action: 'created', annotations: 1 });
    expect(host.checkRuns.map(({ annotations }) => annotations.length)).toEqual([2, 1]);
    const other = await openDeskWorld();
    await other.desk.report(status(head, 0));
    const fine = status(head, 0, { conclusion: 'success', digest: 'fine' });
    expect(await other.desk.report(fine)).toMatchObject({ action: 'updated' });
    expect(other.host.checkRuns).toMatchObject([{ conclusion: 'success', externalId: 'assay:fine' }]);
  });

  it('is never written over the check run of a job that has the same name', async () => {
    const { desk, host, repository, client } = await openDeskWorld();
    const job = {
      owner: 'octo',
      repo: 'shop',
      name: 'Assay',
      head_sha: repository.head(),
      status: 'in_progress',
    };
    await client.write('POST /repos/{owner}/{repo}/check-runs', { ...job, external_id: 'f00d-cafe' });
    expect(await desk.report(status(repository.head()))).toMatchObject({ action: 'created' });
    expect(host.checkRuns.map(({ status: state }) => state)).toEqual(['in_progress', 'completed']);
  });

  it('is not taken for whole when the run before died between two batches', async () => {
    const { desk, host, repository, nextRun } = await openDeskWorld();
    host.faults.add({ kind: 'status', status: 403, method: 'PATCH', body: { message: 'no' } });
    expect(await desk.report(status(repository.head(), 60))).toMatchObject({
      action: 'created',
      annotations: 50,
    });
    expect(await nextRun().report(status(repository.head(), 60))).toMatchObject({
      action: 'created',
      annotations: 60,
    });
    expect(host.checkRuns.map(({ annotations }) => annotations.length)).toEqual([50, 60]);
  });

  it('is written once when answers are lost', async () => {
    const { desk, host, repository } = await openDeskWorld();
    host.faults.add(
      { kind: 'store_then_drop', method: 'POST' },
      { kind: 'store_then_status', status: 504, method: 'PATCH' },
    );
    expect(await desk.report(status(repository.head(), 60))).toMatchObject({
      action: 'created',
      annotations: 60,
    });
    expect(host.checkRuns.map(({ annotations }) => annotations.length)).toEqual([60]);
    expect(host.faults.left()).toBe(0);
  });

  it('is a commit status where no check run may be made, and is left alone when equal', async () => {
    const { desk, host, repository, nextRun } = await openDeskWorld({
      tokens: { ghs_workflow: actionsToken({ ...READ_ONLY, statuses: 'write' }) },
    });
    const gate = status(repository.head(), 3, { title: 'x'.repeat(300) });
    expect(await desk.report(gate)).toEqual({
      kind: 'reported',
      as: 'status',
      action: 'created',
      annotations: 0,
      url: null,
    });
    expect(host.statuses).toMatchObject([{ context: 'Assay', state: 'failure' }]);
    expect(host.statuses[0]?.description).toHaveLength(140);
    expect(await nextRun().report(gate)).toMatchObject({ as: 'status', action: 'kept' });
    expect(host.statuses).toHaveLength(1);
    expect(await nextRun().report({ ...gate, conclusion: 'success' })).toMatchObject({ action: 'created' });
  });

  it('names both permissions when neither is there', async () => {
    const { desk, repository } = await openDeskWorld({ tokens: { ghs_workflow: actionsToken(READ_ONLY) } });
    expect(await desk.report(status(repository.head()))).toMatchObject({
      kind: 'refused',
      problem: { code: 'permission', hint: expect.stringMatching(/`checks: write` or `statuses: write`/) },
    });
  });

  it('is only what was asked for, when that was asked for', async () => {
    const { desk, host, repository } = await openDeskWorld({
      tokens: { ghs_workflow: actionsToken({ ...READ_ONLY, statuses: 'write' }) },
    });
    expect(await desk.report(status(repository.head(), 0, { prefer: 'check' }))).toMatchObject({
      kind: 'refused',
      problem: { hint: expect.stringContaining('`checks: write`') },
    });
    host.log.length = 0;
    expect(await desk.report(status(repository.head(), 0, { prefer: 'status' }))).toMatchObject({
      as: 'status',
    });
    expect(host.log.map(({ path }) => path).join(' ')).not.toContain('check-runs');
  });
});
