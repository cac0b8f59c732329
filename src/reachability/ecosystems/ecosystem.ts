// What the search must know of an ecosystem: which files are its code, how they name what they load, and under which names a package is loaded.
import type { SymbolRules } from '../load-symbol-rules.ts';

/** Something that a file loads, as it writes it. */
export interface FoundImport {
  readonly specifier: string;
  /** Offsets of the specifier in the text. */
  readonly start: number;
  readonly end: number;
  /** Erased before anything runs. */
  readonly isTypeOnly: boolean;
  /** An order to a tool, which may stand in a comment: it is no import, and may bring the package in. */
  readonly isDirective?: boolean;
}

/** A load whose name is made at run time. What is loaded begins with `prefix`; '' for anything. */
export interface DynamicLoad {
  readonly start: number;
  readonly prefix: string;
  /** The name of a file that says what is loaded: nothing is left open where the repository has it. */
  readonly file?: string;
  /** Only versions of the language that are old do it. */
  readonly isOld?: boolean;
}

export interface SourceScan {
  readonly imports: readonly FoundImport[];
  readonly dynamics: readonly DynamicLoad[];
}

export interface ImportNames {
  readonly names: readonly string[];
  /** Nothing tells the names for sure: that they are not found says nothing. */
  readonly isGuess: boolean;
}

/** `tooling`: configuration of build and test tools, written as code. */
export type SourceRole = 'runtime' | 'tooling' | 'test';

/** `tool`: by a command, a setting or a tool outside of the sources. `presence`: by other packages that look whether it is there. */
export type LoadedByOthers = 'tool' | 'presence' | null;

export interface EcosystemRules {
  /** As OSV names it. */
  readonly ecosystem: string;
  readonly sources: RegExp;
  /** Those of the sources that only name what they have loaded: pages and programs of other languages. */
  readonly pages?: RegExp;
  /** Those that load by directives alone: other texts in them name no package. */
  readonly directed?: RegExp;
  /** Whether what only old versions of the language do is ruled out by a setting. */
  isModern?(path: string, text: string): boolean;
  /** Code of others that lies in the repository. */
  readonly foreign: RegExp;
  readonly tests: RegExp;
  readonly tooling: RegExp | null;
  /** Whether the beginning of a file, however long, says that it loads no package. */
  loadsNothing?(text: string): boolean;
  scan(text: string, path: string): SourceScan;
  /** Imports are kept by this part of their specifier; all specifiers that one name covers have the name's. */
  keyOf(specifier: string): string;
  covers(name: string, specifier: string): boolean;
  namesOf(packageName: string, rules: SymbolRules): ImportNames;
  /** Words that stand for the package in texts and settings. */
  wordsOf(packageName: string, names: readonly string[]): readonly string[];
  /** Whether others load it, so that no import need stand anywhere. */
  loadedByOthers(packageName: string): LoadedByOthers;
}

/** Every match of a global pattern. */
export function allMatches(text: string, pattern: RegExp): RegExpExecArray[] {
  pattern.lastIndex = 0;
  const found: RegExpExecArray[] = [];
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === '') pattern.lastIndex++;
  }
  return found;
}

/** The place of group `index` in the text; patterns have the flag `d`. */
export function groupSpan(match: RegExpExecArray, index: number): readonly [number, number] {
  return match.indices?.[index] ?? [match.index, match.index + match[0].length];
}

/** Blanks and comments of languages that are like C, between two parts of a name. */
export const NAME_GAP = String.raw`\s{0,99}(?:\/\*[^*]{0,200}\*\/\s{0,99}){0,2}`;
