// Which paths of a repository are asked for at all: plain ones below its root, never git's own folder (security row 17).

/** Says why `path` is refused, as the end of the sentence "the path …"; null when it is a plain relative one. */
export function sourcePathProblem(path: string): string | null {
  if (path === '') return 'is empty';
  // Such a path has no UTF-8 form, so no address.
  if (!path.isWellFormed()) return 'is no text';
  if (path.includes('\0')) return 'holds a NUL';
  if (path.startsWith('/')) return 'is absolute';
  for (const segment of path.split('/')) {
    if (segment === '') return 'has an empty segment';
    if (segment === '.' || segment === '..') return `has a "${segment}" segment`;
    if (/^\.git$/i.test(segment)) return "lies in git's own folder";
  }
  return null;
}
