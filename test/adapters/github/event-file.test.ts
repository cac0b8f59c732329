import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readEventFile } from '#adapters/github/event-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'assay-event-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = path.join(folder, 'event.json');

test('an event is read as JSON', async () => {
  writeFileSync(file, '{"action":"opened"}');
  expect(await readEventFile(file)).toEqual({ action: 'opened' });
});

test.each(['', '{"action":', 'not json'])('%j is refused as no JSON', async (text) => {
  writeFileSync(file, text);
  await expect(readEventFile(file)).rejects.toThrow('The event file is not JSON.');
});

test('a missing event is refused with what should have named it', async () => {
  await expect(readEventFile(path.join(folder, 'none.json'))).rejects.toMatchObject({
    code: 'input',
    hint: expect.stringContaining('GITHUB_EVENT_PATH'),
  });
});

test('an event beyond what GitHub sends is not read', async () => {
  writeFileSync(file, '');
  truncateSync(file, 26 * 1024 * 1024);
  await expect(readEventFile(file)).rejects.toThrow(/cannot be read/);
});
