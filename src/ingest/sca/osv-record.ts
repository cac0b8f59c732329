// Reads an OSV record that stands inside a report, as far as it speaks of one package (https://ossf.github.io/osv-schema/).
import type { AffectedSymbols, CvssRating, ReportedVulnerability } from '#domain/advisory.ts';
import type { PackageRef } from '#domain/package.ts';
import { asArray, asObject, asObjects, asText, asTexts, entriesOf, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { cweInText } from '../sarif/cwe.ts';
import { ratingOf, severityOf } from '../sbom/vulnerability-draft.ts';
import { wordOf } from './dependency-result.ts';

export interface OsvRecord {
  readonly vulnerability: Omit<ReportedVulnerability, 'epss' | 'kev'>;
  readonly cwe: readonly number[];
}

export function readOsvRecord(record: JsonObject, id: string, named: Pick<PackageRef, 'name'>): OsvRecord {
  const affected = asObjects(record.affected, COUNTS.taxa).filter(
    (entry) => wordOf(asObject(entry.package)?.name)?.toLowerCase() === named.name.toLowerCase(),
  );
  const own = asObject(record.database_specific);
  const aliases = asTexts(record.aliases, CAPS.name, COUNTS.taxa).filter(
    (alias) => alias !== '' && alias !== id,
  );
  const ranges = affected
    .flatMap((entry) => asObjects(entry.ranges, COUNTS.taxa))
    .filter(({ type }) => type !== 'GIT');
  const references = asObjects(record.references, COUNTS.taxa);
  const reference = references.find(({ type }) => type === 'ADVISORY') ?? references[0];
  return {
    vulnerability: {
      id,
      aliases: [...new Set(aliases)].sort(),
      title: wordOf(record.summary, CAPS.message),
      description: asText(record.details, CAPS.message),
      severity: severityOf(wordOf(own?.severity)),
      ratings: [record, ...affected].flatMap((entry) => ratingsOf(entry.severity)),
      fixedIn: [
        ...new Set(
          ranges
            .flatMap(({ events }) => asObjects(events, COUNTS.taxa))
            .flatMap(({ fixed }) => wordOf(fixed) ?? []),
        ),
      ],
      affected: ranges.length === 0 ? null : ranges.map(rangeText).join(' || '),
      published: wordOf(record.published),
      url: wordOf(own?.url, CAPS.uri) ?? wordOf(reference?.url, CAPS.uri),
      symbols: affected.flatMap(symbolsOf),
    },
    cwe: asTexts(own?.cwe_ids, CAPS.name, COUNTS.tags).flatMap(cweInText),
  };
}

const VERSIONS: ReadonlyMap<string, string> = new Map([
  ['CVSS_V2', '2.0'],
  ['CVSS_V3', '3.1'],
  ['CVSS_V4', '4.0'],
]);

/** A vector stands where the score would; other types are words of distributions. */
function ratingsOf(value: unknown): readonly CvssRating[] {
  return asObjects(value, COUNTS.tags).flatMap(({ type, score }) => {
    const version = VERSIONS.get(wordOf(type) ?? '');
    return version === undefined ? [] : (ratingOf(wordOf(score), null, version) ?? []);
  });
}

/** `>=1.19.0 <1.19.4 || >=1.20.0` */
function rangeText(range: JsonObject): string {
  const parts: string[] = [];
  for (const event of asObjects(range.events, COUNTS.taxa)) {
    const introduced = wordOf(event.introduced);
    const fixed = wordOf(event.fixed);
    const last = wordOf(event.last_affected);
    if (introduced !== null) parts.push(`>=${introduced}`);
    else if (fixed !== null) parts.push(`${parts.pop() ?? '>=0'} <${fixed}`);
    else if (last !== null) parts.push(`${parts.pop() ?? '>=0'} <=${last}`);
  }
  return parts.join(' || ');
}

/** Go's `imports[].{path, symbols}` (https://go.dev/doc/security/vuln/database#schema) and RustSec's `affects.functions`, which is a list or a map from function to versions. */
function symbolsOf(affected: JsonObject): readonly AffectedSymbols[] {
  const specific = asObject(affected.ecosystem_specific);
  const imports = asObjects(specific?.imports, COUNTS.taxa).map(({ path, symbols }) => ({
    path: wordOf(path),
    names: asTexts(symbols, CAPS.name, COUNTS.taxa),
  }));
  const listed = asObject(specific?.affects)?.functions;
  const functions = Array.isArray(listed) ? asArray(listed) : entriesOf(listed).map(([name]) => name);
  const names = asTexts(functions, CAPS.name, COUNTS.taxa);
  return names.length === 0 ? imports : [...imports, { path: null, names }];
}
