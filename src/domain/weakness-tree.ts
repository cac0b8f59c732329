// How weaknesses relate: the CWE research view (View-1000) as parents of each weakness, asked by merging, fingerprints and cards.

export interface WeaknessNode {
  /** Parents by the ChildOf relation, the primary one first. */
  readonly parents: readonly number[];
  /** Too general to name a defect on its own (a pillar or a wide class): still an ancestor, never a family of its own children. */
  readonly broad: boolean;
}

/** The asset that holds the tree as data. */
export const WEAKNESS_TREE_PATH = 'rules/cwe/tree.yaml';

/**
 * Reads the parsed content of the tree's file: `parents` maps a number to its parents, `broad` lists numbers.
 * Throws an Error when the data is of another shape: the file ships with Assay, so that is our own fault.
 */
export function readWeaknessNodes(data: unknown): ReadonlyMap<number, WeaknessNode> {
  const { parents, broad } = (data ?? {}) as { readonly parents?: unknown; readonly broad?: unknown };
  if (typeof parents !== 'object' || parents === null) throw new Error('The weakness tree has no `parents`.');
  const wide = new Set(readNumbers(broad, 'broad'));
  return new Map(
    Object.entries(parents).map(([id, above]): [number, WeaknessNode] => {
      const [cwe] = readNumbers([Number(id)], 'parents');
      return [cwe ?? 0, { parents: readNumbers(above, id), broad: wide.has(Number(id)) }];
    }),
  );
}

function readNumbers(value: unknown, where: string): readonly number[] {
  const isNumber = (item: unknown): item is number => Number.isSafeInteger(item) && Number(item) > 0;
  if (!Array.isArray(value) || !value.every(isNumber)) {
    throw new Error(`The weakness tree wants a list of CWE numbers at \`${where}\`.`);
  }
  return value;
}

export interface WeaknessTree {
  /** Parents of a weakness, the primary one first; empty for a root and for a number that the tree does not know. */
  parents(cwe: number): readonly number[];
  /** Whether `ancestor` lies on a way up from `cwe`. A weakness is no ancestor of itself. */
  isAncestor(ancestor: number, cwe: number): boolean;
  /** Equal, or one is an ancestor of the other: the condition under which two reports may speak of one defect. */
  areRelated(a: number, b: number): boolean;
  isBroad(cwe: number): boolean;
}

/** A tree over `nodes`. Safe on data with cycles: a way up ends where it meets itself. */
export function createWeaknessTree(nodes: ReadonlyMap<number, WeaknessNode>): WeaknessTree {
  const ancestors = new Map<number, ReadonlySet<number>>();

  const ancestorsOf = (cwe: number): ReadonlySet<number> => {
    const known = ancestors.get(cwe);
    if (known !== undefined) return known;
    const above = new Set<number>();
    const waiting = [...(nodes.get(cwe)?.parents ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next === cwe || above.has(next)) continue;
      above.add(next);
      waiting.push(...(nodes.get(next)?.parents ?? []));
    }
    ancestors.set(cwe, above);
    return above;
  };

  const isAncestor = (ancestor: number, cwe: number): boolean => ancestorsOf(cwe).has(ancestor);
  return {
    parents: (cwe) => nodes.get(cwe)?.parents ?? [],
    isAncestor,
    areRelated: (a, b) => a === b || isAncestor(a, b) || isAncestor(b, a),
    isBroad: (cwe) => nodes.get(cwe)?.broad ?? false,
  };
}
