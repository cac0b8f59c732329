// The shipped tree of weaknesses is whole, and answers what merging asks of it.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createWeaknessTree, readWeaknessNodes, WEAKNESS_TREE_PATH } from '#domain/weakness-tree.ts';
import { weaknessFamily } from '#findings/fingerprints.ts';
import { MISUSE, PILLARS, TOP_25_2024, TOP_25_2025 } from './known-weaknesses.ts';
import { weaknesses } from './raw-results.ts';
import { shippedAssets } from './rules-folder.ts';

const nodes = readWeaknessNodes(parse(await shippedAssets.text(WEAKNESS_TREE_PATH)));

describe('the shipped tree', () => {
  it('knows every parent it names, and no weakness is its own ancestor', () => {
    expect(nodes.size).toBeGreaterThan(900);
    for (const [cwe, { parents }] of nodes) {
      expect(parents.filter((parent) => !nodes.has(parent) || parent === cwe)).toEqual([]);
      expect(parents.filter((parent) => weaknesses.isAncestor(cwe, parent))).toEqual([]);
      expect(new Set(parents).size).toBe(parents.length);
    }
  });

  it('has the ten pillars at its roots and nothing else', () => {
    const roots = [...nodes].filter(([, { parents }]) => parents.length === 0).map(([cwe]) => cwe);
    expect(roots).toEqual(PILLARS);
    expect(PILLARS.every((cwe) => weaknesses.isBroad(cwe))).toBe(true);
  });

  it('holds the Top 25 of 2024 and 2025 and the misuse weaknesses', () => {
    expect([...TOP_25_2024, ...TOP_25_2025, ...MISUSE].filter((cwe) => !nodes.has(cwe))).toEqual([]);
  });
});

describe('weaknesses', () => {
  it.each([
    [89, 89],
    [89, 943],
    [89, 74],
    [79, 707],
    [321, 798],
    [78, 77],
    [121, 119],
    [416, 119],
    [328, 327],
  ])('%i and %i are related', (a, b) => {
    expect(weaknesses.areRelated(a, b) && weaknesses.areRelated(b, a)).toBe(true);
  });

  it.each([
    [79, 89],
    [120, 121],
    [327, 338],
    [22, 78],
    [20, 89],
    [310, 327],
  ])('%i and %i are not', (a, b) => {
    expect(weaknesses.areRelated(a, b) || weaknesses.areRelated(b, a)).toBe(false);
  });

  it('no weakness is an ancestor of itself', () => {
    expect(weaknesses.isAncestor(89, 89)).toBe(false);
  });
});

describe('the family of a set of weaknesses', () => {
  it.each([
    [[89], 943],
    [[74, 89, 707], 943],
    [[943], 943],
    [[328], 327],
    [[121], 119],
    [[74], 74],
    [[707], 707],
    [[310], 310],
    [[], null],
  ])('%j is %j', (cwe, family) => {
    expect(weaknessFamily(cwe, weaknesses)).toBe(family);
  });
});

it('a tree with a cycle still answers', () => {
  const loop = createWeaknessTree(readWeaknessNodes({ parents: { 1: [2], 2: [3], 3: [1] }, broad: [] }));
  expect(loop.isAncestor(3, 1)).toBe(true);
  expect(loop.isAncestor(1, 1)).toBe(false);
  expect(weaknessFamily([1], loop)).toBe(3);
});

it.each([
  null,
  [],
  { broad: [] },
  { parents: { 1: 2 }, broad: [] },
  { parents: { x: [] }, broad: [] },
  { parents: {} },
])('a tree file that says %j is refused', (data) => {
  expect(() => readWeaknessNodes(data)).toThrow('weakness tree');
});
