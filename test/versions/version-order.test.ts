// Which of two versions is newer, ecosystem by ecosystem: tables in the shapes of the published rules, laws, and hostile text.
import { compare as compareByLibrary } from '@renovatebot/pep440';
import fc from 'fast-check';
import { compare as compareSemverByLibrary } from 'semver';
import { describe, expect, it } from 'vitest';
import { versionOrder } from '../../src/versions/version-order.ts';

function orderOf(ecosystem: string) {
  const order = versionOrder(ecosystem);
  if (order === null) throw new Error(`no order for ${ecosystem}`);
  return order;
}

/** Each line from the oldest to the newest; what stands together between commas counts as the same version. */
const ASCENDING: readonly (readonly [ecosystem: string, line: string])[] = [
  [
    'npm',
    '1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0',
  ],
  ['npm', '0.9.9 1.0.0,v1.0.0,=1.0.0,1.0.0+build,1 1.0.1 1.2.0 1.10.0 2.0.0rc1,2.0.0-rc1 2.0.0'],
  ['crates.io', '0.1.0-alpha.9 0.1.0-alpha.10 0.1.0,0.1.0+sys 0.1.1 0.99.0 1.0.0'],
  ['Hex', '1.0.0-dev 1.0.0 1.0.1'],
  ['Pub', '1.0.0-pre 1.0.0-pre+build 1.0.0 1.0.0+1 1.0.0+2 1.0.0+11 1.0.0+a 1.0.1'],
  [
    'Go',
    'v0.0.0-20170915032832-14c0d48ead0c v0.0.0-20191109021931-daa7c04131f5 v0.0.1 v1.2.3-pre v1.2.3-pre.0.20200101000000-abcdefabcdef v1.2.3,1.2.3 v1.2.4-0.20191109021931-daa7c04131f5 v1.2.4',
  ],
  [
    'Go',
    'v1.9.0 v2.0.0+incompatible,v2.0.0 v2.0.1-0.20200101000000-abcdefabcdef+incompatible v2.0.1+incompatible',
  ],
  [
    'Go',
    'go1.18beta1 1.18.0-rc.1,go1.18rc1 1.18.0-rc.2 1.18,1.18.0,go1.18 go1.18.1,go1.18.1 X:boringcrypto 1.19',
  ],
  [
    'PyPI',
    '1.dev0 1.0.dev456 1.0a1 1.0a2.dev456 1.0a12.dev456 1.0a12 1.0b1.dev456 1.0b2 1.0b2.post345.dev456 1.0b2.post345',
  ],
  [
    'PyPI',
    '1.0rc1.dev456 1.0rc1,1.0c1,1.0-pre1,1.0.preview_1,v1.0RC1 1.0,1,1.0.0,01.0 1.0+abc.5 1.0+abc.7 1.0+5 1.0.post456.dev34',
  ],
  ['PyPI', '1.0.post456.dev34 1.0.post456,1.0-456,1.0.rev456,1.0_r456 1.0.15 1.1.dev1 1.1 2013.10 1!0.1'],
  [
    'Maven',
    '1-alpha,1a0,1-alpha-0 1-alpha2snapshot 1-alpha2,1-a2 1-alpha-123 1-beta-2 1-beta123 1-m2,1-milestone-2 1-m11 1-rc,1-cr 1-cr2,1-rc2',
  ],
  [
    'Maven',
    '1-rc123 1-SNAPSHOT,1-snapshot 1,1.0,1.0.0,1-ga,1.final,1-RELEASE,1.0-0 1-sp 1-sp2 1-sp123 1-abc 1-def 1-pom-1 1-1-snapshot 1-1,1-ga-1 1-2 1-123',
  ],
  [
    'Maven',
    '2.0,2,2-0 2.0.a,2-a,2a 2-1,2.0-1 2.0.2 2.0.123 2.1.0,2.1 2.1-a,2.1a 2.1b 2.1-c 2.1-1 2.1.0.1 2.2 2.123 11.a2 11.a11 11.b2 11 11.a',
  ],
  [
    'Maven',
    '1-alpha10,1-0-alpha10 1 1-x-1 1-x.1,1.x.1 3.5.0.Beta-1 3.5.0-CR-2 31.0.1-android,31.0.1.android 31.0.1-jre 31.1-jre',
  ],
  [
    'RubyGems',
    '1.0.a.2 1.0.b1 1.0.rc.1 1.0.rc1.1 1.0,1,1.0.0 1.0.1.pre 1.0.1-1-java 1.0.1,1.0.1-java,1.0.1-x86_64-linux 1.9 1.10',
  ],
  [
    'NuGet',
    '1.0.0-alpha 1.0.0-BETA,1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0,1.0,1,1.0.0.0,1.0.0+git,1.00.0 1.0.0.1-a 1.0.0.1 1.0.1',
  ],
  [
    'Packagist',
    '1.0.0-dev,1.0-dev 1.0.0-alpha1,v1.0a1 1.0.0-beta1,1.0.0-b1 1.0.0-beta2,1.0beta.2 1.0.0-RC1,1.0rc1 1.0.0,1.0,1,v1.0.0,1.0.0-stable,1.0.0+x 1.0.0-p1,1.0-patch1,1.0.0-pl1 1.0.0.1 1.0.1 1.x-dev,1.*-dev 2.0',
  ],
  ['Packagist', '20100102 20100102.0.1 20100103 20100103.1'],
  ['Debian', '0~~ 0~~a 0~ 0,0-0,0:0 0a 0a0b 0+ 0.0 00000000000000000001 1:0~ 1:0 2:0'],
  [
    'Debian:12',
    '1.0~beta1~svn1245 1.0~beta1 1.0 1.0-1~deb12u1 1.0-1 1.0-1+b1 1.0-1+deb12u1 1.0-1.1 1.0-2 1.2.3-1 1.12.3-1 1.12.3-1-1',
  ],
  ['Ubuntu:22.04:LTS', '2.35-0ubuntu3 2.35-0ubuntu3.1 2.35-0ubuntu3.10 2.35-1'],
  [
    'Red Hat:enterprise_linux:9::appstream',
    '1.0~rc1 1.0~rc2 1.0 1.0^20160101 1.0^20160102 1.0a 1.0.1,1.0_1,1.0.001 1.0.10 2 10xyz 10.1xyz 1:0.1',
  ],
  ['Rocky Linux:9', 'xyz.4 2 8 10.0001,10.1 10.0039,10.39 2001'],
  ['SUSE', '5.5p1 5.5p2 5.5p10 5.6p1 6.0 6.0.rc1,6.0rc1 6.5p1 6.5.1'],
  ['AlmaLinux:8', '1.1.1k-9.el8,0:1.1.1k-9.el8 1.1.1k-9.el8_7 1.1.1k-12.el8 1:1.1.1k-1.el8'],
  ['Photon OS:4.0', '1.0~rc1 1.0~rc1^git1 1.0 1.0^git1~pre 1.0^git1 1.0.1'],
  [
    'Alpine:v3.18',
    '0.1_alpha 0.1_alpha2 0.1_beta 0.1_pre 0.1_rc1 0.1 0.1-r0 0.1-r1 0.1-r10 0.1_git20200101 0.1_p1 0.1_p1-r1 0.1a 0.1b',
  ],
  ['Alpine', '1.0 1.0-r1 1.0.09 1.0.1 1.0.9 1.0.10 1.1 1.10 2,02'],
  ['Wolfi', '3.1.4_alpha1_p1 3.1.4 3.1.4~abc 3.1.4_p0 3.1.5'],
  ['Hackage', '1 1.0 1.0.0 1.0.1 1.2 1.10'],
  ['CRAN', '1.0 1.0-1,1.0.1 1.0.1.1 1.2'],
  ['opam', '1.0~beta 1.0 1.0+1 1.1 1.10,v1.10'],
  ['GitHub Actions', 'v3.6.0 v4-beta v4,4.0.0,4.0 v4.0.0.1'],
  ['Root:Alpine:3.18', '1.0_rc1 1.0 1.0-r2'],
];
describe('the order of versions', () => {
  it.each(ASCENDING)('%s: %s', (ecosystem, line) => {
    const order = orderOf(ecosystem);
    const groups = line.split(/ (?!X:)/).map((group) => group.split(','));
    for (const [place, group] of groups.entries())
      for (const [otherPlace, others] of groups.entries())
        for (const version of group)
          for (const other of others) {
            const found = `${version} ${Math.sign(order.compare(version, other))} ${other}`;
            expect(found).toBe(`${version} ${Math.sign(place - otherPlace)} ${other}`);
          }
    expect(groups.flat().filter((version) => !order.isValid(version))).toEqual([]);
  });

  it('takes no text for a version that the ecosystem would not', () => {
    const none: readonly [string, string][] = [
      ['npm', ''],
      ['npm', '1.2.3.4'],
      ['npm', 'latest'],
      ['npm', '1.0.0-'],
      ['crates.io', '1.0.0rc1'],
      ['PyPI', '1.0-foo'],
      ['PyPI', '4.0.6)'],
      ['PyPI', '١.٢'],
      ['Go', 'devel'],
      ['Maven', ''],
      ['Maven', '[1.0,2.0)'],
      ['Maven', `$${'{spring.version}'}`],
      ['RubyGems', 'a.1'],
      ['NuGet', 'v1.0.0'],
      ['NuGet', '1.0.0.0.0'],
      ['Packagist', 'dev-main'],
      ['Debian', '1.0_1'],
      ['Debian', 'a:1.0'],
      ['Red Hat', '1.0 2.0'],
      ['Red Hat', '-'],
      ['Alpine', '1.0_foo1'],
      ['Alpine', '1.0p1'],
      ['Hackage', '1.0-beta'],
      ['npm', '1.0.0\u0000'],
      ['npm', '__proto__'],
    ];
    expect(none.filter(([ecosystem, version]) => orderOf(ecosystem).isValid(version))).toEqual([]);
  });

  it('has none for ecosystems without a published one, nor for names that are not known', () => {
    const without = ['Android', 'OSS-Fuzz', 'FreeBSD:14', 'GIT', 'NPM', '', '__proto__', 'constructor'];
    expect(without.filter((ecosystem) => versionOrder(ecosystem) !== null)).toEqual([]);
  });

  it('knows prereleases; a distribution has none', () => {
    const asked: readonly [string, string, boolean][] = [
      ['npm', '1.0.0-rc.1', true],
      ['npm', '1.0.0+build', false],
      ['PyPI', '1.0.dev1', true],
      ['PyPI', '1.0.post1', false],
      ['Maven', '1.0-SNAPSHOT', true],
      ['Maven', '1.0-M2', true],
      ['Maven', '31.1-jre', false],
      ['Maven', '5.3.0.RELEASE', false],
      ['Go', 'v0.0.0-20191109021931-daa7c04131f5', true],
      ['Go', 'v2.0.0+incompatible', false],
      ['RubyGems', '7.0.0.rc1', true],
      ['RubyGems', '1.15.0-x86_64-linux', false],
      ['NuGet', '1.0.0-preview.2', true],
      ['Packagist', '1.0.0-RC1', true],
      ['Packagist', '1.0.0-p1', false],
      ['Debian', '1.0~rc1-1', false],
      ['Red Hat', '1.0~rc1', false],
      ['Alpine', '1.0_rc1', true],
      ['npm', 'latest', false],
    ];
    const wrong = asked.filter(([ecosystem, version, is]) => orderOf(ecosystem).isPrerelease(version) !== is);
    expect(wrong).toEqual([]);
  });

  it('says whether a step may break callers, where versions tell', () => {
    const steps: readonly [string, string, string, boolean | null][] = [
      ['npm', '1.2.3', '1.9.0', false],
      ['npm', '1.2.3', '2.0.0', true],
      ['npm', '0.2.3', '0.2.9', false],
      ['npm', '0.2.3', '0.3.0', true],
      ['npm', '0.0.3', '0.0.4', true],
      ['crates.io', '0.9.0', '1.0.0', true],
      ['Go', 'v1.2.3', 'v1.4.0', false],
      ['Go', 'v0.0.0-20170915032832-14c0d48ead0c', 'v0.1.0', true],
      ['PyPI', '2.0', '2.31.0', false],
      ['PyPI', '2.31', '3.0', true],
      ['PyPI', '2.0', '1!2.0', true],
      ['PyPI', '0.1', '0.2', false],
      ['Maven', '2.13.0', '2.17.1', false],
      ['Maven', '2.0', '3.0', true],
      ['RubyGems', '6.1.7', '7.0.0', true],
      ['NuGet', '12.0.3', '13.0.1', true],
      ['Packagist', '0.1.0', '0.2.0', true],
      ['Packagist', 'v5.4.0', '5.4.31', false],
      ['Debian:12', '1.0-1', '2.0-1', null],
      ['Red Hat', '1.0-1', '2.0-1', null],
      ['Alpine', '1.0-r0', '2.0-r0', null],
      ['npm', 'latest', '1.0.0', null],
    ];
    const wrong = steps.filter(([ecosystem, from, to, is]) => orderOf(ecosystem).isBreaking(from, to) !== is);
    expect(wrong).toEqual([]);
  });
});

describe('laws that every order keeps', () => {
  const part = fc.constantFrom(
    ...[
      '0',
      '1',
      '2',
      '10',
      '00',
      '01',
      '9007199254740993',
      '9007199254740992',
      '.',
      '.',
      '.',
      '-',
      '-',
      '+',
      '~',
      '^',
    ],
    ...[
      '_',
      ':',
      '!',
      'v',
      'a',
      'b',
      'm',
      'rc',
      'alpha',
      'beta',
      'SNAPSHOT',
      'final',
      'sp',
      'pre',
      'post',
      'dev',
      'p',
    ],
    ...['-r1', '_alpha', '_p1', 'foo', 'x', '~deb1', 'é', '١', '\u0000', ' '],
  );
  const text = fc.array(part, { minLength: 1, maxLength: 7 }).map((parts) => parts.join(''));
  const dotted = fc
    .tuple(
      fc.array(fc.constantFrom('0', '1', '2', '01'), { minLength: 1, maxLength: 3 }),
      fc.oneof(fc.constant(''), text),
    )
    .map(([numbers, rest]) => numbers.join('.') + rest);
  const version = fc.oneof(dotted, text);
  const ecosystems = ['npm', 'PyPI', 'Maven', 'Go', 'RubyGems', 'NuGet', 'Packagist', 'Pub'];
  const systems = ['Debian', 'Red Hat', 'Alpine', 'Hackage', 'opam', 'Bitnami'];

  it.each([...ecosystems, ...systems])(
    '%s: each with itself, either way round, and through a third',
    (ecosystem) => {
      const order = orderOf(ecosystem);
      const sign = (left: string, right: string): number => Math.sign(order.compare(left, right));
      fc.assert(
        fc.property(version, version, version, (first, second, third) => {
          expect(sign(first, first)).toBe(0);
          expect(sign(first, second) + sign(second, first)).toBe(0);
          const [low = '', middle = '', high = ''] = [first, second, third].sort((left, right) =>
            sign(left, right),
          );
          expect(
            [sign(low, middle), sign(middle, high), sign(low, high)].filter((found) => found > 0),
          ).toEqual([]);
          if (sign(low, middle) < 0 || sign(middle, high) < 0) expect(sign(low, high)).toBe(-1);
          else expect(sign(low, high)).toBe(0);
        }),
        { numRuns: 400 },
      );
    },
  );

  it('agrees with the libraries of npm and of PEP 440 where those read both versions', () => {
    const identifiers = fc.array(fc.constantFrom('0', '1', '10', 'a', 'B', 'rc', 'x-1'), {
      minLength: 1,
      maxLength: 3,
    });
    const semver = fc
      .tuple(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(11)), fc.option(identifiers), fc.boolean())
      .map(
        ([numbers, pre, build]) =>
          `${numbers.join('.')}${pre ? `-${pre.join('.')}` : ''}${build ? '+b' : ''}`,
      );
    const python = fc
      .tuple(
        fc.constantFrom('', '1!'),
        fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', 'a1', '-b2', '.rc10'),
        fc.constantFrom('', '.post1', '-2'),
        fc.constantFrom('', '.dev3'),
        fc.constantFrom('', '+1.2', '+abc', '+abc.1'),
      )
      .map(([epoch, numbers, ...rest]) => `${epoch}${numbers.join('.')}${rest.join('')}`);
    fc.assert(
      fc.property(semver, semver, python, python, (one, other, left, right) => {
        expect(orderOf('npm').compare(one, other)).toBe(compareSemverByLibrary(one, other));
        expect(orderOf('PyPI').compare(left, right)).toBe(Math.sign(compareByLibrary(left, right)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('hostile versions', () => {
  const ALL = [
    'npm',
    'PyPI',
    'Maven',
    'Go',
    'RubyGems',
    'NuGet',
    'Packagist',
    'Debian',
    'Red Hat',
    'Alpine',
    'CRAN',
    'opam',
  ];
  const size = 65_536;
  const shapes: readonly [string, string][] = [
    ['digits', '9'.repeat(size)],
    ['digits and a bad end', `${'1'.repeat(size)}_!`],
    ['dots', '1.'.repeat(size / 2)],
    ['dotted numbers and a bad end', `${'1.'.repeat(size / 2)}!`],
    ['hyphens', '1-'.repeat(size / 2)],
    ['turns', '1a'.repeat(size / 2)],
    ['labels', `1.0.0-${'a.1'.repeat(size / 3)}!`],
    ['stabilities', `1.0-beta${'1.'.repeat(size / 2)}!`],
    ['suffixes', `1${'_p1'.repeat(size / 3)}!`],
    ['platforms', `1${'-x86-a'.repeat(size / 6)}!`],
    ['tildes', '~'.repeat(size)],
    ['NUL', '\u0000'.repeat(size)],
    ['digits that are not ASCII', '٣'.repeat(size)],
    ['spaces', ' '.repeat(size)],
  ];

  it('takes numbers of 64 KiB for what they are', () => {
    const huge = '9'.repeat(size);
    for (const ecosystem of ALL.filter((name) => name !== 'Packagist')) {
      const order = orderOf(ecosystem);
      expect([ecosystem, order.compare(`1.${huge}8`, `1.${huge}9`)]).toEqual([ecosystem, -1]);
      expect([ecosystem, order.compare('1.9007199254740993', '1.9007199254740992')]).toEqual([ecosystem, 1]);
    }
  });

  it.each(shapes)('%s: answered at once by every order', (_, version) => {
    const started = performance.now();
    for (const ecosystem of ALL) {
      const order = orderOf(ecosystem);
      expect(order.compare(version, version)).toBe(0);
      expect(Math.abs(order.compare(version, '1.0'))).toBe(1);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('compares 100,000 pairs within a moment', () => {
    const versions = Array.from(
      { length: 1000 },
      (_, index) => `${index % 7}.${index % 31}.${index}-rc.${index % 3}`,
    );
    const order = orderOf('npm');
    const started = performance.now();
    let newer = 0;
    for (let index = 0; index < 100_000; index += 1)
      newer += Number(
        order.compare(versions[index % 1000] ?? '', versions[(index * 7 + 3) % 1000] ?? '') > 0,
      );
    expect(newer).toBeGreaterThan(10_000);
    expect(performance.now() - started).toBeLessThan(1500);
  });
});
