// A finding of a result as the stages know it, so that they can look at it once more.
import type { FindingRecord } from '#domain/result-document.ts';
import type { ScopedFinding } from '#domain/scoped-finding.ts';

export function scopedAgain(record: FindingRecord): ScopedFinding {
  return { ...record, inScope: true, suppressions: [], fixes: [] };
}
