import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeDotenv } from '#adapters/local/dotenv-report.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'assay-dotenv-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.runIf(existsSync('/proc/self'))(
  'a folder in which nothing can be made is told, not waited for',
  async () => {
    await expect(writeDotenv('/proc/x/y/assay.env', [])).rejects.toMatchObject({ code: 'ENOENT' });
  },
);

test('words and numbers become variables; a value that is more than a word is left out', async () => {
  const file = path.join(folder, 'out', 'assay.env');
  await writeDotenv(file, [
    { name: 'decision', value: 'failed' },
    { name: 'exit-code', value: '1' },
    { name: 'summary', value: 'a\nPATH=/tmp' },
    { name: 'result', value: 'my out/$HOME' },
  ]);
  expect(readFileSync(file, 'utf8')).toBe('ASSAY_DECISION=failed\nASSAY_EXIT_CODE=1\n');
});
