// What a host refuses all the same: only the finding whose place was refused stands elsewhere, and the next run finds everything in order.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultRequest } from '#app/run-request.ts';
import { publishFile } from '../../src/app/publish/publish-file.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';
import type { Fault } from '../emulators/faults.ts';
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import { createPlacement, PLACES, reportOf } from './placement-scene.ts';
import { environmentWith, publishChange, readOut, sarifOf } from './reviewed-change.ts';
import { HOSTS, type ReviewingHost, startReviewingHost } from './reviewing-host.ts';

const BAD = 'src/added.js';
const inline = PLACES.filter(({ where }) => where === 'inline');

/** The host takes no comment at any line of the file; with `whole` not at the file either. */
function refusals(name: ReviewingHost['name'], whole: boolean): readonly Fault[] {
  if (name === 'gitlab') {
    const line = ['line_code', ["can't be blank", 'must be a valid line code']];
    const body = { message: `400 Bad request - Note {:${line[0]}=>${JSON.stringify(line[1])}}` };
    const at = (type: string) =>
      new RegExp(
        `"position_type":"${type}"[^}]*"new_path":"${BAD}"|"new_path":"${BAD}"[^}]*"position_type":"${type}"`,
      );
    const fault = (text: RegExp): Fault => ({
      kind: 'status',
      status: 400,
      body,
      method: 'POST',
      path: /\/discussions$/,
      text,
      nth: 'always',
    });
    return [fault(at('text')), ...(whole ? [fault(at('file'))] : [])];
  }
  const review = { message: 'Unprocessable Entity', errors: ['Line could not be resolved'], status: '422' };
  const single = {
    message: 'Validation Failed',
    errors: [
      {
        resource: 'PullRequestReviewComment',
        code: 'custom',
        field: 'pull_request_review_thread.line',
        message: 'pull_request_review_thread.line must be part of the diff',
      },
    ],
    status: '422',
  };
  const fault = (end: RegExp, text: RegExp, body: unknown): Fault => ({
    kind: 'status',
    status: 422,
    body,
    method: 'POST',
    path: end,
    text,
    nth: 'always',
  });
  const comments = /\/pulls\/7\/comments$/;
  return [
    fault(/\/pulls\/7\/reviews$/, new RegExp(`"${BAD}"`), review),
    fault(comments, new RegExp(`"path":"${BAD}"(?!.*subject_type)`), single),
    ...(whole ? [fault(comments, new RegExp(`"path":"${BAD}".*subject_type`), single)] : []),
  ];
}

function faultsOf(host: ReviewingHost) {
  return host.github?.faults ?? host.gitlab?.faults;
}

describe.each(HOSTS)('when %s refuses a line that its diff shows', (name) => {
  async function scene<Result>(work: (host: ReviewingHost) => Promise<Result>): Promise<Result> {
    const repository = createPlacement();
    const host = await startReviewingHost(name, repository);
    return work(host).finally(async () => {
      await host.close();
      repository.dispose();
    });
  }
  const run = (host: ReviewingHost) =>
    publishChange({ repository: host.repository, report: reportOf(inline), variables: host.variables() });

  it('that finding alone stands at its file, and the next run writes nothing', () =>
    scene(async (host) => {
      faultsOf(host)?.add(...refusals(name, false));
      const { record } = await run(host);
      expect(record?.counts).toMatchObject({ inline: inline.length - 1, file: 1, lost: 0 });
      expect(record?.ledger.find((row) => row.path === BAD)).toMatchObject({
        where: 'file',
        why: 'The host takes no comment at its line, so it stands at its file.',
      });
      const standing = host.comments().map((one) => [one.path, one.line]);
      expect(standing).toHaveLength(inline.length);
      expect(standing.filter(([, line]) => line === null)).toEqual([[BAD, null]]);
      faultsOf(host)?.clear();
      host.forget();
      const again = await run(host);
      expect(host.writes()).toEqual([]);
      expect(again.record?.counts).toEqual(record?.counts);
    }));

  it('and its file too, it goes on to the check or the summary, and to its line once that is taken', () =>
    scene(async (host) => {
      faultsOf(host)?.add(...refusals(name, true));
      const { record } = await run(host);
      const elsewhere = name === 'github' ? 'annotation' : 'summary';
      expect(record?.counts).toMatchObject({ inline: inline.length - 1, file: 0, [elsewhere]: 1, lost: 0 });
      expect(record?.ledger.find((row) => row.path === BAD)).toMatchObject({
        where: elsewhere,
        why: 'The host refused a comment about it.',
      });
      expect(record).toMatchObject({ mode: 'partly', problems: [{ code: 'anchor' }] });
      expect(host.annotations().map((one) => one.path)).toEqual(name === 'github' ? [BAD] : []);
      faultsOf(host)?.clear();
      const healed = await run(host);
      expect(healed.record?.counts).toMatchObject({ inline: inline.length, lost: 0 });
      expect(host.comments()).toHaveLength(inline.length);
      host.forget();
      await run(host);
      expect(host.writes()).toEqual([]);
    }));
});

const LARGE = `${'call();\n'.repeat(2_100)}exec('lp ' + process.argv[2]);\n`;

describe.each(HOSTS)('a file whose lines %s does not show', (name) => {
  it('has its comment at the file, when only the host knows the change', async () => {
    const repository: ReviewRepository = createReviewRepository(
      (git) => void git.write('large.js', '').write('small.js', ''),
      (git) => void git.write('large.js', LARGE).write('small.js', "exec('lp ' + process.argv[2]);\n"),
    );
    const host = await startReviewingHost(name, repository);
    if (host.gitlab !== null) host.gitlab.switches.collapsedAbove = 10_000;
    const report = sarifOf([
      { path: 'large.js', line: 2_101 },
      { path: 'small.js', line: 1 },
    ]);
    const judged = await publishChange({ repository, report, variables: {}, request: { publish: 'none' } });
    const folder = createTemporaryFolder();
    writeFileSync(path.join(folder, 'assay.json'), readOut(judged, 'assay.json'));
    const request = { ...defaultRequest(folder), result: 'assay.json', publish: 'auto' as const };
    const { record } = await publishFile(request, environmentWith(host.variables()));
    expect(record?.ledger.map((row) => [row.path, row.where, row.why])).toEqual([
      ['large.js', 'file', 'It stands at its file: the diff shows no lines of this file.'],
      ['small.js', 'inline', 'It stands at its line.'],
    ]);
    expect(
      host
        .comments()
        .map((one) => [one.path, one.line])
        .toSorted(),
    ).toEqual([
      ['large.js', null],
      ['small.js', 1],
    ]);
    expect(host.complaints()).toEqual([]);
    await host.close();
    repository.dispose();
  });
});
