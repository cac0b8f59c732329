// What the commit of the fixes holds: files as git keeps them, and nothing that the last commit has already.
import { expect, test } from 'vitest';
import { gatherChanges } from '#app/fix/open/gather-changes.ts';
import type { Workspace } from '#ports/workspace.ts';

const treeOf = (files: Readonly<Record<string, string>>): Workspace => ({
  files: async () => Object.keys(files),
  read: async () => ({ kind: 'missing' }),
  readBytes: async (path) => (files[path] === undefined ? null : Buffer.from(files[path])),
});
const gather = async (now: Readonly<Record<string, string>>, head: Readonly<Record<string, string>>) => {
  const modes = async (paths: readonly string[]) =>
    new Map(paths.map((path) => [path, { isCommitted: path in head, isExecutable: path.endsWith('.sh') }]));
  const files = await gatherChanges(Object.keys(now), { now: treeOf(now), head: treeOf(head), modes });
  return files.map(({ path, bytes, isNew, isExecutable }) => ({
    ...{ path, text: Buffer.from(bytes).toString('utf8'), isNew, isExecutable },
  }));
};

test('files that differ are taken, sorted, with their mode; those that do not are not', async () => {
  expect(await gather({ 'z.sh': '2', 'a.py': '2', same: '1' }, { 'z.sh': '1', same: '1' })).toEqual([
    { path: 'a.py', text: '2', isNew: true, isExecutable: false },
    { path: 'z.sh', text: '2', isNew: false, isExecutable: true },
  ]);
});

test('what was checked out with CRLF goes back with LF, and what is kept with CRLF keeps it', async () => {
  expect(await gather({ a: '1\r\n3\r\n' }, { a: '1\n2\n' })).toMatchObject([{ text: '1\n3\n' }]);
  expect(await gather({ a: '1\r\n3\r\n' }, { a: '1\r\n2\r\n' })).toMatchObject([{ text: '1\r\n3\r\n' }]);
  expect(await gather({ a: '1\r\n2\r\n' }, { a: '1\n2\n' })).toEqual([]);
});

test('a file that went away meanwhile ends it', async () => {
  const modes = async () => new Map([['gone', { isCommitted: true, isExecutable: false }]]);
  const sources = { now: treeOf({}), head: treeOf({ gone: '1' }), modes };
  await expect(gatherChanges(['gone'], sources)).rejects.toThrow('cannot be read any more');
});
