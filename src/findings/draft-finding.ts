// Makes one finding of the results that report it; only its id is still missing.
import type { Finding, ProposedFix, ToolReport } from '#domain/finding.ts';
import type { FlowStep } from '#domain/location.ts';
import type { RawLocation, ResultRef } from '#domain/report.ts';
import { compareSeverity, type Severity } from '#domain/severity.ts';
import type { DefectGroup } from './merge-results.ts';
import { compareBy, compareText } from './order.ts';
import { compareContent, compareRefs, type PlacedResult } from './placed-result.ts';
import { precisionRank, rawSeverity, type SeverityRule, worstSeverity } from './severity.ts';

export interface DraftFinding extends Omit<Finding, 'id' | 'fingerprints'> {
  /** The primary result first. */
  readonly members: readonly PlacedResult[];
  readonly precision: PlacedResult['precision'];
}

/**
 * Drafts the finding of a group. The primary result (worst severity, then surest rule, then tool name) gives rule, message and flow;
 * severity is the worst of all, CWEs, suppressions and fixes are those of all.
 */
export async function draftFinding(
  group: DefectGroup,
  severityOf: SeverityRule,
): Promise<DraftFinding | null> {
  const cwe = [...new Set(group.flatMap(({ result }) => result.cwe))].sort((a, b) => a - b);
  const rated = group.map((member) => ({
    member,
    severity: severityOf({
      result: member.result,
      cwe,
      path: member.location.resolved ? member.location.path : null,
    }),
  }));
  const members = rated.sort(comparePrimacy).map(({ member }) => member);
  const [primary] = members;
  if (primary === undefined) return null;
  const place = members.find(({ location }) => location.startColumn !== null) ?? primary;
  return {
    members,
    precision: place.precision,
    kind: 'sast',
    ruleId: primary.result.rule.id,
    tools: nameTools(members),
    cwe,
    severity: worstSeverity(rated.map(({ severity }) => severity)),
    message: (members.find(({ result }) => result.message.trim() !== '') ?? primary).result.message,
    location: place.location,
    flow: await locateSteps(chooseFlow(members)),
    related: await locateSteps(chooseRelated(members)),
    suppressions: unite(members.flatMap(({ result }) => result.suppressions)),
    baselineState: members.find(({ result }) => result.baselineState !== null)?.result.baselineState ?? null,
    fixes: await locateFixes(members),
  };
}

const comparePrimacy = compareBy<{ readonly member: PlacedResult; readonly severity: Severity }>(
  (a, b) => compareSeverity(b.severity, a.severity),
  (a, b) => precisionRank(b.member.result.rule.precision) - precisionRank(a.member.result.rule.precision),
  (a, b) => compareText(a.member.result.tool.name, b.member.result.tool.name),
  (a, b) => compareText(a.member.result.rule.id, b.member.result.rule.id),
  (a, b) => compareContent(a.member, b.member),
);

/** One entry a tool and rule, the primary's first. */
function nameTools(members: readonly PlacedResult[]): readonly ToolReport[] {
  const byRule = new Map<string, { readonly first: PlacedResult; readonly members: PlacedResult[] }>();
  for (const member of members) {
    const { tool, rule } = member.result;
    const key = JSON.stringify([tool.name, tool.version, rule.id]);
    const known = byRule.get(key);
    if (known === undefined) byRule.set(key, { first: member, members: [member] });
    else known.members.push(member);
  }
  return [...byRule.values()].map(({ first: { result }, members: all }) => ({
    name: result.tool.name,
    version: result.tool.version,
    ruleId: result.rule.id,
    ruleName: result.rule.name,
    rawSeverity: rawSeverity(result),
    precision: result.rule.precision,
    results: all.sort(compareRefs).map((member): ResultRef => member.result.ref),
  }));
}

interface Steps {
  readonly of: PlacedResult;
  readonly locations: readonly RawLocation[];
}

/** The longest flow of the first result that has one. */
function chooseFlow(members: readonly PlacedResult[]): Steps | null {
  for (const member of members) {
    const longest = member.result.flows.reduce<readonly RawLocation[]>(
      (best, flow) => (flow.length > best.length ? flow : best),
      [],
    );
    if (longest.length > 0) return { of: member, locations: longest };
  }
  return null;
}

function chooseRelated(members: readonly PlacedResult[]): Steps | null {
  const member = members.find(({ result }) => result.relatedLocations.length > 0);
  return member === undefined ? null : { of: member, locations: member.result.relatedLocations };
}

async function locateSteps(steps: Steps | null): Promise<readonly FlowStep[]> {
  const located: FlowStep[] = [];
  for (const raw of steps?.locations ?? []) {
    const { location } = (await steps?.of.locator.locate(raw)) ?? {};
    if (location !== undefined) located.push({ location, message: raw.message });
  }
  return located;
}

async function locateFixes(members: readonly PlacedResult[]): Promise<readonly ProposedFix[]> {
  const fixes: ProposedFix[] = [];
  for (const { result, locator } of members) {
    for (const { description, replacements } of result.fixes) {
      const placed = [];
      for (const { location: raw, insertedText } of replacements) {
        placed.push({ location: await locator.locateExactly(raw), insertedText });
      }
      fixes.push({ tool: result.tool.name, description, replacements: placed });
    }
  }
  return uniteBy(fixes, ({ description, replacements }) => [description, replacements]);
}

/** Each value once, by what it says. */
function unite<Item>(items: readonly Item[]): readonly Item[] {
  return uniteBy(items, (item) => item);
}

/** The first item of each key. */
function uniteBy<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): readonly Item[] {
  const byKey = new Map<string, Item>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    if (!byKey.has(key)) byKey.set(key, item);
  }
  return [...byKey.values()];
}
