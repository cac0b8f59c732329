// What a gate rule asks of findings about dependencies, against one finding.
import type { DependencyCondition } from '#domain/policy.ts';
import type { JudgedFinding } from '#domain/verdict.ts';

/** Whether everything that is stated holds. A finding about code meets a condition on its kind alone. */
export function meetsDependencyCondition(
  { kind, dependency }: Pick<JudgedFinding, 'kind' | 'dependency'>,
  condition: DependencyCondition,
): boolean {
  const { kinds, kev, epssAbove, fixAvailable, scopes, reachability } = condition;
  if (kinds !== null && !kinds.includes(kind)) return false;
  if ([kev, epssAbove, fixAvailable, scopes, reachability].every((stated) => stated === null)) return true;
  if (dependency === undefined) return false;
  const { vulnerability, scope, upgrade } = dependency;
  if (kev !== null && (vulnerability?.kev ?? false) !== kev) return false;
  if (epssAbove !== null && (vulnerability?.epss ?? 0) <= epssAbove) return false;
  const isMended = (vulnerability?.fixedIn.length ?? 0) > 0 || (upgrade !== null && upgrade.kind !== 'none');
  if (fixAvailable !== null && isMended !== fixAvailable) return false;
  if (scopes !== null && (scope === null || !scopes.includes(scope))) return false;
  const level = dependency.reachability?.level ?? 'unknown';
  return reachability === null || reachability.includes(level);
}

/** The parts that are stated, as `name` and text, in a fixed order: `kev`, `true`. */
export function statedConditions(condition: DependencyCondition): readonly (readonly [string, string])[] {
  const { kinds, kev, epssAbove, fixAvailable, scopes, reachability } = condition;
  const stated: [string, string | null][] = [
    ['kind', kinds?.join('|') ?? null],
    ['kev', kev === null ? null : `${kev}`],
    ['epss_above', epssAbove === null ? null : `${epssAbove}`],
    ['fix_available', fixAvailable === null ? null : `${fixAvailable}`],
    ['dependency_scope', scopes?.join('|') ?? null],
    ['reachability', reachability?.join('|') ?? null],
  ];
  return stated.flatMap(([name, text]) => (text === null ? [] : [[name, text] as const]));
}
