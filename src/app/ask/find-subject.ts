// Which finding a question is about: by its id, by a place, or by words that fit one finding and no other.
import { AssayError } from '#domain/errors.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { AliasBook } from '../../knowledge/load-aliases.ts';
import { tokenize } from '../../knowledge/tokenize.ts';

/** Shorter runs of hexadecimal digits stand in ordinary words. */
const SHORTEST_ID = 6;
/** A run of digits and letters this long is meant as an id, whether it is one or not. */
const SURELY_ID = 8;
const MOST_CANDIDATES = 8;

export interface Subject {
  /** Null for the run as a whole. */
  readonly finding: FindingRecord | null;
  /** Findings that a question about the run names, by id or file. */
  readonly named: readonly FindingRecord[];
  /** What looks like an id and is none. */
  readonly unknownId: string | null;
}

/** Throws AssayError `usage` when `--finding`, or a place or an id in the question, names none or several: it lists those that it may be. */
export function findSubject(
  findings: readonly FindingRecord[],
  { question, finding }: { readonly question: string; readonly finding: string | null },
  aliases: Pick<AliasBook, 'weaknessesIn'>,
): Subject {
  const one = (found: FindingRecord | null) => ({ finding: found, named: [], unknownId: null });
  if (finding !== null) return one(byPrefix(findings, finding.trim()));
  const ids = idsIn(question);
  const byId = ids.map((id) => findings.filter((each) => startsWith(each, id)));
  const several = byId.findIndex((matches) => matches.length > 1);
  if (several !== -1) throw ambiguous(ids[several] ?? '', byId[several] ?? []);
  const named = [...new Set(byId.flat())];
  if (named.length === 1) return one(named[0] ?? null);
  const narrow = (among: readonly FindingRecord[]) => byWords(among, question, aliases);
  if (named.length === 0) {
    const atPlace = byPlace(findings, question, narrow);
    if (atPlace.finding !== null) return one(atPlace.finding);
    const unknownId = ids.find((id) => id.length >= SURELY_ID && /\d/.test(id) && /[a-f]/.test(id)) ?? null;
    if (atPlace.inFile.length > 0) return { finding: null, named: atPlace.inFile, unknownId };
    return { finding: unknownId === null ? narrow(findings) : null, named: [], unknownId };
  }
  return { finding: null, named, unknownId: null };
}

function byPrefix(findings: readonly FindingRecord[], prefix: string): FindingRecord {
  const exact = findings.find(({ id }) => id.toLowerCase() === prefix.toLowerCase());
  if (exact !== undefined) return exact;
  const matches = prefix === '' ? [] : findings.filter((finding) => startsWith(finding, prefix));
  const [first] = matches;
  if (first !== undefined && matches.length === 1) return first;
  if (matches.length > 1) throw ambiguous(prefix, matches);
  const said = prefix.length > 80 ? `${prefix.slice(0, 80)}…` : prefix;
  throw new AssayError(
    'usage',
    prefix === ''
      ? '--finding names no finding.'
      : `No finding has an id that starts with ${JSON.stringify(said)}.`,
    {
      hint:
        findings.length === 0
          ? 'That result holds no finding.'
          : `The result holds ${findings.length}: ${candidates(findings)}.`,
    },
  );
}

function ambiguous(name: string, matches: readonly FindingRecord[]): AssayError {
  return new AssayError('usage', `${matches.length} findings are meant by ${JSON.stringify(name)}.`, {
    hint: `Name one with --finding: ${candidates(matches)}.`,
  });
}

function candidates(findings: readonly FindingRecord[]): string {
  const some = findings
    .slice(0, MOST_CANDIDATES)
    .map(({ id, ruleId, location }) => `${id} (${location.path}:${location.startLine}, ${ruleId})`);
  const more = findings.length - some.length;
  return `${some.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function startsWith({ id }: FindingRecord, prefix: string): boolean {
  return id.toLowerCase().startsWith(prefix.toLowerCase());
}

function idsIn(question: string): readonly string[] {
  const ids = question.toLowerCase().match(/(?<![\w./-])[0-9a-f]{6,64}(?![\w/-])/g) ?? [];
  return [...new Set(ids)].filter((id) => id.length >= SHORTEST_ID);
}

/** `src/a.py:12` or `a.py:12`, also as `a.py line 12`; without a line, the only finding of that file. */
function byPlace(
  findings: readonly FindingRecord[],
  question: string,
  narrow: (among: readonly FindingRecord[]) => FindingRecord | null,
): { readonly finding: FindingRecord | null; readonly inFile: readonly FindingRecord[] } {
  const places = question.matchAll(
    /([\p{L}\p{N}_@./-]{1,300}\.[A-Za-z0-9]{1,8})(?:(?::|#L|[\s,，]*(?:at |on |in )?(?:line |第\s*))(\d{1,7}))?/gu,
  );
  const mentioned: FindingRecord[] = [];
  const meant = new Set<FindingRecord>();
  for (const [place, written = '', line] of places) {
    const path = written.replace(/^\.\//, '');
    const inFile = findings.filter(({ location }) => isPath(location.path, path));
    const atLine =
      line === undefined
        ? inFile
        : inFile.filter(
            ({ location }) => location.startLine <= Number(line) && Number(line) <= location.endLine,
          );
    const found = only(atLine) ?? (atLine.length === 0 ? only(inFile) : narrow(atLine));
    if (found !== null) meant.add(found);
    else if (line !== undefined && atLine.length > 1) throw ambiguous(place, atLine);
    mentioned.push(...inFile);
  }
  const finding = only([...meant]);
  return finding === null ? { finding, inFile: [...new Set(mentioned)] } : { finding, inFile: [] };
}

/** A file is named from the root, by its end, from further up, or right behind a Chinese word. */
function isPath(path: string, written: string): boolean {
  if (path === written || path.endsWith(`/${written}`)) return true;
  return written.endsWith(path) && /[\p{Script=Han}/]$/u.test(written.slice(0, -path.length));
}

/** One finding must fit better than every other: a guess between two would answer the wrong question. */
function byWords(
  findings: readonly FindingRecord[],
  question: string,
  aliases: Pick<AliasBook, 'weaknessesIn'>,
): FindingRecord | null {
  const asked = new Set(tokenize(question));
  const weaknesses = aliases.weaknessesIn(question);
  const scored = findings
    .map((finding) => {
      const words = new Set(tokenize(`${finding.ruleId} ${finding.location.path}`));
      const met = [...words].filter((word) => asked.has(word)).length;
      const named = finding.cwe.some((cwe) => weaknesses.includes(cwe)) ? 3 : 0;
      return { finding, score: named + met };
    })
    .sort((a, b) => b.score - a.score);
  const [best, next] = scored;
  if (best === undefined || best.score < 2 || best.score === next?.score) return null;
  return best.finding;
}

function only(findings: readonly FindingRecord[]): FindingRecord | null {
  const [first] = findings;
  return first !== undefined && findings.length === 1 ? first : null;
}
