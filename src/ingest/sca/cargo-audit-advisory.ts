// Reads one entry of cargo audit's report: an advisory of RustSec and the crate that it was found in.

import type { Severity } from '#domain/severity.ts';
import type { DraftResult } from '../formats/report-format.ts';
import { asObject, asText, asTexts, entriesOf, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { ratingOf } from '../sbom/vulnerability-draft.ts';
import { dependencyResult, wordOf } from './dependency-result.ts';

/** Null when it names no advisory or no package. `severity`: what the kind of entry says, where the advisory has no rating. */
export function cargoAuditResult(entry: JsonObject, severity: Severity | null): DraftResult | null {
  const advisory = asObject(entry.advisory);
  const installed = asObject(entry.package);
  const id = wordOf(advisory?.id);
  const name = wordOf(installed?.name) ?? wordOf(advisory?.package);
  if (advisory === null || id === null || name === null) return null;
  const versions = asObject(entry.versions);
  const rating = ratingOf(wordOf(advisory.cvss), null, null);
  const aliases = asTexts(advisory.aliases, CAPS.name, COUNTS.taxa).filter((alias) => alias !== id);
  const functions = asObject(entry.affected)?.functions;
  const names = entriesOf(functions)
    .slice(0, COUNTS.taxa)
    .map(([path]) => path);
  return dependencyResult({
    package: { ecosystem: 'crates.io', name, version: wordOf(installed?.version), purl: null },
    vulnerability: {
      id,
      aliases: [...new Set(aliases)].sort(),
      title: wordOf(advisory.title, CAPS.message),
      description: asText(advisory.description, CAPS.message),
      severity,
      ratings: rating === null ? [] : [rating],
      fixedIn: asTexts(versions?.patched, CAPS.name, COUNTS.taxa).flatMap(firstPatched),
      published: wordOf(advisory.date),
      url: wordOf(advisory.url, CAPS.uri),
      symbols: names.length === 0 ? [] : [{ path: null, names }],
    },
  });
}

/** Of `>=1.1.0`, `^0.13.10`, `>=0.13.10, <0.14.0`: the version from which on it is patched. */
function firstPatched(requirement: string): readonly string[] {
  for (const [, comparator, version] of requirement.matchAll(/(>=|<=|[<>=^~])?\s*(\d[\w.+-]{0,99})/g))
    if (version !== undefined && !['<', '<=', '>'].includes(comparator ?? '')) return [version];
  return [];
}
