// Loads the tree of weaknesses that merging and fingerprints ask.
import {
  createWeaknessTree,
  readWeaknessNodes,
  WEAKNESS_TREE_PATH,
  type WeaknessTree,
} from '#domain/weakness-tree.ts';
import type { Assets } from '#ports/assets.ts';

export async function loadWeaknessTree(assets: Assets): Promise<WeaknessTree> {
  return createWeaknessTree(readWeaknessNodes(await assets.data(WEAKNESS_TREE_PATH)));
}
