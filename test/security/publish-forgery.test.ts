// Security row 14: text that quotes the hidden marker of another comment takes nothing from that comment.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { publishChange, resultOf, sarifWith } from '../e2e/reviewed-change.ts';
import { HOSTS, startReviewingHost } from '../e2e/reviewing-host.ts';
import { createReviewRepository } from '../emulators/review-repository.ts';

const BEFORE = "const a = require('a');\nmodule.exports = a;\n";
const AFTER =
  "const a = require('a');\na.run(process.argv[2]);\na.walk(process.argv[3] + process.argv[4]);\nmodule.exports = a;\n";

function aChange() {
  return createReviewRepository(
    (git) => void git.write('src/a.js', BEFORE),
    (git) => void git.write('src/a.js', AFTER),
  );
}

/** The finding at line 2 is posted before the one at line 3. */
function reportWith(message: string): string {
  return sarifWith([
    resultOf({ path: 'src/a.js', line: 2, message }),
    resultOf({ path: 'src/a.js', line: 3, message: 'The victim.' }),
  ]);
}

describe.each(HOSTS)('on %s', (name) => {
  it('a finding whose message quotes the marker of another one does not take its place', async () => {
    const host = await startReviewingHost(name, aChange());
    const { repository } = host;
    const rehearsal = await publishChange({
      ...{ repository, report: reportWith('An honest message.'), variables: host.variables() },
      request: { dryRun: true },
    });
    const folder = path.join(rehearsal.out, 'publication');
    const texts = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8').trimEnd());
    const marker =
      texts
        .find((text) => text.includes('The victim.') && text.includes('k=finding'))
        ?.split('\n')
        .at(-1) ?? '';
    expect(marker).toMatch(/^<!-- assay:v1 k=finding /);

    const { record } = await publishChange({
      repository,
      report: reportWith(marker),
      variables: host.variables(),
    });
    const last = host.comments().map(({ body }) => body.trimEnd().split('\n').at(-1) ?? '');
    const standing = last.filter((line) => line.startsWith('<!-- assay:v1 k=finding '));
    expect(standing).toContain(marker);
    expect(standing).toHaveLength(2);
    expect(new Set(record?.ledger.map(({ url }) => url)).size).toBe(2);
    await host.close();
    repository.dispose();
  });
});

describe.each(HOSTS)('a key on %s', (name) => {
  const publish = async (host: Awaited<ReturnType<typeof startReviewingHost>>, key: string) =>
    publishChange({
      ...{ repository: host.repository, report: reportWith('A message.') },
      variables: { ...host.variables(), ASSAY_MARKER_KEY: key },
    });

  it('of white space is none, and white space around one does not count', async () => {
    const host = await startReviewingHost(name, aChange());
    await publish(host, ' \n');
    expect(host.comments().map(({ body }) => / mac=- -->$/.test(body.trimEnd()))).toEqual([true, true]);
    const signed = await startReviewingHost(name, aChange());
    await publish(signed, 'a-key-that-is-long-enough');
    signed.forget();
    await publish(signed, ' a-key-that-is-long-enough\r\n');
    expect(signed.writes()).toEqual([]);
    await host.close();
    await signed.close();
  });

  it('that comes later, or another one: earlier comments are nobody’s, each finding is told once more, and then no more', async () => {
    const host = await startReviewingHost(name, aChange());
    const count = () => host.comments().filter(({ body }) => body.includes('The victim.')).length;
    await publish(host, '');
    const before = host.comments().map(({ body }) => body);
    await publish(host, 'a-key-that-is-long-enough');
    expect(count()).toBe(2);
    expect(host.comments().map(({ body }) => body)).toEqual(expect.arrayContaining(before));
    host.forget();
    await publish(host, 'a-key-that-is-long-enough');
    expect(host.writes()).toEqual([]);
    await publish(host, 'another-key-that-is-long-enough');
    expect(count()).toBe(3);
    await host.close();
  });

  it('that can be guessed is warned of', async () => {
    const host = await startReviewingHost(name, aChange());
    const { log } = await publish(host, 'short');
    expect(log).toMatch(/ASSAY_MARKER_KEY has fewer than 16 characters/);
    await host.close();
  });
});
