// Where a comment on a finding may stand; one about a package may stand at any line that has the package, where its own is not shown.
import type { FindingRecord } from '#domain/result-document.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import { anchorFinding, type FoundAnchor } from './anchor-finding.ts';

/**
 * The line that the proposed upgrade changes, where it is of another file, such as that of central versions: one click writes it there.
 * Else the finding's own line, else the manifest's or lock file's line that the diff shows, else one of these files. Lock files are often too
 * large for a host to show: then they have no lines. `why` is null when the anchor is the finding's own
 * line, or the upgrade's.
 */
export function anchorRecord(
  { location, dependency, patch }: Pick<FindingRecord, 'location' | 'dependency' | 'patch'>,
  diff: ReviewDiff,
): FoundAnchor {
  if (dependency !== undefined && patch !== null && patch.path !== location.path) {
    const [edit] = patch.edits;
    const changed = { path: patch.path, startLine: edit?.startLine ?? 0, resolved: true };
    const there = anchorFinding(changed, diff);
    if (there.kind === 'anchor' && there.anchor.kind === 'line') return there;
  }
  const own = anchorFinding(location, diff);
  if (dependency === undefined || (own.kind === 'anchor' && own.anchor.kind === 'line')) return own;
  const others = dependency.places.map((place) => anchorFinding(place, diff));
  const found = [own, ...others].flatMap((one) => (one.kind === 'anchor' ? [one.anchor] : []));
  const anchor = found.find(({ kind }) => kind === 'line') ?? found[0];
  return anchor === undefined ? own : { kind: 'anchor', anchor, why: own.why };
}
