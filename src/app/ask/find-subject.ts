// Which finding a question is about: by its id, by a place, or by words that fit one finding and no other.
import { AssayError } from '#domain/errors.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { AliasBook } from '../../knowledge/load-aliases.ts';
import { tokenize } from '../../knowledge/tokenize.ts';

/** Shorter runs of hexadecimal digits stand in ordinary words. */
const SHORTEST_ID = 6;

/** Null for the run as a whole. Throws AssayError `usage` when `--finding` names none or several. */
export function findSubject(
  findings: readonly FindingRecord[],
  { question, finding }: { readonly question: string; readonly finding: string | null },
  aliases: Pick<AliasBook, 'weaknessesIn'>,
): FindingRecord | null {
  if (finding !== null) return byPrefix(findings, finding.toLowerCase());
  return byIdIn(findings, question) ?? byPlace(findings, question) ?? byWords(findings, question, aliases);
}

function byPrefix(findings: readonly FindingRecord[], prefix: string): FindingRecord {
  const matches = findings.filter(({ id }) => id.startsWith(prefix));
  const [first] = matches;
  if (first !== undefined && matches.length === 1 && prefix.length >= 4) return first;
  const ids = (matches.length > 1 ? matches : findings).slice(0, 5).map(({ id }) => id);
  throw new AssayError(
    'usage',
    matches.length > 1
      ? `${matches.length} findings start with ${JSON.stringify(prefix)}.`
      : `No finding has the id ${JSON.stringify(prefix)}, or it is too short.`,
    { hint: ids.length === 0 ? 'That result holds no finding.' : `Ids, for example: ${ids.join(', ')}.` },
  );
}

function byIdIn(findings: readonly FindingRecord[], question: string): FindingRecord | null {
  const ids = question.toLowerCase().match(/[0-9a-f]{6,64}/g) ?? [];
  return only(
    findings.filter(({ id }) => ids.some((part) => part.length >= SHORTEST_ID && id.startsWith(part))),
  );
}

/** `src/a.py:12` or `a.py:12`; the nearest finding of that file where no line fits exactly, if it is the only one. */
function byPlace(findings: readonly FindingRecord[], question: string): FindingRecord | null {
  for (const [, path = '', line] of question.matchAll(
    /([\p{L}\p{N}_@./-]+\.[\p{L}\p{N}]{1,8})(?::(\d{1,7}))?/gu,
  )) {
    const inFile = findings.filter(
      ({ location }) => location.path === path || location.path.endsWith(`/${path}`),
    );
    const atLine = inFile.filter(
      ({ location }) => location.startLine <= Number(line) && Number(line) <= location.endLine,
    );
    const found = only(atLine.length > 0 ? atLine : inFile);
    if (found !== null) return found;
  }
  return null;
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
