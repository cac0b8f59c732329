import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { appendOutputs, appendSummary } from '#adapters/github/runner-files.ts';
import { readOutputFile } from '../../ci/runner-protocol.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'assay-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function emptyFile(content = ''): string {
  count += 1;
  const file = path.join(folder, `file-${count}`);
  writeFileSync(file, content);
  return file;
}

describe('outputs', () => {
  test('come back as they were, after what another step wrote', async () => {
    const file = emptyFile('earlier=1\n');
    await appendOutputs(file, [
      { name: 'decision', value: 'failed' },
      { name: 'summary', value: '' },
    ]);
    expect([...readOutputFile(readFileSync(file, 'utf8'))]).toEqual([
      ['earlier', '1'],
      ['decision', 'failed'],
      ['summary', ''],
    ]);
  });

  test('a value never sets another output, even when it guesses at delimiters', async () => {
    const line = fc.constantFrom(
      'x',
      'assay_',
      'ghadelimiter_1',
      'PATH<<assay_',
      'decision=passed',
      '',
      'EOF',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line), async (lines) => {
        const file = emptyFile();
        await appendOutputs(file, [{ name: 'summary', value: lines.join('\n') }]);
        expect([...readOutputFile(readFileSync(file, 'utf8'))]).toEqual([['summary', lines.join('\n')]]);
      }),
      { numRuns: 50 },
    );
  });

  test('every delimiter is 128 random bits and used once', async () => {
    const file = emptyFile();
    await appendOutputs(file, [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ]);
    const delimiters = [...readFileSync(file, 'utf8').matchAll(/<<(assay_[0-9a-f]{32})$/gm)].map(
      (match) => match[1],
    );
    expect(new Set(delimiters).size).toBe(2);
  });
});

describe('the job summary', () => {
  test('is appended with a final line end', async () => {
    const file = emptyFile('# Before\n');
    await appendSummary(file, '## Assay');
    expect(readFileSync(file, 'utf8')).toBe('# Before\n## Assay\n');
  });

  test('over 1 MiB is cut at a line and says so, never inside a character', async () => {
    const file = emptyFile();
    await appendSummary(file, '| 漏洞 |\n'.repeat(200_000));
    const written = readFileSync(file);
    expect(written.length).toBeLessThanOrEqual(1024 * 1024);
    expect(written.length).toBeGreaterThan(1024 * 1024 - 200);
    const text = written.toString('utf8');
    expect(text).not.toContain('\uFFFD');
    expect(text).toMatch(/\| 漏洞 \|\n\n\*Cut here: a job summary holds 1 MiB\.\*\n$/);
  });

  test('one endless line is not cut in two', async () => {
    const file = emptyFile();
    await appendSummary(file, 'x'.repeat(2 ** 21));
    expect(readFileSync(file, 'utf8').trim()).toBe('*Cut here: a job summary holds 1 MiB.*');
  });
});
