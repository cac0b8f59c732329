// The team's own documents about a finding's weakness, named in its comment: where to read on, with a link to the commit they were read at.
import type { KnowledgeReference } from '#domain/knowledge.ts';
import { codeSpan } from '#support/escape-markdown.ts';
import { shorten } from '#support/shorten.ts';
import { type CodeHost, codeUrl } from './code-link.ts';
import type { CommentMessages } from './messages/comment-en.ts';

/** More would be a reading list. */
const MOST_DOCUMENTS = 2;
const LONGEST_PLACE = 100;
const ANCHOR = /^[\p{L}\p{M}\p{N}\p{Pc}-]{1,200}$/u;

/** Null where there is nothing to name. */
export function renderKnowledge(
  references: readonly KnowledgeReference[] | undefined,
  code: CodeHost | null,
  messages: Pick<CommentMessages, 'documents'>,
): string | null {
  const links = (references ?? []).slice(0, MOST_DOCUMENTS).map((reference) => documentLink(reference, code));
  return links.length === 0 ? null : messages.documents(links);
}

/** `docs/secure-coding.md#sql` as a link, or as a code span where the host or the commit is not known. */
function documentLink(reference: KnowledgeReference, code: CodeHost | null): string {
  const text = codeSpan(shorten(placeOfDocument(reference), LONGEST_PLACE));
  const url = code === null ? null : documentUrl(reference, code);
  return url === null ? text : `[${text}](${url})`;
}

export function placeOfDocument({ path, anchor }: Pick<KnowledgeReference, 'path' | 'anchor'>): string {
  return anchor === null ? path : `${path}#${anchor}`;
}

/** At the commit that the document was read at, never at the change's own: it may say something else there. */
function documentUrl(
  { path, anchor, commit }: KnowledgeReference,
  { host, blobUrl }: CodeHost,
): string | null {
  if (commit === null || !/^[0-9a-f]{40,64}$/.test(commit) || !/\/blob\/[^/]+$/.test(blobUrl)) return null;
  const atCommit = { host, blobUrl: blobUrl.replace(/\/blob\/[^/]+$/, `/blob/${commit}`) };
  const url = codeUrl(atCommit, { path, startLine: null, endLine: null });
  if (url === null || anchor === null || !ANCHOR.test(anchor)) return url;
  return `${url}#${encodeURIComponent(anchor.toWellFormed())}`;
}
