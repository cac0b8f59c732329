// Asks what a change brings into a file that the lines it replaces did not hold: addresses, programs, imports, hidden text, secrets.
import type { Language } from '#code/languages.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import { replaceInvisible } from '#support/invisible-characters.ts';
import { markOutside } from '#support/mark-outside.ts';
import { SECRET_PATTERNS } from '#support/secret-patterns.ts';
import { withoutHarmlessImports, withoutNeededImports } from './harmless-imports.ts';
import { importedModules } from './imported-modules.ts';
import { lostCheck } from './lost-checks.ts';
import { CONTENT_RULES, LONG_RUN } from './new-content-rules.ts';
import { WEAKENING_RULES } from './weakening-rules.ts';

export interface ChangedContent {
  /** The lines that go. */
  readonly removed: string;
  /** The lines that come. */
  readonly added: string;
  /** The whole file as it was. */
  readonly file: string;
  readonly language: Language | null;
  /** Of the finding; without them, nothing is let through for their sake. */
  readonly cwe?: readonly number[];
}

/** Comments inside of a line, and line ends that are taken back: both may stand inside of a name or between it and its bracket. */
const JOINS = /\/\*[\s\S]{0,2000}?\*\/|\\\r?\n/g;
/** Where one text ends and the next one goes on, with or without a sign between them. */
const PIECES = /['"`][ \t\r\n]{0,100}[+.]?[ \t\r\n]{0,100}[A-Za-z]{0,2}['"`]/g;

/** What the change may not bring in or take away, as a sentence; null when there is nothing of the kind. */
export function forbiddenContent(content: ChangedContent): Phrase | null {
  const { removed, added, language, cwe = [] } = content;
  const needless = language === null ? added : withoutNeededImports(added, cwe);
  return (
    hiddenCharacters(removed, added) ??
    secrets(removed, added) ??
    dangers({ ...content, added: needless }) ??
    imports({ ...content, added: needless }) ??
    lostCheck(removed, added)
  );
}

function hiddenCharacters(removed: string, added: string): Phrase | null {
  const runsOf = (text: string): readonly string[] => {
    const runs: string[] = [];
    replaceInvisible(text.replace(/\r\n/g, '\n'), (run) => {
      runs.push(run);
      return '';
    });
    return runs;
  };
  if (firstNew(runsOf(removed), runsOf(added)) !== null)
    return phrase`The patch brings in characters that nobody can see.`;
  const mixed = firstNew(mixedWords(removed), mixedWords(added));
  return mixed === null
    ? null
    : phrase`The patch brings in a word of letters that look alike in two scripts, ${markOutside(mixed)}.`;
}

function mixedWords(text: string): readonly string[] {
  return (text.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? []).filter(
    (word) =>
      (/\p{Script=Latin}/u.test(word) &&
        /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]|[\uFF00-\uFFEF]/u.test(
          word,
        )) ||
      Array.from(word).some(isStyledLetter),
  );
}

/** Python reads `𝓮`, `ª` and `ſ` in a name as the plain letters that they stand for (PEP 3131). */
function isStyledLetter(character: string): boolean {
  return character > '\x7f' && /^[A-Za-z]+$/.test(character.normalize('NFKC'));
}

/** Kinds that are no vendor's name for its own. */
const SECRET_KINDS: ReadonlyMap<string, Phrase> = new Map([
  ['private key', phrase`private key`],
  ['password in a URL', phrase`password in a URL`],
  ['token in a URL', phrase`token in a URL`],
  ['authorization', phrase`authorization`],
  ['password', phrase`password`],
]);

function secrets(removed: string, added: string): Phrase | null {
  for (const { kind, pattern, isSecret } of SECRET_PATTERNS) {
    const find = (text: string) =>
      [...text.matchAll(pattern)]
        .map((match) => match.groups?.secret ?? match[0])
        .filter((secret) => isSecret?.(secret) ?? true);
    if (firstNew(find(removed), find(added)) !== null)
      return phrase`The patch brings in what looks like a secret (${SECRET_KINDS.get(kind) ?? kind}).`;
  }
  return null;
}

function dangers({ removed, added, file, language }: ChangedContent): Phrase | null {
  const [before, now] = [readingsOf(removed), readingsOf(added)];
  for (const { what, pattern, languages, keyOf } of [...CONTENT_RULES, ...WEAKENING_RULES]) {
    if (language !== null && languages !== null && !languages.includes(language)) continue;
    for (const [index, text] of now.entries()) {
      const found = firstNew(before[index]?.match(pattern) ?? [], text.match(pattern) ?? [], keyOf);
      if (found === null || (what === LONG_RUN && file.includes(found))) continue;
      return phrase`The patch brings in ${what}, ${markOutside(found.trim(), 60)}.`;
    }
  }
  return null;
}

/** As written, without what may stand inside of a name, and with texts that are put together as one. */
function readingsOf(text: string): readonly string[] {
  const bare = text.replace(JOINS, '');
  return [text, bare, bare.replace(PIECES, '')];
}

function imports({ added, file, language }: ChangedContent): Phrase | null {
  const known = importedModules(file, language);
  for (const text of [added, added.replace(JOINS, '')])
    for (const name of importedModules(withoutHarmlessImports(text, language), language))
      if (!known.has(name))
        return phrase`The patch imports ${markOutside(name, 60)}, which the file does not use yet.`;
  return null;
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
