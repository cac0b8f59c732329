// Whether a version is one that an advisory means, lies in a `vers:` range, and whether two names are one package.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AffectedPackage, AffectedRange, RangeEvent } from '#domain/advisory.ts';
import { inVersRange } from '../../src/versions/in-vers-range.ts';
import { isAffected } from '../../src/versions/is-affected.ts';
import { normaliseName } from '../../src/versions/normalise-name.ts';

function affected(
  ecosystem: string,
  ranges: readonly AffectedRange[],
  versions: readonly string[] = [],
): AffectedPackage {
  return { ecosystem, name: 'sample', ranges, versions, symbols: [], ratings: [] };
}

function range(type: AffectedRange['type'], ...events: readonly RangeEvent[]): AffectedRange {
  return { type, events };
}

function answers(subject: AffectedPackage, versions: string): string {
  const marks = { affected: '+', not_affected: '-', unknown: '?' } as const;
  return versions
    .split(' ')
    .map((version) => marks[isAffected(subject, version)])
    .join('');
}

describe('an advisory and a version', () => {
  it('is met from where it begins to before its fix', () => {
    const subject = affected('npm', [range('SEMVER', { introduced: '1.2.0' }, { fixed: '1.4.1' })]);
    expect(answers(subject, '1.1.9 1.2.0-rc.1 1.2.0 1.4.0 1.4.1-beta.1 1.4.1 2.0.0')).toBe('--+++--');
  });

  it('is met by the last affected version, and by none after it', () => {
    const subject = affected('PyPI', [range('ECOSYSTEM', { introduced: '0' }, { last_affected: '2.0' })]);
    expect(answers(subject, '0.dev1 1.0 2.0.0 2.0.post1 2.1')).toBe('+++--');
    const one = affected('PyPI', [range('ECOSYSTEM', { last_affected: '2.0' }, { introduced: '2.0' })]);
    expect(answers(one, '1.9 2.0 2.1')).toBe('-+-');
  });

  it('is met again where it begins again, in whatever order the events stand', () => {
    const subject = affected('Go', [
      range(
        'SEMVER',
        { fixed: '1.20.5' },
        { introduced: '1.21.0-0' },
        { introduced: '0' },
        { fixed: '1.21.2' },
      ),
    ]);
    expect(answers(subject, '1.19 go1.20.4 1.20.5 go1.21rc1 1.21 1.21.2')).toBe('++-++-');
    const seamless = affected('Go', [
      range(
        'SEMVER',
        { introduced: '1.0.0' },
        { fixed: '1.1.0' },
        { introduced: '1.1.0' },
        { fixed: '1.2.0' },
      ),
    ]);
    expect(answers(seamless, 'v1.0.5 v1.1.0 v1.2.0')).toBe('++-');
    const never = affected('Go', [range('SEMVER', { introduced: '0' }, { fixed: '0' })]);
    expect(answers(never, 'v1.0.0')).toBe('-');
  });

  it('reaches no further than its limits; a star is none', () => {
    const limited = affected('npm', [
      range('SEMVER', { introduced: '1.0.0' }, { limit: '2.0.0' }, { limit: '3.0.0' }),
    ]);
    expect(answers(limited, '0.9.0 1.5.0 2.5.0 3.0.0')).toBe('-++-');
    const open = affected('npm', [range('SEMVER', { introduced: '1.0.0' }, { limit: '*' })]);
    expect(answers(open, '0.9.0 99.0.0')).toBe('-+');
  });

  it('is met by any of several ranges, and by a listed version whatever the ranges say', () => {
    const subject = affected(
      'Maven',
      [
        range('ECOSYSTEM', { introduced: '2.0' }, { fixed: '2.12.2' }),
        range('ECOSYSTEM', { introduced: '2.13.0' }, { fixed: '2.16.0' }),
      ],
      ['1.0-special'],
    );
    expect(answers(subject, '2.12.1 2.12.2 2.13.0 2.15 2.16.0 1.0-special 1.0')).toBe('+-++-+-');
  });

  it('knows a listed version by another spelling', () => {
    expect(answers(affected('Packagist', [], ['2.0.5']), '2.0.5 v2.0.5 2.0.6 dev-main')).toBe('++--');
    expect(answers(affected('PyPI', [], ['1.0rc1']), '1.0.c1 1.0')).toBe('+-');
  });

  it('stays open where only commits tell, or nothing does', () => {
    const commits = range('GIT', { introduced: '8209fb9b9a41' }, { fixed: '9a7f09383dd3' });
    expect(answers(affected('OSS-Fuzz', [commits], ['v30.0']), 'v30.0 v31.0')).toBe('+?');
    expect(
      answers(
        affected('PyPI', [commits, range('ECOSYSTEM', { introduced: '0' }, { fixed: '2.0' })]),
        '1.0 2.0',
      ),
    ).toBe('+-');
    expect(answers(affected('npm', []), '1.0.0')).toBe('?');
    expect(answers(affected('Android', [range('ECOSYSTEM', { introduced: '0' })]), '13')).toBe('?');
  });

  it('stays open where the version, or a bound, is none', () => {
    const sound = range('SEMVER', { introduced: '0' }, { fixed: '2.0.0' });
    const broken = range('SEMVER', { introduced: '3.2.14)' }, { last_affected: '3.2.14)' });
    expect(answers(affected('npm', [sound]), 'latest 1.0.0')).toBe('?+');
    expect(answers(affected('PyPI', [broken]), '3.2.14')).toBe('?');
    expect(answers(affected('PyPI', [broken, sound]), '1.0 3.0')).toBe('+?');
  });

  it('reads SEMVER ranges of other ecosystems as SemVer where they are, else as the ecosystem does', () => {
    const subject = affected('PyPI', [range('SEMVER', { introduced: '0' }, { fixed: '2.0.0' })]);
    expect(answers(subject, '1.9.0 2.0.0-rc.1 2.0rc1 2.0.0')).toBe('+++-');
  });

  it('follows the release that an ecosystem names', () => {
    const subject = affected('Debian:12', [
      range('ECOSYSTEM', { introduced: '0' }, { fixed: '3.20230808.1~deb12u1' }),
    ]);
    expect(answers(subject, '3.20230808.1~deb11u1 3.20230808.1~deb12u1 3.20230808.1 1:1.0')).toBe('+---');
  });
});

describe('a vers range', () => {
  it.each([
    ['vers:npm/1.2.3|>=2.0.0|<5.0.0', '1.2.3 2.0.0 4.9.9', '1.2.4 5.0.0'],
    ['vers:npm/>=1.0.0|<1.2.3', '1.0.0 1.2.2', '0.9.0 1.2.3'],
    ['vers:pypi/0.0.0|0.0.1|0.0.2|0.0.3|1.0|2.0pre1', '0.0.1 1.0.0 2.0rc1', '1.1 2.0'],
    [
      'vers:maven/>=1.0.0-beta1|<=1.7.5|>=7.0.0-M1|<=7.0.7',
      '1.0.0-beta1 1.7.5 7.0.0 7.0.7',
      '1.0.0-alpha1 1.8 7.0.8',
    ],
    ['vers:deb/*', '1.0-1', ''],
    ['vers:deb/<1%3A2.0-1', '9.0 1:1.0', '1:2.0-1'],
    ['vers:golang/>=v1.0.0|!=v1.1.0', 'v1.0.0 v1.2.0', 'v1.1.0 v0.9.0'],
    ['vers:gem/!=1.5', '1.4', '1.5.0'],
    ['vers:rpm/<=1.0-2.el9', '1.0-1.el9 1.0-2.el9', '1.0-10.el9'],
    ['vers:alpine/<1.0-r2', '1.0-r1', '1.0-r10'],
    ['vers:nuget/ >= 1.0.0 | < 2.0.0 ', '1.5', '2.0'],
    ['vers:npm/<2.0.0|>=1.0.0||', '1.5.0', '2.0.0'],
    ['vers:intdot/>=1.10|<2', '1.11 1.10.0', '1.9 2'],
    ['vers:all/*', 'anything', ''],
    ['vers:none/*', '', 'anything'],
  ])('%s holds %s and not %s', (vers, inside, outside) => {
    const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
    expect(words(inside).filter((version) => inVersRange(vers, version) !== true)).toEqual([]);
    expect(words(outside).filter((version) => inVersRange(vers, version) !== false)).toEqual([]);
  });

  it('that breaks the rules, or has no order, is not guessed at', () => {
    const broken = [
      'vers:npm/>=1.0.0|>=2.0.0',
      'vers:npm/<1.0.0|<2.0.0',
      'vers:npm/1.0.0|!=1.0.0',
      'vers:npm/*|1.0.0',
      'vers:npm/',
      'vers:npm/>=',
      'vers:npm/%zz',
      'VERS:npm/*',
      'npm/1.0.0',
      'vers:generic/1.0.0',
      'vers:__proto__/*',
      `vers:npm/${'1.0.0|'.repeat(20_000)}`,
    ];
    expect(broken.filter((vers) => inVersRange(vers, '1.0.0') !== null)).toEqual([]);
    expect(inVersRange('vers:npm/>=1.0.0', 'latest')).toBeNull();
  });
});

describe('names', () => {
  it.each([
    ['PyPI', 'Foo.Bar__baz-._qux', 'foo-bar-baz-qux'],
    ['Packagist', 'Symfony/HTTP-Kernel', 'symfony/http-kernel'],
    ['NuGet', 'Newtonsoft.Json', 'newtonsoft.json'],
    ['npm', '@Scope/Name', '@Scope/Name'],
    ['Go', 'github.com/BurntSushi/toml', 'github.com/BurntSushi/toml'],
    ['Maven', 'org.Example:Thing', 'org.Example:Thing'],
    ['Debian:12', ' libc6 ', 'libc6'],
  ])('%s: %s is %s', (ecosystem, name, normal) => {
    expect(normaliseName(ecosystem, name)).toBe(normal);
    expect(normaliseName(ecosystem, normal)).toBe(normal);
  });
});

// ASSAY_CORPUS is a folder with `osv/records.jsonl` and the truth tables `sca/*.csv`.
const corpus = process.env.ASSAY_CORPUS;
if (corpus !== undefined) {
  const bound = z.string().exactOptional();
  const Event = z.object({ introduced: bound, fixed: bound, last_affected: bound, limit: bound });
  const Affected = z.object({
    package: z.object({ ecosystem: z.string(), name: z.string() }),
    ranges: z
      .array(
        z.object({
          type: z.enum(['SEMVER', 'ECOSYSTEM', 'GIT']),
          events: z.array(Event),
        }),
      )
      .default([]),
    versions: z.array(z.string()).default([]),
  });
  const OsvRecord = z.object({ id: z.string(), affected: z.array(Affected).default([]) });

  describe('the truth tables', () => {
    const records = new Map(
      readFileSync(join(corpus, 'osv/records.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => OsvRecord.parse(JSON.parse(line)))
        .map((record) => [record.id, record]),
    );

    it.each([
      ['version-cases.csv', 1110],
      ['osv-held-truth.csv', 330],
    ])('%s: all %d rows hold', (file, count) => {
      const rows = readFileSync(join(corpus, 'sca', file), 'utf8')
        .trim()
        .split(/\r?\n/)
        .slice(1);
      const wrong = rows.filter((row) => {
        const [id = '', ecosystem = '', name = '', version = '', truth] = row.split(',');
        const found = (records.get(id)?.affected ?? [])
          .filter(({ package: { ecosystem: theirs } }) => theirs === ecosystem)
          .filter(
            ({ package: { name: theirs } }) =>
              normaliseName(ecosystem, theirs) === normaliseName(ecosystem, name),
          )
          .map(({ ranges, versions }) => isAffected(affected(ecosystem, ranges, versions), version));
        const isMet = found.includes('affected');
        const isClear = found.length > 0 && found.every((answer) => answer === 'not_affected');
        return truth === 'true' ? !isMet : !isClear;
      });
      expect(wrong).toEqual([]);
      expect(rows).toHaveLength(count);
    });
  });
}
