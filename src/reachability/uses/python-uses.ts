// What a Python file binds a module to.
import { type FindUses, MOST_IMPORTS, usesOfBindings } from './use.ts';

const FROM = /^from\s+([\w.]+)[\s\\]+import\b[\s\\]*(\([^)]{0,6000}\)|(?:[^\n;#\\]|\\\r?\n){0,2000})/;

export const findPythonUses: FindUses = (code, imports, wanted) => {
  const spaces: string[] = [];
  const clauses: (readonly [number, number])[] = [];
  const called: number[] = [];
  const open: number[] = [];
  const seen = new Set<number>();
  for (const { start, end, specifier } of imports.slice(0, MOST_IMPORTS)) {
    const text = code.code;
    const head = text.slice(Math.max(0, start - 300), start);
    const from = /\bfrom[ \t]+$/.exec(head);
    if (from !== null) {
      const at = start - (head.length - from.index);
      if (seen.has(at)) continue;
      seen.add(at);
      const statement = FROM.exec(text.slice(at, at + 8400));
      clauses.push([at, at + (statement?.[0].length ?? end - at)]);
      for (const part of (statement?.[2] ?? '')
        .replace(/#[^\n]*/g, '')
        .replace(/[()\\]/g, ' ')
        .split(',')) {
        const names = /^\s*(\w+|\*)(?:\s+as\s+(\w+))?\s*$/.exec(part);
        const name = names?.[1];
        if (name === undefined) continue;
        if (name === '*') open.push(at);
        else if (wanted.names.has(name)) called.push(at);
        // A submodule that holds the vulnerable name, or the module below a namespace.
        else if (wanted.owners.has(name) || !specifier.includes('.') || isModuleOf(specifier, name))
          spaces.push(names?.[2] ?? name);
      }
      continue;
    }
    if (!/\bimport\b[\w.,\s\\]*$/.test(head)) {
      // `import_module('x')`: what becomes of it is not followed.
      open.push(start);
      continue;
    }
    const alias = /^\s+as\s+(\w+)/.exec(text.slice(end, end + 120));
    clauses.push([start, end + (alias?.[0].length ?? 0)]);
    spaces.push(alias?.[1] ?? specifier.split('.', 1)[0] ?? specifier);
  }
  if (imports.length > MOST_IMPORTS) open.push(imports[0]?.start ?? 0);
  return usesOfBindings(code, { spaces, clauses, called, open }, wanted);
};

/** `from google import protobuf` binds the module. */
function isModuleOf(specifier: string, name: string): boolean {
  return (
    specifier.endsWith(`.${name}`) &&
    specifier.split('.').length === 2 &&
    /^[a-z]/.test(name) &&
    specifier.startsWith('google.')
  );
}
