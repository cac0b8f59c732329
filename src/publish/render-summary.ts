// summary.md: what a person reads first, in a job summary or a comment. The decision, what needs attention, what was dismissed and why.
import type { ResultDocument } from '#domain/result-document.ts';
import { byAttention } from './finding-order.ts';
import { fitSections } from './fit-sections.ts';
import { messagesOf } from './messages/messages-of.ts';
import {
  auditLine,
  inputSection,
  noticeSection,
  rejectedSection,
  unresolvedSection,
} from './summary-audit.ts';
import { acceptedSection, attentionSection, dismissedSection } from './summary-findings.ts';
import { headSection } from './summary-head.ts';
import { modelSection } from './summary-model.ts';

/** A job summary holds 1 MiB (platforms A5); what the host adds around it needs some room too. */
const MOST_BYTES = (1 << 20) - 4096;

export interface SummaryOptions {
  /** At most this many UTF-16 code units; never more than a job summary's 1 MiB in any case. */
  readonly limit: number;
  /** At most this many bytes of UTF-8; a job summary's 1 MiB by default. */
  readonly bytes?: number;
}

/**
 * Markdown that GitHub and GitLab both show well. All foreign text is inert. Rows that do not fit are counted, and the text says
 * where they are.
 */
export function renderSummary(
  document: ResultDocument,
  { limit, bytes = MOST_BYTES }: SummaryOptions,
): string {
  const messages = messagesOf(document.run.language, document.decision.mode);
  const findings = byAttention(document.findings);
  const sections = [
    headSection(document, messages),
    noticeSection(document, messages),
    attentionSection(findings.matters, messages),
    dismissedSection(findings.dismissed, messages),
    acceptedSection(findings.accepted, messages),
    unresolvedSection(document, messages),
    rejectedSection(document, messages),
    inputSection(document, messages),
    modelSection(document.run),
    { before: auditLine(document, messages), rows: [], after: '', rank: 0 },
  ];
  return fitSections(
    sections.filter((section) => section !== null),
    { characters: limit, bytes: Math.min(bytes, MOST_BYTES) },
    { more: (rows) => `\n_${messages.moreRows(rows)}_\n`, leftOut: `\n_${messages.sectionsLeftOut}_\n` },
  ).text;
}
