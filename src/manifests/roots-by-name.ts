// Lock files that do not say what the project asks them for: the manifest does, by name.
import type { Requirement } from '#domain/project.ts';
import type { LockGraph, LockRoot } from './draft.ts';

/** Every locked version of what is asked for: which of several is meant only the tool knows. */
export function rootsByName(
  requirements: readonly Requirement[],
  lock: LockGraph,
  normalise: (name: string) => string = (name) => name,
): LockRoot[] {
  const keys = new Map<string, string[]>();
  for (const { key, name } of lock.values()) {
    const known = keys.get(normalise(name));
    if (known === undefined) keys.set(normalise(name), [key]);
    else known.push(key);
  }
  return requirements.flatMap(({ name, scope }) =>
    (keys.get(normalise(name)) ?? []).map((to): LockRoot => ({ to, scope })),
  );
}
