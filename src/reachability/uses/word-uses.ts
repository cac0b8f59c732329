// For languages whose bindings are not followed: a vulnerable name that stands in a file which names the package counts as used.
import { type FindUses, wordPlaces } from './use.ts';

export const findWordUses: FindUses = (code, imports, wanted) => {
  const words = wanted.names.size > 0 ? [...wanted.names] : [];
  return {
    called: words.flatMap((word) => wordPlaces(code.bare, word)),
    open: imports.map(({ start }) => start),
    locals: [],
  };
};
