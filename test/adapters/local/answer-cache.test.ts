// Answers kept on disk: found again, never believed when they could be somebody else's, never larger than they may be.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAnswerCache } from '../../../src/adapters/local/answer-cache.ts';

const KEY = `ab${'0'.repeat(62)}`;
const OTHER = `ab${'1'.repeat(62)}`;
const SECRET = 'a long secret of the operator';
const NOW = Date.parse('2026-11-22T12:00:00Z');
const DAY = 86_400_000;
const VALUE = { value: [1, 'two'], model: 'm', usage: { input: 1, cached: 0, output: 2 } };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-answers-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Options = Partial<Parameters<typeof openAnswerCache>[1]>;

function open(variables: Record<string, string> = {}, options: Options = {}) {
  const cache = openAnswerCache(
    { ASSAY_CACHE_DIR: folder, ...variables },
    { readOnly: false, now: () => NOW, ...options },
  );
  if (cache === null) throw new Error('There is no cache.');
  return cache;
}

const signed = { ASSAY_MARKER_KEY: SECRET };
const fileOf = (key: string) => path.join(folder, key.slice(0, 2), `${key}.json`);
const filesIn = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

describe('an answer', () => {
  it.each([[{}], [signed]])('is found again under its key, and under no other (%o)', async (variables) => {
    await open(variables).put(KEY, VALUE);
    expect(await open(variables).get(KEY)).toEqual(VALUE);
    expect(await open(variables).get(OTHER)).toBeNull();
    expect(existsSync(fileOf(KEY))).toBe(true);
    expect(statSync(fileOf(KEY)).mode & 0o077).toBe(0);
  });

  it('is a miss where the file is broken, cut or no JSON', async () => {
    for (const text of ['', '{', 'null', '[]', '{"version":1}', readWritten().slice(0, 40)]) {
      writeFileSync(fileOf(KEY), text);
      expect(await open().get(KEY)).toBeNull();
    }
    function readWritten(): string {
      mkdirSync(path.dirname(fileOf(KEY)), { recursive: true });
      return JSON.stringify({ version: 1, key: KEY, body: JSON.stringify(VALUE), mac: null });
    }
  });

  it('that is too large is neither written nor read', async () => {
    await open().put(KEY, 'x'.repeat(300 * 1024));
    expect(filesIn()).toBe(0);
    mkdirSync(path.dirname(fileOf(KEY)), { recursive: true });
    const body = JSON.stringify('x'.repeat(300 * 1024));
    writeFileSync(fileOf(KEY), JSON.stringify({ version: 1, key: KEY, body, mac: null }));
    expect(await open().get(KEY)).toBeNull();
  });

  it('is read and written under no name that is no hash', async () => {
    await open().put('../../etc/passwd', VALUE);
    expect(filesIn()).toBe(0);
    expect(await open().get('../../etc/passwd')).toBeNull();
  });

  it('costs nothing but itself when the disk refuses', async () => {
    writeFileSync(path.join(folder, 'ab'), 'a file where a folder should be');
    await open().put(KEY, VALUE);
    expect(await open().get(KEY)).toBeNull();
  });
});

describe('a folder where an entry belongs', () => {
  it('makes room when it is empty, so that nothing is asked about in every run', async () => {
    mkdirSync(fileOf(KEY), { recursive: true });
    expect(await open().get(KEY)).toBeNull();
    await open().put(KEY, VALUE);
    expect(await open().get(KEY)).toEqual(VALUE);
  });

  it('stays when somebody keeps something in it, and is told once', async () => {
    mkdirSync(fileOf(KEY), { recursive: true });
    writeFileSync(path.join(fileOf(KEY), 'theirs'), 'x');
    const warnings: string[] = [];
    const cache = openAnswerCache(
      { ASSAY_CACHE_DIR: folder },
      { readOnly: false, now: () => NOW, log: { warn: (text) => void warnings.push(text) } },
    );
    await cache?.put(KEY, VALUE);
    await cache?.put(KEY, VALUE);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('cannot be kept');
    expect(readdirSync(fileOf(KEY))).toEqual(['theirs']);
    expect(filesIn()).toBe(1);
  });
});

describe('a stranger who can write into the folder', () => {
  it('cannot have an entry believed without the key (security row 34)', async () => {
    // The fork's run has no secrets; nothing keeps its own code from writing files of the right form.
    await open().put(KEY, VALUE);
    expect(await open(signed).get(KEY)).toBeNull();
    await open({ ASSAY_MARKER_KEY: 'another key of sixteen' }).put(KEY, VALUE);
    expect(await open(signed).get(KEY)).toBeNull();
  });

  it('cannot move an entry to another question, nor change a byte of it', async () => {
    await open(signed).put(KEY, VALUE);
    const text = readFileSync(fileOf(KEY), 'utf8');
    writeFileSync(fileOf(OTHER), text);
    expect(await open(signed).get(OTHER)).toBeNull();
    writeFileSync(fileOf(OTHER), text.replaceAll(KEY, OTHER));
    expect(await open(signed).get(OTHER)).toBeNull();
    writeFileSync(fileOf(KEY), text.replace('two', 'twa'));
    expect(await open(signed).get(KEY)).toBeNull();
  });

  it('leads nobody elsewhere with links', async () => {
    await open().put(KEY, VALUE);
    const elsewhere = path.join(folder, 'elsewhere.json');
    writeFileSync(elsewhere, readFileSync(fileOf(KEY)));
    rmSync(fileOf(KEY));
    symlinkSync(elsewhere, fileOf(KEY));
    expect(await open().get(KEY)).toBeNull();
    rmSync(path.dirname(fileOf(KEY)), { recursive: true });
    const target = mkdtempSync(path.join(tmpdir(), 'assay-target-'));
    symlinkSync(target, path.join(folder, 'ab'));
    await open().put(KEY, VALUE);
    expect(readdirSync(target)).toEqual([]);
    rmSync(target, { recursive: true });
  });
});

describe('a run that may only read', () => {
  it('finds answers and leaves nothing behind, not even the time of its visit', async () => {
    await open(signed).put(KEY, VALUE);
    const long = new Date(NOW - 30 * DAY);
    utimesSync(fileOf(KEY), long, long);
    const cache = open(signed, { readOnly: true });
    expect(await cache.get(KEY)).toEqual(VALUE);
    await cache.put(OTHER, VALUE);
    expect(filesIn()).toBe(1);
    expect(statSync(fileOf(KEY)).mtimeMs).toBe(long.getTime());
  });
});

describe('the folder', () => {
  it('loses what was not used for the most days, when it grows too large', async () => {
    const keys = Array.from({ length: 10 }, (_, index) => `ab${String(index).repeat(62)}`);
    for (const [age, key] of keys.entries()) {
      await open().put(key, VALUE);
      const then = new Date(NOW - age * 2 * DAY);
      utimesSync(fileOf(key), then, then);
    }
    // Used today, so it is not the oldest any more.
    expect(await open().get(`ab${'9'.repeat(62)}`)).toEqual(VALUE);
    await open({}, { limits: { bytes: 1e9, files: 10, days: 90 } }).put(`cd${'0'.repeat(62)}`, VALUE);
    const left = keys.map((key) => (existsSync(fileOf(key)) ? 'y' : 'n')).join('');
    expect(left).toBe('yyyyyynnny');
  });

  it('loses what nobody used for months, and what killed runs left, and nothing that is not its own', async () => {
    await open().put(KEY, VALUE);
    const leftover = path.join(folder, 'ab', `.${OTHER}.json.0123456789ab.tmp`);
    const foreign = path.join(folder, 'ab', 'notes.txt');
    for (const file of [leftover, foreign]) writeFileSync(file, 'x');
    const long = new Date(NOW - 91 * DAY);
    for (const file of [fileOf(KEY), leftover, foreign]) utimesSync(file, long, long);
    await open().put(`cd${'0'.repeat(62)}`, VALUE);
    expect([fileOf(KEY), leftover, foreign].map((file) => existsSync(file))).toEqual([false, false, true]);
  });

  it('is where the operator says, or the user’s own cache', async () => {
    const at = async (variables: Record<string, string>, place: string) => {
      const cache = openAnswerCache(variables, { readOnly: false });
      await cache?.put(KEY, VALUE);
      return existsSync(path.join(place, 'ab', `${KEY}.json`));
    };
    expect(await at({ ASSAY_CACHE_DIR: path.join(folder, 'own') }, path.join(folder, 'own'))).toBe(true);
    expect(await at({ XDG_CACHE_HOME: folder }, path.join(folder, 'assay'))).toBe(true);
    expect(await at({ XDG_CACHE_HOME: 'relative', HOME: folder }, path.join(folder, '.cache', 'assay'))).toBe(
      true,
    );
    expect(openAnswerCache({ ASSAY_CACHE_DIR: 'off' }, { readOnly: false })).toBeNull();
  });

  it('is not used in a checkout without a key, since a change can bring files there', () => {
    const warned: string[] = [];
    const variables = { ASSAY_CACHE_DIR: path.join(folder, '.assay-cache'), CI_PROJECT_DIR: folder };
    const log = { warn: (text: string) => void warned.push(text) };
    expect(openAnswerCache(variables, { readOnly: false, log })).toBeNull();
    expect(warned.join()).toContain('ASSAY_MARKER_KEY');
    const anywhere = { ASSAY_CACHE_DIR: path.join(folder, '.assay-cache') };
    expect(openAnswerCache(anywhere, { readOnly: false, checkouts: [folder] })).toBeNull();
    expect(openAnswerCache({ ...variables, ...signed }, { readOnly: false, log })).not.toBeNull();
    expect(
      openAnswerCache({ ...variables, CI_PROJECT_DIR: `${folder}-other` }, { readOnly: false }),
    ).not.toBeNull();
  });
});

it('that cannot be kept costs nothing but a word, once', async () => {
  const told: string[] = [];
  writeFileSync(path.join(folder, 'file'), '');
  const cache = open(
    { ASSAY_CACHE_DIR: path.join(folder, 'file') },
    { log: { warn: (text) => void told.push(text) } },
  );
  await cache.put(KEY, VALUE);
  await cache.put(OTHER, VALUE);
  expect(await cache.get(KEY)).toBeNull();
  expect(told).toEqual([expect.stringMatching(/^Answers of the model cannot be kept \(E\w+\)/)]);
});
