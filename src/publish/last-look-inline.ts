// The last look at one line or table cell: code spans, our links and our tags are stepped over, and nothing live may be left.

export interface Allowed {
  /** Absolute addresses. One that ends in `/` allows what is below it, any other itself and what is below it. */
  readonly allowedLinkPrefixes: readonly string[];
}

/** Stands for what was stepped over: no word character, so that nothing grows together around it. */
const GAP = '\u{FFFC}';
const OUR_TAG = /<(?:br|\/?sub)>/y;
const LINK_TARGET = /\((https?:\/\/[A-Za-z0-9._~%/?#=&:+-]+)\)/y;

/** What forges, other bots and mail programs make live in prose. */
const LIVE: readonly (readonly [RegExp, string])[] = [
  [/@/, 'a mention'],
  [/#|[!%&]["\w]|&#|GH-\d|\^/i, 'a reference or an entity'],
  [/:\/\/|www\.|(?:mailto|xmpp|tel|javascript|data):/i, 'an address'],
  [/\$/, 'math'],
  [/:[\w+-]+:/, 'an emoji code'],
  [/[{}]/, 'an attribute'],
  [/(?<!~)~(?!~)|~{3}/, 'a label'],
  [/(?<![\p{L}\p{N}])(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{7,40}(?![\p{L}\p{N}])/iu, 'a commit'],
];

/** Null when nothing is live; else what is. Pipes of a table are gone already. */
export function lookAtInline(text: string, allowed: Allowed): string | null {
  let prose = '';
  for (let index = 0; index < text.length; ) {
    const character = text.charAt(index);
    const step = SPECIAL[character]?.(text, index, allowed);
    if (typeof step === 'string') return step;
    prose += step === undefined ? character : GAP;
    index = step ?? index + 1;
  }
  return LIVE.find(([pattern]) => pattern.test(prose))?.[1] ?? null;
}

/** The cells of a table's row, which begins and ends with a pipe; null when it is not whole. GFM §4.10 splits before it reads code spans. */
export function splitCells(row: string): readonly string[] | null {
  const line = row.trimEnd();
  if (line.length < 2 || !line.startsWith('|') || !line.endsWith('|') || line.endsWith('\\|')) return null;
  // Readers differ over a backslash before an escaped pipe.
  if (line.includes('\\\\|')) return null;
  const cells = line.slice(1, -1).split(/(?<!\\)\|/);
  return cells.map((cell) => cell.trim());
}

/** Where reading goes on behind what begins here, or what is live about it. */
type Step = (text: string, index: number, allowed: Allowed) => number | string;

const SPECIAL: Readonly<Record<string, Step>> = {
  '`': (text, index) => endOfCode(text, index) ?? 'a code span that is not closed',
  '<': (text, index) => {
    OUR_TAG.lastIndex = index;
    return OUR_TAG.test(text) ? OUR_TAG.lastIndex : 'HTML';
  },
  '[': endOfLink,
  ']': () => 'a bracket',
  '\\': () => 'a backslash',
};

/** CommonMark §6.1: a run of backticks is closed by the next run of the same length. */
function endOfCode(text: string, start: number): number | null {
  const length = runLength(text, start);
  for (let index = start + length; index < text.length; ) {
    const at = text.indexOf('`', index);
    if (at === -1) return null;
    const run = runLength(text, at);
    if (run === length) return at + run;
    index = at + run;
  }
  return null;
}

function runLength(text: string, start: number): number {
  let end = start;
  while (text.charAt(end) === '`') end += 1;
  return end - start;
}

function endOfLink(text: string, start: number, allowed: Allowed): number | string {
  if (text.charAt(start - 1) === '!') return 'an image';
  const close = endOfLinkText(text, start + 1);
  if (close === null) return 'a bracket';
  LINK_TARGET.lastIndex = close + 1;
  const target = LINK_TARGET.exec(text)?.[1];
  if (target === undefined || !isAllowed(target, allowed)) return 'a link that is not ours';
  const live = lookAtInline(text.slice(start + 1, close), { allowedLinkPrefixes: [] });
  return live ?? close + 1 + target.length + 2;
}

/** Where the text's closing bracket stands; code spans bind tighter than brackets (CommonMark §6.3). */
function endOfLinkText(text: string, start: number): number | null {
  for (let index = start; index < text.length; ) {
    const character = text.charAt(index);
    if (character === ']') return index;
    if (character === '[') return null;
    const next = character === '`' ? endOfCode(text, index) : index + 1;
    if (next === null) return null;
    index = next;
  }
  return null;
}

function isAllowed(target: string, { allowedLinkPrefixes }: Allowed): boolean {
  // A browser resolves dots, plain or encoded, before it asks the host.
  if (/\/(?:\.|%2e){1,2}(?:[/?#]|$)/i.test(target)) return false;
  return allowedLinkPrefixes.some((prefix) => {
    if (!target.startsWith(prefix)) return false;
    return prefix.endsWith('/') || target === prefix || /^[/?#]/.test(target.slice(prefix.length));
  });
}
