// The one summary comment of a change: may it merge, what matters and where to read on, what was set aside and why.
import type { DeskProblem, Host } from '#domain/publication.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { codeUrl } from './code-link.ts';
import { byAttention, placeOf } from './finding-order.ts';
import { type FittedSections, fitSections, type Section } from './fit-sections.ts';
import { quoted, sentence } from './markdown-blocks.ts';
import type { Messages } from './messages/en.ts';
import { messagesOf } from './messages/messages-of.ts';
import type { PublicationMessages } from './messages/publication-en.ts';
import { publicationMessagesOf } from './messages/publication-messages-of.ts';
import {
  auditLine,
  inputSection,
  noticeSection,
  rejectedSection,
  unresolvedSection,
} from './summary-audit.ts';
import { acceptedSection, attentionSection, dismissedSection, type RowView } from './summary-findings.ts';
import { headSection, quietHeadSection } from './summary-head.ts';
import { addressOnHost, linked } from './summary-links.ts';
import { modelSection } from './summary-model.ts';
import { notInlineSection, type Placements, whereaboutsLine } from './summary-whereabouts.ts';

export interface SummaryCommentOptions {
  readonly host: Host;
  /** Of the text, in UTF-16 code units; what the caller adds (the marker) is not counted. */
  readonly limit: number;
  /** The host's address of files at head (`ChangeRequest.blobUrl`); null writes places without links. */
  readonly blobUrl: string | null;
  /** By finding id; a finding without one is taken to be told in this summary only. */
  readonly placements: Placements;
  /** Findings that were commented on before and are gone. */
  readonly fixed: number;
  /** Comments of earlier runs that stay open because this run cannot tell what became of their findings. */
  readonly leftOpen?: number;
  /** How many patch files the run wrote. */
  readonly patches: number;
  /** Whether the run that made the result was in the hands of the change's own side, as a fork's is. */
  readonly ownSide?: boolean;
  /** What the host refused. */
  readonly problems?: readonly Pick<DeskProblem, 'text' | 'hint'>[];
  /** The job that holds the artifacts, on the host of `blobUrl`. */
  readonly jobUrl?: string | null;
}

export interface SummaryComment {
  /** Markdown without a marker, ending with a line break. */
  readonly text: string;
  /** Ids of the findings whose rows are in the text. */
  readonly shown: ReadonlySet<string>;
}

/** GitHub counts characters; 4 bytes are the most that any of them takes in UTF-8. */
const BYTES_OF_CHARACTER = 4;
const MOST_ASIDES = 20;
const FILES = { result: 'assay.json', stats: 'run-stats.json', patches: 'assay-out/patches' } as const;

/** All that the parts of the comment are made of. */
interface Comment {
  readonly document: ResultDocument;
  readonly options: SummaryCommentOptions;
  readonly words: Messages;
  readonly said: PublicationMessages;
  readonly lists: ReturnType<typeof byAttention>;
}

/**
 * The text of the summary comment, within `limit` by whole rows; a line counts what is missing and says where it is. All foreign text
 * is inert; links lead to the change's own host only.
 */
export function renderSummaryComment(
  document: ResultDocument,
  options: SummaryCommentOptions,
): SummaryComment {
  const { language } = document.run;
  const words = messagesOf(language, document.decision.mode);
  const said = publicationMessagesOf(language);
  const comment: Comment = { document, options, words, said, lists: byAttention(document.findings) };
  const { matters } = comment.lists;
  const inOrder = layOut(comment, matters);
  const isWhole = matters.every(({ id }) => inOrder.shown.has(id));
  return isWhole ? inOrder : layOut(comment, untoldFirst(matters, options.placements));
}

/** Where there is no room for all: after what blocks, rows go to findings that nobody meets anywhere else. */
function untoldFirst(matters: readonly FindingRecord[], placements: Placements): readonly FindingRecord[] {
  const isTold = ({ id }: FindingRecord) =>
    ['inline', 'file', 'annotation'].includes(placements.get(id)?.where ?? 'summary');
  const turn = (finding: FindingRecord) =>
    (finding.gate.effect === 'blocks' ? 0 : 2) + (isTold(finding) ? 1 : 0);
  return [...matters].sort((one, other) => turn(one) - turn(other));
}

/** @param matters in the order of their rows */
function layOut(comment: Comment, matters: readonly FindingRecord[]): SummaryComment {
  const { options, words, said } = comment;
  const { dismissed, accepted } = comment.lists;
  const head = headOf(comment);
  const view = rowView(comment);
  const tables = [
    { findings: matters, section: attentionSection(matters, words, view) },
    { findings: dismissed, section: dismissedSection(dismissed, words, view) },
    { findings: accepted, section: acceptedSection(accepted, words, view) },
  ];
  const [first, ...folds] = tables.map(({ section }) => section);
  const rest = [first ?? null, ...asides(comment), ...folds, ...origins(comment)];
  const fitted = fitBelow(head, rest, comment);
  const shown = new Set(
    tables.flatMap(({ findings, section }) =>
      section === null ? [] : findings.slice(0, fitted.rowsShown.get(section) ?? 0).map(({ id }) => id),
    ),
  );
  const where = whereaboutsLine(matters, { placements: options.placements, shown }, said);
  return { text: head + where + fitted.text, shown };
}

/** The sections in the room that the head leaves, with enough for the line between them, whatever its counts will be. */
function fitBelow(
  head: string,
  sections: readonly (Section | null)[],
  { options, said, lists }: Comment,
): FittedSections {
  const { placements, limit, jobUrl = null, blobUrl } = options;
  const all = new Set(lists.matters.map(({ id }) => id));
  const longestLine = Math.max(
    ...[all, new Set(all.values().take(1)), new Set<string>()].map(
      (shown) => whereaboutsLine(lists.matters, { placements, shown }, said).length + COUNT_GROWTH,
    ),
  );
  const characters = limit - head.length - longestLine;
  const job = addressOnHost(jobUrl, blobUrl);
  const jobLink = job === null ? null : linked(said.jobLink, job);
  const file = `\`${FILES.result}\``;
  return fitSections(
    sections.filter((section) => section !== null),
    { characters, bytes: characters * BYTES_OF_CHARACTER },
    {
      more: (rows) => `\n_${said.moreRows(rows, file, jobLink)}_\n`,
      leftOut: `\n_${said.sectionsLeftOut(file, jobLink)}_\n`,
    },
  );
}

/** Room for a number that has more digits than in the tries. */
const COUNT_GROWTH = 20;

function headOf({ document, options, words, said, lists }: Comment): string {
  const { decision, accounting } = document;
  const quiet = decision.outcome === 'passed' && accounting.judged === 0 && lists.matters.length === 0;
  const head = quiet ? quietHeadSection(document, words, said.nothingInChange) : headSection(document, words);
  const lines = [
    ...(options.ownSide === true ? [`⚠️ ${said.ownSide}`] : []),
    ...(options.fixed > 0 ? [`✅ ${said.fixedSince(options.fixed)}`] : []),
    ...((options.leftOpen ?? 0) > 0 ? [`⏳ ${said.leftOpen(options.leftOpen ?? 0)}`] : []),
    ...(options.patches > 0 ? [`🩹 ${said.patches(options.patches, `\`${FILES.patches}\``)}`] : []),
  ];
  return head.before + lines.map((line) => `\n${line}\n`).join('');
}

/** What a reader should know besides the findings, after those that matter. */
function asides({ document, options, words, said, lists }: Comment): readonly (Section | null)[] {
  const { problems = [], placements } = options;
  const refused: Section | null =
    problems.length === 0
      ? null
      : {
          before: `\n### ${said.problems(problems.length)}\n\n`,
          rows: problems.map(({ text, hint }) => `- ${sentence(text)} ${sentence(hint)}\n`),
          after: '',
          rank: 1,
        };
  const others = [refused, noticeSection(document, words)];
  return [...others.map(short), notInlineSection(lists.matters, placements, said)];
}

function origins({ document, words, said }: Comment): readonly (Section | null)[] {
  const model = modelSection(document.run);
  const cost = document.run.model === null ? said.noModelCost : said.modelCost(`\`${FILES.stats}\``);
  return [
    unresolvedSection(document, words),
    rejectedSection(document, words),
    short(inputSection(document, words)),
    model,
    { before: auditLine(document, words, model === null ? [cost] : []), rows: [], after: '', rank: 0 },
  ];
}

/** A list that comes before the findings must not crowd them out. */
function short(section: Section | null): Section | null {
  return section === null ? null : { ...section, mostRows: MOST_ASIDES };
}

function rowView({ options, said }: Comment): RowView {
  const { host, blobUrl } = options;
  const commentOf = ({ id }: FindingRecord): { where: 'inline' | 'file'; address: string } | null => {
    const placement = options.placements.get(id);
    if (placement?.where !== 'inline' && placement?.where !== 'file') return null;
    const address = addressOnHost(placement.url, blobUrl);
    return address === null ? null : { where: placement.where, address };
  };
  return {
    place: ({ location }) => {
      const { resolved, path, wholeFile, startLine, endLine } = location;
      const lines = wholeFile === true ? { startLine: null, endLine: null } : { startLine, endLine };
      const address = blobUrl === null || !resolved ? null : codeUrl({ host, blobUrl }, { path, ...lines });
      return linked(quoted(placeOf(location)), address);
    },
    brief: (finding) => commentOf(finding) !== null,
    elsewhere: (finding) => {
      const standing = commentOf(finding);
      if (standing !== null) return linked(said.commentLink[standing.where], standing.address);
      return options.placements.get(finding.id)?.where === 'annotation' ? said.placedAt.annotation : '';
    },
  };
}
