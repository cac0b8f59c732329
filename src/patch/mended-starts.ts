// Asks what a change does to the programs that a file starts: the same ones without a shell are a mend, others are none (security row 24).
import type { SourceUnit } from '#code/source-unit.ts';
import type { LineEdit } from '#domain/patch.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import { constantOf, isSameCommand, type Word } from './command-words.ts';
import { type LineSpan, spanAfter } from './map-through-edits.ts';
import { DIVERSIONS, WRAPPERS } from './program-starts.ts';
import { type Start, startsOn } from './read-start.ts';

/** A call that a shell read, and the one in its place that none does. */
export interface MendedStart {
  readonly old: Start;
  readonly now: Start;
}

export type ProgramChange =
  /** Nothing is known to speak against the change, and it is no mend either. */
  | { readonly kind: 'unsaid' }
  | { readonly kind: 'mended'; readonly starts: readonly MendedStart[] }
  /** `why` is a sentence. */
  | { readonly kind: 'other programs'; readonly why: Phrase };

/** Of calls on the lines that go and on those that come; a call that stays as it is does not count. */
export function programChange(old: SourceUnit, now: SourceUnit, edits: readonly LineEdit[]): ProgramChange {
  const oldSpans = edits
    .map(({ startLine, lines }) => ({ startLine, endLine: startLine + lines - 1 }))
    .filter(isNotEmpty);
  const newSpans = edits.map((_edit, index) => spanAfter(edits, index)).filter(isNotEmpty);
  const [gone, come] = withoutSame(
    oldSpans.flatMap((span) => startsOn(old, span, false)),
    newSpans.flatMap((span) => startsOn(now, span, true)),
  );
  if (come.length === 0) return { kind: 'unsaid' };
  if (diversions(now, newSpans) > diversions(old, oldSpans)) return { kind: 'other programs', why: DIVERTED };
  const left = [...gone];
  const pairs: MendedStart[] = [];
  for (const start of come) {
    const at = left.findIndex((one) => isSame(one, start));
    const [pair] = at === -1 ? [] : left.splice(at, 1);
    const why = pair === undefined ? otherProgram(gone, start) : shellKept(start);
    if (why !== null) return { kind: 'other programs', why };
    if (pair !== undefined) pairs.push({ old: pair, now: start });
  }
  const isMend = pairs.length === come.length && pairs.every(takesShellAway);
  return isMend ? { kind: 'mended', starts: pairs } : { kind: 'unsaid' };
}

const DIVERTED = phrase`The patch also changes what decides on the program that is started.`;

function isNotEmpty({ startLine, endLine }: LineSpan): boolean {
  return endLine >= startLine;
}

function diversions({ language, lines }: SourceUnit, spans: readonly LineSpan[]): number {
  const pattern = DIVERSIONS.find(({ languages }) => languages.includes(language))?.pattern;
  const text = spans
    .map(({ startLine, endLine }) => lines.slice(startLine - 1, endLine).join('\n'))
    .join('\n');
  return pattern === undefined ? 0 : (text.match(pattern)?.length ?? 0);
}

function withoutSame(
  old: readonly Start[],
  now: readonly Start[],
): readonly [readonly Start[], readonly Start[]] {
  const textOf = ({ site }: Start) =>
    JSON.stringify([site.callee, site.arguments.map(({ name, value }) => [name, bare(value)])]);
  const left = [...old];
  const come = now.filter((start) => {
    const at = left.findIndex((one) => textOf(one) === textOf(start));
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
  return [left, come];
}

/** Without places, so that the same code elsewhere is the same. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([key]) => key !== 'span')
    .map(([key, one]) => [key, bare(one)]);
}

function isSame(old: Start, now: Start): boolean {
  if (old.words === null || now.words === null || (isThroughShell(now) && !isThroughShell(old))) return false;
  return constantOf(old.words[0]) !== null && isSameCommand(old.words, now.words);
}

/** `sh -c …`, spelled out. */
function isThroughShell({ words, written }: Start): boolean {
  return words !== written;
}

function takesShellAway({ old, now }: MendedStart): boolean {
  const said = new Set(old.besides.filter(({ mayStay }) => mayStay).map(({ text }) => text));
  const program = baseName(constantOf(now.words?.[0]) ?? '');
  return (
    now.isSafe &&
    (!old.isSafe || old.besides.some(({ keepsShell }) => keepsShell)) &&
    !WRAPPERS.has(program) &&
    now.besides.every(({ text, isHarmless }) => isHarmless || said.has(text))
  );
}

/** A list that is handed to a shell all the same mends nothing. */
function shellKept({ isSafe, besides }: Start): Phrase | null {
  return isSafe && besides.some(({ keepsShell }) => keepsShell)
    ? phrase`The patch still hands the command to a shell.`
    : null;
}

/** Where the old programs are known: why the new call starts something else, in a sentence. */
function otherProgram(gone: readonly Start[], { written: words }: Start): Phrase | null {
  const program = constantOf(words?.[0]);
  if (words === null || program === null || gone.length === 0) return null;
  const isKnown = gone.every((one) => constantOf(one.words?.[0]) !== null);
  const isOther = !gone.some((one) => constantOf(one.words?.[0]) === program);
  if (isOther && (isKnown || WRAPPERS.has(baseName(program))))
    return phrase`The patch starts another program than before, ${markOutside(program, 60)}.`;
  const option = isKnown
    ? optionsOf(words).find((one) => !gone.some((old) => optionsOf(old.words ?? []).includes(one)))
    : undefined;
  return option === undefined
    ? null
    : phrase`The patch gives the program another option than before, ${markOutside(option, 60)}.`;
}

function baseName(program: string): string {
  return (program.split(/[\\/]/).at(-1) ?? '')
    .toLowerCase()
    .replace(/\.(?:exe|cmd|bat)$/, '')
    .replace(/[\d.]+$/, '');
}

function optionsOf(words: readonly Word[]): readonly string[] {
  return words.map((word) => constantOf(word) ?? '').filter((word) => /^[-/]./.test(word) && word !== '--');
}
