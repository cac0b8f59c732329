// Orders files by how near they are to another: what a name means is first of all what it means close by.

/** Paths that hold tests: what they define and call says less about the program. */
const TESTS =
  /(^|\/)(tests?|specs?|__tests__|testdata|fixtures|mocks?)\/|[._-](test|spec)\.\w+$|(^|\/)test_[^/]*$|Tests?\.\w+$/;

/**
 * The file itself, its folder, files that its imports may mean, then the rest; in each group the ones with more folders in common
 * first, tests last, then by path.
 *
 * @param importedWords the single words of the paths that the file imports
 */
export function orderByNearness(
  paths: readonly string[],
  near: string,
  importedWords: ReadonlySet<string>,
): readonly string[] {
  const ranked = paths.map((path) => ({
    path,
    rank: rankOf(path, near, importedWords),
    isTest: TESTS.test(path) && !TESTS.test(near) ? 1 : 0,
    shared: sharedFolders(path, near),
  }));
  ranked.sort(
    (a, b) =>
      a.rank - b.rank ||
      a.isTest - b.isTest ||
      b.shared - a.shared ||
      (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
  );
  return ranked.map(({ path }) => path);
}

function rankOf(path: string, near: string, importedWords: ReadonlySet<string>): number {
  if (path === near) return 0;
  if (folderOf(path) === folderOf(near)) return 1;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const stem = name.includes('.') ? name.slice(0, name.indexOf('.')) : name;
  const folder = folderOf(path);
  const words = [stem, folder.slice(folder.lastIndexOf('/') + 1)];
  return words.some((word) => importedWords.has(word.toLowerCase())) ? 2 : 3;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function sharedFolders(a: string, b: string): number {
  const others = b.split('/').slice(0, -1);
  const mine = a.split('/').slice(0, -1);
  const at = mine.findIndex((segment, index) => segment !== others[index]);
  return at < 0 ? mine.length : at;
}
