// The word for a CVSS score.
import type { Severity } from '#domain/severity.ts';

/** The qualitative scale of https://www.first.org/cvss/v3.1/specification-document, §5; 4.0 has the same. */
export function severityOfScore(score: number): Severity {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'none';
}
