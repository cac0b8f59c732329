// The corpus of planted texts (fixtures/injection) is run in whole: injection-*.test.ts hold its groups, and this that none is left out.
import { expect, it } from 'vitest';
import { injectionCases } from '../doubles/injection-cases.ts';
import { namedBy } from './injection/describe-cases.ts';
import { GROUPS } from './injection/groups.ts';
import { INVARIANTS } from './injection/invariants.ts';

const sizes = Object.entries(GROUPS).map(([name, cases]) => `${name} ${cases.length}`);

it(`105 cases in 28 channels: ${sizes.join(', ')}`, () => {
  const grouped = Object.values(GROUPS).flat();
  expect(grouped.map(({ id }) => id).sort()).toEqual(injectionCases().map(({ id }) => id));
  expect(grouped).toHaveLength(105);
  expect(new Set(grouped.map(({ channel }) => channel)).size).toBe(28);
});

const named = namedBy(injectionCases());
it(`${named} invariants are named, each of them one that somebody asserts`, () => {
  const names = new Set(injectionCases().flatMap(({ expected }) => expected.must));
  expect([...names].filter((name) => INVARIANTS[name] === undefined)).toEqual([]);
  expect(Object.keys(INVARIANTS).filter((name) => !names.has(name))).toEqual([]);
  expect(Object.values(GROUPS).reduce((sum, cases) => sum + namedBy(cases), 0)).toBe(named);
});
