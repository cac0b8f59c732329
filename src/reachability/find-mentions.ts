// Where a text names a package without importing it: in a string of a source, or anywhere in a setting.
import type { SourceFile } from './source-index.ts';

export interface Mention {
  readonly path: string;
  readonly text: string;
  readonly start: number;
}

const LONGEST_LOOK_BACK = 2000;
const RUBY = /\.(?:rb|rake|ru|erb|haml|slim|jbuilder|gemspec)$|(?:^|\/)(?:Rakefile|Capfile|Guardfile)$/;

/** The first place where the word stands as a whole: not inside of a longer name or a path of another. */
export function findWord(text: string, word: string, from = 0, isDotted = true): number {
  for (let at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = at === 0 ? '' : (text[at - 1] ?? '');
    const after = text[at + word.length] ?? '';
    // An ending of a file's name, where modules have dots.
    if (!isDotted && before === '.') continue;
    // `@scope/name` is not `name`; `name-other` is not `name`; `name@1`, `name/sub`, `name.sub` and `x.name` are.
    if (/[\w$-]/.test(after)) continue;
    // `ruby -rname`, `node -rname`: an option takes its name without a blank.
    if (/[\w$-]/.test(before) && !/(?:^|[\s"'=,[])-r$/.test(text.slice(Math.max(0, at - 3), at))) continue;
    if (before === '/' && /@[\w.-]{1,100}$/.test(text.slice(Math.max(0, at - 102), at - 1))) continue;
    return at;
  }
  return -1;
}

/** A mention inside of quotes, as far as one line tells; where it does not, it counts as one. */
export function findQuoted(file: SourceFile, words: readonly string[], isDotted: boolean): Mention | null {
  for (const word of words)
    for (
      let at = findWord(file.text, word, 0, isDotted);
      at >= 0;
      at = findWord(file.text, word, at + 1, isDotted)
    ) {
      if (isQuoted(file.text, at, at + word.length, RUBY.test(file.path)))
        return { path: file.path, text: file.text, start: at };
    }
  return null;
}

function isQuoted(text: string, start: number, end: number, isRuby: boolean): boolean {
  const quotes = '\'"`';
  // A symbol of Ruby.
  if (isRuby && text[start - 1] === ':' && text[start - 2] !== ':') return true;
  if (quotes.includes(text[start - 1] ?? ' ') || quotes.includes(text[end] ?? ' ')) return true;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  if (start - from > LONGEST_LOOK_BACK) return true;
  let open = '';
  for (let at = from; at < start; at++) {
    const character = text[at] ?? '';
    if (character === '\\') at++;
    else if (open === '' && quotes.includes(character)) open = character;
    else if (character === open) open = '';
  }
  return open !== '';
}
