// One finding and its dossier → the pieces of a prompt that speak of it; everything from outside made visible, marked as such.
import type { Dossier, DossierItem } from '#domain/dossier.ts';
import type { Passage } from '#domain/knowledge.ts';
import type { OddName } from '#domain/odd-name.ts';
import { codeSpan } from '#support/escape-markdown.ts';
import { shorten } from '#support/shorten.ts';
import { blockOf, type PromptBlock } from './ablation-names.ts';
import { numbered, ours, outside, type Piece } from './prompt-pieces.ts';
import type { Seal } from './seal-prompt.ts';

/** Texts beside the dossier. */
export interface TitledText {
  readonly title: string;
  readonly text: string;
}

export interface PromptSubject {
  readonly dossier: Dossier;
  /** Words of ours: written as they are, but for secrets. */
  readonly extra?: readonly TitledText[];
  /** Somebody else's words: delimited and marked. */
  readonly outside?: readonly TitledText[];
}

/** How outside text is shown (visible-text.ts); every text is shown the same way each time. */
export interface Eyes {
  text(text: string): Promise<string>;
  line(text: string): Promise<string>;
  /** Notes that `text` stands in the prompt as a part of another one. */
  note(text: string, asSeen: string): void;
}

/** Where an item's lines were shown before: in which subject, under which id. */
interface Shown {
  readonly subject: number;
  readonly item: DossierItem;
}

/** A scanner's message says little that the code does not, and anybody may have written it (security row 2). */
const LONGEST_MESSAGE = 1_000;
/** What is looked through for secrets; longer messages are cut before anything reads them. */
const LONGEST_READ = 8 * LONGEST_MESSAGE;

/**
 * The pieces for the subject at `index`. `shown` remembers across the subjects of one prompt which lines stand there already: pieces of
 * code that two of them share are written once.
 */
export async function describeSubject(
  subject: PromptSubject,
  index: number,
  context: { eyes: Eyes; shows(block: PromptBlock): boolean; shown: Shown[] },
): Promise<readonly Piece[]> {
  const { dossier } = subject;
  const { eyes, shows } = context;
  const pieces: Piece[] = [
    ours((seal) => `=== Finding ${idAt(seal, index)} ===\n\n${describeWeakness(dossier, shows('card'))}`),
    outside(await describeReport(dossier, eyes, shows('message')), []),
  ];
  for (const item of dossier.items) {
    if (shows(blockOf(item.kind))) pieces.push(...(await describeItem(item, index, context)));
  }
  if (shows('unknowns')) pieces.push(...(await describeUnknowns(dossier, eyes)));
  pieces.push(...(await describeOddNames(dossier, eyes)));
  pieces.push(...(await describeTexts({ knowledge: dossier.knowledge }, context)));
  if (shows('cut') && dossier.cut.length > 0) {
    const cut = await Promise.all(dossier.cut.map((what) => eyes.line(what)));
    pieces.push(ours('Left out to keep within the size:'), outside([], cut));
  }
  const { extra, outside: theirs } = subject;
  pieces.push(
    ...(await describeTexts({ ...(extra && { extra }), ...(theirs && { outside: theirs }) }, context)),
  );
  pieces.push(ours((seal) => `=== End of finding ${idAt(seal, index)} ===`));
  return pieces;
}

/** Texts that stand beside the dossier of a finding, or beside all of them: passages, words of ours, words of others. */
export async function describeTexts(
  {
    knowledge = [],
    extra = [],
    outside: theirs = [],
  }: Pick<PromptSubject, 'extra' | 'outside'> & { readonly knowledge?: readonly Passage[] },
  { eyes, shows }: { eyes: Eyes; shows(block: PromptBlock): boolean },
): Promise<readonly Piece[]> {
  const passages = shows('knowledge') ? knowledge : [];
  const pieces: Piece[] = await Promise.all(passages.map((at) => passageOf(at, eyes)));
  for (const { title, text } of extra)
    pieces.push(ours(`${await eyes.line(title)}:\n${await eyes.text(text)}`));
  for (const { title, text } of theirs)
    pieces.push(outside([await eyes.line(title)], (await eyes.text(text)).split('\n')));
  return pieces;
}

/** The finding's opaque id; '' while the names are not made yet. */
function idAt(seal: Seal, index: number): string {
  return seal.ids[index] ?? '';
}

/** The weakness in our own words: numbers and cards that ship with Assay, no text from outside. */
function describeWeakness({ case: { card, finding } }: Dossier, withCard: boolean): string {
  const numbers = finding.cwe.map((cwe) => `CWE-${cwe}`).join(', ');
  const lines = [
    `Weakness reported: ${numbers === '' ? 'not stated' : numbers}. Severity: ${finding.severity}.`,
  ];
  if (withCard && card !== null) {
    lines.push(`What CWE-${card.cwe} (${card.name}) is: ${card.what}`, `How it is mended: ${card.fix}`);
  }
  return lines.join('\n');
}

async function describeReport(
  { case: { finding } }: Dossier,
  eyes: Eyes,
  withMessage: boolean,
): Promise<string[]> {
  const { location, tools, ruleId, message } = finding;
  const place = `${await spanOf(location.path, eyes)}:${location.startLine}-${location.endLine}`;
  const names = await Promise.all(tools.map((tool) => spanOf(`${tool.name} ${tool.ruleId}`, eyes)));
  const lines = [
    `Reported at ${place}${location.resolved ? '' : ' (a place that was not found in the repository)'}`,
    `By ${names.length === 0 ? await spanOf(ruleId, eyes) : names.slice(0, 5).join(', ')}`,
  ];
  if (withMessage) {
    const shown = await eyes.line(message.slice(0, LONGEST_READ).replace(/\s*[\r\n]+\s*/g, ' '));
    lines.push(`The scanner's words: ${codeSpan(shorten(shown, LONGEST_MESSAGE))}`);
  }
  return lines;
}

async function describeItem(
  item: DossierItem,
  subject: number,
  { eyes, shown }: { eyes: Eyes; shown: Shown[] },
): Promise<readonly Piece[]> {
  const place = `${await spanOf(item.path, eyes)}:${item.startLine}-${item.endLine}`;
  const head = `[${item.id}] ${item.kind} ${place} — ${await eyes.line(item.note)}`;
  const before = shown.find((one) => holds(one.item, item));
  if (before !== undefined) {
    const from = item.startLine - before.item.startLine;
    const seen = (await eyes.text(before.item.text)).split('\n');
    eyes.note(item.text, seen.slice(from, from + item.text.split('\n').length).join('\n'));
    return [
      outside([head], []),
      ours((seal) => {
        const whose = before.subject === subject ? '' : ` of finding ${idAt(seal, before.subject)}`;
        return `${linesOf(item)} in [${before.item.id}]${whose} above; quote them from there as [${item.id}].`;
      }),
    ];
  }
  shown.push({ subject, item });
  return [numbered(head, await eyes.text(item.text), item.startLine)];
}

function linesOf({ id, startLine, endLine }: DossierItem): string {
  return startLine === endLine
    ? `Line ${startLine} of [${id}] stands`
    : `Lines ${startLine}-${endLine} of [${id}] stand`;
}

/** Whether the lines of `inner` stand within those of `outer`, letter by letter. */
function holds(outer: DossierItem, inner: DossierItem): boolean {
  if (outer.path !== inner.path || inner.startLine < outer.startLine || inner.endLine > outer.endLine)
    return false;
  const from = inner.startLine - outer.startLine;
  const lines = inner.text.split('\n');
  return (
    outer.text
      .split('\n')
      .slice(from, from + lines.length)
      .join('\n') === inner.text
  );
}

async function describeUnknowns({ unknowns }: Dossier, eyes: Eyes): Promise<readonly Piece[]> {
  if (unknowns.length === 0) return [];
  const lines = await Promise.all(
    unknowns.map(async ({ code, text }) => `${code}: ${await eyes.line(text)}`),
  );
  return [ours('What program analysis could not settle:'), outside([], lines)];
}

const ODDITY: Readonly<Record<OddName['oddity'], string>> = {
  mixed_scripts: 'mixes letters of several scripts',
  look_alike: 'looks like another name of the file, and is not the same',
  direction: 'turns the direction of the text',
  invisible: 'holds characters that nobody sees',
};

/** What a reader of the code may overlook; a word that looks like a known function need not be it. */
async function describeOddNames({ case: { evidence } }: Dossier, eyes: Eyes): Promise<readonly Piece[]> {
  const { oddNames = [] } = evidence;
  if (oddNames.length === 0) return [];
  const lines = await Promise.all(
    oddNames.map(
      async ({ name, path, line, oddity, characters }) =>
        `${await spanOf(name, eyes)} at ${await spanOf(path, eyes)}:${line} ${ODDITY[oddity]} (${characters.join(', ')})`,
    ),
  );
  return [ours('Not what it looks like (by itself this says nothing of the weakness):'), outside([], lines)];
}

async function passageOf(passage: Passage, eyes: Eyes): Promise<Piece> {
  const anchor = passage.anchor === null ? '' : `#${passage.anchor}`;
  const where = passage.path === null ? '' : ` (${await spanOf(`${passage.path}${anchor}`, eyes)})`;
  const head = `[${passage.label}] ${await eyes.line(passage.title)}${where}`;
  return outside([head], (await eyes.text(passage.text)).split('\n'));
}

async function spanOf(text: string, eyes: Eyes): Promise<string> {
  return codeSpan(shorten(await eyes.line(text), 300));
}
