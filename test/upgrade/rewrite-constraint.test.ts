// A constraint raised in its own style, ecosystem by ecosystem.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admits, rewriteConstraint } from '#upgrade/rewrite-constraint.ts';
import { versionOrder } from '#versions/version-order.ts';

const CASES: readonly (readonly [
  ecosystem: string,
  constraint: string,
  to: string,
  raised: string | null,
])[] = [
  ['npm', '^4.17.0', '4.17.21', '^4.17.21'],
  ['npm', '~4.17.15', '4.17.21', '~4.17.21'],
  ['npm', '=4.17.15', '4.17.21', '=4.17.21'],
  ['npm', 'v1.2.3', '1.2.4', 'v1.2.4'],
  ['npm', '4', '4.17.21', '^4.17.21'],
  ['npm', '4.17.x', '4.17.21', '~4.17.21'],
  ['npm', '>=1.2.0 <2.0.0', '1.2.6', '>=1.2.6 <2.0.0'],
  ['npm', '>=1.2.0 <2.0.0', '2.0.1', '>=2.0.1 <3.0.0'],
  ['npm', '>= 1.2', '1.4.0', '>= 1.4.0'],
  ['npm', '>1.2.0', '1.4.0', '>=1.4.0'],
  ['npm', '<2', '1.4.0', '>=1.4.0 <2'],
  ['npm', '<=1.3.0', '1.4.0', '>=1.4.0 <=1.4.0'],
  ['npm', '1.2.3 - 2.3.4', '2.0.0', '2.0.0 - 2.3.4'],
  ['npm', '1.2.3 - 2.3.4', '2.4.0', '2.4.0 - 2.4.0'],
  ['npm', '^3.0.0 || ^4.0.0', '4.2.0', '^4.2.0'],
  ['npm', '^3.0.0 || ^4.0.0', '3.2.0', '^3.2.0'],
  ['npm', 'latest', '1.0.0', null],
  ['npm', '*', '1.0.0', null],
  ['npm', '', '1.0.0', null],
  ['npm', 'file:../x', '1.0.0', null],
  ['npm', 'workspace:^', '1.0.0', null],
  ['npm', 'git+https://example.org/x.git#v1.0.0', '1.0.1', null],
  ['npm', '^1.0.0', '1.0.1"', null],
  ['npm', '^1.0.0', 'latest', null],
  ['npm', '^1.0.1', '1.0.1', null],
  ['PyPI', '==2.25.1', '2.31.0', '==2.31.0'],
  ['PyPI', '===2.25.1', '2.31.0', '===2.31.0'],
  ['PyPI', '>=2.0,<3', '2.31.0', '>=2.31.0,<3'],
  ['PyPI', '>=2.0, <3', '3.1.2', '>=3.1.2, <4'],
  ['PyPI', '>=2.0,<2.6', '3.1.2', '>=3.1.2,<3.2'],
  ['PyPI', '~=2.2', '2.2.28', '~=2.2,>=2.2.28'],
  ['PyPI', '~=2.2.1', '2.2.28', '~=2.2.28'],
  ['PyPI', '==2.*', '3.1', '==3.*,>=3.1'],
  ['PyPI', '>=1.0,!=1.5,<2', '1.6', '>=1.6,!=1.5,<2'],
  ['PyPI', '>=1.0,!=1.6,<2', '1.6', null],
  ['PyPI', '^1.26', '1.26.18', '^1.26.18'],
  ['PyPI', '>=1.0 ; python_version>"3"', '1.6', null],
  ['Maven', '2.9.8', '2.9.10.8', '2.9.10.8'],
  ['Maven', '[1.0,2.0)', '1.5', '[1.5,2.0)'],
  ['Maven', '( , 2.0 ]', '1.5', '[ 1.5, 2.0 ]'],
  ['Maven', '[1.0]', '1.5', '[1.5]'],
  ['Maven', '[1.0,2.0)', '2.4', '[2.4,3.0)'],
  ['Maven', `\${version}`, '1.5', null],
  ['Maven', '1.+', '1.5', null],
  ['Go', 'v1.2.3', 'v1.2.4', 'v1.2.4'],
  ['Go', 'v0.0.0-20190308221718-c2843e01d9a2', 'v0.17.0', 'v0.17.0'],
  ['crates.io', '1.2', '1.2.9', '1.2.9'],
  ['crates.io', '=1.2.3', '1.2.9', '=1.2.9'],
  ['crates.io', '1.*', '1.4.0', '1.*, >=1.4.0'],
  ['crates.io', '>=1, <2', '1.4.0', '>=1.4.0, <2'],
  ['RubyGems', '~> 5.2', '5.2.4.3', '~> 5.2, >= 5.2.4.3'],
  ['RubyGems', '~> 5.2.1', '5.2.4', '~> 5.2.4'],
  ['RubyGems', '~> 5.2, >= 5.2.1', '5.2.4.3', '~> 5.2, >= 5.2.4.3'],
  ['RubyGems', '>= 1.0, < 2', '2.1', '>= 2.1, < 3'],
  ['NuGet', '12.0.1', '13.0.1', '13.0.1'],
  ['NuGet', '[12.0.1]', '13.0.1', '[13.0.1]'],
  ['NuGet', '[12.0,13.0)', '13.0.1', '[13.0.1,14.0)'],
  ['NuGet', '12.*', '13.0.1', null],
  ['Packagist', '^6.0', '6.5.8', '^6.5.8'],
  ['Packagist', '~6.0', '6.5.8', '~6.5,>=6.5.8'],
  ['Packagist', '6.0.*', '6.0.8', '6.0.*,>=6.0.8'],
  ['Packagist', '^1.0|^2.0', '2.1.0', '^2.1.0'],
  ['Packagist', 'dev-main', '2.1.0', null],
];

describe('a constraint is raised in its style', () => {
  test.each(CASES)('%s: %s to %s is %s', (ecosystem, constraint, to, raised) => {
    expect(rewriteConstraint(ecosystem, constraint, to)).toBe(raised);
  });

  const number = fc.nat({ max: 30 });
  const version = fc.tuple(number, number, number).map((numbers) => numbers.join('.'));
  const STYLES: readonly (readonly [ecosystem: string, write: (version: string) => string])[] = [
    ['npm', (v) => `^${v}`],
    ['npm', (v) => `~${v}`],
    ['npm', (v) => `>=${v} <${Number(v.split('.')[0]) + 1}`],
    ['npm', (v) => `^0.0.1 || ^${v}`],
    ['PyPI', (v) => `~=${v}`],
    ['PyPI', (v) => `~=${v.split('.').slice(0, 2).join('.')}`],
    ['PyPI', (v) => `==${v.split('.')[0]}.*`],
    ['PyPI', (v) => `>=${v}, <${Number(v.split('.')[0]) + 1}`],
    ['Maven', (v) => `[${v},${Number(v.split('.')[0]) + 1})`],
    ['NuGet', (v) => v],
    ['Go', (v) => `v${v}`],
    ['crates.io', (v) => v],
    ['crates.io', (v) => `~${v}`],
    ['RubyGems', (v) => `~> ${v.split('.').slice(0, 2).join('.')}`],
    ['Packagist', (v) => `^${v}`],
    ['Packagist', (v) => `~${v.split('.').slice(0, 2).join('.')}`],
  ];

  test('admits the version it was raised to and none below it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STYLES),
        version,
        version,
        version,
        ([ecosystem, write], from, to, other) => {
          const order = versionOrder(ecosystem);
          const raised = rewriteConstraint(ecosystem, write(from), to);
          if (raised === null) return;
          expect(admits(ecosystem, raised, to)).toBe(true);
          if ((order?.compare(other, to) ?? 0) < 0) expect(admits(ecosystem, raised, other)).toBe(false);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('is never anything but a constraint, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('npm', 'PyPI', 'Maven', 'RubyGems', 'NuGet'),
        fc.string(),
        fc.string(),
        (ecosystem, constraint, to) => {
          const raised = rewriteConstraint(ecosystem, constraint, to);
          if (raised !== null) expect(raised).toMatch(/^[\w\s.,<>=!~^*|[\]()+-]+$/);
        },
      ),
    );
  });

  test('is given up soon on texts made to be slow', () => {
    const started = performance.now();
    for (const text of [
      '1.'.repeat(255),
      ' '.repeat(512),
      '>='.repeat(256),
      '[1,'.repeat(170),
      '1 '.repeat(256),
      '||'.repeat(256),
      'x'.repeat(9_999),
    ])
      rewriteConstraint('npm', text, '1.0.0');
    expect(performance.now() - started).toBeLessThan(500);
  });
});
