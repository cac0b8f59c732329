// The cards that ship: all there, in both languages, in our own words, and found for every CWE that a finding may have.
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Evidence } from '#domain/evidence.ts';
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import { createWeaknessTree } from '#domain/weakness-tree.ts';
import { buildCase } from '#knowledge/build-case.ts';
import { type CardLibrary, createCardLibrary, loadCards } from '#knowledge/load-cards.ts';
import type { Assets } from '#ports/assets.ts';
import { MISUSE, TOP_25_2024, TOP_25_2025 } from '../findings/known-weaknesses.ts';
import { shippedAssets } from '../findings/rules-folder.ts';

/** What scanners of our fixtures and of common languages name, beside the lists. */
const COMMON = [
  73, 74, 80, 88, 90, 91, 93, 113, 117, 126, 131, 134, 170, 185, 197, 203, 208, 209, 215, 250, 252, 276, 311,
  312, 319, 322, 323, 329, 331, 335, 345, 346, 359, 362, 367, 369, 377, 379, 384, 390, 401, 404, 409, 415,
  426, 427, 457, 467, 470, 477, 478, 489, 494, 497, 501, 521, 522, 532, 538, 540, 548, 561, 562, 563, 564,
  565, 570, 571, 590, 598, 601, 611, 613, 617, 620, 640, 643, 667, 674, 676, 681, 690, 693, 703, 704, 732,
  749, 754, 755, 758, 759, 760, 772, 775, 776, 780, 785, 788, 789, 807, 822, 824, 829, 834, 835, 843, 915,
  916, 917, 922, 926, 942, 943, 1021, 1022, 1104, 1236, 1275, 1284, 1321, 1333, 1336, 1395,
];

let cards: CardLibrary;
beforeAll(async () => {
  cards = await loadCards(shippedAssets);
});

describe('the shipped cards', () => {
  it.each([
    ['the CWE Top 25 of 2024', TOP_25_2024],
    ['the CWE Top 25 of 2025', TOP_25_2025],
    ['the misuse weaknesses', MISUSE],
    ['OWASP Benchmark', [22, 78, 79, 89, 90, 327, 328, 330, 501, 614, 643, 502, 601, 611, 94]],
  ])('have one of its own for each of %s', (_, list) => {
    expect(list.filter((cwe) => !cards.cwes.includes(cwe))).toEqual([]);
  });

  it('speak to whatever common scanners name, by an ancestor at least', () => {
    expect(COMMON.filter((cwe) => cards.cardFor([cwe]) === null)).toEqual([]);
  });

  it('say something in both languages', async () => {
    const chinese = await loadCards(shippedAssets, 'zh-CN');
    for (const cwe of cards.cwes) {
      const [english, other] = [cards.cardFor([cwe]), chinese.cardFor([cwe])];
      expect(english?.what.length).toBeGreaterThan(30);
      expect(english?.what).toMatch(/^[\x20-\x7e…]+$/);
      expect(other?.what).toMatch(/\p{Script=Han}/u);
      expect(other?.fix).toMatch(/\p{Script=Han}/u);
    }
  });
});

describe('the card for a finding', () => {
  it('is the one for its own weakness', () => {
    expect(cards.cardFor([89])).toMatchObject({ cwe: 89, name: 'SQL injection' });
  });

  it('is that of the more specific weakness, and of the nearest ancestor where there is none', () => {
    expect(cards.cardFor([74, 89, 943])?.cwe).toBe(89);
    expect(cards.cardFor([83])?.cwe).toBe(79);
    expect(cards.cardFor([707, 564])?.cwe).toBe(564);
  });

  it('is none for no weakness, a category or an unknown number', () => {
    expect(cards.cardFor([])).toBeNull();
    expect(cards.cardFor([310, 999_999])).toBeNull();
  });

  it('is looked for without end in a tree that has a cycle', () => {
    const nodes = new Map([
      [1, { parents: [2], broad: false }],
      [2, { parents: [1], broad: false }],
    ]);
    expect(createCardLibrary(new Map(), createWeaknessTree(nodes)).cardFor([1])).toBeNull();
  });

  it('stands in the case', () => {
    const finding = { id: 'x', cwe: [328] } as unknown as ScopedFinding;
    const evidence: Evidence = { language: null, enclosingFunction: null, facts: [], unknowns: [] };
    expect(buildCase(finding, evidence, cards)).toMatchObject({ finding, evidence, card: { cwe: 328 } });
  });
});

describe('a broken card is refused at loading', () => {
  const withCards = (text: string): Assets => ({
    ...shippedAssets,
    list: async () => ['rules/cwe/cards/one.yaml'],
    data: async (path) => (path.endsWith('one.yaml') ? parse(text) : shippedAssets.data(path)),
  });
  const card =
    '- { cwe: 89, name: { en: a, zh-CN: a }, what: { en: b, zh-CN: b }, fix: { en: c, zh-CN: c } }\n';

  it.each([
    ['a second card of one CWE', card + card],
    ['a missing language', card.replace(', zh-CN: c', '')],
    ['an unknown key', card.replace('cwe: 89', 'cwe: 89, extra: 1')],
    ['a number that is none', card.replace('89', 'CWE-89')],
  ])('%s', async (_, text) => {
    await expect(loadCards(withCards(text))).rejects.toThrow();
  });
});
