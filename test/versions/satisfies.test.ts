// Which versions a manifest's constraint admits, each ecosystem in its own language; and the smallest version that does.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { satisfies } from '../../src/versions/satisfies.ts';
import { versionOrder } from '../../src/versions/version-order.ts';

/** Constraint, what it admits, what it does not. */
type Row = readonly [constraint: string, admits: string, refuses: string];

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  npm: [
    ['^1.2.3', '1.2.3 1.9.0', '1.2.2 2.0.0 2.0.0-rc.1 1.5.0-beta.1'],
    ['^0.2.3', '0.2.3 0.2.9', '0.3.0 1.0.0'],
    ['~1.2', '1.2.0 1.2.9', '1.3.0'],
    ['1.x || >=2.5.0 || 5.0.0 - 7.2.3', '1.4.0 2.5.1 6.0.0', '2.4.0'],
    ['>=1.2.3-beta.2 <2', '1.2.3-beta.3 1.9.9', '1.2.3-beta.1 1.4.0-beta.3'],
    ['*', '0.0.1 9.9.9', '1.0.0-rc.1'],
    ['1.2.3', '1.2.3 v1.2.3 1.2.3+build', '1.2.4'],
    ['npm:@scope/other@^1.0.0', '1.1.0', '2.0.0'],
  ],
  PyPI: [
    ['==2.1.*', '2.1 2.1.0 2.1.9 2.1.post1', '2.2 2.10'],
    ['!=2.1.*', '2.2 2.0', '2.1.3'],
    ['~=2.2', '2.2 2.9 2.2.post3', '2.1 3.0'],
    ['~= 1.4.5', '1.4.5 1.4.9', '1.5 1.4.4'],
    ['>=1.0, <2.0, !=1.5', '1.0 1.9.9 1.5.1', '2.0 1.5 0.9 1.9rc1'],
    ['>1.7', '1.7.1 1.8', '1.7.0 1.7.0.post1 1.7+local'],
    ['>1.7.post2', '1.7.1 1.7.0.post3', '1.7.0 1.7.post1'],
    ['<2.0', '1.9', '2.0rc1 2.0'],
    ['<2.0rc2', '2.0rc1 1.9', '2.0rc2 2.0'],
    ['==1.0', '1.0 1 1.0.0+cu118', '1.0.1 1.0.post1'],
    ['==1.0+cu118', '1.0+cu118', '1.0 1.0+cu117'],
    ['===1.0+downstream1', '1.0+DOWNSTREAM1', '1.0'],
    ['(>=1.0)', '1.0', '0.9'],
    ['', '1.0 2.0', '2.0a1'],
    ['^1.2.3', '1.2.3 1.9', '2.0 2.0a1'],
    ['^0.2', '0.2.5', '0.3'],
    ['~1.2', '1.2.9', '1.3'],
    ['1.2.* || >=3', '1.2.1 3.1', '1.3'],
    ['1!2.*', '1!2.5', '2.5'],
  ],
  Maven: [
    ['1.0', '0.9 1.0 2.0', ''],
    ['[1.0]', '1.0 1.0.0', '1.0.1'],
    ['[1.0,2.0)', '1.0 1.9.9 2.0-rc1', '0.9 2.0'],
    ['(1.0,2.0]', '1.0.1 2.0', '1.0 2.0.1'],
    ['(,1.0]', '0.1 1.0', '1.1'],
    ['[1.5,)', '1.5 9', '1.4'],
    ['(,1.0],[1.2,)', '1.0 1.2 2.0', '1.1'],
    ['(,1.1),(1.1,)', '1.0 1.2', '1.1'],
    ['[1.0, 2.0[', '1.9', '2.0'],
    [']1.0, 2.0]', '2.0', '1.0'],
    ['1.+', '1.9 1', '2.0 11.0'],
    ['1.7.25!!', '1.7.25', '1.7.26'],
    ['[1.7,1.8[!!1.7.25', '1.7.25 1.7.30', '1.8'],
  ],
  Go: [
    ['v1.2.3', 'v1.2.3 v1.9.0 1.2.4', 'v1.2.2 v1.2.3-pre'],
    [
      'v0.0.0-20191109021931-daa7c04131f5',
      'v0.0.0-20200101000000-abcdefabcdef v0.1.0',
      'v0.0.0-20180101000000-abcdefabcdef',
    ],
    ['v2.0.0+incompatible // indirect', 'v2.1.0+incompatible', 'v1.0.0'],
  ],
  'crates.io': [
    ['1.2.3', '1.2.3 1.9.0', '2.0.0 1.2.2'],
    ['0.2', '0.2.0 0.2.9', '0.3.0'],
    ['0.0.3', '0.0.3', '0.0.4'],
    ['=1.2.3', '1.2.3', '1.2.4'],
    ['~1.2', '1.2.9', '1.3.0'],
    ['1.*', '1.9.0', '2.0.0'],
    ['>=1.2, <1.5', '1.4.9', '1.5.0'],
    ['*', '3.0.0', ''],
  ],
  RubyGems: [
    ['~> 2.3', '2.3 2.9.1', '3.0 3.0.rc1 2.2'],
    ['~> 2.3.1', '2.3.1 2.3.9', '2.4 2.4.0.pre'],
    ['~> 2', '2.0 2.9', '3.0'],
    ['~> 1.0.0.rc1', '1.0.0.rc1 1.0.0 1.0.5', '1.1'],
    ['>= 1.0, < 2', '1.5 2.0.rc1', '2.0'],
    ['!= 1.5', '1.4', '1.5.0'],
    ['= 1.5', '1.5.0', '1.5.1'],
    ['1.5', '1.5', '1.6'],
  ],
  NuGet: [
    ['1.0', '1.0 2.0.0', '0.9 1.0.0-beta'],
    ['[1.0]', '1.0.0.0', '1.0.1'],
    ['(1.0,)', '1.0.1', '1.0'],
    ['(,1.0]', '0.1 1.0', '1.1'],
    ['[1.0,2.0)', '1.0 1.9', '2.0'],
    ['1.*', '1.0 1.9.9', '2.0 0.9 1.5.0-beta'],
    ['1.2.*', '1.2.9', '1.3.0'],
    ['*', '5.0', '5.0-rc'],
    ['*-*', '5.0 5.0-rc', ''],
    ['1.*-*', '1.5.0-beta', '2.0.0-beta'],
    ['1.2.3-rc.*', '1.2.3-rc.4 1.2.3', '1.2.3-beta 1.2.4'],
    ['[1.*,2.0)', '1.0.0', '2.0.0'],
  ],
  Packagist: [
    ['^1.2.3', '1.2.3 1.2.3-beta1 v1.9.9', '1.2.2 2.0.0 2.0.0-alpha1'],
    ['^0.3', '0.3.0 0.3.9', '0.4.0'],
    ['^0.0.3', '0.0.3', '0.0.4'],
    ['^1.0@beta', '1.5.0', '2.0'],
    ['~1.2', '1.2.0 1.9.9', '2.0.0'],
    ['~1.2.3', '1.2.9', '1.3.0'],
    ['~1', '1.9', '2.0'],
    ['1.0.*', '1.0.9', '1.1.0'],
    ['1.0 - 2.0', '1.0.0 2.0.9', '2.1.0'],
    ['1.0.0 - 2.1.0', '2.1.0', '2.1.1'],
    ['>=1.0 <1.1 || >=1.2', '1.0.5 1.3.0', '1.1.0'],
    ['>=1.0,<2.0,!=1.5.0', '1.4.0', '1.5.0 2.0.0'],
    ['^5.0|^6.0', '5.4.1 6.1.0', '7.0.0'],
    ['1.2.3', 'v1.2.3 1.2.3.0', '1.2.4'],
    ['>1.0', '1.0.1', '1.0.0'],
    ['<=1.0', '1.0.0', '1.0.1'],
    ['*', '0.1 9.9', ''],
    ['@dev', '1.0.0-dev', ''],
    ['1.0.x-dev as 1.0.5', '1.0.x-dev', '1.0.5'],
  ],
  Hex: [
    ['~> 2.0', '2.0.0 2.9.0', '3.0.0 3.0.0-rc.1'],
    ['~> 2.0.1', '2.0.9', '2.1.0'],
    ['>= 1.0.0 and < 2.0.0', '1.5.0', '2.0.0'],
    ['== 1.0.0 or >= 3.0.0', '1.0.0 3.1.0', '2.0.0'],
  ],
  Pub: [
    ['^1.2.3', '1.2.3 1.5.0-beta', '2.0.0 2.0.0-dev'],
    ['^0.1.2', '0.1.9', '0.2.0'],
    ['>=1.0.0 <2.0.0', '1.9.0', '2.0.0 2.0.0-dev'],
    ['any', '9.0.0', ''],
    ['1.0.0', '1.0.0', '1.0.1'],
  ],
  'Debian:12': [
    ['>= 1.0-1, << 2.0', '1.0-1 1.5-1~deb12u1', '2.0 1.0-1~bpo1'],
    ['< 1.0 || = 2.0', '0.9 2.0', '1.5'],
  ],
};

describe('what a constraint admits', () => {
  const rows = Object.entries(TABLE).flatMap(([ecosystem, list]) =>
    list.map((row) => [ecosystem, ...row] as const),
  );

  it.each(rows)('%s %s takes %s and not %s', (ecosystem, constraint, admits, refuses) => {
    const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
    const ask = (version: string) => [version, satisfies(ecosystem, constraint, version)];
    expect(words(admits).map(ask)).toEqual(words(admits).map((version) => [version, true]));
    expect(words(refuses).map(ask)).toEqual(words(refuses).map((version) => [version, false]));
  });

  it('does not guess at what is no constraint, or no version', () => {
    const asked: readonly [string, string, string][] = [
      ['npm', 'workspace:^1.0.0', '1.0.0'],
      ['npm', 'git+ssh://git@example.test/x.git', '1.0.0'],
      ['npm', 'latest', '1.0.0'],
      ['npm', '^1.0.0', 'latest'],
      ['npm', '^99999999999999999999.0.0', '1.0.0'],
      ['PyPI', '>= 1.0; python_version < "3"', '1.0'],
      ['PyPI', '@ https://example.test/x.whl', '1.0'],
      ['PyPI', '~=2', '2.0'],
      ['PyPI', '>=1.0.*', '1.0'],
      ['PyPI', '>=1.0', 'not-a-version'],
      ['Maven', `$${'{jackson.version}'}`, '1.0'],
      ['Maven', '(1.0)', '1.0'],
      ['Maven', '[1.0,2.0', '1.0'],
      ['Maven', '[1.0,2.0),', '1.0'],
      ['Go', 'latest', 'v1.0.0'],
      ['crates.io', '^1.0 ^2.0', '1.0.0'],
      ['RubyGems', '~> main', '1.0'],
      ['NuGet', '$(Version)', '1.0'],
      ['NuGet', '[1.0],[2.0]', '1.0'],
      ['Packagist', 'dev-main', '1.0.0'],
      ['Packagist', 'self.version', '1.0.0'],
      ['Packagist', '~>1.0', '1.0.0'],
      ['Hex', 'main', '1.0.0'],
      ['Pub', '>1 banana', '1.0.0'],
      ['OSS-Fuzz', '>=1', '1'],
      ['npm', '^1.0.0 '.repeat(1000), '1.0.0'],
    ];
    expect(asked.filter((row) => satisfies(...row) !== null)).toEqual([]);
  });

  it('takes a branch for itself', () => {
    expect(satisfies('Packagist', 'dev-main#0123abc', 'dev-main')).toBe(true);
  });

  it('lets the smallest version that satisfies be chosen by the order', () => {
    const published = ['2.0.0', '1.10.0', '1.2.0', '1.9.0', '1.3.0-rc.1', '1.2.9'];
    const order = versionOrder('npm');
    const chosen = published
      .filter((version) => satisfies('npm', '^1.2.5', version))
      .sort((left, right) => order?.compare(left, right) ?? 0);
    expect(chosen).toEqual(['1.2.9', '1.9.0', '1.10.0']);
  });
});

describe('constraints from anybody', () => {
  const word = fc.constantFrom(
    ...[
      '^',
      '~',
      '~>',
      '~=',
      '>=',
      '<',
      '=',
      '!=',
      '===',
      '||',
      '|',
      ',',
      ' ',
      ' - ',
      '[',
      ']',
      '(',
      ')',
      '*',
      'x',
      '.*',
      '@dev',
      '+',
    ],
    ...[
      '1',
      '1.2',
      '1.2.3',
      '0',
      '99999999999999999999',
      '-rc1',
      'dev-',
      'and',
      ' or ',
      ' as ',
      'any',
      `$${'{x}'}`,
      '\u0000',
      '__proto__',
      '%',
    ],
  );
  const ecosystem = fc.constantFrom(...Object.keys(TABLE));

  it('are answered yes, no or cannot tell, and never thrown back', () => {
    const constraint = fc.array(word, { maxLength: 10 }).map((words) => words.join(''));
    fc.assert(
      fc.property(
        ecosystem,
        constraint,
        fc.constantFrom('1.2.3', '1.0', '0.0.1', 'x', '2.0.0-rc.1'),
        (name, text, version) => {
          expect([true, false, null]).toContain(satisfies(name, text, version));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('are bounded in what they cost', () => {
    const started = performance.now();
    for (const unit of [
      '1',
      '1.',
      '^1 ',
      '>=1,',
      '[1,2],',
      '~> 1, ',
      ' ',
      '1 - ',
      '||',
      '*.',
      '1.*',
      '-',
      ' as ',
      '@',
    ])
      for (const name of Object.keys(TABLE)) {
        satisfies(name, unit.repeat(Math.floor(2000 / unit.length)), '1.0.0');
        satisfies(name, unit.repeat(65_536 / 4), '1.0.0');
      }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
