// The part of the summary comment that says where each finding is told: at its line, elsewhere and why, or only in the files.
import type { FindingRecord } from '#domain/result-document.ts';
import type { Section } from './fit-sections.ts';
import { folded, sentence } from './markdown-blocks.ts';
import type { PublicationMessages, Whereabouts } from './messages/publication-en.ts';

/** Where the plan puts a finding, beside the summary. */
export interface FindingPlacement {
  /** `summary`: nowhere else. `files`: not in the summary either, as far as the plan knows. */
  readonly where: 'inline' | 'file' | 'annotation' | 'summary' | 'files';
  /** Why it has no comment at its line, in a sentence for people. May quote foreign pieces between backticks. */
  readonly why?: string;
  /** Of its comment; null when it has none, or it is not posted yet. */
  readonly url: string | null;
}

export type Placements = ReadonlyMap<string, FindingPlacement>;

const ORDER: readonly Whereabouts[] = ['inline', 'file', 'annotation', 'here', 'files'];

/** One line with a count for each place; '' when every finding has a comment at its line. Ends with a line break. */
export function whereaboutsLine(
  findings: readonly FindingRecord[],
  told: { readonly placements: Placements; readonly shown: ReadonlySet<string> },
  messages: PublicationMessages,
): string {
  const counts = new Map<Whereabouts, number>();
  for (const { id } of findings) {
    const where = told.placements.get(id)?.where ?? 'summary';
    const place = where === 'summary' || where === 'files' ? (told.shown.has(id) ? 'here' : 'files') : where;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  if ((counts.get('inline') ?? 0) === findings.length) return '';
  const parts = ORDER.flatMap((place) => {
    const count = counts.get(place) ?? 0;
    return count === 0 ? [] : [messages.countedAt[place](count)];
  });
  return `\n${messages.whereabouts(parts.join(' · '))}\n`;
}

/** Why findings have no comment at their lines, where that is known: one row for each reason, the commonest first. */
export function notInlineSection(
  findings: readonly FindingRecord[],
  placements: Placements,
  messages: PublicationMessages,
): Section | null {
  const reasons = new Map<string, number>();
  let total = 0;
  for (const { id } of findings) {
    const { where = 'summary', why = '' } = placements.get(id) ?? {};
    if (where === 'inline' || why === '') continue;
    total += 1;
    const text = messages.told(messages.placedAt[where], sentence(why));
    reasons.set(text, (reasons.get(text) ?? 0) + 1);
  }
  if (total === 0) return null;
  const rows = [...reasons].sort(([, a], [, b]) => b - a).map(([text, count]) => `- ${count} × ${text}\n`);
  return folded(messages.notInline(total), { head: '', rows, rank: 3 });
}
