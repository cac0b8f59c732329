// How bad a result is, by what its tool says and by what the team's policy says instead.
import type { SeverityOverride } from '#domain/policy.ts';
import type { Level, RawResult } from '#domain/report.ts';
import { type Severity, worse } from '#domain/severity.ts';
import { compileGlobs } from '#support/glob.ts';

const BY_LEVEL: Readonly<Record<Level, Severity>> = {
  error: 'high',
  warning: 'medium',
  note: 'low',
  none: 'none',
};

/** The contract's "Severity": `security-severity` (CVSS-like, 0–10) where it says anything, else the level. */
function parseSeverity(securitySeverity: number | null, level: Level): Severity {
  if (securitySeverity !== null && securitySeverity > 0) {
    if (securitySeverity >= 9) return 'critical';
    if (securitySeverity >= 7) return 'high';
    return securitySeverity >= 4 ? 'medium' : 'low';
  }
  return BY_LEVEL[level];
}

/** What the tool itself wrote, for the reader. */
export function rawSeverity(result: RawResult): string {
  return result.securitySeverity === null ? result.level : String(result.securitySeverity);
}

interface SeverityQuestion {
  readonly result: RawResult;
  /** CWEs of the whole finding. */
  readonly cwe: readonly number[];
  /** Path in the repository, or null when the place did not resolve: path conditions then do not hold. */
  readonly path: string | null;
}

export type SeverityRule = (question: SeverityQuestion) => Severity;

/**
 * Compiles the policy's overrides: the first whose every stated condition holds decides, else the tool's word stands.
 * They act on one result at a time, so that lowering one tool's noisy rule does not lower what another tool says of the same defect.
 */
export function createSeverityRule(overrides: readonly SeverityOverride[]): SeverityRule {
  const compiled = overrides.map((override) => ({
    ...override,
    matchesPath: override.path === null ? null : compileGlobs([override.path]),
  }));
  return ({ result, cwe, path }) => {
    const override = compiled.find(
      (candidate) =>
        (candidate.rule === null || candidate.rule === result.rule.id) &&
        (candidate.cwe === null || cwe.includes(candidate.cwe)) &&
        (candidate.matchesPath === null || (path !== null && candidate.matchesPath(path))),
    );
    return override?.severity ?? parseSeverity(result.securitySeverity, result.level);
  };
}

/** The worst of several; `none` for an empty list. */
export function worstSeverity(severities: readonly Severity[]): Severity {
  return severities.reduce<Severity>(worse, 'none');
}

const PRECISIONS = ['low', 'medium', 'high', 'very-high'];

/** How sure a rule is of itself: higher is surer, -1 when it does not say. */
export function precisionRank(precision: string | null): number {
  return precision === null ? -1 : PRECISIONS.indexOf(precision);
}
