// Gives findings their ids: the same defect has the same id in the next run, though lines moved, were re-indented or the file was renamed.
import { createHash } from 'node:crypto';
import type { WeaknessTree } from '#domain/weakness-tree.ts';
import type { DraftFinding } from './draft-finding.ts';
import { createHeaderFinder, type HeaderFinder, normaliseSpace } from './enclosing-header.ts';
import { compareBy, compareNumber, compareText } from './order.ts';
import type { SourceText, SourceTexts } from './source-texts.ts';

export interface Identity {
  readonly id: string;
  readonly fingerprints: Readonly<Record<string, string>>;
}

const ID_LENGTH = 16;
const FINGERPRINT_LENGTH = 32;

/**
 * Identifies the findings of a run. What a fingerprint remembers:
 * - the weakness, as a family (see `weaknessFamily`), so that a second tool which names it more or less exactly changes nothing;
 *   the rule only where no tool names a weakness;
 * - the text of the first line and the header of the function around it, whitespace normalised;
 * - which of the lines of the file that agree in all this it is, from the top, reported or not: the ordinal.
 * `assayPath/v1`, of which the id is the beginning, adds the path at base. A place that did not resolve has only the report's words.
 * @param basePath the name at base of a path at head
 */
export async function identifyFindings(
  drafts: readonly DraftFinding[],
  context: {
    readonly texts: SourceTexts;
    readonly weaknesses: WeaknessTree;
    basePath(path: string): string;
  },
): Promise<ReadonlyMap<DraftFinding, Identity>> {
  const read = createContextReader(context.texts);
  const alike = new Map<string, { draft: DraftFinding; words: readonly string[]; occurrence: number }[]>();
  for (const draft of drafts) {
    const { resolved, path } = draft.location;
    const { words, occurrence } = resolved ? await read(draft) : { words: reportWords(draft), occurrence: 0 };
    const named = resolved ? [nameWeakness(draft, context.weaknesses), ...words] : words;
    const key = JSON.stringify([resolved, path, named, occurrence]);
    const entry = { draft, words: named, occurrence };
    const others = alike.get(key);
    if (others === undefined) alike.set(key, [entry]);
    else others.push(entry);
  }

  const identities = new Map<DraftFinding, Identity>();
  const taken = new Set<string>();
  for (const same of alike.values()) {
    const ordered = same.toSorted((a, b) => comparePlaces(a.draft, b.draft));
    for (const [index, { draft, words, occurrence }] of ordered.entries()) {
      const ordinal = index === 0 ? `${occurrence}` : `${occurrence}.${index}`;
      const path = draft.location.resolved ? context.basePath(draft.location.path) : draft.location.path;
      const fingerprints = nameFingerprints(draft, words, path, ordinal);
      identities.set(draft, { id: takeId(fingerprints, taken), fingerprints });
    }
  }
  return identities;
}

const comparePlaces = compareBy<DraftFinding>(
  (a, b) => a.location.startLine - b.location.startLine,
  (a, b) => compareNumber(a.location.startColumn, b.location.startColumn),
  (a, b) => compareText(a.cwe.join(), b.cwe.join()),
  (a, b) => compareText(a.ruleId, b.ruleId),
  (a, b) => compareText(a.message, b.message),
  (a, b) => compareText(tellApart(a), tellApart(b)),
);

function tellApart({ location, flow, related, members }: DraftFinding): string {
  return JSON.stringify([location, flow, related, members[0]?.result.fingerprints]);
}

/** What a line says of itself, and how many lines above it say the same. */
interface LineContext {
  readonly words: readonly string[];
  readonly occurrence: number;
}

const NO_LINE: LineContext = { words: ['', ''], occurrence: 0 };

function createContextReader(texts: SourceTexts): (draft: DraftFinding) => Promise<LineContext> {
  const known = new Map<SourceText, readonly LineContext[]>();
  return async ({ location, precision }) => {
    // A whole-file result lies on no line: what stands on line 1 says nothing about it.
    if (precision !== 'region') return NO_LINE;
    const source = await texts.get(location.path);
    if (source.kind === 'unreadable') return NO_LINE;
    const lines = known.get(source.text) ?? readLines(source.text);
    known.set(source.text, lines);
    return lines[location.startLine - 1] ?? NO_LINE;
  };
}

/** Every line of a file, counted in one pass. */
function readLines(text: SourceText): readonly LineContext[] {
  const headerOf: HeaderFinder = createHeaderFinder(text);
  const seen = new Map<string, number>();
  return Array.from({ length: text.lineCount }, (_, index) => {
    const words = [headerOf(index + 1), normaliseSpace(text.line(index + 1))];
    const key = JSON.stringify(words);
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return { words, occurrence };
  });
}

function nameWeakness(draft: DraftFinding, tree: WeaknessTree): string {
  const family = weaknessFamily(draft.cwe, tree);
  // Many results may name one file and one weakness in it (a lock file and its vulnerable packages): there the rule tells them apart.
  return family === null || draft.precision !== 'region' ? `rule ${draft.ruleId}` : `CWE-${family}`;
}

/**
 * The weakness that a set of CWEs speaks of: those that another one of the set is a kind of are left out, the rest go up the primary
 * parents as long as these still name a defect, and the smallest number stands for all.
 */
export function weaknessFamily(cwe: readonly number[], tree: WeaknessTree): number | null {
  const specific = cwe.filter((general) => !cwe.some((other) => tree.isAncestor(general, other)));
  const families = (specific.length === 0 ? cwe : specific).map((number) => climb(number, tree));
  return families.length === 0 ? null : Math.min(...families);
}

function climb(cwe: number, tree: WeaknessTree): number {
  const seen = new Set([cwe]);
  let current = cwe;
  for (;;) {
    const [parent] = tree.parents(current);
    if (parent === undefined || tree.isBroad(parent) || seen.has(parent)) return current;
    seen.add(parent);
    current = parent;
  }
}

function reportWords(draft: DraftFinding): readonly string[] {
  const tool = draft.tools[0]?.name ?? '';
  const symbol = draft.members[0]?.result.location?.logicalNames[0] ?? '';
  return [tool, draft.ruleId, draft.location.path, String(draft.location.startLine), draft.message, symbol];
}

function nameFingerprints(
  draft: DraftFinding,
  words: readonly string[],
  path: string,
  ordinal: string,
): Readonly<Record<string, string>> {
  const named = new Map<string, string>();
  for (const { result } of draft.members) {
    for (const [key, value] of result.fingerprints) {
      const name = `${result.tool.name}/${key}`;
      if (!named.has(name)) named.set(name, value);
    }
  }
  named.set('assay/v1', digest(['assay/v1', ...words, ordinal]));
  named.set('assayPath/v1', digest(['assayPath/v1', path, ...words, ordinal]));
  return Object.fromEntries([...named].sort(([a], [b]) => compareText(a, b)));
}

function digest(words: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, FINGERPRINT_LENGTH);
}

/** The first digits of the path's fingerprint; should they be taken (1 in 10¹⁹ a pair), those of a digest further on. */
function takeId(fingerprints: Readonly<Record<string, string>>, taken: Set<string>): string {
  let long = fingerprints['assayPath/v1'] ?? '';
  while (taken.has(long.slice(0, ID_LENGTH))) long = digest([long]);
  const id = long.slice(0, ID_LENGTH);
  taken.add(id);
  return id;
}
