import { describe, expect, it } from 'vitest';
import type { ChangedFile } from '#domain/change.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import { readBaseline } from '../../src/app/read-baseline.ts';
import { defaultRequest } from '../../src/app/run-request.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';

const NOTHING = '{"schemaVersion":1,"findings":[]}';
const JUNK = 'the version of the change is not even JSON';

const file = (over: Partial<ChangedFile>): ChangedFile => ({
  status: 'modified',
  oldPath: 'accepted.json',
  newPath: 'accepted.json',
  binary: false,
  hunks: [],
  ...over,
});

function read(changed: readonly ChangedFile[], text: string, atBase: Record<string, string> = {}) {
  const operatorFiles = {
    read: async () => ({ text, repositoryPath: 'accepted.json' }),
    exists: async () => true,
    write: async () => {},
  };
  const changes = { at: () => createMemoryWorkspace(atBase) } as unknown as ChangeSource;
  const request = { ...defaultRequest('/'), baseline: 'accepted.json' };
  return readBaseline(
    request,
    { changes, operatorFiles },
    { mergeBase: 'b'.repeat(40), diff: { files: changed }, book: null },
  );
}

describe('a baseline', () => {
  it('binds as it is while the change leaves it alone', async () => {
    const { baseline, notices } = await read([file({ newPath: 'other.json' })], NOTHING);
    expect(baseline).not.toBeNull();
    expect(notices).toEqual([]);
  });

  it('that the change edits binds as it was before, and a notice says so', async () => {
    const { baseline, notices } = await read([file({})], JUNK, { 'accepted.json': NOTHING });
    expect(baseline).not.toBeNull();
    expect(notices[0]?.text).toContain('the version of the base was used');
  });

  it('that the change moves here binds as it was under its old name', async () => {
    const moved = file({ status: 'renamed', oldPath: 'old.json' });
    const { notices } = await read([moved], JUNK, { 'old.json': NOTHING });
    expect(notices[0]?.text).toContain('the version of the base was used');
  });

  it('that the change adds accepts nothing yet', async () => {
    const { baseline, notices } = await read([file({ status: 'added', oldPath: null })], JUNK);
    expect(baseline).not.toBeNull();
    expect(notices[0]?.text).toContain('nothing is accepted');
  });
});
