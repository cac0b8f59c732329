// Finding → ScopedFinding: tells what the change under review may have caused from what was there before. Annotates, never drops.
import type { Scope, ScopeChoice, ScopeState, TreeDiff } from '#domain/change.ts';
import type { Finding } from '#domain/finding.ts';
import { phrase, say } from '#domain/phrase.ts';
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import { type Baseline, findAccepted } from './baseline.ts';
import { type FileChange, indexChange } from './change-index.ts';
import { SCOPE_PHRASES_ZH_CN } from './phrases-zh-cn.ts';
import { type FunctionAt, type RuledScope, ruleScope } from './rule-scope.ts';
import { ruleSuppressions } from './rule-suppressions.ts';

export interface ScopeContext {
  /** Base → head; null when there is no base. */
  readonly diff: TreeDiff | null;
  readonly baseline: Baseline | null;
  readonly asked: ScopeChoice;
  /** The innermost function around a line of head; null outside of one, or where the language is not known. */
  readonly functionAt: FunctionAt;
  /** A line of head without its end; null when there is none. */
  lineText(path: string, line: number): Promise<string | null>;
  /** For findings about dependencies, in words already; left out: their places decide like any. */
  readonly scopeDependency?: (finding: Finding) => Scope;
  readonly acceptExternalSuppressions: boolean;
  /** Of the reasons. */
  readonly language: 'en' | 'zh-CN';
}

/** What each choice of `--scope` takes in: `new` ⊂ `changed` ⊂ `all`. */
const TAKES_IN: Record<ScopeChoice, readonly ScopeState[]> = {
  new: ['new'],
  changed: ['new', 'changed'],
  all: ['new', 'changed', 'existing'],
};

/**
 * Every finding, in order, with its scope and what became of its suppressions. A baseline decides who is new; without one the diff
 * does; without both every finding is. What a report says of itself (`baselineState`) decides nothing.
 */
export async function scopeFindings(
  findings: readonly Finding[],
  context: ScopeContext,
): Promise<readonly ScopedFinding[]> {
  const changes = context.diff === null ? null : indexChange(context.diff);
  const accepted = context.baseline === null ? null : findAccepted(context.baseline, findings);
  const book = context.language === 'zh-CN' ? SCOPE_PHRASES_ZH_CN : null;
  const scoped: ScopedFinding[] = [];
  for (const finding of findings) {
    const against = changes === null ? null : await scopeAgainstBase(finding, changes, context);
    const scope =
      context.baseline === null || accepted === null
        ? (against ?? { state: 'new', why: phrase`there is no base or baseline to compare with` })
        : scopeAgainstBaseline(context.baseline.name, accepted.has(finding.id), against);
    const suppression = await ruleSuppressions(finding, {
      changes,
      acceptExternal: context.acceptExternalSuppressions,
      functionAt: context.functionAt,
      lineText: context.lineText,
    });
    scoped.push({
      ...finding,
      scope: { ...scope, why: typeof scope.why === 'string' ? scope.why : say(scope.why, book) },
      inScope: TAKES_IN[context.asked].includes(scope.state),
      suppression: suppression === null ? null : { ...suppression, why: say(suppression.why, book) },
    });
  }
  return scoped;
}

function scopeAgainstBase(
  finding: Finding,
  changes: ReadonlyMap<string, FileChange>,
  context: ScopeContext,
): Promise<RuledScope | Scope> {
  if (finding.kind !== 'sast' && context.scopeDependency !== undefined) {
    return Promise.resolve(context.scopeDependency(finding));
  }
  return ruleScope(finding, { changes, functionAt: context.functionAt });
}

/** Membership alone decides who is new; the diff still tells a touched file from an untouched one. */
function scopeAgainstBaseline(
  name: string,
  isAccepted: boolean,
  against: RuledScope | Scope | null,
): RuledScope {
  if (!isAccepted) return { state: 'new', why: phrase`it is not in the baseline ${name}` };
  const touched = against !== null && against.state !== 'existing';
  return { state: touched ? 'changed' : 'existing', why: phrase`it is in the baseline ${name}` };
}
