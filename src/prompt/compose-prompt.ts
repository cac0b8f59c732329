// Parts of prompts and dossiers → the very text that leaves for a model: the constant part first, the findings last.
import { createHash } from 'node:crypto';
import { AssayError } from '#domain/errors.ts';
import type { Passage } from '#domain/knowledge.ts';
import { ablationNames, type PromptBlock } from './ablation-names.ts';
import { chooseFamilies } from './choose-families.ts';
import { describeSubject, describeTexts, type Eyes, type PromptSubject } from './describe-subject.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { fillParameters } from './fill-parameters.ts';
import { nameOfPart, type PromptLibrary, type PromptPart, type PromptTask } from './prompt-part.ts';
import { ours, type Piece, writePieces } from './prompt-pieces.ts';
import { type Seal, sealPrompt } from './seal-prompt.ts';
import { type RedactText, visibleLine, visibleText } from './visible-text.ts';

/** Raised when code writes the same parts and dossiers down in another way: the hash is of what was said. */
const LAYOUT_VERSION = 1;
const LANGUAGE_NAMES = { en: 'English', 'zh-CN': 'Simplified Chinese' } as const;

/** What a request says besides its findings. */
export interface PromptTexts extends Pick<PromptSubject, 'extra' | 'outside'> {
  readonly knowledge?: readonly Passage[];
}

export interface PromptRequest {
  readonly task: PromptTask;
  /** At least one. */
  readonly subjects: readonly PromptSubject[];
  /** Before and after the findings. */
  readonly opening?: PromptTexts;
  readonly closing?: PromptTexts;
  /** Of the prose that people will read; the prompt itself is English. */
  readonly language: 'en' | 'zh-CN';
  isKindOf(cwe: number, ancestor: number): boolean;
  /** Names of `ablationNames`. */
  readonly switchedOff: ReadonlySet<string>;
  /** `createPromptRedactor` makes one. */
  readonly redact: RedactText;
}

export interface RenderedPrompt {
  /** `verdict@1+sql-injection@1`; parts that the team touched end in `-team`, the frame among them. */
  readonly id: string;
  /** 16 hexadecimal digits over all constant words, what was switched off, and how they are laid out. */
  readonly hash: string;
  /** The constant part: the same bytes for findings of the same families. */
  readonly system: string;
  readonly prompt: string;
  /** Opaque id → id of the finding. */
  readonly bindings: ReadonlyMap<string, string>;
  /** An estimate for both parts. */
  readonly tokens: number;
  /** Text of an item (or passage) as it stands → as the model saw it, line by line, without marks: quotes are looked for there. */
  readonly visible: ReadonlyMap<string, string>;
}

/**
 * The prompt for one task about one or several findings. The same request gives the same bytes. Nothing reaches it but what the types
 * name; outside text stands between delimiters that it cannot know (security R2, R7, rows 1, 2, 15, 32).
 * Throws AssayError `usage` for a name in `switchedOff` that is none, `internal` for a request without subjects.
 */
export async function composePrompt(library: PromptLibrary, request: PromptRequest): Promise<RenderedPrompt> {
  const task = library.tasks.get(request.task);
  if (task === undefined || request.subjects.length === 0)
    throw new AssayError('internal', 'A prompt needs a task and a finding.');
  refuseUnknownNames(library, request.switchedOff);
  const families = familiesOf(library, request);
  const shows = (name: string) => !request.switchedOff.has(name);
  const parts = [library.frame, task, ...(shows('family') ? families : [])];
  const language = LANGUAGE_NAMES[request.language];
  const system = textsOf(parts, 'constant', shows)
    .map((text) => fillParameters(text, { language }))
    .join('\n\n');
  const visible = new Map<string, string>();
  const pieces = [
    ...findingPieces([library.frame, ...(shows('family') ? families : [])], shows, language),
    ...(await subjectPieces(request, shows, visible)),
    ...findingPieces([task], shows, language),
  ];
  const marked = shows('datamark');
  const nameless = `${system}\n${writePieces(pieces, { nonce: '', mark: '', ids: [] }, marked)}`;
  const seal = sealPrompt(nameless, request.subjects.length);
  const prompt = writePieces(pieces, seal, marked);
  return {
    // The frame is in every prompt: it is named where the team changed it.
    id: [task, ...(library.frame.fromTeam ? [library.frame] : []), ...families].map(nameOfPart).join('+'),
    hash: hashOf(system, textsOf(parts, 'finding', shows), request.switchedOff),
    system,
    prompt,
    bindings: new Map(
      request.subjects.map(({ dossier }, index) => [seal.ids[index] ?? '', dossier.case.finding.id]),
    ),
    tokens: estimateTokens(system) + estimateTokens(prompt),
    visible,
  };
}

function refuseUnknownNames(library: PromptLibrary, switchedOff: ReadonlySet<string>): void {
  const known = new Set(ablationNames(library));
  const unknown = [...switchedOff].find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new AssayError('usage', `No part of a prompt is named \`${unknown}\`.`, {
    hint: `Parts: ${[...known].join(', ')}.`,
  });
}

/** The families of all subjects, in the library's order. */
function familiesOf(library: PromptLibrary, { subjects, isKindOf }: PromptRequest): readonly PromptPart[] {
  const chosen = new Set(
    subjects.flatMap(({ dossier }) => chooseFamilies(library, dossier.case.finding.cwe, isKindOf)),
  );
  return library.families.filter((family) => chosen.has(family));
}

function textsOf(
  parts: readonly PromptPart[],
  kind: 'constant' | 'finding',
  shows: (name: string) => boolean,
): readonly string[] {
  return parts.flatMap((part) =>
    part.sections
      .filter((section) => section.for === kind && shows(`${part.id}.${section.id}`))
      .map((section) => section.text.trim()),
  );
}

function findingPieces(
  parts: readonly PromptPart[],
  shows: (name: string) => boolean,
  language: string,
): readonly Piece[] {
  return textsOf(parts, 'finding', shows).map((text) =>
    ours(({ nonce, mark, ids }: Seal) =>
      fillParameters(text, { language, nonce, mark, ids: ids.join(', '), count: String(ids.length) }),
    ),
  );
}

async function subjectPieces(
  { subjects, opening = {}, closing = {}, redact }: PromptRequest,
  shows: (name: string) => boolean,
  visible: Map<string, string>,
): Promise<readonly Piece[]> {
  const eyes: Eyes = {
    line: (text) => visibleLine(text, redact),
    text: async (text) => {
      const seen = visible.get(text) ?? (await visibleText(text, redact));
      visible.set(text, seen);
      return seen;
    },
    note: (text, asSeen) => visible.set(text, visible.get(text) ?? asSeen),
  };
  const context = { eyes, shows: (block: PromptBlock) => shows(block), shown: [] };
  const pieces: Piece[] = [...(await describeTexts(opening, context))];
  // One after the other: what an earlier subject shows, a later one refers to.
  for (const [index, subject] of subjects.entries())
    pieces.push(...(await describeSubject(subject, index, context)));
  pieces.push(...(await describeTexts(closing, context)));
  return pieces;
}

function hashOf(system: string, findingTexts: readonly string[], switchedOff: ReadonlySet<string>): string {
  const words = [LAYOUT_VERSION, system, findingTexts, [...switchedOff].sort()];
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 16);
}
