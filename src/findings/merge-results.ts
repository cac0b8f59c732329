// Groups the results that report one defect (the contract's "Merge"), whatever tools they come from and whatever order they came in.
import { createHash } from 'node:crypto';
import type { WeaknessTree } from '#domain/weakness-tree.ts';
import { createDefectCluster, type DefectCluster, readClaim } from './defect-cluster.ts';
import { compareContent, type PlacedResult } from './placed-result.ts';

/** Results that are one finding; never empty. */
export type DefectGroup = readonly PlacedResult[];

/** On one line, a result is held against so many open clusters at most: a line of a minified file may hold a hundred thousand results. */
const MOST_OPEN = 64;

/**
 * Partitions `placed` into defects. The answer does not depend on the order of the input:
 * 1. Results that say the same (tool, rule, weaknesses, region) are duplicates; without a weakness and without columns the message must be
 *    equal too, since nothing else tells two results of one rule apart.
 * 2. A place that did not resolve and a whole file are merged only when everything in the report is identical; a result without a
 *    weakness by 1 alone.
 * 3. The others meet on their line from left to right; each joins the best group whose every member it may be one defect with.
 */
export function groupDefects(placed: readonly PlacedResult[], tree: WeaknessTree): readonly DefectGroup[] {
  const groups: DefectGroup[] = [];
  const byLine = new Map<string, PlacedResult[][]>();
  for (const duplicates of collapseDuplicates([...placed].sort(compareContent))) {
    const [first] = duplicates;
    if (first === undefined) continue;
    if (!meetsOthers(first)) {
      groups.push(duplicates);
      continue;
    }
    const line = `${first.location.startLine}\0${first.location.path}`;
    const there = byLine.get(line);
    if (there === undefined) byLine.set(line, [duplicates]);
    else there.push(duplicates);
  }
  for (const onLine of byLine.values()) groups.push(...groupLine(onLine, tree));
  return groups;
}

/** Whether another tool may have reported the same defect in other words. */
function meetsOthers({ location, precision, result }: PlacedResult): boolean {
  return location.resolved && precision === 'region' && result.cwe.length > 0;
}

function collapseDuplicates(sorted: readonly PlacedResult[]): Iterable<PlacedResult[]> {
  const sets = new Map<string, PlacedResult[]>();
  for (const member of sorted) {
    const isPlaced = member.location.resolved && member.precision === 'region';
    const key = isPlaced ? nameClaim(member) : nameReport(member);
    const set = sets.get(key);
    if (set === undefined) sets.set(key, [member]);
    else set.push(member);
  }
  return sets.values();
}

/** What a result says of a place in a file. */
function nameClaim(member: PlacedResult): string {
  const { location, result } = member;
  const told = location.startColumn !== null || meetsOthers(member);
  return JSON.stringify([
    location.path,
    location.startLine,
    location.startColumn,
    location.endLine,
    location.endColumn,
    result.tool.name,
    result.rule.id,
    result.cwe,
    told ? null : result.message,
  ]);
}

/** Everything that a result says. Hashed: with its flows this may be long. */
function nameReport({ result }: PlacedResult): string {
  return createHash('sha256')
    .update(JSON.stringify({ ...result, ref: null }))
    .digest('base64');
}

/** @param sets duplicates that start on one line, each by its first member, in the order of content */
function groupLine(sets: readonly PlacedResult[][], tree: WeaknessTree): readonly DefectGroup[] {
  const groups = new Map<DefectCluster, PlacedResult[]>();
  let open: DefectCluster[] = [];
  for (const set of sets) {
    const [first] = set;
    if (first === undefined) continue;
    const claim = readClaim(first);
    if (!claim.vague) open = open.filter((cluster) => cluster.isOpenAt(claim.start)).slice(-MOST_OPEN);
    const candidates = (claim.vague ? [...groups.keys()].slice(0, MOST_OPEN) : open.toReversed()).filter(
      (cluster) => cluster.admits(claim),
    );
    const best = candidates.find((cluster) => cluster.shares(first.result.cwe)) ?? candidates[0];
    if (best === undefined) {
      const cluster = createDefectCluster(claim, tree);
      open.push(cluster);
      groups.set(cluster, [...set]);
    } else {
      best.add(claim);
      groups.get(best)?.push(...set);
    }
  }
  return [...groups.values()];
}
