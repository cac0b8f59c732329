// Fills in what a format's reader left out of a result, and bounds what it took over.
import type { RawResult, RawTool, ResultRef } from '#domain/report.ts';
import { CAPS } from '../sarif/caps.ts';
import { sortedCwe } from '../sarif/cwe.ts';
import type { DraftResult } from './report-format.ts';
import { tidy } from './tidy.ts';

export function completeResult(draft: DraftResult, ref: ResultRef, tool: RawTool): RawResult {
  const { dependency } = draft;
  return {
    rank: null,
    securitySeverity: null,
    location: null,
    relatedLocations: [],
    flows: [],
    fixes: [],
    suppressions: [],
    baselineState: null,
    fingerprints: [],
    scannedRevision: null,
    columnKind: 'utf16CodeUnits',
    ...draft,
    ref,
    tool,
    rule: tidy(draft.rule, CAPS.help),
    message: tidy(draft.message, CAPS.message),
    cwe: sortedCwe(draft.cwe ?? []),
    ...(dependency === undefined ? {} : { dependency: tidy(dependency, CAPS.message) }),
  };
}
