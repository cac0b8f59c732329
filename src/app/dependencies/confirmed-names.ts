// Under which names the vulnerable functions of a finding are looked up: what is known of another vulnerability must not clear this one,
// and a call of what anybody names is one.
import type { Finding } from '#domain/finding.ts';
import type { SymbolRules } from '../../reachability/load-symbol-rules.ts';

export interface ConfirmedContext {
  readonly symbols: Pick<SymbolRules, 'symbolsOf'>;
  isMeantBy(finding: Pick<Finding, 'id'>, names: readonly string[]): boolean;
}

/**
 * All names that anybody gives the vulnerability, where the functions that are listed under each of them are those of what every report
 * speaks of; else only the names that are confirmed.
 */
export function confirmedNames(
  finding: Pick<Finding, 'id' | 'dependency'>,
  { symbols, isMeantBy }: ConfirmedContext,
): readonly string[] {
  const { vulnerability, package: named } = finding.dependency ?? {};
  if (vulnerability == null || named === undefined) return [];
  return [vulnerability.id, ...vulnerability.aliases].filter((name) => {
    if (isMeantBy(finding, [name])) return true;
    const rule = named.ecosystem === null ? null : symbols.symbolsOf(named.ecosystem, named.name, [name]);
    return rule !== null && isMeantBy(finding, rule.vulnerabilities);
  });
}

/** The other names, under which functions are listed all the same. A call of these proves; that none is there says nothing. */
export function claimedNames(
  finding: Pick<Finding, 'id' | 'dependency'>,
  context: ConfirmedContext,
): readonly string[] {
  const { vulnerability, package: named } = finding.dependency ?? {};
  if (vulnerability == null || named?.ecosystem == null) return [];
  const { ecosystem, name } = named;
  const confirmed = confirmedNames(finding, context);
  return [vulnerability.id, ...vulnerability.aliases].filter(
    (one) => !confirmed.includes(one) && context.symbols.symbolsOf(ecosystem, name, [one]) !== null,
  );
}
