// What a JavaScript or TypeScript file binds a package to: every way of importing it that is not understood leaves open what is used.
import type { FoundImport } from '../ecosystems/ecosystem.ts';
import { type FindUses, GIVES_ALL, MOST_IMPORTS, usesOfBindings, type Wanted } from './use.ts';

interface Gathered {
  readonly spaces: string[];
  readonly clauses: (readonly [number, number])[];
  readonly called: number[];
  readonly open: number[];
}

const DECLARED =
  /(?:\b(?:const|let|var)\s{1,9}|,\s{0,50})([\w$]{1,100}|\{[^{}]{0,2000}\})\s{0,9}(?::[^=;]{0,200})?=\s{0,50}(?:\(?\s{0,9}await\s{1,9})?$/;
const IMPORT_EQUALS = /\bimport\s{1,9}([\w$]{1,100})\s{0,9}=\s{0,9}$/;

export const findJavaScriptUses: FindUses = (code, imports, wanted) => {
  const bound: Gathered = { spaces: [], clauses: [], called: [], open: [] };
  for (const found of imports.slice(0, MOST_IMPORTS))
    if (!found.isTypeOnly) bind(code.code, found, wanted, bound);
  if (imports.length > MOST_IMPORTS) bound.open.push(imports[0]?.start ?? 0);
  return usesOfBindings(code, bound, wanted);
};

function bind(code: string, found: FoundImport, wanted: Wanted, bound: Gathered): void {
  const part = found.specifier.split('/').pop() ?? '';
  // `lodash/template.js`, `lodash.template`: the part itself is the vulnerable name.
  const name = part.replace(/\.[cm]?js$/, '').replace(/^lodash\./, '');
  if (wanted.names.has(name)) bound.called.push(found.start);
  if (GIVES_ALL.has(name)) bound.open.push(found.start);
  const before = code.slice(Math.max(0, found.start - 4000), found.start - 1);
  const statement = /\b(import|export)\b(?![\s\S]*\b(?:import|export)\b)([\s\S]*?)\bfrom\s*$/.exec(before);
  const start = statement === null ? found.start : found.start - 1 - (before.length - statement.index);
  if (statement !== null) {
    bound.clauses.push([start, found.end + 1]);
    const clause = (statement[2] ?? '').trim();
    if (statement[1] === 'export') bindExported(clause, found.start, wanted, bound);
    else bindClause(clause, found.start, wanted, bound);
  } else if (!/\bimport\s*$/.test(before)) bindCall(code, found, wanted, bound);
  // What binds no name may leave a global one behind, as lodash and other old packages do in a page.
  else bound.open.push(found.start);
}

function bindExported(clause: string, at: number, wanted: Wanted, bound: Gathered): void {
  if (!clause.startsWith('{')) bound.open.push(at);
  else bindNames(clause, at, wanted, { ...bound, spaces: [] }, true);
}

function bindClause(clause: string, at: number, wanted: Wanted, bound: Gathered): void {
  const braces = /\{[^{}]*\}/.exec(clause)?.[0] ?? '';
  if (braces !== '') bindNames(braces, at, wanted, bound, false);
  for (const part of clause.replace(braces, '').split(',')) {
    const local = /^(?:\*\s*as\s+)?([\p{L}_$][\p{L}\p{N}_$]*)$/u.exec(part.trim())?.[1];
    if (local !== undefined) bound.spaces.push(local);
    else if (part.trim() !== '') bound.open.push(at);
  }
}

/** `{ a, b as c, d: e }` */
function bindNames(braces: string, at: number, wanted: Wanted, bound: Gathered, isExport: boolean): void {
  for (const part of braces.slice(1, -1).split(',')) {
    const text = part.trim().replace(/\s*=[\s\S]*$/, '');
    if (text === '' || /^type\s+\w/.test(text)) continue;
    const names = /^(['"]?)([\w$]+)\1(?:\s*(?::|\bas\b)\s*(['"]?)([\w$]+)\3)?$/.exec(text);
    const name = names?.[2];
    if (name === undefined || GIVES_ALL.has(name)) bound.open.push(at);
    else if (wanted.names.has(name)) bound.called.push(at);
    else if (name === 'default' || wanted.owners.has(name)) {
      if (isExport) bound.open.push(at);
      else bound.spaces.push(names?.[4] ?? name);
    }
  }
}

/** `require('x')`, `import('x')` and what stands around them. */
function bindCall(code: string, found: FoundImport, wanted: Wanted, bound: Gathered): void {
  const head = code.slice(Math.max(0, found.start - 2600), found.start - 1);
  const word = /(?:\brequire|\bimport)\s*\(\s*$/.exec(head);
  const tail = /^['"`]\s*\)((?:\s*\))?\s*(?:\?\.|\.)\s*([\w$]+)|\s*\)?)/.exec(
    code.slice(found.end, found.end + 300),
  );
  if (word === null || tail === null) {
    bound.open.push(found.start);
    return;
  }
  const before = head.slice(0, word.index);
  const member = tail[2] ?? null;
  if (member !== null && wanted.names.has(member)) {
    bound.called.push(found.start);
    return;
  }
  if (member !== null && member !== 'default' && !wanted.owners.has(member)) {
    if (/^(?:then|call|apply|bind)$/.test(member) || GIVES_ALL.has(member)) bound.open.push(found.start);
    return;
  }
  const target = (DECLARED.exec(before) ?? IMPORT_EQUALS.exec(before))?.[1];
  const after = code.slice(found.end + tail[0].length).trimStart();
  if (target === undefined || /^[([.?]/.test(after)) {
    if (
      wanted.isDefault &&
      target === undefined &&
      /(?:^|[;{}\n])\s*$/.test(before) &&
      !/^[([.?]/.test(after)
    ) {
      bound.open.push(found.start);
      return;
    }
    // A bare `require('x');` binds nothing, and may leave a global name behind.
    if (
      target === undefined &&
      /(?:^|[;{}\n])\s*(?:await\s+)?$/.test(before) &&
      /^(?:;|$|[\w}/])/.test(after)
    ) {
      bound.open.push(found.start);
      return;
    }
    (wanted.isDefault ? bound.called : bound.open).push(found.start);
    return;
  }
  bound.clauses.push([
    found.start - 1 - (head.length - before.length) - targetLength(before, target),
    found.end,
  ]);
  if (target.startsWith('{')) bindNames(target, found.start, wanted, bound, false);
  else bound.spaces.push(target);
}

/** How far before the call the bound name or pattern begins. */
function targetLength(before: string, target: string): number {
  return before.length - before.lastIndexOf(target);
}
