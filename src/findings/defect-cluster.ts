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

/** Tools whose `endColumn` is always the end of the line: only their start means anything. */
const KNOW_STARTS_ONLY = new Set(['flawfinder']);

/** Reads a result as a claim. A start without an end is a point: tools that write only a start mean the token there. */
export function readClaim(member: PlacedResult): Claim {
  const { startLine, startColumn, endLine, endColumn } = member.location;
  const advisory = ADVISORY.exec(member.result.rule.id)?.[0].toUpperCase() ?? null;
  if (startColumn === null) {
    return { member, start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY, vague: true, advisory };
  }
  const isPoint = endColumn === null || KNOW_STARTS_ONLY.has(member.result.tool.name.toLowerCase());
  const lineEnd = endLine > startLine ? Number.POSITIVE_INFINITY : (endColumn ?? 0);
  const end = Math.max(isPoint ? 0 : lineEnd, startColumn + 1);
  return { member, start: startColumn, end, vague: false, advisory };
}

/**
 * A set of claims each of which may be one defect with **every** other. Asking for all pairs settles transitivity: a general weakness
 * (CWE-74) that is an ancestor of two specific ones (CWE-79, CWE-89) joins one of them and does not fuse them.
 */
export interface DefectCluster {
  /** Whether text to the right of `column` can still overlap it. */
  isOpenAt(column: number): boolean;
  admits(claim: Claim): boolean;
  /** Whether a member names the very same weakness. */
  shares(cwe: readonly number[]): boolean;
  add(claim: Claim): void;
}

export function createDefectCluster(first: Claim, tree: WeaknessTree): DefectCluster {
  // Spans on a line overlap pairwise exactly when all share a point (Helly in one dimension): two numbers stand for all members.
  let start = Number.NEGATIVE_INFINITY;
  let end = Number.POSITIVE_INFINITY;
  const weaknesses = new Map<string, readonly number[]>();
  const startOfRule = new Map<string | null, number>();

  const add = (claim: Claim): void => {
    start = Math.max(start, claim.start);
    end = Math.min(end, claim.end);
    weaknesses.set(claim.member.result.cwe.join(), claim.member.result.cwe);
    startOfRule.set(nameRule(claim), claim.start);
  };
  add(first);

  return {
    add,
    isOpenAt: (column) => end > column,
    shares: (cwe) => weaknesses.has(cwe.join()),
    admits: (claim) =>
      claim.advisory === first.advisory &&
      claim.start < end &&
      start < claim.end &&
      [...weaknesses.values()].every((cwe) => anyRelated(tree, cwe, claim.member.result.cwe)) &&
      (startOfRule.get(nameRule(claim)) ?? claim.start) === claim.start,
  };
}

function anyRelated(tree: WeaknessTree, left: readonly number[], right: readonly number[]): boolean {
  return left.some((a) => right.some((b) => tree.areRelated(a, b)));
}

/** What has one start within a defect: a rule that marks two starts on a line means two places. Null for a claim without columns. */
function nameRule({ member, vague }: Claim): string | null {
  return vague ? null : `${member.result.tool.name}\0${member.result.rule.id}`;
}
