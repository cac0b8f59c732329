// go.mod: what a module requires, and what stands for what (https://go.dev/ref/mod#go-mod-file).
import type { Place } from '#domain/location.ts';
import { phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import { placeInLine, placeOfLine } from '../line-index.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { folderOf } from '../repository-path.ts';

export interface GoRequire {
  readonly name: string;
  readonly version: string;
  readonly isIndirect: boolean;
  /** The version's text. */
  readonly place: Place;
}

export interface GoReplace {
  readonly name: string;
  /** Only this version is replaced; null: all. */
  readonly version: string | null;
  /** Another module at a version, or a folder (null). */
  readonly by: { readonly name: string; readonly version: string; readonly place: Place } | null;
}

export interface GoMod {
  readonly path: string;
  readonly folder: string;
  readonly name: string | null;
  /** `1.21`; null for none. */
  readonly goVersion: string | null;
  readonly requires: readonly GoRequire[];
  readonly replaces: readonly GoReplace[];
}

interface Word {
  readonly text: string;
  /** 1-based columns of the text inside its quotes. */
  readonly start: number;
  readonly end: number;
}

const WORD = /\/\/.*|"([^"]*)"|`([^`]*)`|=>|[()]|[^\s()"`]+/g;
const MOST_WORDS = 16;

/** Null when it cannot be read, which is noted. */
export async function readGoMod(files: ManifestFiles, path: string): Promise<GoMod | null> {
  const text = await files.text(path, 4 * 1024 * 1024);
  if (text === null) return null;
  const requires: GoRequire[] = [];
  const replaces: GoReplace[] = [];
  let name: string | null = null;
  let goVersion: string | null = null;
  let block: string | null = null;
  let faults = 0;
  let line = 0;
  for (const raw of text.split('\n')) {
    line += 1;
    const { words, comment } = wordsOf(raw);
    const [first, second] = words;
    if (first === undefined) continue;
    if (first.text === ')') {
      block = null;
      continue;
    }
    if (block === null && second?.text === '(') {
      block = first.text;
      continue;
    }
    const verb = block ?? first.text;
    const rest = block === null ? words.slice(1) : words;
    if (verb === 'module') name = rest[0]?.text ?? null;
    else if (verb === 'go') goVersion = rest[0]?.text ?? null;
    else if (verb === 'require') {
      const [module, version] = rest;
      if (module === undefined || version === undefined) faults += 1;
      else
        requires.push({
          name: module.text,
          version: version.text,
          isIndirect: /^\/\/\s*indirect\b/.test(comment),
          place: placeInLine(path, line, version.start, version.end),
        });
    } else if (verb === 'replace') {
      const replace = replaceOf(rest, path, line);
      if (replace === null) faults += 1;
      else replaces.push(replace);
    } else if (!/^(exclude|retract|tool|toolchain|godebug|ignore)$/.test(verb)) faults += 1;
  }
  if (faults > 0) files.note(path, phrase`${markOutside(path)}: ${faults} lines are not understood.`);
  return { path, folder: folderOf(path), name, goVersion, requires, replaces };
}

function wordsOf(line: string): { readonly words: readonly Word[]; readonly comment: string } {
  const words: Word[] = [];
  for (const match of line.slice(0, 4_096).matchAll(WORD)) {
    const [whole] = match;
    if (whole.startsWith('//')) return { words, comment: whole };
    const inner = match[1] ?? match[2];
    const start = match.index + (inner === undefined ? 1 : 2);
    const text = inner ?? whole;
    words.push({ text, start, end: start + text.length });
    if (words.length >= MOST_WORDS) break;
  }
  return { words, comment: '' };
}

/** `old [version] => new version`, or a folder on the right. */
function replaceOf(words: readonly Word[], path: string, line: number): GoReplace | null {
  const arrow = words.findIndex(({ text }) => text === '=>');
  const [old, version] = words.slice(0, Math.max(0, arrow));
  const [target, targetVersion] = words.slice(arrow + 1);
  if (arrow < 1 || old === undefined || target === undefined) return null;
  const by =
    targetVersion === undefined
      ? null
      : {
          name: target.text,
          version: targetVersion.text,
          place: placeInLine(path, line, targetVersion.start, targetVersion.end),
        };
  return { name: old.text, version: version?.text ?? null, by };
}

/** What a `replace` puts in the place of a module; undefined: nothing does. */
export function replacementOf(
  { name, version }: { readonly name: string; readonly version: string },
  replaces: readonly GoReplace[],
): GoReplace | undefined {
  const named = replaces.filter((replace) => replace.name === name);
  return (
    named.find((replace) => replace.version === version) ?? named.find((replace) => replace.version === null)
  );
}

/** Modules whose content go.sum vouches for, each with its line; `/go.mod` lines vouch for a go.mod alone. */
export function modulesOfGoSum(
  path: string,
  text: string,
): { name: string; version: string; place: Place }[] {
  return text.split('\n').flatMap((raw, index) => {
    const [name, version, hash] = raw.length > 4_096 ? [] : raw.trim().split(/\s+/);
    if (name === undefined || version === undefined || !hash?.startsWith('h1:')) return [];
    return version.endsWith('/go.mod') ? [] : [{ name, version, place: placeOfLine(path, index + 1) }];
  });
}
