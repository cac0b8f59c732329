// Results on one line that speak of one defect, and the test that lets a further one in.
import type { WeaknessTree } from '#domain/weakness-tree.ts';
import type { PlacedResult } from './placed-result.ts';

/** One result reduced to what merging looks at. Columns on the line, end exclusive; without columns it spans the line. */
export interface Claim {
  readonly member: PlacedResult;
  readonly start: number;
  readonly end: number;
  readonly vague: boolean;
  /** A published vulnerability that the rule names, or null. */
  readonly advisory: string | null;
}

const ADVISORY =
  /\b(?:CVE-\d{4}-\d{4,}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|RUSTSEC-\d{4}-\d+|PYSEC-\d{4}-\d+|GO-\d{4}-\d+|SNYK-[A-Z]+-[\w-]+|MAL-\d{4}-\d+)/i;

/** Reads a result as a claim. A start without an end is a point: tools that write only a start mean the token there. */
export function readClaim(member: PlacedResult): Claim {
  const { startLine, startColumn, endLine, endColumn } = member.location;
  const advisory = ADVISORY.exec(member.result.rule.id)?.[0].toUpperCase() ?? null;
  if (startColumn === null) {
    return { member, start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY, vague: true, advisory };
  }
  const end = endLine > startLine ? Number.POSITIVE_INFINITY : Math.max(endColumn ?? 0, startColumn + 1);
  return { member, start: startColumn, end, vague: false, advisory };
}

/**
 * A set of claims each of which may be one defect with **every** other. Asking for all pairs settles transitivity: a general weakness
 * (CWE-74) that is an ancestor of two specific ones (CWE-79, CWE-89) joins one of them and does not fuse them.
 */
export interface DefectCluster {
  readonly members: readonly PlacedResult[];
  /** Whether text to the right of `column` can still overlap it. */
  isOpenAt(column: number): boolean;
  admits(claim: Claim): boolean;
  /** Whether a member names the very same weakness. */
  shares(cwe: readonly number[]): boolean;
  add(claim: Claim): void;
}

export function createDefectCluster(first: Claim, tree: WeaknessTree): DefectCluster {
  const members: PlacedResult[] = [];
  // Spans on a line overlap pairwise exactly when all share a point (Helly in one dimension): two numbers stand for all members.
  let start = Number.NEGATIVE_INFINITY;
  let end = Number.POSITIVE_INFINITY;
  const weaknesses = new Map<string, readonly number[]>();
  const byTool = new Map<string, Claim[]>();

  const add = (claim: Claim): void => {
    members.push(claim.member);
    start = Math.max(start, claim.start);
    end = Math.min(end, claim.end);
    weaknesses.set(claim.member.result.cwe.join(), claim.member.result.cwe);
    const { name } = claim.member.result.tool;
    byTool.set(name, [...(byTool.get(name) ?? []), claim]);
  };
  add(first);

  return {
    members,
    add,
    isOpenAt: (column) => end > column,
    shares: (cwe) => weaknesses.has(cwe.join()),
    admits: (claim) =>
      claim.advisory === first.advisory &&
      claim.start < end &&
      start < claim.end &&
      [...weaknesses.values()].every((cwe) => anyRelated(tree, cwe, claim.member.result.cwe)) &&
      !(byTool.get(claim.member.result.tool.name) ?? []).some((other) => standApart(other, claim)),
  };
}

function anyRelated(tree: WeaknessTree, left: readonly number[], right: readonly number[]): boolean {
  return left.some((a) => right.some((b) => tree.areRelated(a, b)));
}

/**
 * One tool that marks two starts means two places when the rule is the same, or when it marks everything from a place to the
 * same end, as those do that know a start only (flawfinder).
 */
function standApart(a: Claim, b: Claim): boolean {
  if (a.vague || b.vague || a.start === b.start) return false;
  const sameEnd =
    a.member.location.endLine === b.member.location.endLine &&
    a.member.location.endColumn === b.member.location.endColumn;
  return sameEnd || a.member.result.rule.id === b.member.result.rule.id;
}
