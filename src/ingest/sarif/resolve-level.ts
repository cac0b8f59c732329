// Decides a result's level and rank where the result leaves them to its rule.
import type { Level } from '#domain/report.ts';
import type { ResultDraft } from './draft.ts';
import type { ConfigurationOverride } from './invocations.ts';
import { isOrIsBelow, type ResolvedDescriptor } from './resolve-rule.ts';
import type { RunContext } from './run-context.ts';

export interface ResolvedLevel {
  readonly level: Level;
  readonly rank: number | null;
}

/**
 * §3.27.10: the result's own level; "none" for a kind other than "fail"; the override of its invocation; the rule's default
 * configuration; "warning".
 */
export function resolveLevel(
  draft: ResultDraft,
  rule: ResolvedDescriptor | null,
  context: RunContext,
): ResolvedLevel {
  const override = findOverride(draft, rule, context);
  const byDefault = override?.level ?? rule?.descriptor.level ?? 'warning';
  return {
    level: draft.level ?? (draft.kind === 'fail' ? byDefault : 'none'),
    rank: draft.rank ?? override?.rank ?? rule?.descriptor.rank ?? null,
  };
}

/** Of the invocation that the result names (§3.48.6); of the only one where it names none. */
function findOverride(
  draft: ResultDraft,
  rule: ResolvedDescriptor | null,
  context: RunContext,
): ConfigurationOverride | null {
  const { invocations } = context;
  const index = draft.invocationIndex ?? (invocations.length === 1 ? 0 : -1);
  return invocations[index]?.overrides.find((override) => isAbout(override, draft, rule)) ?? null;
}

function isAbout(
  override: ConfigurationOverride,
  draft: ResultDraft,
  rule: ResolvedDescriptor | null,
): boolean {
  const { id, guid, index } = override.rule;
  if (guid !== null) return guid === rule?.descriptor.guid;
  if (id !== null) return isOrIsBelow(draft.rule.id ?? rule?.descriptor.rule.id ?? '', id) && id !== '';
  return index !== null && rule !== null && rule.component.descriptors[index] === rule.descriptor;
}
