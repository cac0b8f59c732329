// The sentences of a comment: where it is about, the root cause, what is to be answered, what mends it.
import type { FindingRecord } from '#domain/result-document.ts';
import { toInertMarkdown } from '#support/escape-markdown.ts';
import { clipMarked } from '#support/mark-outside.ts';
import { shorten } from '#support/shorten.ts';
import { codeLink, commitLink } from './code-link.ts';
import type { CommentRequest } from './comment-request.ts';
import type { CommentMessages } from './messages/comment-en.ts';

/** Longest text of each kind, in characters before it is made inert; what the built-in judge writes is shorter. */
const LONGEST = { rootCause: 800, question: 400, remedy: 600 } as const;

/** Only for a comment that does not stand at its line: the code is at head, wherever the thread is. */
export function aboutPlace(
  { finding, where, code, whyNotLine }: CommentRequest,
  messages: CommentMessages,
): string {
  if (where === 'line') return '';
  const { location } = finding;
  if (location.wholeFile === true) return messages.aboutFile;
  const { path, startLine, endLine } = location;
  if (!location.resolved) return messages.notFound(codeLink(null, { path, startLine: null, endLine: null }));
  const place = codeLink(code, { path, startLine, endLine });
  return where === 'outdated' ? messages.nowAt(place) : messages.about(place, whyNotLine);
}

/** Since when it is reported again, and what was said in between. */
export function backAgain({ back, code }: CommentRequest, messages: CommentMessages): string | null {
  if (back === null) return null;
  const was = back.was === null ? null : { ...back.was, commit: commitLink(code, back.was.commit) };
  return messages.back(commitLink(code, back.since), was);
}

export function rootCause({ rootCause: text }: FindingRecord): string {
  return text === null ? '' : inertText(text, LONGEST.rootCause);
}

/** What a person has to find out: the reasons of a verdict that does not decide, as questions. */
export function openQuestion({ verdict }: FindingRecord, messages: CommentMessages): string {
  if (verdict?.label !== 'needs_review') return '';
  const [reason] = verdict.reasons;
  if (reason === undefined) return '';
  const asked = /[?？]/.test(reason.text) ? undefined : messages.question[reason.code];
  const words = [...(asked === undefined ? [] : [asked]), inertText(reason.text, LONGEST.question)];
  return `${messages.toAnswer} ${words.join(' ')}`;
}

export function remedy({ remediation, verdict }: FindingRecord, messages: CommentMessages): string {
  if (remediation === null) return '';
  const lead = verdict?.label === 'true_positive' ? messages.howToFix : messages.ifReal;
  return `${lead} ${inertText(remediation, LONGEST.remedy)}`;
}

/** Single backticks set outside text apart. A run of them has no meaning in our sentences, and must not look like a fence. */
export function inertText(text: string, longest: number): string {
  const short = shorten(text, 8 * longest).replace(/`{2,}/g, "'");
  return toInertMarkdown(clipMarked(short, longest));
}
