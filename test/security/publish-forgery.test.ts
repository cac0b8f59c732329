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
