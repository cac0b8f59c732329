// The lines that a verdict rests on, as links to them at the head commit, each with its code.
import type { Citation } from '#domain/location.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { type CodeHost, codeLink } from './code-link.ts';
import { quoted } from './markdown-blocks.ts';

const MOST_LINKS = 4;

/** A list; empty when nothing is cited. */
export function evidenceList({ verdict }: FindingRecord, code: CodeHost | null): string {
  const all = (verdict?.reasons ?? []).flatMap(({ citations }) => citations);
  const places = new Map(all.map((citation) => [`${citation.startLine} ${citation.path}`, citation]));
  return [...places.values()]
    .slice(0, MOST_LINKS)
    .map((citation) => `- ${codeLink(code, citation)}${firstLine(citation)}`)
    .join('\n');
}

function firstLine({ quote }: Citation): string {
  const line = quote.split(/\r\n|\r|\n/).find((one) => one.trim() !== '');
  return line === undefined ? '' : ` ${quoted(line.trim(), 'quote')}`;
}
