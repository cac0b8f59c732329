// Turns a draft into a complete result, once everything of its run is known.
import { type Phrase, phrase, say } from '#domain/phrase.ts';
import type { IngestedResult, RawFix, RawLocation, RawResult, RawRule, ResultRef } from '#domain/report.ts';
import { cweInText, cweOfTaxon, sortedCwe } from './cwe.ts';
import type { DescriptorReference, LocationDraft, ResultDraft, ResultKind, StepDraft } from './draft.ts';
import { renderMessage } from './render-message.ts';
import { resolveLevel } from './resolve-level.ts';
import { type ResolvedDescriptor, resolveRule, resolveTaxon } from './resolve-rule.ts';
import { resolveUri } from './resolve-uri.ts';
import type { RunContext } from './run-context.ts';
import { toldDependency } from './told-dependency.ts';

/** Stands for a rule that neither the result nor the run names. */
export const NO_RULE_ID = '(no rule id)';

/** Kinds that report no problem (§3.27.9), and what they say. */
const NOT_A_FINDING: ReadonlyMap<ResultKind, Phrase> = new Map([
  ['pass', phrase`kind "pass": the rule was checked and holds`],
  ['notApplicable', phrase`kind "notApplicable": the rule does not apply here`],
  ['informational', phrase`kind "informational": the tool reports no problem`],
]);

/** `shared`: keys of fingerprints that are the same all over the run. */
export function resolveResult(
  draft: ResultDraft,
  ref: ResultRef,
  context: RunContext,
  shared: ReadonlySet<string>,
): IngestedResult {
  const found = resolveRule(draft.rule, context);
  const rule = ruleOf(draft, found);
  const [location, ...further] = primaryFirst(draft.locations).map((place) =>
    resolveLocation(place, found, context),
  );
  const why = NOT_A_FINDING.get(draft.kind);
  if (why !== undefined) {
    const ruleId = rule.id === NO_RULE_ID ? null : rule.id;
    return {
      kind: 'not_a_finding',
      ref,
      tool: context.driver.tool.name,
      ruleId,
      uri: location?.uri ?? null,
      line: location?.region?.startLine ?? null,
      why: say(why, context.book),
    };
  }
  const result: RawResult = {
    ref,
    tool: context.driver.tool,
    rule,
    ...resolveLevel(draft, found, context),
    securitySeverity: draft.securitySeverity ?? found?.descriptor.securitySeverity ?? null,
    cwe: collectCwe(draft, rule, found, context),
    message:
      renderMessage(draft.message, found, context) ??
      rule.shortDescription ??
      rule.fullDescription ??
      rule.name ??
      '',
    location: location ?? null,
    relatedLocations: [...further, ...draft.related.map((place) => resolveLocation(place, found, context))],
    flows: draft.flows.map((steps) =>
      steps.map((step) => resolveLocation(stepOf(step, context), found, context)),
    ),
    fixes: draft.fixes.map((fix) => resolveFix(fix, found, context)),
    suppressions: draft.suppressions.map((suppression) => ({
      ...suppression,
      location: suppression.location === null ? null : resolveLocation(suppression.location, found, context),
    })),
    baselineState: draft.baselineState,
    fingerprints: draft.fingerprints.filter(([key]) => !shared.has(key)),
    scannedRevision: context.scannedRevision,
    columnKind: context.columnKind,
  };
  const dependency = toldDependency(result);
  return { kind: 'result', result: dependency === null ? result : { ...result, dependency } };
}

/** The rule's metadata under the id that the result uses: a hierarchical id says more than its rule's. */
function ruleOf(draft: ResultDraft, found: ResolvedDescriptor | null): RawRule {
  const base = found?.descriptor.rule;
  const id =
    [draft.rule.id, base?.id, draft.rule.guid].find(
      (candidate) => candidate !== undefined && candidate !== null && candidate !== '',
    ) ?? NO_RULE_ID;
  if (base !== undefined) return base.id === id ? base : { ...base, id };
  return {
    id,
    name: null,
    shortDescription: null,
    fullDescription: null,
    help: null,
    helpUri: null,
    tags: [],
    precision: null,
  };
}

/** The first location that names a file is the one to show; the others keep their order behind it. */
function primaryFirst(locations: readonly LocationDraft[]): readonly LocationDraft[] {
  const index = locations.findIndex((location) => location.artifact !== null);
  const primary = locations[index];
  return index <= 0 || primary === undefined
    ? locations
    : [primary, ...locations.filter((location) => location !== primary)];
}

function resolveLocation(
  draft: LocationDraft,
  rule: ResolvedDescriptor | null,
  context: RunContext,
): RawLocation {
  const { uri, problem } = resolveUri(draft.artifact, context);
  return {
    uri,
    uriProblem: problem === null ? null : say(problem, context.book),
    region: draft.region,
    message: renderMessage(draft.message, rule, context),
    logicalNames: draft.logical.flatMap((logical) =>
      typeof logical === 'string' ? logical : (context.logicalNames[logical] ?? []),
    ),
  };
}

const NOWHERE: LocationDraft = { artifact: null, region: null, message: null, logical: [] };

function stepOf(step: StepDraft, context: RunContext): LocationDraft {
  return typeof step === 'number' ? (context.steps[step] ?? NOWHERE) : step;
}

function resolveFix(
  fix: ResultDraft['fixes'][number],
  rule: ResolvedDescriptor | null,
  context: RunContext,
): RawFix {
  return {
    description: renderMessage(fix.description, rule, context),
    replacements: fix.replacements.map(({ artifact, region, insertedText }) => ({
      location: resolveLocation({ artifact, region, message: null, logical: [] }, rule, context),
      insertedText,
    })),
  };
}

function collectCwe(
  draft: ResultDraft,
  rule: RawRule,
  found: ResolvedDescriptor | null,
  context: RunContext,
): readonly number[] {
  const references = [...draft.taxa, ...(found?.descriptor.relationships ?? [])];
  return sortedCwe([
    ...draft.cwe,
    ...(found?.descriptor.cwe ?? cweInText(rule.id)),
    ...references.flatMap((reference) => cweOfReference(reference, context)),
  ]);
}

/** A reference counts when its taxonomy is called CWE, or when its id says so itself. */
function cweOfReference(reference: DescriptorReference, context: RunContext): readonly number[] {
  const taxon = resolveTaxon(reference, context);
  if (taxon === null) return [];
  return taxon.taxonomy !== null && /\bcwe\b/i.test(taxon.taxonomy)
    ? cweOfTaxon(taxon.id)
    : cweInText(taxon.id);
}
