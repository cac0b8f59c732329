// The one order of this room: by code units, so that no locale and no order of the inputs shows in a result.

/** Negative, zero or positive, by UTF-16 code units. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Numbers ascending; what is missing comes first. */
export function compareNumber(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  return b === null ? 1 : a - b;
}

/** Compares by one key after the other until one tells. */
export function compareBy<Item>(
  ...keys: readonly ((a: Item, b: Item) => number)[]
): (a: Item, b: Item) => number {
  return (a, b) => {
    for (const key of keys) {
      const order = key(a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
}
