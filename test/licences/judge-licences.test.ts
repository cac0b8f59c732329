// Which packages a team's licence policy does not allow, as the finding would say it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Component, Inventory } from '#domain/package.ts';
import type { LicencePolicy } from '#domain/policy.ts';
import { judgeLicences } from '#licences/judge-licences.ts';

function aComponent(over: Partial<Component> = {}): Component {
  return {
    ...{ ecosystem: 'npm', name: 'left-pad', version: '1.3.0', purl: 'pkg:npm/left-pad@1.3.0' },
    ...{ ref: 'left-pad', kind: 'library', licences: ['MIT'], scope: null, dependsOn: [] },
    ...over,
  };
}

function inventoryOf(...components: readonly Component[]): Inventory {
  return { root: null, direct: [], components, hasGraph: false, listsVulnerabilities: false };
}

function aPolicy(over: Partial<LicencePolicy> = {}): LicencePolicy {
  return { allow: null, deny: [], unknown: 'report', ignore: [], ...over };
}

/** Why these licences are not allowed; '' when they are. */
function why(licences: string | readonly string[], over: Partial<LicencePolicy>): string {
  const component = aComponent({ licences: typeof licences === 'string' ? [licences] : licences });
  return judgeLicences(inventoryOf(component), aPolicy(over), null)[0]?.problem.why ?? '';
}

const denies = (...names: string[]) => `The policy denies \`${names.join(', ')}\`.`;
const lacks = (...names: string[]) =>
  `\`${names.join(', ')}\` is not among the licences that the policy allows.`;
const unread = (name: string) => `Which licence \`${name}\` is cannot be told: it is on no list of SPDX.`;
const UNTOLD = 'The bill of materials does not say which licence it has.';

type Case = readonly [string | readonly string[], Partial<LicencePolicy>, string];
const allow = (...names: string[]) => ({ allow: names });
const deny = (...names: string[]) => ({ deny: names });

describe('a policy on licences', () => {
  test.each<Case>([
    ['MIT', {}, ''],
    ['MIT', allow('MIT'), ''],
    ['mit', allow('MIT'), ''],
    ['MIT', allow('mit'), ''],
    ['ISC', allow('MIT'), lacks('ISC')],
    ['GPL-3.0-only', deny('GPL-*'), denies('GPL-3.0-only')],
    ['LGPL-3.0-only', deny('GPL-*'), ''],
    ['LGPL-3.0-only', deny('*GPL-*'), denies('LGPL-3.0-only')],
    ['AGPL-3.0-only', deny('AGPL-*-only'), denies('AGPL-3.0-only')],
    ['MIT', { allow: ['MIT'], deny: ['M*'] }, denies('MIT')],
  ])('asks single licences: %j under %j', (licences, policy, said) => {
    expect(why(licences, policy)).toBe(said);
  });

  test.each<Case>([
    ['MIT OR GPL-3.0-only', deny('GPL-*'), ''],
    ['(MIT or GPL-3.0-only)', allow('MIT'), ''],
    ['MIT AND GPL-3.0-only', deny('GPL-*'), denies('GPL-3.0-only')],
    ['GPL-2.0-only OR AGPL-3.0-only', deny('*GPL-*'), denies('GPL-2.0-only, AGPL-3.0-only')],
    [
      'GPL-2.0-only OR ISC',
      { allow: ['MIT'], deny: ['GPL-*'] },
      'The policy denies `GPL-2.0-only`, and does not allow `ISC`.',
    ],
    ['MIT OR ISC AND GPL-2.0-only', deny('GPL-*'), ''],
    ['(MIT OR ISC) AND GPL-2.0-only', deny('GPL-*'), denies('GPL-2.0-only')],
    ['MIT/Apache-2.0', allow('Apache-2.0'), ''],
  ])(
    'takes a branch that is allowed, and everything that holds at once: %j under %j',
    (licences, policy, said) => {
      expect(why(licences, policy)).toBe(said);
    },
  );

  test.each<Case>([
    ['GPL-2.0-only WITH Classpath-exception-2.0', allow('GPL-2.0-only WITH Classpath-exception-2.0'), ''],
    ['GPL-2.0-only', allow('GPL-2.0-only WITH Classpath-exception-2.0'), lacks('GPL-2.0-only')],
    [
      'GPL-2.0-only WITH Classpath-exception-2.0',
      { allow: ['GPL-2.0-only WITH Classpath-exception-2.0'], deny: ['GPL-*'] },
      '',
    ],
    ['GPL-2.0-only WITH Bison-exception-2.2', deny('GPL-*'), denies('GPL-2.0-only WITH Bison-exception-2.2')],
    ['Apache-2.0 WITH LLVM-exception', allow('Apache-2.0'), ''],
    [
      'Apache-2.0 WITH LLVM-exception',
      { allow: ['Apache-2.0'], deny: ['* WITH LLVM-*'] },
      denies('Apache-2.0 WITH LLVM-exception'),
    ],
    ['GPL-2.0-with-classpath-exception', allow('GPL-2.0-only WITH Classpath-exception-2.0'), ''],
    ['GPL-2.0', allow('GPL-2.0-only'), ''],
    ['GPL-2.0-only', deny('GPL-2.0'), denies('GPL-2.0-only')],
    ['GPL-2.0+', allow('GPL-2.0-or-later'), ''],
    ['GPL-2.0-or-later', allow('GPL-2.0-only'), ''],
    ['GPL-2.0-only', allow('GPL-2.0-or-later'), lacks('GPL-2.0-only')],
    ['GPL-2.0-only', allow('GPL-2.0+'), lacks('GPL-2.0-only')],
    ['EPL-1.0+', allow('EPL-1.0'), ''],
    ['EPL-1.0', allow('EPL-1.0+'), lacks('EPL-1.0')],
    ['EPL-1.0+', deny('EPL-*'), denies('EPL-1.0+')],
  ])('knows exceptions, later versions and ids of old: %j under %j', (licences, policy, said) => {
    expect(why(licences, policy)).toBe(said);
  });

  test.each<Case>([
    ['Apache 2.0', allow('Apache-2.0'), ''],
    ['The Apache Software License, Version 2.0', allow('Apache-2.0'), ''],
    ['Apache License, Version 2.0', allow('Apache-2.0'), ''],
    ['MIT License', allow('MIT'), ''],
    ['License :: OSI Approved :: MIT License', allow('MIT'), ''],
    [
      'License :: OSI Approved :: GNU General Public License v3 or later (GPLv3+)',
      deny('GPL-3.0-or-later'),
      denies('GPL-3.0-or-later'),
    ],
    ['BSD 3-Clause "New" or "Revised" License', allow('BSD-3-Clause'), ''],
    ['Eclipse Public License - v 2.0', allow('EPL-2.0'), ''],
    ['GPL2 w/ CPE', allow('GPL-2.0-only WITH Classpath-exception-2.0'), ''],
    ['BSD', allow('BSD-*'), unread('BSD')],
    ['Public Domain', {}, unread('Public Domain')],
    ['UNLICENSED', {}, unread('UNLICENSED')],
    ['SEE LICENSE IN LICENSE.md', {}, unread('SEE LICENSE IN LICENSE.md')],
    ['Acme internal', allow('Acme *'), ''],
    ['Acme internal', deny('acme internal'), denies('Acme internal')],
    ['Acme internal', { unknown: 'allow' }, ''],
    ['LicenseRef-acme', {}, unread('LicenseRef-acme')],
    ['LicenseRef-acme', { unknown: 'allow' }, ''],
    ['LicenseRef-acme', { allow: ['MIT'], unknown: 'allow' }, lacks('LicenseRef-acme')],
    ['LicenseRef-acme', allow('LicenseRef-acme'), ''],
    ['MIT OR Acme', allow('ISC'), unread('MIT OR Acme')],
    ['MIT AND NOASSERTION', allow('MIT'), unread('LicenseRef-NOASSERTION')],
    ['NOASSERTION', {}, UNTOLD],
    ['NONE', {}, UNTOLD],
    [[], {}, UNTOLD],
    [[], { unknown: 'allow' }, ''],
    [['MIT', 'GPL-3.0-only'], deny('GPL-*'), denies('GPL-3.0-only')],
    [['MIT', 'MIT'], allow('MIT'), ''],
  ])(
    'knows names that mean one licence, and says so of the others: %j under %j',
    (licences, policy, said) => {
      expect(why(licences, policy)).toBe(said);
    },
  );

  test('does not ask of what it ignores, nor of files that tell no licence', () => {
    const inventory = inventoryOf(
      aComponent({ ref: 'a', name: '@acme/desk', purl: 'pkg:npm/%40acme/desk@1.0.0', licences: [] }),
      aComponent({ ref: 'b', name: 'right-pad', purl: null, licences: [] }),
      aComponent({ ref: 'c', name: 'README.md', kind: 'other', licences: [] }),
      aComponent({ ref: 'd', name: 'logo.svg', kind: 'other', licences: ['CC-BY-4.0'] }),
    );
    const refs = (over: Partial<LicencePolicy>) =>
      judgeLicences(inventory, aPolicy(over), null).map(({ component }) => component.ref);
    expect(refs(allow('MIT'))).toEqual(['a', 'b', 'd']);
    expect(refs({ ignore: ['@acme/*'] })).toEqual(['b']);
    expect(refs({ ignore: ['pkg:npm/@acme/**', 'right-*'] })).toEqual([]);
  });

  test('says it in Chinese', () => {
    const inventory = inventoryOf(aComponent({ licences: ['Custom', 'GPL-3.0'] }));
    expect(judgeLicences(inventory, aPolicy(deny('GPL-*')), {})[0]?.problem).toEqual({
      expression: 'Custom AND GPL-3.0',
      why: '策略禁止 `GPL-3.0-only`。',
    });
  });
});

const IDS = ['MIT', 'ISC', 'Apache-2.0', 'GPL-3.0-only', 'MPL-2.0'] as const;
interface Expression {
  readonly text: string;
  readonly truth: (allowed: ReadonlySet<string>) => boolean;
}
const leaf = fc
  .constantFrom(...IDS)
  .map((id): Expression => ({ text: id, truth: (allowed) => allowed.has(id) }));
const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaf,
    fc.tuple(tie('expression'), fc.constantFrom('AND', 'OR'), tie('expression')).map(
      ([left, word, right]): Expression => ({
        text: `(${left.text} ${word} ${right.text})`,
        truth: (allowed) =>
          word === 'AND'
            ? left.truth(allowed) && right.truth(allowed)
            : left.truth(allowed) || right.truth(allowed),
      }),
    ),
  ),
}));

describe('an expression of licences', () => {
  test('is allowed exactly where its truth table says so, by what is allowed and by what is denied', () => {
    fc.assert(
      fc.property(expression, ({ text, truth }) => {
        for (let row = 0; row < 2 ** IDS.length; row++) {
          const allowed = IDS.filter((_, at) => (row >> at) % 2 === 1);
          const others = IDS.filter((id) => !allowed.includes(id));
          const expected = truth(new Set(allowed));
          expect(why(text, { allow: allowed }) === '', text).toBe(expected);
          expect(why(text, { deny: others }) === '', text).toBe(expected);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('AND binds closer than OR without parentheses', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...IDS), fc.boolean()), { minLength: 1, maxLength: 8 }),
        (words) => {
          const text = words
            .map(([id, and], at) => (at === 0 ? id : `${and ? 'AND' : 'OR'} ${id}`))
            .join(' ');
          const expected = text
            .split(' OR ')
            .some((part) => part.split(' AND ').every((id) => id.startsWith('M')));
          expect(why(text, { allow: ['M*'] }) === '').toBe(expected);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('that is hostile is a licence that nobody knows, and costs no time', () => {
    const before = performance.now();
    const nested = `${'('.repeat(900)}MIT${')'.repeat(900)}`;
    const long = `MIT${' AND MIT'.repeat(50_000)}`;
    for (const text of [
      nested,
      long,
      '(',
      ')',
      'MIT AND',
      '+',
      '__proto__',
      'constructor',
      `${'*'.repeat(900)}x`,
      '\u0000',
      ' ',
    ])
      expect(why(text, { allow: ['*a*a*a*a*a*a*b'] })).toMatch(/cannot be told|does not say/);
    expect(why('a'.repeat(1_000), { deny: [`${'*a'.repeat(120)}*b`] })).toMatch(/cannot be told/);
    expect(performance.now() - before).toBeLessThan(5_000);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void why(text, { allow: ['MIT'] })));
  });
});
