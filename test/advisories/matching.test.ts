// Which advisories hold for a component, and what is told of them.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Advisory, AffectedPackage, RangeEvent } from '#domain/advisory.ts';
import type { PackageRef } from '#domain/package.ts';
import { readOsvRecord } from '../../src/adapters/osv/read-osv-record.ts';
import { createAdvisoryIndex } from '../../src/advisories/advisory-index.ts';
import { toReported } from '../../src/advisories/to-reported.ts';

const ref = (ecosystem: string | null, name: string, version: string | null): PackageRef => ({
  ...{ ecosystem, name, version },
  purl: null,
});

function record(id: string, affected: readonly unknown[], more: Record<string, unknown> = {}): Advisory {
  const read = readOsvRecord({ id, modified: '2025-01-02T03:04:05Z', affected, ...more });
  if (read === null) throw new Error('no record');
  return read;
}

const part = (ecosystem: string, name: string, type: string, ...events: readonly RangeEvent[]) => ({
  package: { ecosystem, name },
  ranges: [{ type, events }],
});

const OWN = [
  record('T-NPM', [part('npm', 'left', 'SEMVER', { introduced: '0' }, { fixed: '1.2.3' })]),
  record('T-LINES', [
    part(
      'npm',
      'lines',
      'SEMVER',
      { introduced: '1.0.0' },
      { fixed: '1.4.2' },
      { introduced: '2.0.0' },
      { fixed: '2.0.1' },
    ),
  ]),
  record('T-LAST', [part('npm', 'last', 'SEMVER', { introduced: '1.0.0' }, { last_affected: '1.5.0' })]),
  record('T-PRE', [part('npm', 'pre', 'SEMVER', { introduced: '0' }, { fixed: '2.0.0' })]),
  record('T-PY', [part('PyPI', 'My_Package', 'ECOSYSTEM', { introduced: '0' }, { fixed: '1.0' })]),
  record('T-GO', [
    part(
      'Go',
      'example.org/mod',
      'SEMVER',
      { introduced: '0' },
      { fixed: '0.0.0-20220101000000-abcdefabcdef' },
    ),
  ]),
  record('T-MVN', [
    part('Maven', 'org.example:lib', 'ECOSYSTEM', { introduced: '2.0-beta9' }, { fixed: '2.15.0' }),
  ]),
  record('T-GEM', [part('RubyGems', 'gem', 'ECOSYSTEM', { introduced: '0' }, { fixed: '3.0.0' })]),
  record('T-RUST', [part('crates.io', 'crate', 'SEMVER', { introduced: '0.1.0' }, { fixed: '0.2.0' })]),
  record('T-PHP', [part('Packagist', 'Vendor/Name', 'ECOSYSTEM', { introduced: '0' }, { fixed: '1.1.0' })]),
  record('T-NET', [part('NuGet', 'Some.Lib', 'ECOSYSTEM', { introduced: '0' }, { fixed: '1.0.0.2' })]),
  record('T-DEB', [
    part('Debian:11', 'openssl', 'ECOSYSTEM', { introduced: '0' }, { fixed: '1.1.1n-0+deb11u4' }),
  ]),
  record('T-DEB-ALL', [part('Debian', 'zlib', 'ECOSYSTEM', { introduced: '0' }, { fixed: '1:1.2.13' })]),
  record('T-LISTED', [{ package: { ecosystem: 'npm', name: 'listed' }, versions: ['1.0.0', '1.0.1'] }]),
  record('T-GIT', [part('npm', 'commits', 'GIT', { introduced: '0' }, { fixed: 'abc' })]),
  record('T-ODD', [part('npm', 'odd', 'NEW-KIND', { introduced: '0' }, { fixed: '9.0.0' })]),
  record('T-GONE', [part('npm', 'left', 'SEMVER', { introduced: '0' })], {
    withdrawn: '2025-02-02T00:00:00Z',
  }),
];

/** Own truth: what each record means for a version, worked out by hand. */
const TRUTH: readonly (readonly [string, string, string, string | null, 'affected' | 'unknown' | 'no'])[] = [
  ['T-NPM', 'npm', 'left', '1.2.2', 'affected'],
  ['T-NPM', 'npm', 'left', '1.2.3', 'no'],
  ['T-NPM', 'npm', 'left', '1.2.3-rc.1', 'affected'],
  ['T-NPM', 'npm', 'left', null, 'unknown'],
  ['T-NPM', 'npm', 'left', 'no version', 'unknown'],
  ['T-NPM', 'npm', 'Left', '1.0.0', 'no'],
  ['T-NPM', 'PyPI', 'left', '1.0.0', 'no'],
  ['T-GONE', 'npm', 'left', '1.0.0', 'no'],
  ['T-LINES', 'npm', 'lines', '0.9.0', 'no'],
  ['T-LINES', 'npm', 'lines', '1.4.1', 'affected'],
  ['T-LINES', 'npm', 'lines', '1.4.2', 'no'],
  ['T-LINES', 'npm', 'lines', '2.0.0', 'affected'],
  ['T-LINES', 'npm', 'lines', '2.0.1', 'no'],
  ['T-LAST', 'npm', 'last', '1.5.0', 'affected'],
  ['T-LAST', 'npm', 'last', '1.5.1', 'no'],
  ['T-PRE', 'npm', 'pre', '2.0.0-beta.1', 'affected'],
  ['T-PY', 'PyPI', 'my.package', '1.0rc1', 'affected'],
  ['T-PY', 'PyPI', 'my-package', '1.0.post1', 'no'],
  ['T-GO', 'Go', 'example.org/mod', 'v0.0.0-20211231000000-000000000000', 'affected'],
  ['T-GO', 'Go', 'example.org/mod', '0.0.0-20230101000000-000000000000', 'no'],
  ['T-MVN', 'Maven', 'org.example:lib', '2.14.1', 'affected'],
  ['T-MVN', 'Maven', 'org.example:lib', '2.0-beta8', 'no'],
  ['T-GEM', 'RubyGems', 'gem', '3.0.0.pre1', 'affected'],
  ['T-RUST', 'crates.io', 'crate', '0.0.9', 'no'],
  ['T-PHP', 'Packagist', 'vendor/name', '1.0.9', 'affected'],
  ['T-NET', 'NuGet', 'some.lib', '1.0.0.1', 'affected'],
  ['T-DEB', 'Debian:11', 'openssl', '1.1.1n-0+deb11u3', 'affected'],
  ['T-DEB', 'Debian:12', 'openssl', '1.1.1n-0+deb11u3', 'no'],
  ['T-DEB', 'Debian', 'openssl', '1.1.1n-0+deb11u3', 'unknown'],
  ['T-DEB', 'Debian', 'openssl', '3.0.0', 'no'],
  ['T-DEB-ALL', 'Debian:11', 'zlib', '1:1.2.11', 'affected'],
  ['T-DEB-ALL', 'Debian', 'zlib', '1:1.2.11', 'affected'],
  ['T-LISTED', 'npm', 'listed', '1.0.1', 'affected'],
  ['T-LISTED', 'npm', 'listed', '1.0.2', 'no'],
  ['T-GIT', 'npm', 'commits', '1.0.0', 'unknown'],
  ['T-ODD', 'npm', 'odd', '1.0.0', 'unknown'],
];

describe('an index of advisories', () => {
  const index = createAdvisoryIndex(OWN);

  test.each(TRUTH)('%s for %s %s %s: %s', (id, ecosystem, name, version, expected) => {
    const found = index.match(ref(ecosystem, name, version)).find(({ advisory }) => advisory.id === id);
    expect(found?.answer ?? 'no').toBe(expected);
  });

  test('says nothing of a package whose ecosystem is not known', () => {
    expect(index.match(ref(null, 'left', '1.0.0'))).toEqual([]);
  });

  test('speaks of every part about a package, but not of another release, nor of what was taken back', () => {
    const ids = (ecosystem: string, name: string) =>
      index.speakingOf(ecosystem, name).map(({ advisory }) => advisory.id);
    expect(ids('npm', 'left')).toEqual(['T-NPM']);
    expect(ids('Debian:11', 'openssl')).toEqual(['T-DEB']);
    expect(ids('Debian:12', 'openssl')).toEqual([]);
    expect(ids('Debian', 'openssl')).toEqual([]);
    expect(ids('Debian:12', 'zlib')).toEqual(['T-DEB-ALL']);
    expect(ids('PyPI', 'MY-package')).toEqual(['T-PY']);
    expect(ids('npm', '__proto__')).toEqual([]);
  });

  test('takes long-term releases of Ubuntu and releases of Alpine for the same however they are written', () => {
    const releases = createAdvisoryIndex([
      record('T-U', [part('Ubuntu:22.04:LTS', 'curl', 'ECOSYSTEM', { introduced: '0' })]),
      record('T-PRO', [part('Ubuntu:Pro:22.04:LTS', 'curl', 'ECOSYSTEM', { introduced: '0' })]),
      record('T-A', [part('Alpine:v3.18', 'curl', 'ECOSYSTEM', { introduced: '0' })]),
    ]);
    const ids = (ecosystem: string) =>
      releases.match(ref(ecosystem, 'curl', '1.0')).map(({ advisory }) => advisory.id);
    expect(ids('Ubuntu:22.04')).toEqual(['T-U']);
    expect(ids('Ubuntu:22.04:LTS')).toEqual(['T-U']);
    expect(ids('Alpine:3.18')).toEqual(['T-A']);
    expect(ids('Alpine:v3.17')).toEqual([]);
  });

  test('matches an advisory with several parts about a package once, by the part that affects it', () => {
    const several = createAdvisoryIndex([
      record('T-TWO', [
        part('npm', 'two', 'GIT', { introduced: '0' }),
        part('npm', 'two', 'SEMVER', { introduced: '1.0.0' }, { fixed: '1.1.0' }),
        part('npm', 'two', 'SEMVER', { introduced: '2.0.0' }, { fixed: '2.1.0' }),
      ]),
    ]);
    const [match, ...more] = several.match(ref('npm', 'two', '2.0.5'));
    expect(more).toEqual([]);
    expect(match?.answer).toBe('affected');
    expect(match?.affected.ranges[0]?.events[0]).toEqual({ introduced: '2.0.0' });
  });

  test('gives the names of every vulnerability that stands', () => {
    const named = createAdvisoryIndex([
      record('GHSA-a', [], { aliases: ['CVE-2025-1', 'GHSA-a'] }),
      record('GHSA-b', [], { aliases: ['CVE-2025-2'], withdrawn: '2025-01-01T00:00:00Z' }),
    ]);
    expect([...named.aliases]).toEqual([{ names: ['GHSA-a', 'CVE-2025-1'], packages: [] }]);
  });

  test('answers for any advisory as looking at each of them does', () => {
    const names = fc.constantFrom('a', 'b', 'A-b', 'a_B');
    const ecosystems = fc.constantFrom('npm', 'PyPI', 'Debian:11', 'Debian');
    const versions = fc.constantFrom('0.1', '1.0.0', '1.5.0', '2.0.0');
    const drafts = fc.array(fc.tuple(ecosystems, names, versions, fc.boolean()), { maxLength: 12 });
    const advisories = drafts.map((all) =>
      all.map(([ecosystem, name, fixed, gone], at) =>
        record(`R-${at}`, [part(ecosystem, name, 'ECOSYSTEM', { introduced: '0' }, { fixed })], {
          withdrawn: gone ? '2025-01-01T00:00:00Z' : null,
        }),
      ),
    );
    fc.assert(
      fc.property(advisories, ecosystems, names, versions, (all, ecosystem, name, version) => {
        const one = ref(ecosystem, name, version);
        const together = createAdvisoryIndex(all).match(one);
        const apart = all.flatMap((advisory) => createAdvisoryIndex([advisory]).match(one));
        expect(together).toEqual(apart);
      }),
      { numRuns: 100 },
    );
  });
});

describe('an advisory as a reported vulnerability', () => {
  const advisory = record(
    'GHSA-z',
    [
      part('npm', 'lib', 'SEMVER', { introduced: '0' }, { fixed: '1.4.2' }),
      part(
        'npm',
        'lib',
        'SEMVER',
        { introduced: '2.0.0' },
        { last_affected: '2.3.0' },
        { introduced: '3.0.0' },
      ),
      part('npm', 'other', 'SEMVER', { introduced: '0' }, { fixed: '7.0.0' }),
    ],
    {
      aliases: ['CVE-2025-9'],
      summary: 'Bad things',
      severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
    },
  );

  test('names the fixes of all its parts about the package, and the range in words', () => {
    const [first, second] = advisory.affected;
    const told = toReported(advisory, second as AffectedPackage);
    expect(told).toMatchObject({
      id: 'GHSA-z',
      aliases: ['CVE-2025-9'],
      title: 'Bad things',
      severity: 'critical',
      fixedIn: ['1.4.2'],
      affected: '>=2.0.0, <=2.3.0 || >=3.0.0',
      url: 'https://osv.dev/vulnerability/GHSA-z',
    });
    expect(told.ratings).toEqual([
      { vector: expect.stringContaining('CVSS:3.1'), score: 9.8, version: '3.1' },
    ]);
    expect(toReported(advisory, first as AffectedPackage).affected).toBe('<1.4.2');
  });

  test('has no fix and no range where only commits are told, and versions one by one where those are', () => {
    const commits = record('T', [part('npm', 'c', 'GIT', { introduced: '0' }, { fixed: 'abc' })]);
    const listed = record('T', [{ package: { ecosystem: 'npm', name: 'l' }, versions: ['1.0.0', '1.0.1'] }], {
      details: 'First line.\nSecond.',
    });
    expect(toReported(commits, commits.affected[0] as AffectedPackage)).toMatchObject({
      fixedIn: [],
      affected: null,
    });
    expect(toReported(listed, listed.affected[0] as AffectedPackage)).toMatchObject({
      ...{ affected: '1.0.0, 1.0.1', title: 'First line.', severity: null },
    });
  });
});

// With ASSAY_CORPUS=<folder of real data>, whose sca/osv-held-truth.csv has what api.osv.dev answered about records in osv/records.jsonl.
const corpus = process.env.ASSAY_CORPUS ?? '';
const truthFile = path.join(corpus, 'sca/osv-held-truth.csv');
if (corpus !== '' && existsSync(truthFile)) {
  test('the recorded answers of api.osv.dev are reproduced: precision and recall 1.0', () => {
    const lines = (file: string) => readFileSync(file, 'utf8').trim().split('\n');
    const records = lines(path.join(corpus, 'osv/records.jsonl')).map((line) =>
      readOsvRecord(JSON.parse(line)),
    );
    expect(records).not.toContain(null);
    const index = createAdvisoryIndex(records.filter((one) => one !== null));
    const rows = lines(truthFile)
      .slice(1)
      .map((line) => line.split(','));
    const wrong = rows.filter(([id = '', ecosystem = '', name = '', version = '', affected]) => {
      const found = index.match(ref(ecosystem, name, version)).find(({ advisory }) => advisory.id === id);
      return String(found?.answer === 'affected') !== affected;
    });
    expect(rows).toHaveLength(330);
    expect(wrong).toEqual([]);
  });
}
