// What a file does with a package that it imports: uses of vulnerable names, and ways on which one could be used unseen.
import type { FoundImport } from '../ecosystems/ecosystem.ts';
import type { CodeText } from '../read-code.ts';

export interface Uses {
  /** Offsets where a vulnerable name is referenced through the package. */
  readonly called: readonly number[];
  /** Offsets from which on it is not known what is used: the package is passed on, asked for a computed name, or the name stands elsewhere. */
  readonly open: readonly number[];
  /** Names that this file binds to the package or a part of it. */
  readonly locals: readonly string[];
}

/** A name that is looked for: `default` is the package itself, called. */
export interface Wanted {
  /** Last parts of the vulnerable names. */
  readonly names: ReadonlySet<string>;
  /** What stands before them: modules and types. */
  readonly owners: ReadonlySet<string>;
  readonly isDefault: boolean;
  /** Last parts of names that have an owner. */
  readonly methods: ReadonlySet<string>;
}

export type FindUses = (code: CodeText, imports: readonly FoundImport[], wanted: Wanted) => Uses;

export function wantedNames(symbols: readonly string[]): Wanted {
  const names = new Set<string>();
  const owners = new Set<string>();
  const methods = new Set<string>();
  for (const symbol of symbols) {
    const parts = symbol.split(/\.|::|#|\\|->/).filter((part) => part !== '');
    const last = parts.pop();
    if (last !== undefined && last !== 'default') names.add(last);
    for (const part of parts) owners.add(part);
    if (last !== undefined && parts.length > 0) methods.add(last);
  }
  return { names, owners, methods, isDefault: symbols.includes('default') };
}

/** Members that give the whole package, or a value with all of its functions, to whoever gets them. */
export const GIVES_ALL: ReadonlySet<string> = new Set([
  ...['chain', 'convert', 'mixin', 'noConflict', 'prototype', 'constructor', 'runInContext'],
  ...['tap', 'templateSettings', 'thru', 'wrapperLodash', '_'],
  ...['__dict__', '__getattribute__', '__loader__', '__spec__'],
]);

/** Imports of one package in one file that are looked at. */
export const MOST_IMPORTS = 200;
/** Uses that are enough to say that there are some. */
const ENOUGH = 20;

/** Every place where a name stands as a whole word. */
export function wordPlaces(text: string, word: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + word.length] ?? ' ';
    if (!/[\w$]/.test(before) && !/[\w$]/.test(after)) found.push(at);
  }
  return found;
}

function isWithin(at: number, ranges: readonly (readonly [number, number])[]): boolean {
  return ranges.some(([start, end]) => start <= at && at < end);
}

interface Bound {
  /** Local names of the package itself, or of a part that holds vulnerable names. */
  readonly spaces: readonly string[];
  /** Where the names are bound: what stands there is no use. */
  readonly clauses: readonly (readonly [number, number])[];
  readonly called: readonly number[];
  readonly open: readonly number[];
}

/** Goes through every occurrence of what is bound, and through what is left of the vulnerable names. */
export function usesOfBindings({ code, bare }: CodeText, bound: Bound, wanted: Wanted): Uses {
  const called = [...bound.called];
  const open = [...bound.open];
  let isChained = false;
  for (const local of new Set(bound.spaces))
    for (const at of wordPlaces(bare, local)) {
      if (called.length >= ENOUGH) break;
      if (isWithin(at, bound.clauses)) continue;
      // `x.local` is another's property; `...local` is not.
      if (/(?:^|[^.])\.\s{0,9}$|\?\.\s{0,9}$/.test(bare.slice(Math.max(0, at - 12), at))) continue;
      const use = useAt(code, at + local.length, wanted);
      if (use === 'called') called.push(at);
      else if (use === 'open' && open.length < ENOUGH) {
        if (wanted.isDefault) called.push(at);
        else open.push(at);
      } else if (use === 'chained') {
        isChained = true;
        if (wanted.isDefault) called.push(at);
        // What is wrapped may be handed on, and asked for anything elsewhere.
        else if (open.length < ENOUGH) open.push(at);
      }
    }
  for (const name of wanted.names)
    for (const at of wordPlaces(bare, name)) {
      if (called.length >= ENOUGH || open.length >= ENOUGH) break;
      if (isWithin(at, bound.clauses) || called.some((one) => one <= at && at - one < 200)) continue;
      if (isChained && /\.\s{0,20}$/.test(bare.slice(Math.max(0, at - 21), at))) called.push(at);
      else open.push(at);
    }
  return { called, open, locals: [...new Set(bound.spaces)] };
}

const MEMBER = /^\s{0,200}(?:\?\.|!\.|\.)\s{0,200}([\p{L}_$][\p{L}\p{N}_$]*)/u;
const KEY = /^\s{0,20}(?:\?\.)?\[\s{0,20}(['"`])([^'"`\n$]{1,100})\1\s{0,20}\]/;

/** What follows a bound name, member by member. */
function useAt(code: string, from: number, wanted: Wanted): 'called' | 'open' | 'chained' | 'other' {
  let at = from;
  let isChained = false;
  for (let steps = 0; steps < 20; steps++) {
    const rest = code.slice(at, at + 500);
    const found = MEMBER.exec(rest) ?? KEY.exec(rest);
    if (found === null) break;
    const name = found[2] ?? found[1] ?? '';
    if (wanted.names.has(name)) return 'called';
    // `m.call(…)` calls `m` itself.
    if (/^(?:call|apply)$/.test(name)) return wanted.names.has('default') ? 'called' : 'open';
    if (steps === 0 && /^(?:chain|flow|pipe|compose|partial|bind)$/.test(name)) isChained = true;
    // Of a module that is a vulnerable name's owner, or of the whole once more, anything may follow.
    if (!wanted.owners.has(name) && name !== 'default')
      return isChained ? 'chained' : GIVES_ALL.has(name) ? 'open' : 'other';
    at += found[0].length;
  }
  const next = /^\s{0,20}(\(|\[|\?\.\()/.exec(code.slice(at, at + 30))?.[1] ?? '';
  if (at > from) return 'open';
  return next.startsWith('(') || next === '?.(' ? 'chained' : 'open';
}
