// An incoming result that knows where in the repository it lies.
import type { FindingLocation } from '#domain/location.ts';
import type { RawResult } from '#domain/report.ts';
import type { Locator } from './locate.ts';
import { compareBy, compareNumber, compareText } from './order.ts';

export interface PlacedResult {
  readonly result: RawResult;
  readonly location: FindingLocation;
  /** What the report gave: a place in a file, a file only, or neither. */
  readonly precision: 'region' | 'file' | 'none';
  /** Finds the result's other places: they are named as its own is. */
  readonly locator: Locator;
}

/** In the order of the inputs. */
export const compareRefs = compareBy<PlacedResult>(
  (a, b) => a.result.ref.input - b.result.ref.input,
  (a, b) => a.result.ref.run - b.result.ref.run,
  (a, b) => a.result.ref.index - b.result.ref.index,
);

/** What two results that look alike so far may still differ in. */
function restOf({ result }: PlacedResult): string {
  const { rank, flows, relatedLocations, fixes, suppressions, fingerprints, baselineState } = result;
  return JSON.stringify([rank, flows, relatedLocations, fixes, suppressions, fingerprints, baselineState]);
}

/**
 * A total order by what results say, so that nothing depends on the order in which they came; the ref decides only between results
 * that say the same. Results without columns come last: they are told apart by those with columns.
 */
export const compareContent = compareBy<PlacedResult>(
  (a, b) => compareNumber(a.location.startColumn ?? Infinity, b.location.startColumn ?? Infinity),
  (a, b) => compareNumber(a.location.endLine, b.location.endLine),
  (a, b) => compareNumber(a.location.endColumn, b.location.endColumn),
  (a, b) => compareText(a.result.tool.name, b.result.tool.name),
  (a, b) => compareText(a.result.rule.id, b.result.rule.id),
  (a, b) => compareText(a.result.message, b.result.message),
  (a, b) => compareText(a.result.cwe.join(), b.result.cwe.join()),
  (a, b) => compareText(a.result.tool.version ?? '', b.result.tool.version ?? ''),
  (a, b) => compareText(a.result.level, b.result.level),
  (a, b) => compareNumber(a.result.securitySeverity ?? -1, b.result.securitySeverity ?? -1),
  (a, b) => compareText(restOf(a), restOf(b)),
  compareRefs,
);
