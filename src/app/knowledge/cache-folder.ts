// Where things are kept that can be computed again: in the user's cache, not in the repository, unless somebody names a folder.
import path from 'node:path';
import type { Variables } from '../environment.ts';

/**
 * `ASSAY_CACHE_DIR`, else `assay` below `XDG_CACHE_HOME`, `LOCALAPPDATA` (Windows) or `~/.cache`. Null where the environment names none:
 * then nothing is kept. Relative names start at `cwd`.
 */
export function cacheFolder(variables: Variables, cwd: string): string | null {
  const { ASSAY_CACHE_DIR: named, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local, HOME: home } = variables;
  if (named) return path.resolve(cwd, named);
  // The specification tells to pass over relative ones.
  if (xdg && path.isAbsolute(xdg)) return path.join(xdg, 'assay');
  if (local && path.isAbsolute(local)) return path.join(local, 'assay');
  return home && path.isAbsolute(home) ? path.join(home, '.cache', 'assay') : null;
}
