// The title and the description of the request of the fixes: pure. Outside text is made inert, and what does not fit is counted.
import type { PatchCheck } from '#domain/patch.ts';
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { RequestText } from '#ports/fix-desk.ts';
import { codeSpan } from '#support/escape-markdown.ts';
import { markOutside } from '#support/mark-outside.ts';
import { placeOf } from '../../../publish/finding-order.ts';
import { fitSections, type Section } from '../../../publish/fit-sections.ts';
import { quoted, sentence, tableHead, tableRow } from '../../../publish/markdown-blocks.ts';
import { phraseBookOf } from '../../phrase-book.ts';
import type { LeftOut } from '../prove-fixes.ts';
import { isUpgrade, type RaisedPackage, raisedPackages } from './raised-packages.ts';
import { requestTitle } from './request-title.ts';

export interface RequestFacts {
  readonly language: 'en' | 'zh-CN';
  /** The commit that the run was about, as the result says; null: a working tree. */
  readonly head: string | null;
  /** What the commit mends, in the order of selection. */
  readonly done: readonly FindingRecord[];
  /** Every finding of the result. */
  readonly all: readonly FindingRecord[];
  readonly leftOut: readonly LeftOut[];
  /** What became of each lock file: sentences. */
  readonly locks: readonly string[];
  /** Commands that nobody ran, by folder. */
  readonly commands: readonly { readonly folder: string; readonly lines: readonly string[] }[];
  /** What was seen of each patch here and now, by the finding's id. */
  readonly checks: ReadonlyMap<string, readonly PatchCheck[]>;
}

/** GitHub takes 65,536 characters, GitLab 1,048,576 (platforms A1, B4); a mark of ours follows. */
const LIMIT = { characters: 60_000, bytes: 240_000 } as const;
const MOST_IDS = 8;

export function describeRequest(facts: RequestFacts): RequestText {
  const book = phraseBookOf(facts.language);
  const raised = raisedPackages(facts.done, facts.all);
  const code = facts.done.filter((finding) => !isUpgrade(finding));
  const sections = [
    section(0, '', [opening(facts, book)]),
    ...upgradeSections(raised, book),
    lockSection(facts, raised, book),
    section(
      3,
      heading(phrase`Code`, book),
      code.map((finding) => codeLine(finding, facts, book)),
    ),
    section(4, heading(phrase`Left out`, book), facts.leftOut.map(leftOutLine)),
    section(1, heading(phrase`Still to be checked`, book), stillToDo(raised, code, facts, book)),
  ].flatMap((one) => one ?? []);
  const { text } = fitSections(sections, LIMIT, {
    more: (rows) => `\n${say(phrase`And ${rows} more.`, book)}\n`,
    leftOut: `\n${say(phrase`More was left out of this text, for want of room.`, book)}\n`,
  });
  return { title: requestTitle(raised, code.length, book), body: text.trimEnd() };
}

/** Null without rows. */
function section(rank: number, before: string, rows: readonly string[]): Section | null {
  return rows.length === 0 ? null : { before, rows, after: '', rank };
}

function heading(title: Phrase, book: PhraseBook | null): string {
  return `\n### ${say(title, book)}\n\n`;
}

function item(text: string): string {
  return `- ${text}\n`;
}

function opening({ head }: RequestFacts, book: PhraseBook | null): string {
  const words = say(
    phrase`Written by Assay. Each change was proved against the file that it changes, as told below; nothing was built or tested.`,
    book,
  );
  if (head === null) return `${words}\n`;
  const run = say(phrase`Findings and vulnerabilities are those of the run on ${markOutside(head)}.`, book);
  return `${words} ${sentence(run)}\n`;
}

function upgradeSections(
  raised: readonly RaisedPackage[],
  book: PhraseBook | null,
): readonly (Section | null)[] {
  const words = (one: Phrase) => say(one, book);
  const head = tableHead([
    ...[words(phrase`Package`), words(phrase`Version`), words(phrase`Breaking`), words(phrase`How`)],
    ...[words(phrase`Where`), words(phrase`Vulnerabilities before`), words(phrase`After`)],
  ]);
  const row = (one: RaisedPackage) =>
    tableRow([
      quoted(one.name),
      `${one.from.length === 0 ? '?' : one.from.map((version) => quoted(version)).join(', ')} → ${quoted(one.to)}`,
      words(breakingWord(one.breaking)),
      words(HOW[one.how]),
      quoted(one.place),
      idList(one.before, book),
      idList(one.after, book),
    ]);
  const seen = words(
    phrase`Seen of each: its line in the manifest says the new version, and nothing else changes.`,
  );
  const hasLine = raised.some(({ how }) => how !== 'lock');
  const remains = raised.filter(({ after }) => after.length > 0);
  return [
    section(1, `${heading(phrase`Upgrades`, book)}${hasLine ? `${seen}\n\n` : ''}${head}`, raised.map(row)),
    section(
      2,
      heading(phrase`What remains`, book),
      remains.map(({ name, to, after, why }) =>
        item(`${quoted(`${name} ${to}`)}: ${idList(after, book)}. ${sentence(why)}`),
      ),
    ),
  ];
}

const HOW = {
  direct: phrase`the requirement is raised`,
  override: phrase`an override holds it`,
  lock: phrase`in the lock file alone`,
} as const;

function breakingWord(breaking: boolean | null): Phrase {
  if (breaking === null) return phrase`not known`;
  return breaking ? phrase`may break callers` : phrase`no, by its version`;
}

function idList(ids: readonly string[], book: PhraseBook | null): string {
  if (ids.length === 0) return say(phrase`none`, book);
  const shown = ids.slice(0, MOST_IDS).map((id) => quoted(id));
  const rest = ids.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} ${say(phrase`and ${rest} more`, book)}` : shown.join(', ');
}

function lockSection(
  { locks, commands }: RequestFacts,
  raised: readonly RaisedPackage[],
  book: PhraseBook | null,
): Section | null {
  if (raised.length === 0) return null;
  const told = locks.map((text) => item(sentence(text)));
  // As code spans: in a fence a line of outside text may begin with anything.
  const lines = commands.flatMap(({ folder, lines: own }) =>
    own.map((line) => item(folder === '' ? codeSpan(line) : `${quoted(folder)}: ${codeSpan(line)}`)),
  );
  const byHand =
    lines.length === 0
      ? []
      : [`${say(phrase`The lock file was not written again. On this branch, run:`, book)}\n\n`, ...lines];
  return section(2, heading(phrase`Lock files`, book), [...told, ...byHand]);
}

function codeLine(
  finding: FindingRecord,
  { checks, language }: RequestFacts,
  book: PhraseBook | null,
): string {
  const { id, patch, location, ruleId } = finding;
  const lines = patch?.edits.map(({ startLine }) => startLine).slice(0, 5) ?? [];
  const place = patch === null ? placeOf(location) : `${patch.path}:${lines.join(',')}`;
  const rungs = (checks.get(id) ?? []).filter(({ outcome }) => outcome === 'passed');
  const proved = rungs.map(({ check }) => say(RUNGS[check], book)).join(language === 'zh-CN' ? '、' : ', ');
  return item(`${quoted(id)} ${quoted(place)} ${quoted(ruleId)}: ${proved || say(phrase`nothing`, book)}`);
}

const RUNGS: Readonly<Record<PatchCheck['check'], Phrase>> = {
  applies: phrase`it applies`,
  policy: phrase`it is allowed`,
  parses: phrase`it parses`,
  rejudged: phrase`the weakness is gone`,
  builds: phrase`it builds`,
  tests: phrase`it passes the tests`,
};

function leftOutLine({ finding, why }: LeftOut): string {
  const { id, dependency, ruleId } = finding;
  return item(`${quoted(id)} ${quoted(dependency?.package.name ?? ruleId)}: ${sentence(why)}`);
}

function stillToDo(
  raised: readonly RaisedPackage[],
  code: readonly FindingRecord[],
  { commands }: RequestFacts,
  book: PhraseBook | null,
): readonly string[] {
  const risky = raised.filter(({ breaking }) => breaking !== false).slice(0, MOST_IDS);
  const names = risky.map(({ name, to }) => markOutside(`${name} ${to}`)).join(', ');
  const phrases = [
    ...(risky.length === 0 ? [] : [phrase`Whether callers still work, by the release notes of: ${names}`]),
    ...(commands.length === 0 ? [] : [phrase`That the lock file is written again before this is merged.`]),
    ...(code.length === 0
      ? []
      : [phrase`That the code still does what it is for: Assay looks at the weakness alone.`]),
    phrase`That the pipeline builds and tests this branch.`,
  ];
  return phrases.map((one) => item(sentence(say(one, book))));
}
