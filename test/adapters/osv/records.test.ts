// Advisories on the disk: which records of a folder, a zip or a file count, and what is said of those that cannot be read.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PackageRef } from '#domain/package.ts';
import { openAdvisories } from '../../../src/adapters/osv/open-advisories.ts';
import type { OsvWire } from '../../../src/adapters/osv/osv-wire.ts';
import { readOsvRecord } from '../../../src/adapters/osv/read-osv-record.ts';

const ref = (name: string, ecosystem: string | null = 'npm'): PackageRef => ({
  ...{ ecosystem, name, version: '1.0.0' },
  purl: null,
});

const record = (id: string, name: string, modified = '2026-01-02T03:04:05Z', ecosystem = 'npm') =>
  JSON.stringify({
    ...{ id, modified },
    affected: [{ package: { ecosystem, name }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] }],
  });

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-osv-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function wireOf(signal = new AbortController().signal): OsvWire {
  const nothing = () => undefined;
  return {
    fetch: () => Promise.reject(new Error('the network is not asked')),
    sleep: () => Promise.resolve(),
    ...{ now: () => 0, signal, cwd: folder, variables: {} },
    log: {
      ...{ debug: nothing, info: nothing, warn: nothing, error: nothing },
      progress: () => ({ update: nothing, finish: nothing }),
    },
  };
}

const write = (name: string, content: string | Uint8Array) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
};
const zip = (files: Record<string, string | Uint8Array>) =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [
        name,
        typeof content === 'string' ? strToU8(content) : content,
      ]),
    ),
  );
const find = async (where: string, packages = [ref('a')]) =>
  (await openAdvisories(where, wireOf())).find(packages);
const idsOf = (answer: Awaited<ReturnType<typeof find>>) =>
  answer.kind === 'found' ? answer.advisories.map(({ id }) => id) : answer.why;
const gapsOf = (answer: Awaited<ReturnType<typeof find>>) => (answer.kind === 'found' ? answer.gaps : null);

describe('a folder of records', () => {
  test('is read at any depth, as single records, lines and archives; what is about other packages is left out', async () => {
    write('db/npm/C-3.json', record('C-3', 'a'));
    write('db/lines.jsonl', `${record('A-1', 'a')}\n\n${record('X-9', 'other')}\r\n${record('B-2', 'b')}`);
    write('db/pypi/all.zip', zip({ 'D-4.json': record('D-4', 'My_Lib', '2026-03-01T00:00:00.5Z', 'PyPI') }));
    write('db/README.md', 'text');
    write('db/package.json', '{"name":"x"}');
    const answer = await find('db', [ref('a'), ref('b'), ref('my-lib', 'PyPI'), ref('a', null)]);
    expect(idsOf(answer)).toEqual(['A-1', 'B-2', 'C-3', 'D-4']);
    expect(answer).toMatchObject({ gaps: [], newest: '2026-03-01T00:00:00.5Z' });
    expect((await openAdvisories('db', wireOf())).name).toBe('db');
  });

  test('counts the newest of two records with one id', async () => {
    write('db/1.json', record('A-1', 'a', '2026-05-01T00:00:00Z'));
    write('db/2.json', record('A-1', 'b', '2025-01-01T00:00:00Z'));
    const answer = await find('db', [ref('a'), ref('b')]);
    expect(answer.kind === 'found' && answer.advisories[0]?.modified).toBe('2026-05-01T00:00:00Z');
    expect(idsOf(answer)).toEqual(['A-1']);
  });

  test('tells what cannot be read, and the rest counts', async () => {
    write('db/A-1.json', record('A-1', 'a'));
    write('db/broken.json', '{"id": "B-2", ');
    write('db/huge.json', ' '.repeat(17 * 1024 * 1024));
    write('db/broken.zip', Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(300, 7)]));
    symlinkSync(path.join(folder, 'db'), path.join(folder, 'db/loop.json'));
    const answer = await find('db');
    expect(idsOf(answer)).toEqual(['A-1']);
    expect(gapsOf(answer)).toEqual([
      '`broken.json` is no JSON.',
      '`broken.zip` is damaged: it is no whole zip.',
      'A record of `huge.json` has more than the 16777216 bytes that are read.',
      '`loop.json` is no file that can be read.',
    ]);
  });

  test('without a record in it is no source', async () => {
    mkdirSync(path.join(folder, 'empty'));
    expect(await find('empty')).toEqual({
      ...{ kind: 'down', why: 'there is no OSV record in it (.json, .jsonl or .zip).' },
    });
  });

  test('that is not there is a mistake of the command line', async () => {
    await expect(openAdvisories('nowhere', wireOf())).rejects.toMatchObject({ code: 'usage' });
  });

  test('is not read to its end when the run is aborted', async () => {
    write('db/A-1.json', record('A-1', 'a'));
    const source = await openAdvisories('db', wireOf(AbortSignal.abort(new Error('interrupted'))));
    await expect(source.find([ref('a')])).rejects.toThrow('interrupted');
  });
});

describe('a zip of records', () => {
  test('is read whatever the names in it are, and they lead nowhere', async () => {
    const names = [
      '../../escape.json',
      '/abs.json',
      'C:\\x.json',
      '__proto__.json',
      'constructor.json',
      'a/../b.json',
    ];
    write('all.zip', zip(Object.fromEntries(names.map((name, at) => [name, record(`A-${at}`, 'a')]))));
    const answer = await find('all.zip');
    expect(idsOf(answer)).toEqual(['A-0', 'A-1', 'A-2', 'A-3', 'A-4', 'A-5']);
    expect(gapsOf(answer)).toEqual([]);
  });

  test('is known by its first bytes, and may be stored or packed', async () => {
    write(
      'records',
      zipSync({ 'A-1.json': [strToU8(record('A-1', 'a')), { level: 0 }], 'note.txt': strToU8('x') }),
    );
    expect(idsOf(await find('records'))).toEqual(['A-1']);
  });

  test('may not hold bombs: neither one that packs too well nor one that is too large', async () => {
    const bomb = zip({
      'A-1.json': record('A-1', 'a'),
      'zeros.json': new Uint8Array(8 * 1024 * 1024),
      'large.json': new Uint8Array(17 * 1024 * 1024),
    });
    write('bomb.zip', bomb);
    const answer = await find('bomb.zip');
    expect(idsOf(answer)).toEqual(['A-1']);
    expect(gapsOf(answer)).toEqual([
      '`zeros.json` in `bomb.zip` unpacks to far more than any record.',
      '`large.json` in `bomb.zip` has more than the 16777216 bytes that are read.',
    ]);
  });

  test('that lies about the size of an entry gains no room by it', async () => {
    const bytes = Buffer.from(zip({ 'A-1.json': record('A-1', 'a'), 'B-2.json': record('B-2', 'a') }));
    const list = bytes.indexOf(Buffer.from('504b0102', 'hex'));
    bytes.writeUInt32LE(20, list + 24);
    write('lie.zip', bytes);
    const answer = await find('lie.zip');
    expect(idsOf(answer)).toEqual(['B-2']);
    expect(gapsOf(answer)).toHaveLength(1);
  });

  test('that is damaged anywhere is told, and never ends the run', async () => {
    const whole = zip({ 'A-1.json': record('A-1', 'a'), 'B-2.json': record('B-2', 'a') });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 0, max: 255 }),
        fc.boolean(),
        async (at, byte, isCut) => {
          const damaged = Buffer.from(isCut ? whole.slice(0, at) : whole);
          if (!isCut) damaged[at] = byte;
          write('damaged.zip', damaged);
          const answer = await find('damaged.zip');
          expect(['found', 'down']).toContain(answer.kind);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('an OSV record', () => {
  const FULL = {
    id: 'GHSA-xxxx',
    aliases: ['CVE-2026-1', 'GHSA-xxxx', 7],
    related: ['CVE-2026-2'],
    summary: 'Short',
    details: 'Long',
    modified: '2026-01-01T00:00:00Z',
    severity: [
      { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
      { type: 'CVSS_V4', score: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N' },
      { type: 'CVSS_V2', score: 'AV:N/AC:L/Au:N/C:P/I:P/A:P' },
      { type: 'Ubuntu', score: 'low' },
    ],
    database_specific: { severity: 'MODERATE', cwe_ids: ['CWE-79', 'CWE-1321', 'nonsense'] },
    references: [{ type: 'WEB', url: 'https://example.org/a' }, { type: 'WEB' }],
    affected: [
      {
        package: { ecosystem: 'Go', name: 'example.org/m' },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.3' }] }],
        ecosystem_specific: {
          imports: [{ path: 'example.org/m/sub', symbols: ['F', 'T.M'] }, { path: 'example.org/m' }],
        },
      },
      {
        package: { ecosystem: 'crates.io', name: 'crate' },
        versions: ['0.1.0', 3],
        ecosystem_specific: { affects: { functions: ['crate::f', 'crate::f'] } },
        database_specific: { cvss: 'CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' },
      },
      { package: { ecosystem: 'PyPI', name: 'lib' }, ecosystem_specific: { affected_functions: ['lib.f'] } },
      { package: { name: 'without an ecosystem' } },
    ],
  };

  test('keeps what is used of it, and leaves out what is not of the shape', () => {
    const read = readOsvRecord(FULL);
    expect(read).toMatchObject({
      ...{ id: 'GHSA-xxxx', aliases: ['CVE-2026-1'], upstream: ['CVE-2026-2'], summary: 'Short' },
      ...{ severity: 'medium', cwe: [79, 1321], references: ['https://example.org/a'], withdrawn: null },
    });
    expect(read?.ratings.map(({ version }) => version)).toEqual(['3.1', '4.0', '2.0']);
    expect(read?.affected.map(({ name }) => name)).toEqual(['example.org/m', 'crate', 'lib']);
    expect(read?.affected.map(({ symbols }) => symbols)).toEqual([
      [
        { path: 'example.org/m/sub', names: ['F', 'T.M'] },
        { path: 'example.org/m', names: [] },
      ],
      [{ path: null, names: ['crate::f'] }],
      [{ path: null, names: ['lib.f'] }],
    ]);
    expect(read?.affected[1]).toMatchObject({ versions: ['0.1.0'], ratings: [{ version: '3.1' }] });
  });

  test.each([
    [null],
    [7],
    ['text'],
    [[]],
    [{}],
    [{ id: 7 }],
    [{ id: '' }],
    [{ id: '../x' }],
    [{ id: 'a b' }],
    [{ id: 'x'.repeat(600) }],
  ])('is not %j', (value) => {
    expect(readOsvRecord(value)).toBeNull();
  });

  const ODD = [
    ...['null', '7', '1e400', 'true', '""', '"text"', '[]', '{}', '[null,7,"x",{},[]]', '[[[[]]]]'],
    ...['{"__proto__":{"polluted":1}}', '[{"__proto__":{"polluted":1}}]', '{"length":1000000000}'],
    ...['[{"package":{"ecosystem":"npm","name":"a"},"ranges":{"x":1},"versions":7}]', '[{"package":7}]'],
    ...[
      '{"imports":[{"path":7}],"affects":7,"cwe_ids":"CWE-1","severity":[]}',
      '[{"type":"CVSS_V3","score":7}]',
    ],
  ];

  test('is read whatever its members are, and changes no object of ours', () => {
    const member = fc.constantFrom(...Object.keys(FULL), '__proto__', 'constructor');
    fc.assert(
      fc.property(fc.array(fc.tuple(member, fc.constantFrom(...ODD)), { maxLength: 8 }), (odd) => {
        const members = [...Object.entries(FULL).map(([key, value]) => [key, JSON.stringify(value)]), ...odd];
        const text = members.map(([key, json]) => `${JSON.stringify(key)}:${json}`).join();
        expect(readOsvRecord(JSON.parse(`{${text},"id":"X-1"}`))?.id).toBe('X-1');
      }),
      { numRuns: 300 },
    );
    readOsvRecord(
      JSON.parse(
        '{"id":"X","__proto__":{"polluted":1},"affected":[{"package":{"__proto__":{"polluted":1}}}]}',
      ),
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('with a range that is not understood clears nothing', () => {
    const read = readOsvRecord({
      id: 'X-1',
      affected: [
        {
          package: { ecosystem: 'npm', name: 'a' },
          ranges: [{ type: 'LATER', events: [{ since: '1' }] }, 7],
        },
      ],
    });
    expect(read?.affected[0]?.ranges).toHaveLength(2);
    for (const { events } of read?.affected[0]?.ranges ?? [])
      expect(events).toEqual([{ introduced: '(unreadable)' }]);
  });
});
