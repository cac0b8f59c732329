// Finds catalogue entries by API path, from the path's end, without asking every entry.

/** Entries by the last name of their patterns. */
export class PathTable<Entry> {
  readonly #byLastName = new Map<string, { readonly pattern: string; readonly entry: Entry }[]>();

  add(patterns: readonly string[], entry: Entry): void {
    for (const pattern of patterns) {
      const plain = normalise(pattern);
      const last = lastName(plain);
      const known = this.#byLastName.get(last) ?? [];
      known.push({ pattern: plain, entry });
      this.#byLastName.set(last, known);
    }
  }

  /** Every entry that one of the paths meets, in the catalogue's order, each once. */
  find(paths: readonly string[]): readonly Entry[] {
    const found = new Set<Entry>();
    for (const path of paths) {
      const plain = normalise(path);
      for (const { pattern, entry } of this.#byLastName.get(lastName(plain)) ?? []) {
        if (pathMeets(plain, pattern)) found.add(entry);
      }
    }
    return [...found];
  }

  has(paths: readonly string[]): boolean {
    return this.find(paths).length > 0;
  }
}

/** Jakarta's packages are the renamed `javax` ones (Jakarta EE 9). */
function normalise(path: string): string {
  return path.startsWith('jakarta.') ? `javax.${path.slice('jakarta.'.length)}` : path;
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function pathMeets(path: string, pattern: string): boolean {
  if (path === pattern) return true;
  // A bare name is a function of its own, not any method that is called so.
  if (pattern.startsWith('?') || !pattern.includes('.')) return false;
  if (path.endsWith(`.${pattern}`)) return true;
  // An unresolved `Statement.executeQuery` meets `java.sql.Statement.executeQuery`; a bare name meets nothing longer.
  return !path.startsWith('?') && path.includes('.') && pattern.endsWith(`.${path}`);
}
