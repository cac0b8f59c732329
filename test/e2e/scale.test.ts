// Large changes on both hosts: every limit kept, every finding accounted for, few requests, and nothing to do the second time.
import { statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import { type PublishedRun, publishChange, readOut, sarifOf } from './reviewed-change.ts';
import { HOSTS, type ReviewingHost, startReviewingHost } from './reviewing-host.ts';

interface Size {
  readonly files: number;
  readonly perFile: number;
  /** Further findings, one in each of the first files. */
  readonly more?: number;
  /** Of the policy at base. */
  readonly policy?: string;
}

/** Of no language that is parsed: what is large here is the publication. */
const nameOf = (file: number) => `module${file % 20}/job${file}.conf`;

function createLarge({ files, perFile, more = 0, policy }: Size): ReviewRepository {
  const text = Array.from(
    { length: perFile + Math.min(more, 1) },
    (_, line) => `run = lp \${queue${line}}\n`,
  ).join('');
  return createReviewRepository(
    (git) => void git.write('assay.yml', policy ?? 'version: 1\n'),
    (git) => {
      for (let file = 0; file < files; file += 1) git.write(nameOf(file), text);
    },
  );
}

function reportOn({ files, perFile, more = 0 }: Size): string {
  const places = Array.from({ length: files * perFile }, (_, index) => ({
    path: nameOf(Math.floor(index / perFile)),
    line: 1 + (index % perFile),
  }));
  const others = Array.from({ length: more }, (_, file) => ({ path: nameOf(file), line: perFile + 1 }));
  return sarifOf([...places, ...others]);
}

type Publish = () => Promise<PublishedRun>;

async function withLarge(
  name: ReviewingHost['name'],
  size: Size,
  work: (host: ReviewingHost, publish: Publish) => Promise<void>,
): Promise<void> {
  const repository = createLarge(size);
  const host = await startReviewingHost(name, repository);
  const report = reportOn(size);
  const publish = () => publishChange({ repository, report, variables: host.variables() });
  await work(host, publish).finally(async () => {
    await host.close();
    repository.dispose();
  });
}

/** Annotations that each request to the check run carried. */
function batches({ github }: ReviewingHost): readonly number[] {
  return (github?.log ?? [])
    .filter((request) => request.isWrite && request.path.includes('/check-runs'))
    .map(({ body }) => (body as { output: { annotations: unknown[] } }).output.annotations.length);
}

const bytesOf = (run: PublishedRun, name: string) => statSync(path.join(run.out, name)).size;

/** What holds for a change of any size. */
function expectLimits(host: ReviewingHost, run: PublishedRun): void {
  const { record } = run;
  expect(record).toMatchObject({ mode: 'posted', problems: [] });
  expect(host.complaints()).toEqual([]);
  expect(host.comments()).toHaveLength(20);
  expect(host.comments().map(({ findingId }) => findingId)).toEqual(
    record?.ledger.filter(({ where }) => where === 'inline').map(({ findingId }) => findingId),
  );
  expect(host.summaries()).toHaveLength(1);
  expect(host.summaries()[0]?.length).toBeLessThanOrEqual(60_000);
  expect(bytesOf(run, 'summary.md')).toBeLessThan(1024 * 1024);
  const { findings, lost, ...places } = record?.counts ?? { findings: 0, lost: 0 };
  expect(lost).toBe(0);
  expect(Object.values(places).reduce((sum, count) => sum + count, 0)).toBe(findings);
  expect(host.summaries()[0]).toContain(whereabouts(record?.counts));
}

/** The line of the summary that says how many are where. */
function whereabouts(counts: NonNullable<PublishedRun['record']>['counts'] | undefined): string {
  const parts = [
    [counts?.inline, 'at their lines'],
    [counts?.annotation, 'as annotations of the check'],
    [counts?.summary, 'only here'],
    [counts?.files, 'only in the result files'],
  ] as const;
  const told = parts.filter(([count]) => (count ?? 0) > 0).map(([count, where]) => `${count} ${where}`);
  return `Where they are: ${told.join(' · ')}.`;
}

describe.each(HOSTS)('on %s', (name) => {
  it('300 new findings: 20 comments, the rest elsewhere, none lost; the second run writes nothing', () =>
    withLarge(name, { files: 25, perFile: 12 }, async (host, publish) => {
      const first = await publish();
      expectLimits(host, first);
      expect(first.record?.counts).toMatchObject({ findings: 300, inline: 20, file: 0, lost: 0, none: 0 });
      expect(host.requests().length).toBeLessThanOrEqual(name === 'github' ? 16 : 36);
      if (name === 'github') {
        expect(batches(host)).toEqual([50, 50, 50, 50]);
        // The rows of the summary go to those that no comment and no annotation tells.
        expect(first.record?.counts).toMatchObject({ annotation: 200, summary: 80, files: 0 });
        const annotated = first.record?.ledger.filter(({ where }) => where === 'annotation');
        expect(host.annotations().map((one) => `${one.path}:${one.startLine}`)).toEqual(
          annotated?.map((row) => `${row.path}:${row.line}`),
        );
      }
      host.forget();
      const again = await publish();
      expect(host.writes()).toEqual([]);
      expect(host.requests().length).toBeLessThanOrEqual(8);
      expect(again.record?.counts).toEqual(first.record?.counts);
    }));

  it('5,000 new findings in 400 files stay within every limit, in as many requests', () =>
    withLarge(name, { files: 400, perFile: 12, more: 200 }, async (host, publish) => {
      const run = await publish();
      expectLimits(host, run);
      expect(run.record?.counts).toMatchObject({ findings: 5_000, inline: 20, lost: 0, none: 0 });
      expect(host.requests().length).toBeLessThanOrEqual(name === 'github' ? 16 : 36);
      expect(batches(host)).toEqual(name === 'github' ? [50, 50, 50, 50] : []);
      const quality = JSON.parse(readOut(run, 'gl-code-quality-report.json')) as readonly unknown[];
      const sast = JSON.parse(readOut(run, 'gl-sast-report.json')) as { vulnerabilities: readonly unknown[] };
      expect(quality).toHaveLength(5_000);
      expect(sast.vulnerabilities).toHaveLength(5_000);
      expect(bytesOf(run, 'gl-sast-report.json')).toBeLessThan(20_000_000);
      const sarif = JSON.parse(readOut(run, 'assay.sarif')) as {
        runs: readonly { results: readonly unknown[] }[];
      };
      expect(sarif.runs.flatMap(({ results }) => results)).toHaveLength(5_000);
    }));
});

describe('the number of requests', () => {
  const THIRTY = { files: 3, perFile: 10, policy: 'version: 1\ncomments:\n  limit: 30\n' };

  it('is at most 12 on GitHub for 30 findings at their lines, with one review; the second run writes nothing', () =>
    withLarge('github', THIRTY, async (host, publish) => {
      const { record } = await publish();
      expect(record?.counts).toMatchObject({ inline: 30, lost: 0 });
      expect(host.requests().length).toBeLessThanOrEqual(12);
      expect(host.requests().filter((line) => /^POST .*\/reviews /.test(line))).toHaveLength(1);
      expect(host.github?.state.reviews).toHaveLength(1);
      host.forget();
      await publish();
      expect(host.writes()).toEqual([]);
    }));

  it.each([1, 2, 5])('grows by one for each of %i comments at a file', async (atFile) => {
    const count = async (files: number) => {
      const size = { files: 1, perFile: 5, policy: THIRTY.policy };
      const repository = createLarge(size);
      repository.push((git) => {
        for (let file = 0; file < files; file += 1)
          git.write(`bin/tool${file}.bin`, new Uint8Array([0, file]));
      });
      const host = await startReviewingHost('github', repository);
      const report = JSON.parse(reportOn(size)) as { runs: { results: object[] }[] };
      for (let file = 0; file < files; file += 1)
        report.runs[0]?.results.push(wholeFile(`bin/tool${file}.bin`));
      const { record } = await publishChange({
        repository,
        report: JSON.stringify(report),
        variables: host.variables(),
      });
      expect(record?.counts).toMatchObject({ inline: 5, file: files, lost: 0 });
      const requests = host.requests().length;
      await host.close();
      repository.dispose();
      return requests;
    };
    expect(await count(atFile)).toBe((await count(0)) + atFile);
  });

  it('holds the hard cap of 30 comments, whatever the policy asks for', async () => {
    const repository = createLarge({ files: 1, perFile: 40, policy: 'version: 1\ncomments:\n  limit: 31\n' });
    const host = await startReviewingHost('github', repository);
    const { outcome } = await publishChange({
      repository,
      report: reportOn({ files: 1, perFile: 40 }),
      variables: host.variables(),
    });
    expect(outcome.exitCode).toBe(2);
    expect(host.comments()).toEqual([]);
    await host.close();
    repository.dispose();
  });
});

function wholeFile(uri: string): object {
  return {
    ruleId: 'js/command-injection',
    level: 'error',
    message: { text: 'A program with a flaw.' },
    locations: [{ physicalLocation: { artifactLocation: { uri } } }],
  };
}

describe('code scanning', () => {
  it('gets all of 5,200 findings, in as many parts as it keeps', () =>
    withLarge(
      'github',
      { files: 400, perFile: 13, policy: 'version: 1\ncode_scanning:\n  upload: true\n' },
      async (host, publish) => {
        const { record } = await publish();
        expect(record?.codeScanning).toMatchObject({ parts: 2, uploaded: 2 });
        expect(host.complaints()).toEqual([]);
        const uploaded = (host.github?.scanning.uploads ?? []).map(({ sarif }) =>
          (sarif as { runs: { results: unknown[] }[] }).runs.map(({ results }) => results.length),
        );
        expect(uploaded.flat().reduce((sum, count) => sum + count, 0)).toBe(5_200);
        expect(Math.max(...uploaded.flat())).toBeLessThanOrEqual(5_000);
      },
    ));
});
