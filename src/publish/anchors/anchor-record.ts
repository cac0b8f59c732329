// Where a comment on a finding may stand; one about a package may stand at any line that has the package, where its own is not shown.
import type { FindingRecord } from '#domain/result-document.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import { anchorFinding, type FoundAnchor } from './anchor-finding.ts';

/**
 * The finding's own line, else the manifest's or lock file's line that the diff shows, else one of these files. Lock files are often too
 * large for a host to show: then they have no lines. `why` is null when the anchor is the finding's own line.
 */
export function anchorRecord(
  { location, dependency }: Pick<FindingRecord, 'location' | 'dependency'>,
  diff: ReviewDiff,
): FoundAnchor {
  const own = anchorFinding(location, diff);
  if (dependency === undefined || (own.kind === 'anchor' && own.anchor.kind === 'line')) return own;
  const others = dependency.places.map((place) => anchorFinding(place, diff));
  const found = [own, ...others].flatMap((one) => (one.kind === 'anchor' ? [one.anchor] : []));
  const anchor = found.find(({ kind }) => kind === 'line') ?? found[0];
  return anchor === undefined ? own : { kind: 'anchor', anchor, why: own.why };
}
