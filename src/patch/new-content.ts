// Asks what a change brings into a file that the lines it replaces did not hold: addresses, programs, imports, hidden text, secrets.
import type { Language } from '#code/languages.ts';
import { replaceInvisible } from '#support/invisible-characters.ts';
import { markOutside } from '#support/mark-outside.ts';
import { SECRET_PATTERNS } from '#support/secret-patterns.ts';
import { importedModules } from './imported-modules.ts';
import { CONTENT_RULES } from './new-content-rules.ts';

export interface ChangedContent {
  /** The lines that go. */
  readonly removed: string;
  /** The lines that come. */
  readonly added: string;
  /** The whole file as it was. */
  readonly file: string;
  readonly language: Language | null;
}

/** Names of what watches over access: a change that takes them away mends nothing. Others only lift such a watch. */
const GUARD =
  /authori[sz]|authenticat|permission|is_?admin|csrf|login_?required|require_?auth|require_?login|access_?control|antiforgery/i;
const LIFTED_GUARD = /exempt|disable|ignore|skip|allow|permitall|anonymous|without|bypass/i;
/** Comments inside of a line, and line ends that are taken back: both may stand inside of a name or between it and its bracket. */
const JOINS = /\/\*[\s\S]{0,2000}?\*\/|\\\r?\n/g;

/** What the change may not bring in or take away, as a sentence; null when there is nothing of the kind. */
export function forbiddenContent(content: ChangedContent): string | null {
  const { removed, added } = content;
  return (
    hiddenCharacters(removed, added) ??
    secrets(removed, added) ??
    dangers(content) ??
    imports(content) ??
    lostGuards(removed, added)
  );
}

function hiddenCharacters(removed: string, added: string): string | null {
  const runsOf = (text: string): readonly string[] => {
    const runs: string[] = [];
    replaceInvisible(text.replace(/\r\n/g, '\n'), (run) => {
      runs.push(run);
      return '';
    });
    return runs;
  };
  if (firstNew(runsOf(removed), runsOf(added)) !== null)
    return 'The patch brings in characters that nobody can see.';
  const mixed = firstNew(mixedWords(removed), mixedWords(added));
  return mixed === null
    ? null
    : `The patch brings in a word of letters that look alike in two scripts, ${markOutside(mixed)}.`;
}

function mixedWords(text: string): readonly string[] {
  return (text.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? []).filter(
    (word) =>
      /\p{Script=Latin}/u.test(word) &&
      /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]|[\uFF00-\uFFEF]/u.test(
        word,
      ),
  );
}

function secrets(removed: string, added: string): string | null {
  for (const { kind, pattern, isSecret } of SECRET_PATTERNS) {
    const find = (text: string) =>
      [...text.matchAll(pattern)]
        .map((match) => match.groups?.secret ?? match[0])
        .filter((secret) => isSecret?.(secret) ?? true);
    if (firstNew(find(removed), find(added)) !== null)
      return `The patch brings in what looks like a secret (${kind}).`;
  }
  return null;
}

function dangers({ removed, added, file, language }: ChangedContent): string | null {
  const bare = (text: string) => text.replace(JOINS, '');
  for (const { what, pattern, languages, keyOf } of CONTENT_RULES) {
    if (language !== null && languages !== null && !languages.includes(language)) continue;
    const find = (text: string) => [text, bare(text)].map((version) => version.match(pattern) ?? []);
    const [before = [], bareBefore = []] = find(removed);
    const [now = [], bareNow = []] = find(added);
    const found = firstNew(before, now, keyOf) ?? firstNew(bareBefore, bareNow, keyOf);
    if (found === null || isKnownRun(found, what, file)) continue;
    return `The patch brings in ${what}, ${markOutside(found.trim(), 60)}.`;
  }
  return null;
}

/** A long name or path that the file already holds hides nothing new. */
function isKnownRun(found: string, what: string, file: string): boolean {
  return what.startsWith('a long run') && file.includes(found);
}

function imports({ added, file, language }: ChangedContent): string | null {
  const known = importedModules(file, language);
  for (const text of [added, added.replace(JOINS, '')])
    for (const name of importedModules(text, language))
      if (!known.has(name))
        return `The patch imports ${markOutside(name, 60)}, which the file does not use yet.`;
  return null;
}

function lostGuards(removed: string, added: string): string | null {
  const guardsOf = (text: string) =>
    (text.match(/\w+/g) ?? []).filter((word) => GUARD.test(word) && !LIFTED_GUARD.test(word));
  const lost = firstNew(guardsOf(added), guardsOf(removed));
  return lost === null ? null : `The patch takes away ${markOutside(lost, 60)}, which may guard the access.`;
}

/** The first of `now` that stands there more often than in `before`; white space and, without `keyOf`, nothing else is looked over. */
function firstNew(
  before: readonly string[],
  now: readonly string[],
  keyOf: (match: string) => string = (match) => match,
): string | null {
  const key = (match: string) => keyOf(match).replace(/\s+/g, '');
  const left = new Map<string, number>();
  for (const match of before) left.set(key(match), (left.get(key(match)) ?? 0) + 1);
  for (const match of now) {
    const count = left.get(key(match)) ?? 0;
    if (count === 0) return match;
    left.set(key(match), count - 1);
  }
  return null;
}
