// What remains of a comment whose finding asks for nothing any more, and the sentence that opens a review.
import { toInertMarkdown } from '#support/escape-markdown.ts';
import { clipMarked } from '#support/mark-outside.ts';
import { type CodeHost, commitLink } from './code-link.ts';
import { COMMENT_LIMIT, type WrittenComment } from './comment-request.ts';
import { lastLookAtPart } from './last-look.ts';
import { sentence } from './markdown-blocks.ts';
import { type MarkerFields, type Seal, visibleText, withMarker } from './marker.ts';
import type { CommentMessages } from './messages/comment-en.ts';
import { commentMessagesOf } from './messages/comment-messages-of.ts';

/** Why a comment is closed. `why` is a sentence of ours that may quote foreign pieces between backticks. */
export type ClosedBecause =
  /** `gone`: not reported any more, and nobody can tell by the line whether it is fixed. */
  | { readonly kind: 'fixed' | 'gone'; readonly commit: string }
  | { readonly kind: 'out_of_change' | 'listed' }
  | { readonly kind: 'waived' | 'dismissed'; readonly why: string | null }
  /** `url` of the comment that took its place, as the host gave it. */
  | { readonly kind: 'moved'; readonly url: string };

export interface ClosedRequest {
  readonly because: ClosedBecause;
  /** The body as it stands, marker included. */
  readonly former: string;
  /** Whether the former text stays, folded: people answered to it. */
  readonly keepFormer: boolean;
  readonly code: CodeHost | null;
  /** What links may begin with (`linkPrefixesOf`). */
  readonly linkPrefixes: readonly string[];
  readonly language: 'en' | 'zh-CN';
  readonly marker: { readonly fields: MarkerFields; readonly seal: Seal };
  readonly limit?: number;
}

/** What was suggested is only told then, not offered. */
const SUGGESTION_FENCE = /^(`{3,})suggestion(?::-\d+\+\d+)?$/gm;

/** The outcome first, the former headline struck through below it. */
export function renderClosedComment(request: ClosedRequest): WrittenComment {
  const { former, keepFormer, language, marker, limit = COMMENT_LIMIT } = request;
  const messages = commentMessagesOf(language);
  const title = formerHeadline(former);
  const head = [outcomeOf(request, messages), ...(title === null ? [] : [`~~${title}~~`])];
  const short = withMarker(head.join('\n\n'), marker.fields, marker.seal);
  const kept = visibleText(former).replace(SUGGESTION_FENCE, '$1');
  if (!keepFormer || lastLookAtPart(kept, { allowedLinkPrefixes: request.linkPrefixes }) !== null)
    return short;
  const fold = `<details><summary>${messages.closed.saidBefore}</summary>\n\n${kept}\n\n</details>`;
  const long = withMarker([...head, fold].join('\n\n'), marker.fields, marker.seal);
  return long.body.length <= limit ? long : short;
}

/** The body of the review that the comments hang on (GitHub): one sentence. */
export function renderReviewOpening(request: {
  readonly count: number;
  readonly language: 'en' | 'zh-CN';
  readonly marker: { readonly fields: MarkerFields; readonly seal: Seal };
}): WrittenComment {
  const { count, language, marker } = request;
  return withMarker(commentMessagesOf(language).opening(count), marker.fields, marker.seal);
}

/** What is left of the opening of a review whose comments were second copies: one line that leads to the first review. */
export function renderRepeatedOpening(request: {
  /** Of the first review, as the host gave it. */
  readonly url: string;
  readonly linkPrefixes: readonly string[];
  readonly language: 'en' | 'zh-CN';
  readonly marker: { readonly fields: MarkerFields; readonly seal: Seal };
}): WrittenComment {
  const { url, linkPrefixes, language, marker } = request;
  const link = (words: string) => commentAddress(url, linkPrefixes, words);
  return withMarker(commentMessagesOf(language).repeated(link), marker.fields, marker.seal);
}

function outcomeOf({ because, code, linkPrefixes }: ClosedRequest, { closed }: CommentMessages): string {
  switch (because.kind) {
    case 'fixed':
    case 'gone':
      return closed[because.kind](commitLink(code, because.commit));
    case 'out_of_change':
      return closed.outOfChange;
    case 'listed':
      return closed.listed;
    case 'waived':
    case 'dismissed':
      return closed[because.kind](because.why === null ? null : sentence(because.why));
    case 'moved':
      return commentAddress(because.url, linkPrefixes, closed.moved);
  }
}

/** A link when its address is below one that is allowed, else nothing but the word. */
function commentAddress(url: string, linkPrefixes: readonly string[], words: string): string {
  const link = `[${words}](${url})`;
  return lastLookAtPart(link, { allowedLinkPrefixes: linkPrefixes }) === null ? link : words;
}

const HEADLINE = /^(?:\p{Extended_Pictographic}\uFE0F? )?\*\*(.{1,300}?)\*\*(?:<br>.*)?$/u;

/** In a comment that is closed already it is struck through, below what became of it. */
const STRUCK = /^~~(.{1,300})~~$/u;

/** The words between the stars of the first line; null when it is none of ours. They are made inert again: the text was out of our hands. */
function formerHeadline(former: string): string | null {
  const [first = '', , third = ''] = visibleText(former).split('\n');
  const words = (STRUCK.exec(third) ?? HEADLINE.exec(first))?.[1];
  return words === undefined ? null : toInertMarkdown(clipMarked(words, 300));
}
