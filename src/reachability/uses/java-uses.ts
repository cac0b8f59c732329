// What a JVM source uses of an artifact: names of vulnerable classes and of their methods, by word, since values travel without imports.
import { type FindUses, wordPlaces } from './use.ts';

export const findJavaUses: FindUses = (code, imports, wanted) => {
  const called: number[] = [];
  const open: number[] = [];
  const classes = [...wanted.owners].filter((owner) => /^[A-Z]/.test(owner));
  for (const name of wanted.names) {
    const places = wordPlaces(code.code, name);
    // A class is used wherever it stands but in its import.
    if (/^[A-Z]/.test(name)) called.push(...places.filter((at) => !isImport(code.code, at)));
    else
      called.push(...places.filter((at) => /(?:\.|::)\s*$/.test(code.code.slice(Math.max(0, at - 9), at))));
    if (/^[A-Z]/.test(name)) open.push(...places.filter((at) => isImport(code.code, at)));
  }
  // Its owner in hand, a method may be called where nobody names the owner: by the framework that is given the value, for one.
  for (const owner of classes) open.push(...wordPlaces(code.code, owner));
  if (
    imports.some(({ end }) => /^\s*\.\s*[*_]/.test(code.code.slice(end, end + 6)) && wanted.names.size === 0)
  )
    open.push(imports[0]?.start ?? 0);
  return { called, open, locals: [] };
};

function isImport(code: string, at: number): boolean {
  return /^\s*import\b/.test(code.slice(code.lastIndexOf('\n', at) + 1, at));
}
