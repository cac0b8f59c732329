// Advisories from a service that speaks OSV's protocol: what is asked, what is kept, and what is said when it fails.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PackageRef } from '#domain/package.ts';
import { createBoundedFetch } from '../../../src/adapters/http/bounded-fetch.ts';
import { openAdvisories } from '../../../src/adapters/osv/open-advisories.ts';
import type { OsvOptions, OsvWire } from '../../../src/adapters/osv/osv-wire.ts';
import { openRecordCache } from '../../../src/adapters/osv/record-cache.ts';
import { type OsvServer, type ServedRecord, startOsvServer } from '../../emulators/osv/osv-server.ts';

const ref = (name: string, ecosystem: string | null = 'npm', version = '1.0.0'): PackageRef => ({
  ...{ ecosystem, name, version },
  purl: `pkg:npm/${name}@${version}?vcs_url=https://internal.example`,
});

const record = (
  id: string,
  name: string,
  modified = '2026-01-02T03:04:05Z',
  ecosystem = 'npm',
): ServedRecord => ({
  ...{ id, modified, summary: `About ${name}` },
  affected: [
    {
      package: { ecosystem, name },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '2.0.0' }] }],
    },
  ],
});

let server: OsvServer;
let folder: string;
let waits: number[];
let said: string[];

beforeEach(async () => {
  server = await startOsvServer({ pageSize: 2 });
  folder = mkdtempSync(path.join(tmpdir(), 'assay-osv-'));
  waits = [];
  said = [];
});

afterEach(async () => {
  expect(server.violations).toEqual([]);
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function wireOf(change: Partial<OsvWire> = {}, timeoutMs = 5000): OsvWire {
  const signal = change.signal ?? new AbortController().signal;
  const say = (message: string) => void said.push(message);
  return {
    fetch: createBoundedFetch({ signal, timeoutMs, maxBodyBytes: 256 * 1024 }),
    sleep: async (milliseconds) => void waits.push(milliseconds),
    now: () => Date.parse('2026-11-22T00:00:00Z'),
    signal,
    log: {
      ...{ debug: say, info: say, warn: say, error: say },
      progress: () => ({ update: () => undefined, finish: () => undefined }),
    },
    cwd: path.join(folder, 'checkout'),
    variables: { ASSAY_CACHE_DIR: path.join(folder, 'cache') },
    ...change,
  };
}

async function find(packages: readonly PackageRef[], wire = wireOf(), options: OsvOptions = {}) {
  const source = await openAdvisories(server.url, wire, options);
  return source.find(packages);
}

const idsOf = (answer: Awaited<ReturnType<typeof find>>) =>
  answer.kind === 'found' ? answer.advisories.map(({ id }) => id) : answer.why;
const pathsAsked = () => server.log.map(({ path: asked }) => asked);

describe('a service of advisories', () => {
  test('tells every record about the packages, page by page, sorted by id', async () => {
    server.put(
      record('C-3', 'a'),
      record('A-1', 'a'),
      record('B-2', 'a'),
      record('D-4', 'b'),
      record('E-5', 'c'),
    );
    const answer = await find([ref('a'), ref('b'), ref('a', 'npm', '9.9.9')]);
    expect(idsOf(answer)).toEqual(['A-1', 'B-2', 'C-3', 'D-4']);
    expect(answer).toMatchObject({ newest: 'live', gaps: [] });
    expect(pathsAsked().filter((asked) => asked === '/v1/querybatch')).toHaveLength(2);
  });

  test('is told ecosystems and names, and nothing else', async () => {
    await find([ref('a'), ref('secret'), ref('My_Lib', 'PyPI'), ref('x', null)], wireOf(), {
      skip: ({ name }) => name === 'secret',
    });
    expect(server.log.map(({ body }) => body)).toEqual([
      {
        queries: [
          { package: { ecosystem: 'npm', name: 'a' } },
          { package: { ecosystem: 'PyPI', name: 'my-lib' } },
        ],
      },
    ]);
    expect(said.join()).toContain('1 private packages are not asked about');
  });

  test('is asked about a thousand packages at a time', async () => {
    await find(Array.from({ length: 2500 }, (_, at) => ref(`p${at}`)));
    expect(server.log.map(({ body }) => (body as { queries: unknown[] }).queries.length)).toEqual([
      1000, 1000, 500,
    ]);
  });

  test('is not asked at all without packages', async () => {
    expect(idsOf(await find([ref('x', null)]))).toEqual([]);
    expect(server.log).toEqual([]);
  });

  test('is asked for a record again only when it changed, and then only for what changed', async () => {
    server.put(record('A-1', 'a'), record('B-2', 'a'));
    await find([ref('a')]);
    server.log.length = 0;
    expect(idsOf(await find([ref('a')]))).toEqual(['A-1', 'B-2']);
    expect(pathsAsked()).toEqual(['/v1/querybatch']);
    server.put(record('A-1', 'a', '2026-02-02T00:00:00Z'));
    const changed = await find([ref('a')]);
    expect(pathsAsked().slice(1)).toEqual(['/v1/querybatch', '/v1/vulns/A-1']);
    expect(server.log.at(-1)?.ifNoneMatch).toMatch(/^"[0-9a-f]{16}"$/);
    expect(changed.kind === 'found' && changed.advisories[0]?.modified).toBe('2026-02-02T00:00:00Z');
  });

  test('says that a record is unchanged, and the kept one counts', async () => {
    server.put(record('A-1', 'a'));
    await find([ref('a')]);
    const cache = openRecordCache(`${server.url}/`, wireOf());
    const kept = await cache?.get('A-1');
    await cache?.put('A-1', { modified: 'older', etag: kept?.etag ?? null, text: kept?.text ?? '' });
    server.log.length = 0;
    expect(idsOf(await find([ref('a')]))).toEqual(['A-1']);
    expect(server.log.at(-1)?.ifNoneMatch).toBe(kept?.etag);
    server.log.length = 0;
    await find([ref('a')]);
    expect(pathsAsked()).toEqual(['/v1/querybatch']);
  });

  test('lists no names that lead elsewhere', async () => {
    server.put(record('A-1', 'a'));
    server.list('../../admin', 'a/b', 'a..b', '', 'x?y', 'Ä', 'a'.repeat(200));
    const answer = await find([ref('a')]);
    expect(idsOf(answer)).toEqual(['A-1']);
    expect(answer.kind === 'found' && answer.gaps).toHaveLength(7);
    expect(pathsAsked().every((asked) => /^\/v1\/(?:querybatch|vulns\/A-1)$/.test(asked))).toBe(true);
  });

  test('may lack a record, or answer with another: the rest counts, and the gap is told', async () => {
    server.put(record('A-1', 'a'), record('B-2', 'a'));
    server.list('GONE-1');
    server.fault(/B-2/, { kind: 'body', body: JSON.stringify(record('Z-9', 'a')) });
    const answer = await find([ref('a')]);
    expect(idsOf(answer)).toEqual(['A-1']);
    expect(answer.kind === 'found' && answer.gaps).toEqual([
      'The record `B-2` cannot be had: the answer is not that record.',
      'The record `GONE-1` cannot be had: the service answers with status 404.',
    ]);
  });

  test('that does not know one ecosystem is asked about the others apart', async () => {
    server.put(record('A-1', 'a'));
    const answer = await find([ref('a'), ref('b', 'Unheard Of'), ref('c', 'Unheard Of')]);
    expect(idsOf(answer)).toEqual(['A-1']);
    expect(answer.kind === 'found' && answer.gaps).toEqual([
      'The service does not answer about packages of `Unheard Of` (2).',
    ]);
  });

  test.each([
    [{ kind: 'status', status: 500 }],
    [{ kind: 'status', status: 503 }],
    [{ kind: 'reset' }],
    [{ kind: 'cut' }],
    [{ kind: 'body', body: '<html>Sign in</html>', type: 'text/html' }],
    [{ kind: 'body', body: '{"results": [' }],
  ] as const)('that fails for a moment is asked again: %j', async (fault) => {
    server.put(record('A-1', 'a'));
    server.fault(/querybatch/, fault, 2);
    server.fault(/vulns/, fault, 2);
    expect(idsOf(await find([ref('a')]))).toEqual(['A-1']);
    expect(waits).toEqual([1000, 3000, 1000, 3000]);
  });

  test('is left alone as long as it asks for', async () => {
    server.put(record('A-1', 'a'));
    server.fault(/querybatch/, { kind: 'status', status: 429, headers: { 'retry-after': '7' } });
    server.fault(/vulns/, {
      ...{ kind: 'status', status: 429 },
      headers: { 'retry-after': 'Sun, 22 Nov 2026 00:00:05 GMT' },
    });
    expect(idsOf(await find([ref('a')]))).toEqual(['A-1']);
    expect(waits).toEqual([7000, 5000]);
  });

  test.each([
    [{ kind: 'status', status: 500 }, 'it answered with status 500, asked 4 times.'],
    [{ kind: 'status', status: 401 }, 'it answered with status 401.'],
    [
      { kind: 'status', status: 429, headers: { 'retry-after': '3600' } },
      'it answered with status 429, asked once: it asks to be left alone for 3600 s.',
    ],
    [
      { kind: 'status', status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      'it answered with a redirect, and none is followed.',
    ],
    [{ kind: 'reset' }, 'the connection failed (ECONNRESET), asked 4 times.'],
    [{ kind: 'endless' }, 'it answered with more than is read.'],
    [{ kind: 'body', body: '<html>' }, 'its answer is no JSON, asked 4 times.'],
    [{ kind: 'body', body: '{"results":[]}' }, 'its answer is none of a service of OSV records.'],
    [
      { kind: 'body', body: '{"results":[{"vulns":[{"id":7}]}]}' },
      'its answer is none of a service of OSV records.',
    ],
    [{ kind: 'body', body: 'null' }, 'its answer is none of a service of OSV records.'],
  ] as const)('that stays down is told by name: %j', async (fault, why) => {
    server.fault(/querybatch/, fault, 9);
    expect(await find([ref('a')])).toEqual({ kind: 'down', why });
  });

  test('that never answers is down when time is over', async () => {
    server.fault(/querybatch/, { kind: 'hang' }, 9);
    expect(await find([ref('a')], wireOf({}, 40))).toEqual({
      ...{ kind: 'down', why: 'no whole answer came in time, asked 4 times.' },
    });
  });

  test('that fails for record after record is down, and is not asked for all of them', async () => {
    server.put(...Array.from({ length: 60 }, (_, at) => record(`A-${at}`, 'a')));
    server.fault(/vulns/, { kind: 'status', status: 500 }, 1000);
    expect(await find([ref('a')])).toEqual({
      ...{ kind: 'down', why: 'it answered with status 500, asked 4 times.' },
    });
    expect(pathsAsked().filter((asked) => asked.startsWith('/v1/vulns/')).length).toBeLessThan(60);
  });

  test('is waited for no longer than the run', async () => {
    const run = new AbortController();
    server.fault(/querybatch/, { kind: 'hang' }, 9);
    const asking = find([ref('a')], wireOf({ signal: run.signal }));
    run.abort(new Error('interrupted'));
    await expect(asking).rejects.toThrow('interrupted');
  });

  test('is not asked at an address that is never asked', async () => {
    const source = await openAdvisories('http://169.254.169.254/', wireOf());
    await expect(source.find([ref('a')])).rejects.toMatchObject({ code: 'configuration' });
    await expect(openAdvisories('http://[', wireOf())).rejects.toMatchObject({ code: 'usage' });
  });

  test('has a name: osv.dev, or its host', async () => {
    expect((await openAdvisories('online', wireOf())).name).toBe('osv.dev');
    expect((await openAdvisories(server.url, wireOf())).name).toBe(new URL(server.url).host);
  });
});

describe('the cache of records', () => {
  const KEPT = { modified: 'm', etag: '"e"', text: '{"id":"A-1"}' };
  const openCache = (
    variables: OsvWire['variables'],
    limits?: { bytes: number; files: number },
    cwd = folder,
  ) => openRecordCache('https://x/', { ...wireOf({ variables }), cwd: path.join(cwd, 'checkout') }, limits);
  const filesIn = (place: string) =>
    readdirSync(place, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));

  test('holds nothing of a file that was cut, moved, forged or grown', async () => {
    const place = path.join(folder, 'cache');
    const cache = openCache({ ASSAY_CACHE_DIR: place, ASSAY_MARKER_KEY: 'k' });
    await cache?.put('A-1', KEPT);
    expect(await cache?.get('A-1')).toEqual(KEPT);
    expect(await cache?.get('B-2')).toBeNull();
    const [file = ''] = filesIn(place);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const whole = readFileSync(file, 'utf8');
    for (const text of [
      '',
      whole.slice(0, 40),
      whole.replace('A-1', 'A-2'),
      whole.replace(/"mac":"[^"]*"/, '"mac":null'),
    ]) {
      writeFileSync(file, text);
      expect(await cache?.get('A-1')).toBeNull();
    }
    writeFileSync(file, whole);
    expect(await openCache({ ASSAY_CACHE_DIR: place, ASSAY_MARKER_KEY: 'other' })?.get('A-1')).toBeNull();
    expect(await cache?.get('A-1')).toEqual(KEPT);
  });

  test('makes room by leaving out what was written first, and touches nothing that is not its own', async () => {
    const place = path.join(folder, 'cache');
    const cache = openCache({ ASSAY_CACHE_DIR: place }, { bytes: 1_000_000, files: 3 });
    for (const id of ['A', 'B', 'C', 'D', 'E']) await cache?.put(id, KEPT);
    mkdirSync(path.join(place, 'advisories', 'other'));
    writeFileSync(path.join(place, 'advisories', 'other', 'file.json'), '');
    await cache?.close();
    expect(filesIn(place).filter((file) => /[0-9a-f]{64}\.json$/.test(file))).toHaveLength(3);
    expect(filesIn(place).some((file) => file.endsWith('file.json'))).toBe(true);
  });

  test('takes away what a killed run left half written, a day later, and never reads it', async () => {
    const place = path.join(folder, 'cache');
    const cache = openCache({ ASSAY_CACHE_DIR: place });
    await cache?.put('A', KEPT);
    const [whole = ''] = filesIn(place);
    const leftover = (hex: string) =>
      path.join(path.dirname(whole), `.${path.basename(whole)}.${hex.repeat(12)}.tmp`);
    for (const hex of ['a', 'b']) writeFileSync(leftover(hex), '{"version":1,');
    utimesSync(leftover('a'), new Date('2026-11-01'), new Date('2026-11-01'));
    utimesSync(leftover('b'), new Date('2026-11-22'), new Date('2026-11-22'));
    await cache?.close();
    expect(filesIn(place).sort()).toEqual([leftover('b'), whole].sort());
    expect(await cache?.get('A')).toEqual(KEPT);
  });

  test('is off when it is to be, and in a checkout without a key', async () => {
    expect(openCache({ ASSAY_CACHE_DIR: 'off' })).toBeNull();
    expect(openCache({ ASSAY_CACHE_DIR: path.join(folder, 'checkout/cache') })).toBeNull();
    expect(said.join()).toContain('ASSAY_MARKER_KEY');
    expect(
      openCache({ ASSAY_CACHE_DIR: path.join(folder, 'checkout/cache'), ASSAY_MARKER_KEY: 'k' }),
    ).not.toBeNull();
    expect(openCache({ XDG_CACHE_HOME: path.join(folder, 'xdg') })).not.toBeNull();
  });

  test('that cannot be written costs a word, not the run', async () => {
    writeFileSync(path.join(folder, 'file'), '');
    const cache = openCache({ ASSAY_CACHE_DIR: path.join(folder, 'file') });
    await cache?.put('A', KEPT);
    await cache?.put('B', KEPT);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/cannot be kept \(E[A-Z]+\)/);
    expect(await cache?.get('A')).toBeNull();
  });
});
