// Loads the cards of `rules/cwe/cards/`: what each weakness is and how it is mended, in our own words.
import { z } from 'zod';
import type { WeaknessCard } from '#domain/evidence.ts';
import {
  createWeaknessTree,
  readWeaknessNodes,
  WEAKNESS_TREE_PATH,
  type WeaknessTree,
} from '#domain/weakness-tree.ts';
import type { Assets } from '#ports/assets.ts';

const CARDS_FOLDER = 'rules/cwe/cards';

const textSchema = z.strictObject({ en: z.string().min(1), 'zh-CN': z.string().min(1) });
const cardSchema = z.strictObject({
  cwe: z.int().positive(),
  name: textSchema,
  what: textSchema,
  fix: textSchema,
});
const fileSchema = z.array(cardSchema).min(1);

export type CardLanguage = keyof z.infer<typeof textSchema>;

export interface CardLibrary {
  /**
   * The card that says most of a finding with these CWEs: that of the first which has one, else of the nearest ancestor; null when there is
   * none. General cards (an ancestor of another CWE of the finding) give way to specific ones.
   */
  cardFor(cwes: readonly number[]): WeaknessCard | null;
  /** Every CWE with a card of its own, ascending. */
  readonly cwes: readonly number[];
}

/** Loads all cards in one language. Throws when a card is not of the schema or two are of one CWE: both are our own faults. */
export async function loadCards(assets: Assets, language: CardLanguage = 'en'): Promise<CardLibrary> {
  const paths = (await assets.list(CARDS_FOLDER)).filter((path) => path.endsWith('.yaml'));
  const cards = new Map<number, WeaknessCard>();
  for (const path of paths) {
    for (const { cwe, name, what, fix } of fileSchema.parse(await assets.data(path))) {
      if (cards.has(cwe)) throw new Error(`${path} has a second card for CWE-${cwe}.`);
      cards.set(cwe, { cwe, name: name[language], what: what[language], fix: fix[language] });
    }
  }
  const tree = createWeaknessTree(readWeaknessNodes(await assets.data(WEAKNESS_TREE_PATH)));
  return createCardLibrary(cards, tree);
}

/** A library over `cards`, by CWE; ancestors are found in `tree`. */
export function createCardLibrary(cards: ReadonlyMap<number, WeaknessCard>, tree: WeaknessTree): CardLibrary {
  return {
    cwes: [...cards.keys()].sort((a, b) => a - b),
    cardFor: (cwes) => {
      const specific = cwes.filter((general) => !cwes.some((other) => tree.isAncestor(general, other)));
      for (const candidates of [specific, cwes]) {
        const card = firstCard(candidates, cards);
        if (card !== null) return card;
      }
      return nearestAncestor(specific, cards, tree);
    },
  };
}

function firstCard(cwes: readonly number[], cards: ReadonlyMap<number, WeaknessCard>): WeaknessCard | null {
  for (const cwe of cwes) {
    const card = cards.get(cwe);
    if (card !== undefined) return card;
  }
  return null;
}

/** Climbs all ways up at once, one generation after the other. */
function nearestAncestor(
  cwes: readonly number[],
  cards: ReadonlyMap<number, WeaknessCard>,
  tree: WeaknessTree,
): WeaknessCard | null {
  const seen = new Set(cwes);
  for (let generation = [...seen]; generation.length > 0; ) {
    const above = generation.flatMap((cwe) => tree.parents(cwe)).filter((cwe) => !seen.has(cwe));
    const card = firstCard(above, cards);
    if (card !== null) return card;
    for (const cwe of above) seen.add(cwe);
    generation = above;
  }
  return null;
}
