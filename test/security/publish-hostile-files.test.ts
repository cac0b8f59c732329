// Security §1.3, rows 14, 24, 41: `assay publish` beside a merge request treats its file as it does beside a pull request (test/e2e/forks.test.ts).
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultRequest } from '#app/run-request.ts';
import { publishFile } from '../../src/app/publish/publish-file.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';
import { liveParts } from '../doubles/markdown-reader.ts';
import { FORGED_PATCHES, UNREADABLE, withAttack, withFindings, withPatch } from '../e2e/hostile-results.ts';
import { environmentWith, publishChange, readOut, sarifOf } from '../e2e/reviewed-change.ts';
import { type ReviewingHost, startReviewingHost } from '../e2e/reviewing-host.ts';
import { createReviewRepository } from '../emulators/review-repository.ts';

const OLD = "const { execSync } = require('node:child_process');\n\nexports.version = () => 1;\n";
const NEW = `${OLD}
exports.show = (name) => execSync('cat ' + name);
exports.list = (name) => execSync('ls ' + name);
`;
const FIXED = 'exports.show = (name) => String(name);';
const REPORT = sarifOf([
  { path: 'app.js', line: 5, fix: FIXED },
  { path: 'app.js', line: 6 },
]);

let host: ReviewingHost;
beforeEach(async () => {
  const repository = createReviewRepository(
    (git) => void git.write('app.js', OLD).write('assay.yml', 'version: 1\ncomments:\n  limit: 1\n'),
    (git) =>
      void git
        .write('app.js', NEW)
        .write('assay.yml', 'version: 1\ncomments:\n  limit: 0\n  summary: never\n'),
  );
  host = await startReviewingHost('gitlab', repository);
});
afterEach(async () => {
  expect(host.complaints()).toEqual([]);
  await host.close();
  host.repository.dispose();
});

let kept: string | null = null;

/** The commits are the same for every test. */
async function artifact(): Promise<string> {
  kept ??= readOut(
    await publishChange({
      ...{ repository: host.repository, report: REPORT, variables: {} },
      request: { publish: 'none' },
    }),
    'assay.json',
  );
  return kept;
}

/** In a folder with the file and nothing else; what went to stderr comes along. */
async function publish(text: string) {
  const folder = createTemporaryFolder();
  writeFileSync(path.join(folder, 'assay.json'), text);
  const request = { ...defaultRequest(folder), result: 'assay.json', publish: 'auto' as const };
  const pieces: string[] = [];
  const { write } = process.stderr;
  process.stderr.write = (piece: string | Uint8Array) => pieces.push(String(piece)) > 0;
  const outcome = await publishFile(request, environmentWith(host.variables())).finally(() => {
    process.stderr.write = write;
  });
  return { ...outcome, log: pieces.join('') };
}

const said = () => [...host.comments().map(({ body }) => body), ...host.summaries()];

it('an honest file is posted by the policy of the base, and sets no status', async () => {
  const run = await publish(await artifact());
  expect({ exitCode: run.exitCode, mode: run.record?.mode }).toEqual({ exitCode: 0, mode: 'posted' });
  expect(host.comments()).toHaveLength(1);
  expect(host.comments()[0]?.body).toContain(`\`\`\`suggestion:-0+0\n${FIXED}\n\`\`\``);
  expect(host.gitlab?.statuses()).toEqual([]);
  expect(host.summaries()[0]).toContain('made by a run that the change itself controls');
});

it.each(UNREADABLE)('%s is refused in words with 2, and the host is asked nothing', async (_what, change) => {
  const run = await publish(change(await artifact()));
  expect(run.exitCode).toBe(2);
  expect(run.log).toMatch(/assay\.json (?:is|has)/);
  expect(run.log).not.toMatch(/^\s*::|\n\s+at |defect of Assay/);
  expect(run.log.length).toBeLessThan(2_000);
  expect(host.requests()).toEqual([]);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

it('a hostile text anywhere is posted inert, and once', async () => {
  const hostile = withAttack(await artifact());
  const run = await publish(hostile);
  expect({ exitCode: run.exitCode, problems: run.record?.problems }).toEqual({ exitCode: 0, problems: [] });
  expect(said().length).toBeGreaterThanOrEqual(2);
  const links = [host.blobUrl().replace(/-\/blob\/.*$/, '')];
  for (const body of said()) {
    expect(liveParts(body, { links, marker: true })).toEqual([]);
    expect(body).not.toMatch(/^\/close/m);
  }
  expect(run.log).not.toMatch(/^\s*::/m);
  host.forget();
  await publish(hostile);
  expect(host.writes()).toEqual([]);
});

it.each(FORGED_PATCHES)('a patch of %s is not suggested', async (_what, finding, patch) => {
  const run = await publish(withPatch(await artifact(), finding, patch));
  expect(run.exitCode).toBe(0);
  expect(said().length).toBeGreaterThanOrEqual(1);
  for (const body of said()) {
    expect(body).not.toContain('```suggestion');
    expect(body).not.toMatch(/\]\([^)]*\.\.[^)]*\)/);
  }
});

it('a forged "passed" sets no status, and no policy of the change’s own binds', async () => {
  const forged = JSON.parse(await artifact());
  forged.decision = { outcome: 'passed', mode: 'enforce', reasons: [] };
  forged.run.base = host.repository.head();
  forged.run.mergeBase = host.repository.head();
  const run = await publish(JSON.stringify(forged));
  expect(run.record?.mode).toBe('posted');
  expect(host.gitlab?.statuses()).toEqual([]);
  expect(host.requests().filter((line) => line.includes('statuses'))).toEqual([]);
  // By head's policy there would be no comment.
  expect(host.comments()).toHaveLength(1);
});

it('a result that names another commit than the head of the merge request is not posted', async () => {
  const forged = JSON.parse(await artifact());
  for (const head of [host.repository.baseTip(), 'f'.repeat(40), 'HEAD', '--output=/tmp/x', null]) {
    forged.run.head = head;
    const run = await publish(JSON.stringify(forged));
    expect(['skipped', 'failed']).toContain(run.record?.mode);
  }
  expect(host.writes()).toEqual([]);
});

it('10,000 findings are posted within every limit, and 100,000 are refused', {
  timeout: 120_000,
}, async () => {
  const run = await publish(withFindings(await artifact(), 10_000));
  expect({ exitCode: run.exitCode, counts: run.record?.counts }).toMatchObject({
    exitCode: 0,
    counts: { findings: 10_000, inline: 1, lost: 0 },
  });
  for (const body of said()) expect(body.length).toBeLessThan(65_536);
  const refused = await publish(withFindings(await artifact(), 100_000));
  expect(refused.exitCode).toBe(2);
  expect(refused.log).toContain('64 MiB');
});
