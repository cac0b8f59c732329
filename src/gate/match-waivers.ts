// Which findings the team's waivers cover today, and what each waiver matched: the gate honours the first, the notices tell of both.
import type { Waiver } from '#domain/policy.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import { compileGlobs } from '../support/glob.ts';

/** One waiver and what it met in this run. */
export interface WaiverUse {
  readonly waiver: Waiver;
  /** Position in the configuration, from 1. */
  readonly number: number;
  readonly expired: boolean;
  /** Findings it names, whether or not it waives them. */
  readonly matched: readonly JudgedFinding[];
  /** Findings it names by one rule while another rule, which no valid waiver names, reports them too. */
  readonly partial: readonly JudgedFinding[];
}

export interface MatchedWaivers {
  /** The valid waivers that waive a finding; no entry when it is not waived. */
  readonly waivedBy: ReadonlyMap<JudgedFinding, readonly Waiver[]>;
  readonly uses: readonly WaiverUse[];
}

interface Entry {
  readonly waiver: Waiver;
  readonly expired: boolean;
  readonly covers: (path: string) => boolean;
  readonly matched: JudgedFinding[];
  readonly partial: JudgedFinding[];
}

/**
 * A waiver by id waives that finding. Waivers by rule and path waive a finding only when every rule that reports it is covered:
 * a second scanner's alarm at the same place is not silenced by a waiver that never heard of it.
 */
export function matchWaivers(
  waivers: readonly Waiver[],
  findings: readonly JudgedFinding[],
  today: string,
): MatchedWaivers {
  const entries = waivers.map((waiver) => openEntry(waiver, today));
  const byId = Map.groupBy(entries, (entry) => entry.waiver.id);
  const byRule = Map.groupBy(entries, (entry) => entry.waiver.rule);
  const waivedBy = new Map<JudgedFinding, readonly Waiver[]>();
  for (const finding of findings) {
    const named = byId.get(finding.id) ?? [];
    const byEachRule = rulesOf(finding).map((rule) =>
      (byRule.get(rule) ?? []).filter((entry) => entry.covers(finding.location.path)),
    );
    for (const entry of new Set([...named, ...byEachRule.flat()])) entry.matched.push(finding);
    const honoured = honouredBy(named, byEachRule);
    if (honoured.length > 0) {
      waivedBy.set(finding, honoured);
    } else {
      for (const entry of new Set(byEachRule.flat().filter(isValid))) entry.partial.push(finding);
    }
  }
  const uses = entries.map(({ waiver, expired, matched, partial }, index) => ({
    waiver,
    number: index + 1,
    expired,
    matched,
    partial,
  }));
  return { waivedBy, uses };
}

function openEntry(waiver: Waiver, today: string): Entry {
  const covers = waiver.path === null ? () => false : compileGlobs([waiver.path]);
  // Days of this form sort as text; the last day still holds.
  return { waiver, expired: waiver.expires < today, covers, matched: [], partial: [] };
}

function rulesOf(finding: JudgedFinding): readonly string[] {
  return [...new Set([finding.ruleId, ...finding.tools.map((tool) => tool.ruleId)])];
}

function honouredBy(named: readonly Entry[], byEachRule: readonly (readonly Entry[])[]): readonly Waiver[] {
  const byName = named.find(isValid);
  if (byName !== undefined) return [byName.waiver];
  const first = byEachRule.map((entries) => entries.find(isValid));
  const covering = first.filter((entry) => entry !== undefined);
  return covering.length === first.length ? [...new Set(covering.map((entry) => entry.waiver))] : [];
}

function isValid(entry: Entry): boolean {
  return !entry.expired;
}
