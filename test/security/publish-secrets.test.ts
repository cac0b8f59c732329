// Security rows 15, 16 and R7: what the job knows as secret stands in nothing that is posted, written or logged, in no shape and from no place.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { publishChange, resultOf, sarifWith } from '../e2e/reviewed-change.ts';
import { HOSTS, startReviewingHost } from '../e2e/reviewing-host.ts';
import { createReviewRepository } from '../emulators/review-repository.ts';

const KEY = 'marker-key-Zq7Xw4Rt9Lp2Vb6N';
const OTHER = 'db-Passw0rd-Kd83mfQ0sLw7';

const shapes = (secret: string): readonly string[] => [
  secret,
  Buffer.from(secret).toString('base64'),
  Buffer.from(secret).toString('base64url'),
  Buffer.from(secret).toString('hex'),
  encodeURIComponent(`${secret}/`).slice(0, -3),
  [...secret].reverse().join(''),
];

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
}

describe.each(HOSTS)('on %s', (name) => {
  it.each([false, true])('no secret leaves, in a dry run: %s', async (dryRun) => {
    const secrets = [KEY, OTHER].flatMap(shapes);
    const lines = secrets.map((secret, at) => `const s${at} = '${secret}'; a.run(process.argv[${at}]);\n`);
    const repository = createReviewRepository(
      (git) => void git.write('src/a.js', 'const a = 1;\n'),
      (git) =>
        void git
          .write('src/a.js', `const a = 1;\n${lines.join('')}`)
          .write(`src/${KEY}.js`, 'a.run(process.argv[2]);\n'),
    );
    const host = await startReviewingHost(name, repository);
    const tools = secrets.map((secret, at) => ({
      ...resultOf({
        ...{ path: 'src/a.js', line: at + 2, message: `It holds ${secret}.`, ruleId: `rule/${secret}` },
        fix: `const s${at} = '${secret}'; a.run(process.env.X);`,
      }),
      fingerprints: { 'own/v1': secret },
      partialFingerprints: { [secret]: secret },
    }));
    const report = sarifWith([...tools, resultOf({ path: `src/${KEY}.js`, line: 1 })], {
      tool: `Finder ${OTHER}`,
    });
    const run = await publishChange({
      ...{ repository, report, request: { dryRun, category: `cat-${OTHER}`, verbose: true } },
      variables: { ...host.variables(), ASSAY_MARKER_KEY: KEY, DB_PASSWORD: OTHER },
    });
    expect(run.record?.counts.lost).toBe(0);
    expect(run.record?.mode).toBe(dryRun ? 'dry_run' : 'posted');
    const log = (host.github ?? host.gitlab)?.log ?? [];
    const sent = log.map(({ path: where, query, headers, body }) =>
      JSON.stringify([where, query, headers, body]),
    );
    const texts = [...filesBelow(run.out), run.log, JSON.stringify(run.record), ...sent];
    const own = host.variables().GITHUB_TOKEN ?? host.variables().ASSAY_GITLAB_TOKEN ?? '';
    for (const secret of secrets)
      expect(
        texts
          .filter((text) => text.includes(secret))
          .map((text) => text.slice(Math.max(0, text.indexOf(secret) - 80), text.indexOf(secret) + 60)),
      ).toEqual([]);
    const written = [...filesBelow(run.out), run.log, JSON.stringify(log.map(({ body }) => body))];
    expect(written.filter((text) => text.includes(own))).toEqual([]);
    await host.close();
    repository.dispose();
  });

  it('no secret leaves by what the host says', async () => {
    const repository = createReviewRepository(
      (git) => void git.write('src/a.js', 'const a = 1;\n'),
      (git) => void git.write('src/a.js', 'const a = 1;\na.run(process.argv[2]);\n'),
    );
    const host = await startReviewingHost(name, repository);
    const faults = host.github?.faults ?? host.gitlab?.faults;
    const said = shapes(OTHER).join(' ');
    faults?.add({
      ...{ kind: 'status', method: 'POST', nth: 'always', status: 403 },
      body: { message: said, errors: [said] },
    });
    const run = await publishChange({
      ...{ repository, report: sarifWith([resultOf({ path: 'src/a.js', line: 2 })]) },
      variables: { ...host.variables(), DB_PASSWORD: OTHER },
    });
    const texts = [...filesBelow(run.out), run.log];
    for (const secret of shapes(OTHER)) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
    await host.close();
    repository.dispose();
  });
});
