// gl-code-quality-report.json: the findings that are not dismissed, for GitLab's merge request widget (docs.gitlab.com, Code Quality report format).
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { Severity } from '#domain/severity.ts';
import { toTerminal } from '#support/escape-terminal.ts';
import { shorten } from '#support/shorten.ts';
import { stableJson } from '#support/stable-json.ts';
import { dependencyWords } from './dependency-words.ts';
import { compareImportance, isDismissed } from './finding-order.ts';
import type { Messages } from './messages/en.ts';
import { messagesOf } from './messages/messages-of.ts';

const GITLAB_SEVERITY: Record<Severity, 'blocker' | 'critical' | 'major' | 'minor' | 'info'> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  none: 'info',
};
const LONGEST_DESCRIPTION = 500;

/**
 * A list of `{description, check_name, fingerprint, severity, location}`; GitLab compares it with the target branch's by fingerprint,
 * so findings that were there before stand in it too.
 */
export function renderCodeQuality(document: ResultDocument): string {
  const messages = messagesOf(document.run.language);
  // A finding without a file has no place in a merge request; assay.json has it.
  const kept = document.findings.filter((finding) => !isDismissed(finding) && finding.location.path !== '');
  return stableJson(
    [...kept].sort(compareImportance).map((finding) => ({
      description: describe(finding, messages),
      check_name: shorten(toTerminal(finding.ruleId), LONGEST_DESCRIPTION),
      fingerprint: finding.id,
      severity: GITLAB_SEVERITY[finding.severity],
      location: { path: toTerminal(finding.location.path), lines: { begin: finding.location.startLine } },
    })),
  );
}

function describe(finding: FindingRecord, messages: Messages): string {
  const { verdict } = finding;
  const title = dependencyWords(finding, messages.language)?.title;
  const message = toTerminal(title === undefined ? finding.message : `${title}. ${finding.message}`);
  const judged = verdict === null ? '' : messages.bracketed(messages.verdict[verdict.label]);
  return shorten(message + judged, LONGEST_DESCRIPTION);
}
