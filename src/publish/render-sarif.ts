// assay.sarif: every finding with its verdict as SARIF 2.1.0, in the shape that GitHub code scanning and GitLab read.
import type { ResultDocument } from '#domain/result-document.ts';
import { compareImportance } from './finding-order.ts';
import { type SarifOptions, writeSarif } from './sarif-run.ts';

/**
 * The text of `assay.sarif`: all findings, however many. False positives, waived and suppressed ones carry a suppression with the
 * reason. For code scanning, which takes only so much at once, split-sarif.ts writes the same in parts.
 */
export function renderSarif(document: ResultDocument, options: SarifOptions = {}): string {
  const findings = [...document.findings].sort(compareImportance);
  return writeSarif(document, { ...options, findings, category: document.run.category, notes: [] });
}
