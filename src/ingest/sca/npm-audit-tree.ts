// Reads `vulnerabilities` of npm 7 and later: packages that have an advisory, and packages that only depend on those.
import { phrase } from '#domain/phrase.ts';
import type { FormatOutput } from '../formats/report-format.ts';
import { asArray, asObject, asTexts, entriesOf, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { dependencyResult, leadingScore, wordOf } from './dependency-result.ts';
import { boundsOf, readNpmAdvisory, weaknessesOf } from './npm-audit-advisory.ts';
import { NAMES_NOTHING, noObject } from './unused-entries.ts';

type Entries = ReadonlyMap<string, JsonObject>;

/** Paths of one package, and steps of one path. */
const MAXIMUM_PATHS = 20;
const MAXIMUM_STEPS = 100;
/** How many packages are looked at to find the paths of one. */
const MAXIMUM_LOOKS = 2_000;

/**
 * A result for each advisory of a package. An entry that names other packages in `via` alone is vulnerable through them: they have
 * entries of their own, which lead back to it through `effects`, so it is no finding of its own, unless they are not there.
 */
export function readNpmTree(vulnerabilities: unknown, output: FormatOutput): void {
  const listed = entriesOf(vulnerabilities);
  const entries: Entries = new Map(
    listed.flatMap(([name, value]) => {
      const entry = asObject(value);
      return entry === null ? [] : [[name, entry] as const];
    }),
  );
  const grounded = groundedIn(entries);
  for (const [name, value] of listed) {
    const entry = entries.get(name);
    const unused = { ruleId: name, uri: null, line: null };
    if (entry === undefined) {
      const why = noObject(value);
      output.rejected({ ...unused, why });
      continue;
    }
    const advisories = asArray(entry.via).filter((via) => typeof via !== 'string');
    for (const via of advisories) takeAdvisory(via, { name, entry, entries }, output);
    if (advisories.length > 0) continue;
    if (grounded.has(name)) {
      const through = asTexts(entry.via, CAPS.name, COUNTS.tags).map((via) => JSON.stringify(via));
      const why = phrase`it depends on ${through.slice(0, 5).join(', ')}, which is listed itself`;
      output.notAFinding({ ...unused, why });
    } else output.rejected({ ...unused, why: phrase`the vulnerability that it names is not there` });
  }
}

interface Listed {
  readonly name: string;
  readonly entry: JsonObject;
  readonly entries: Entries;
}

function takeAdvisory(via: unknown, { name, entry, entries }: Listed, output: FormatOutput): void {
  const advisory = asObject(via);
  const vulnerability = advisory === null ? null : readNpmAdvisory(advisory);
  if (advisory === null || vulnerability === null) {
    const why = NAMES_NOTHING;
    output.rejected({ ruleId: name, uri: null, line: null, why });
    return;
  }
  const range = wordOf(advisory.range) ?? wordOf(entry.range);
  output.result(
    dependencyResult({
      package: { ecosystem: 'npm', name, version: null, purl: null },
      vulnerability: { ...vulnerability, affected: range, fixedIn: fixedIn(name, entry, range) },
      cwe: weaknessesOf(advisory.cwe),
      score: leadingScore(vulnerability.ratings),
      paths: pathsTo(name, entries),
    }),
  );
}

/** The advisory's range ends below the first version that is mended; `fixAvailable` knows better where it is about the package itself. */
function fixedIn(name: string, { fixAvailable }: JsonObject, range: string | null): readonly string[] {
  const fix = asObject(fixAvailable);
  const version = wordOf(fix?.version);
  const bounds = range === null ? [] : boundsOf(range, '<');
  if (bounds.length > 0) return bounds;
  return fix?.name === name && version !== null ? [version] : [];
}

/** Packages that have an advisory, or depend on one that has, by what the report lists. */
function groundedIn(entries: Entries): ReadonlySet<string> {
  const dependents = new Map<string, string[]>();
  const grounded = new Set<string>();
  for (const [name, { via }] of entries)
    for (const item of asArray(via)) {
      if (typeof item !== 'string') grounded.add(name);
      else dependents.set(item, [...(dependents.get(item) ?? []), name]);
    }
  // The set grows while it is walked.
  for (const name of grounded) for (const dependent of dependents.get(name) ?? []) grounded.add(dependent);
  return grounded;
}

/** From what the project asks for itself to the package, by `effects`; the shortest first. */
function pathsTo(name: string, entries: Entries): readonly (readonly string[])[] {
  const paths: (readonly string[])[] = [];
  const pending: (readonly string[])[] = [[name]];
  for (let at = 0; at < pending.length && at < MAXIMUM_LOOKS && paths.length < MAXIMUM_PATHS; at++) {
    const path = pending[at] ?? [];
    const entry = entries.get(path[0] ?? '');
    const effects = asTexts(entry?.effects, CAPS.name, COUNTS.taxa).filter(
      (effect) => !path.includes(effect),
    );
    if (entry?.isDirect === true) paths.push(path);
    else if (path.length < MAXIMUM_STEPS) for (const effect of effects) pending.push([effect, ...path]);
  }
  return paths;
}
