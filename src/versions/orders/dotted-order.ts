// The order of versions that are numbers alone and in which `1.0` comes before `1.0.0`: Hackage (https://pvp.haskell.org) and R
// (https://cran.r-project.org/doc/manuals/r-release/R-exts.html#The-DESCRIPTION-file, with hyphens as good as dots).
import { compareDigits, compareLists, orderBy } from '../order.ts';

export const DOTTED_ORDER = orderBy<readonly string[]>({
  read: (version) => (/^[0-9]+(?:[.-][0-9]+)*$/.test(version.trim()) ? version.trim().split(/[.-]/) : null),
  compare: (left, right) =>
    compareLists<string | null>(left, right, null, (first, second) => {
      if (first === null || second === null) return first === null ? -1 : 1;
      return compareDigits(first, second);
    }),
  isPrerelease: () => false,
  isBreaking: (from, to) => compareDigits(from[0] ?? '0', to[0] ?? '0') !== 0,
});
