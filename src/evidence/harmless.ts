// Whether a sanitizer was the right one for the place in the text that a value comes to.
import type { Context, Origin } from '../code/evaluate/value.ts';

/** Behind these beginnings text of a page is no plain text: an open tag, script or style, an attribute without quotes. */
const OPEN_TAG = /<[^<>]*$/;
const OPEN_SCRIPT = /<(script|style)\b(?![\s\S]*<\/(script|style))/i;
const QUOTED_ATTRIBUTE = /<[^<>]*=\s*("[^"<>]*|'[^'<>]*)$/;
const ADDRESS_ATTRIBUTE = /\b(href|src|action|formaction|data|on\w+|style)\s*=\s*["']?[^"'<>]*$/i;

/** True when nothing in it can break out of its place. Unknown surroundings are no place. */
export function isHarmless({ cleaned, before }: Origin, context: Context): boolean {
  if (cleaned === undefined) return false;
  if (cleaned.includes('number')) return true;
  if (before === null || before === undefined) return false;
  if (cleaned.includes('word') && isPlaceOfWord(context, before)) return true;
  if (context === 'html' && cleaned.includes('html-text')) {
    if (!OPEN_SCRIPT.test(before) && !OPEN_TAG.test(before)) return true;
  }
  if (context === 'sql' && cleaned.includes('sql-literal') && openQuoteOf(before) === '') return true;
  return cleaned.includes(context) && (PLACES[context]?.(before) ?? true);
}

/** Which places in a text of that kind a sanitizer for it is enough for, by what stands before them. */
const PLACES: Partial<Record<Context, (before: string) => boolean>> = {
  html: isPlainPlace,
  sql: (before) => openQuoteOf(before) === "'",
  shell: (before) => PLAIN_COMMAND.test(before),
  // A name alone may be any file, or an address that the platform opens.
  path: (before) => before !== '',
  ldap: (before) => /\([^()=]+=[^()]*$/.test(before),
  url: (before) => before === '' || FIXED_HOST.test(before),
  xpath: (before) => isQuoted(before),
  regex: (before) => !/\[[^\]]*$/.test(before),
};

/** Letters and digits break out of nothing; where nothing surrounds them they are the whole command, statement or name. */
function isPlaceOfWord(context: Context, before: string): boolean {
  if (context === 'script') return false;
  if (context === 'sql') return openQuoteOf(before) === "'";
  return PLACES[context]?.(before) ?? true;
}

/** Its own argument of a program that does not run what it is told. */
const PLAIN_COMMAND =
  /^\s*(?!([\w./-]*\/)?(sh|bash|dash|zsh|ksh|csh|tcsh|fish|busybox|env|sudo|su|doas|xargs|nice|nohup|timeout|time|watch|setsid|stdbuf|script|eval|exec|ruby|irb|perl|python[0-9.]*|node|php|lua|awk|gawk|sed|find|tar|zip|unzip|git|hg|svn|ssh|scp|sftp|rsync|curl|wget|vi|vim|ed|emacs|less|more|man|make|rake|bundle|gem|npm|pip|docker|kubectl|gcc|gdb|mysql|psql|sqlite3|cmd|powershell|pwsh|ffmpeg|convert|magick|wkhtmltopdf|pdftk|openssl|crontab|at|systemctl|mount|dpkg|rpm|apt|apt-get|yum|sendmail|mail)(\.exe)?\s)[\w./-]+(\s+[\w./=:,-]+)*\s+$/;

/** Scheme and host are over, or a path of the same host is begun. */
const FIXED_HOST = /^(https?:\/\/[^/?#\\]+[/?#]|\/(?![/\\])|[?#])/i;

/** A cleaned value is still a proof where what cleaned it is for another kind of text altogether. */
export function mayBreakOut({ cleaned }: Origin, context: Context | undefined): boolean {
  if (context === undefined || cleaned === undefined) return false;
  return (
    !cleaned.includes('number') &&
    !cleaned.includes(context) &&
    cleaned.length > 0 &&
    cleaned.every((one) => FOREIGN[context]?.some((other) => one.startsWith(other)) === true)
  );
}

/** What HTML escaping does to text says nothing of these. */
const FOREIGN: Partial<Record<Context, readonly Context[]>> = {
  sql: ['html'],
  shell: ['html'],
  path: ['html'],
  ldap: ['html'],
  xpath: ['html'],
};

function isPlainPlace(before: string): boolean {
  if (OPEN_SCRIPT.test(before)) return false;
  if (!OPEN_TAG.test(before)) return true;
  return QUOTED_ATTRIBUTE.test(before) && !ADDRESS_ATTRIBUTE.test(before);
}

/** Inside of a literal of a query that knows no escapes. */
function isQuoted(before: string): boolean {
  return !/^(?:[^'"]|'[^']*'|"[^"]*")*$/.test(before);
}

/** The quote that a statement has open at its end, or none (`''`); null where that hangs on the database. */
function openQuoteOf(before: string): string | null {
  if (/\\|--|\/\*|#/.test(before)) return null;
  let open = '';
  for (const character of before) {
    if (open === '' && /['"`]/.test(character)) open = character;
    else if (character === open) open = '';
  }
  return open;
}

/** Texts of the code around a write; what one of them leaves open, the next write continues. */
const TEXTS = /"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|`([^`]*)`/g;

/** Whether text that is written by itself may come into a tag that an earlier write of the same code left open. */
export function mayContinueTag(code: string, isPhp: boolean): boolean {
  const literals = isPhp
    ? [...code.matchAll(/<\?(?:php\b|=)?([\s\S]*?)(?:\?>|$)/gi)].map(([, part]) => part ?? '')
    : [code];
  if (isPhp && !code.includes('<?')) literals.push(code);
  const texts = literals.flatMap((part) => [...part.matchAll(TEXTS)]);
  return texts.some(([, a, b, c]) => /<[a-z!/][^<>]*$/i.test(a ?? b ?? c ?? ''));
}

/** The page that a PHP file writes by itself before a place: what stands outside of its tags. */
export function pageBefore(code: string): string {
  const open = code.lastIndexOf('<?');
  const written = code.lastIndexOf('?>') < open ? code.slice(0, open) : code;
  return written.replace(/<\?(?:php\b|=)?[\s\S]*?\?>/gi, '').slice(-2000);
}

/** Whether something escaped for plain text may stand behind this page text. */
export const isPlainBehind = isPlainPlace;
