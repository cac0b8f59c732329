// One finding as one comment: the verdict, why, the lines it rests on, what to answer or mend, and folded away where it comes from.
import { alsoTold } from './also-told.ts';
import { dependencyAction, dependencyFacts } from './comment-dependency.ts';
import { evidenceList } from './comment-evidence.ts';
import { commentFold } from './comment-fold.ts';
import { headline, standing } from './comment-head.ts';
import { proposalSentence } from './comment-proposal.ts';
import { COMMENT_LIMIT, type CommentRequest, type WrittenComment } from './comment-request.ts';
import { aboutPlace, backAgain, openQuestion, remedy, rootCause } from './comment-words.ts';
import { type DependencyWords, dependencyWords } from './dependency-words.ts';
import { lastLookAtPart } from './last-look.ts';
import { withMarker } from './marker.ts';
import type { CommentMessages } from './messages/comment-en.ts';
import { commentMessagesOf } from './messages/comment-messages-of.ts';
import { renderKnowledge } from './render-knowledge.ts';

/** A part of a comment. Parts of the lowest rank go first when there is too much; those without a rank stay. */
interface Part {
  readonly text: string | null;
  readonly rank?: number;
}

/** The same finding gives the same text. Parts are left out whole: never half a fence or half a character. */
export function renderComment(request: CommentRequest): WrittenComment {
  const { finding, language, code } = request;
  const messages = commentMessagesOf(language);
  const words = dependencyWords(finding, language);
  const parts: readonly Part[] = [
    { text: headOf(request, messages, words) },
    { text: words === null ? null : dependencyAction(words) },
    { text: backAgain(request, messages), rank: 8 },
    { text: aboutPlace(request, messages), rank: 7 },
    ...(words === null
      ? [
          { text: rootCause(finding), rank: 6 },
          { text: evidenceList(finding, code), rank: 3 },
        ]
      : [{ text: dependencyFacts(words, request), rank: 6 }]),
    { text: request.also === undefined ? null : alsoTold(request.also, language), rank: 9 },
    { text: openQuestion(finding, messages), rank: 5 },
    // The line on what to do says it.
    { text: words?.action == null ? remedy(finding, messages) : null, rank: 4 },
    { text: renderKnowledge(finding.knowledge, code, messages), rank: 2 },
    { text: proposed(request.suggestion, request), rank: 2 },
    { text: proposed(request.patchFold, request), rank: 1 },
    { text: commentFold(request), rank: 0 },
  ];
  return fitted(parts, request);
}

/** On one line: GitLab joins two, GitHub breaks them. */
function headOf(
  { finding, weakness, onlyReports = false }: CommentRequest,
  messages: CommentMessages,
  words: DependencyWords | null,
): string {
  const print = standing(finding, onlyReports, messages);
  return `${headline(finding, weakness, messages, words?.title ?? null)}${print === '' ? '' : `<br>${print}`}`;
}

function fitted(
  parts: readonly Part[],
  { marker, limit = COMMENT_LIMIT }: Pick<CommentRequest, 'marker' | 'limit'>,
): WrittenComment {
  const shown = parts.filter(({ text }) => text !== null && text !== '');
  const text = shown.map((part) => part.text).join('\n\n');
  const written = withMarker(text, marker.fields, marker.seal);
  const lowest = Math.min(...shown.map(({ rank = Number.POSITIVE_INFINITY }) => rank));
  if (written.body.length <= limit || lowest === Number.POSITIVE_INFINITY) return written;
  return fitted(
    shown.filter(({ rank }) => rank !== lowest),
    { marker, limit },
  );
}

/** The block under a sentence on who proposes it and what was checked. */
function proposed(block: string | null, { proposal = null, language }: CommentRequest): string | null {
  const own = ownBlock(block);
  return own === null || proposal === null ? own : `${proposalSentence(proposal, language)}\n\n${own}`;
}

/** A block that another renderer finished: only when nothing in it is live, or could be taken for a marker of ours. */
function ownBlock(block: string | null): string | null {
  const text = block?.trimEnd() ?? '';
  return text === '' || lastLookAtPart(text, { allowedLinkPrefixes: [] }) !== null ? null : text;
}
