// Counts a SARIF log with plain JSON.parse, sharing no code with Assay's reader: the corpus check's second opinion.

export interface ResultCount {
  readonly isFinding: boolean;
  readonly namesFile: boolean;
  readonly line: number | null;
  /** Steps by thread flow. */
  readonly flows: readonly number[];
  readonly rule: readonly [name: string | null, shortDescription: string | null];
  readonly level: string;
  readonly cwe: readonly number[];
  /** Null when it takes more than a plain text to know it. */
  readonly message: string | null;
}

export interface LogCount {
  readonly runs: readonly { readonly tool: string; readonly results: readonly ResultCount[] }[];
}

/** JSON of whatever shape: a missing member is undefined all the way down. */
// biome-ignore lint/suspicious/noExplicitAny: this reader is loose on purpose, so that it fails in other ways than the strict one
type Loose = any;

/** Null when the text is no JSON, or no SARIF 2.1 or 2.2 log. */
export function countLog(text: string): LogCount | null {
  let log: Loose;
  try {
    log = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(log?.runs) || !/^2\.[12]/.test(log.version)) return null;
  if (log.runs.some((run: Loose) => run.results !== undefined && !Array.isArray(run.results))) return null;
  // Re-serialised by another language: the same log under other keys.
  const runs: readonly Loose[] = /"physical_location"/.test(text) ? camel(log.runs) : log.runs;
  return {
    runs: runs.map((run) => ({
      tool: run.tool.driver.name,
      results: (run.results ?? []).map((result: Loose) => countResult(result, run)),
    })),
  };
}

function camel(value: Loose): Loose {
  if (Array.isArray(value)) return value.map(camel);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase()),
      key === 'properties' ? member : camel(member),
    ]),
  );
}

function countResult(result: Loose, run: Loose): ResultCount {
  const rule = findRule(result, run);
  const places: readonly Loose[] = (result.locations ?? []).map(
    (place: Loose) => place.physicalLocation ?? {},
  );
  const named = places.find(
    (place) => (place.artifactLocation?.uri ?? '') !== '' || place.artifactLocation?.index >= 0,
  );
  const shown = named ?? places[0];
  const location = named?.artifactLocation;
  const line = shown?.region?.startLine;
  return {
    isFinding: !['pass', 'notApplicable', 'informational'].includes(result.kind),
    namesFile:
      location !== undefined && (location.uri || run.artifacts?.[location.index]?.location?.uri || '') !== '',
    line: line >= 1 ? line : null,
    flows: (result.codeFlows ?? []).flatMap((flow: Loose) =>
      (flow.threadFlows ?? []).map((thread: Loose) => thread.locations.length),
    ),
    rule: [rule?.name ?? null, rule?.shortDescription?.text ?? null],
    level: result.level ?? ((result.kind ?? 'fail') === 'fail' ? defaultLevel(result, rule, run) : 'none'),
    cwe: namedWeaknesses([
      rule?.id,
      rule?.properties?.tags,
      rule?.properties?.cwe,
      rule?.helpUri,
      result.properties?.tags,
      result.properties?.cwe,
      relatedIds(rule, result),
    ]),
    message: isPlain(result.message) ? result.message.text : null,
  };
}

function findRule(result: Loose, run: Loose): Loose {
  const { driver, extensions = [] } = run.tool;
  const rules = [driver, ...extensions].flatMap((component) => component.rules ?? []);
  const pack = extensions[result.rule?.toolComponent?.index];
  const index = result.ruleIndex ?? result.rule?.index;
  const indexed = (result.rule?.toolComponent === undefined ? driver : pack)?.rules?.[index];
  const id = result.ruleId ?? result.rule?.id;
  if (indexed !== undefined && (id === undefined || id === indexed.id || id.startsWith(`${indexed.id}/`)))
    return indexed;
  return (
    rules.find((rule) => id !== undefined && rule.id === id) ??
    rules.find((rule) => rule.id !== undefined && id?.startsWith(`${rule.id}/`))
  );
}

function defaultLevel(result: Loose, rule: Loose, run: Loose): string {
  return overridden(result, run) ?? rule?.defaultConfiguration?.level ?? 'warning';
}

function overridden(result: Loose, run: Loose): string | undefined {
  const [invocation, ...others] = run.invocations ?? [];
  const chosen =
    run.invocations?.[result.provenance?.invocationIndex] ?? (others.length === 0 ? invocation : undefined);
  return chosen?.ruleConfigurationOverrides?.find(
    (override: Loose) => result.ruleId?.split('/')[0] === override.descriptor.id,
  )?.configuration.level;
}

/** Ids of taxa and relationship targets whose component is called CWE. */
function relatedIds(rule: Loose, result: Loose): readonly string[] {
  const targets = [
    ...(result.taxa ?? []),
    ...(rule?.relationships ?? []).map((relationship: Loose) => relationship.target),
  ];
  return targets
    .filter((target) => /cwe/i.test(target?.toolComponent?.name ?? ''))
    .map((target) => `CWE-${String(target.id ?? '').replace(/^cwe-/i, '')}`);
}

function namedWeaknesses(parts: readonly unknown[]): readonly number[] {
  const text = JSON.stringify(parts);
  return [
    ...new Set(
      Array.from(text.matchAll(/cwe[-_]0*([1-9]\d*)|cwe\.mitre\.org\/data\/definitions\/(\d+)/gi), (match) =>
        Number(match[1] ?? match[2]),
      ),
    ),
  ];
}

function isPlain(message: Loose): boolean {
  return typeof message?.text === 'string' && !/[{[\\]/.test(message.text) && message.text.length < 10_000;
}
