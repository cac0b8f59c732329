// Vectors are kept between runs, and whatever becomes of the file, no run fails for it.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKnowledgeStore } from '../../../src/adapters/local/knowledge-store.ts';
import { createTemporaryFolder } from '../../doubles/git-repository.ts';

let folder: string;
beforeEach(() => {
  folder = createTemporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const FILE = () => path.join(folder, 'knowledge.sqlite');
const vector = (...numbers: number[]) => new Map([['key', Float32Array.from(numbers)]]);
const read = async (model = 'a/b') => {
  const store = await openKnowledgeStore(folder);
  const found = store.read(model, ['key', 'other']);
  store.close();
  return { found, problems: store.problems.map(({ kind }) => kind) };
};
const write = async (...numbers: number[]) => {
  const store = await openKnowledgeStore(folder);
  store.write('a/b', vector(...numbers));
  store.close();
};

test('a vector comes back as it went in, for the model that made it only', async () => {
  await write(0.5, -0.25);
  expect(await read()).toEqual({ found: vector(0.5, -0.25), problems: [] });
  expect((await read('a/c')).found.size).toBe(0);
});

test('a deleted file is a store that is empty', async () => {
  await write(1);
  rmSync(FILE());
  expect(await read()).toEqual({ found: new Map(), problems: [] });
});

test.each([
  ['no database', () => writeFileSync(FILE(), 'x'.repeat(4096))],
  ['cut short', () => writeFileSync(FILE(), readFileSync(FILE()).subarray(0, 5000))],
  ['overwritten inside', () => writeFileSync(FILE(), readFileSync(FILE()).fill(0x41, 100))],
  [
    'of a later version',
    () => {
      const database = new DatabaseSync(FILE());
      database.exec('PRAGMA user_version = 9');
      database.close();
    },
  ],
  [
    'of this version, without its table',
    () => {
      const database = new DatabaseSync(FILE());
      database.exec('DROP TABLE vector');
      database.close();
    },
  ],
])('a file that is %s is built anew, and the run is told', async (_, damage) => {
  await write(1);
  damage();
  expect(await read()).toEqual({ found: new Map(), problems: ['rebuilt'] });
  await write(2);
  expect(await read()).toEqual({ found: vector(2), problems: [] });
});

test('what is no vector is passed over', async () => {
  await write(1);
  const database = new DatabaseSync(FILE());
  const insert = database.prepare('INSERT OR REPLACE INTO vector VALUES (?, ?, ?)');
  insert.run('a/b', 'key', new Uint8Array([1, 2, 3]));
  insert.run('a/b', 'other', new Uint8Array(Float32Array.of(Number.NaN).buffer));
  database.close();
  expect((await read()).found.size).toBe(0);
});

test('two runs at once both keep what they learn', async () => {
  const [one, two] = await Promise.all([openKnowledgeStore(folder), openKnowledgeStore(folder)]);
  one.write('a/b', new Map([['one', Float32Array.of(1)]]));
  two.write('a/b', new Map([['two', Float32Array.of(2)]]));
  expect([...one.read('a/b', ['one', 'two']).keys()]).toEqual(['one', 'two']);
  one.close();
  two.close();
  expect([...one.problems, ...two.problems]).toEqual([]);
});

test('a run that may only read adds nothing', async () => {
  const store = await openKnowledgeStore(folder, { readOnly: true });
  store.write('a/b', vector(1));
  store.close();
  expect((await read()).found.size).toBe(0);
});

test('where no folder can be had, nothing is kept and the run goes on', async () => {
  writeFileSync(path.join(folder, 'file'), '');
  const store = await openKnowledgeStore(path.join(folder, 'file', 'below'));
  store.write('a/b', vector(1));
  expect(store.read('a/b', ['key']).size).toBe(0);
  expect(store.problems.map(({ kind }) => kind)).toEqual(['unusable']);
  mkdirSync(path.join(folder, 'folder', 'knowledge.sqlite'), { recursive: true });
  const other = await openKnowledgeStore(path.join(folder, 'folder'));
  expect(other.problems.map(({ kind }) => kind)).toEqual(['unusable']);
  expect(existsSync(path.join(folder, 'folder', 'knowledge.sqlite'))).toBe(true);
});
