// What a Go file calls a package by, and which of its names it uses.
import type { CodeText } from '../read-code.ts';
import { type FindUses, MOST_IMPORTS, wordPlaces } from './use.ts';

export const findGoUses: FindUses = (code, imports, wanted) => {
  const called: number[] = [];
  const open: number[] = [];
  const locals: string[] = [];
  for (const { start, specifier } of imports.slice(0, MOST_IMPORTS)) {
    const line = code.code.slice(code.code.lastIndexOf('\n', start) + 1, start - 1);
    const alias = /(?:^|\s|\()([\w.]+)\s*$/.exec(line.replace(/^.*(?:\bimport\b|;)/, ' '))?.[1] ?? null;
    // Its `init` runs, and what that registers is called by others: `image.Decode`, `sql.Open`.
    if (wanted.names.has('init')) called.push(start);
    if (alias === '_' || alias === '.') {
      open.push(start);
      continue;
    }
    const found = (alias === null ? localNames(specifier) : [alias]).filter((name) =>
      wordPlaces(code.bare, name).some((at) => isQualifier(code, at, name)),
    );
    // A package whose name is not its path's end.
    if (alias === null && !found.includes(plainEnd(specifier))) open.push(start);
    for (const local of found) {
      locals.push(local);
      for (const at of wordPlaces(code.bare, local)) {
        const member = /^\s*\.\s*(\w+)/.exec(
          code.bare.slice(at + local.length, at + local.length + 120),
        )?.[1];
        if (member !== undefined && (wanted.names.has(member) || wanted.names.size === 0)) called.push(at);
      }
    }
  }
  for (const name of wanted.methods)
    for (const at of wordPlaces(code.bare, name))
      if (
        /\.\s*$/.test(code.bare.slice(Math.max(0, at - 9), at)) &&
        !called.some((one) => at - one < 120 && one <= at)
      )
        called.push(at);
  // A value, or a type that embeds it, may be called through an interface by code that does not import the package.
  if (wanted.methods.size > 0) open.push(...imports.map(({ start }) => start));
  return { called, open, locals };
};

function isQualifier(code: CodeText, at: number, name: string): boolean {
  return /^\s*\./.test(code.bare.slice(at + name.length, at + name.length + 9));
}

/** What a package at a path is likely to be called. */
function localNames(specifier: string): string[] {
  const last = plainEnd(specifier);
  const parts = last.split(/[-.]/).filter((part) => part !== '');
  return [
    ...new Set([
      last,
      last.replace(/[-.]/g, ''),
      last.replace(/[-.]/g, '_'),
      ...parts,
      last.replace(/^go/, ''),
    ]),
  ].filter((name) => /^\w+$/.test(name));
}

function plainEnd(specifier: string): string {
  const plain = specifier.replace(/\/v\d+$/, '').replace(/\.v\d+$/, '');
  return plain.slice(plain.lastIndexOf('/') + 1);
}
