// Reads `retire --outputformat json` (https://github.com/RetireJS/retire.js): libraries of JavaScript found in files, and what is known of their versions.
import { missingList } from '../formats/missing-list.ts';
import type { DraftResult, FormatOutput, FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asArray, asObject, asTexts, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { cweInText } from '../sarif/cwe.ts';
import { severityOf } from '../sbom/vulnerability-draft.ts';
import { aliasesAmong, dependencyResult, packageNamed, wordOf } from './dependency-result.ts';
import { NAMES_NOTHING, noObject } from './unused-entries.ts';

const NAME = 'retire.js';

export const RETIREJS_JSON: ReportFormat = {
  kinds: ['retirejs-json'],
  syntax: 'json',
  // Before version 2 the report was the list of files alone.
  elements: ['data[]', '[]'],
  open(output): FormatReader {
    output.tool({ name: NAME, version: null });
    let isListed = false;
    return {
      begin() {
        isListed = true;
      },
      part(path, value) {
        if (path === 'version') output.tool({ name: NAME, version: wordOf(value) });
        else if (path === 'errors')
          for (const error of asArray(value, COUNTS.tags))
            output.problem(wordOf(error, CAPS.problem) ?? JSON.stringify(error).slice(0, CAPS.problem));
        else if (path === 'data[]' || path === '[]') takeFile(value, output);
      },
      finish() {
        if (!isListed) throw missingList(NAME);
      },
    };
  },
};

function takeFile(value: unknown, output: FormatOutput): void {
  const entry = asObject(value);
  const file = wordOf(entry?.file, CAPS.uri);
  if (entry === null) output.rejected({ ruleId: null, uri: null, line: null, why: noObject(value) });
  for (const listed of asArray(entry?.results)) {
    const library = asObject(listed) ?? {};
    for (const one of asArray(library.vulnerabilities, COUNTS.taxa)) {
      const vulnerability = asObject(one);
      const result = vulnerability === null ? null : resultOf(library, vulnerability, file);
      const why = vulnerability === null ? noObject(one) : NAMES_NOTHING;
      if (result === null) output.rejected({ ruleId: null, uri: file, line: null, why });
      else output.result(result);
    }
  }
}

function resultOf(library: JsonObject, vulnerability: JsonObject, file: string | null): DraftResult | null {
  const component = wordOf(library.component);
  if (component === null) return null;
  const identifiers = asObject(vulnerability.identifiers) ?? {};
  const links = asTexts(vulnerability.info, CAPS.uri, COUNTS.tags);
  const title = wordOf(identifiers.summary, CAPS.message);
  const [atOrAbove, below] = [wordOf(vulnerability.atOrAbove), wordOf(vulnerability.below)];
  const names = namesOf(identifiers);
  const id = names[0] ?? ownName(component, identifiers, title ?? links[0] ?? `< ${below ?? ''}`);
  const bounds = [
    ...(atOrAbove === null ? [] : [`>=${atOrAbove}`]),
    ...(below === null ? [] : [`<${below}`]),
  ];
  return dependencyResult({
    // `npmname` where the library goes by another name there.
    package: packageNamed(null, {
      ecosystem: 'npm',
      name: wordOf(library.npmname) ?? component,
      version: wordOf(library.version),
    }),
    vulnerability: {
      id,
      aliases: aliasesAmong(id, names),
      title,
      severity: severityOf(wordOf(vulnerability.severity)),
      fixedIn: below === null ? [] : [below],
      affected: bounds.length === 0 ? null : bounds.join(' '),
      url: links[0] ?? null,
    },
    cwe: asTexts(vulnerability.cwe, CAPS.name, COUNTS.tags).flatMap(cweInText),
    manifest: file,
  });
}

/** https://github.com/RetireJS/retire.js/blob/master/repository/jsrepository-v4.json: `CVE` is a list, `githubID` a text. */
function namesOf(identifiers: JsonObject): readonly string[] {
  const cves = asTexts(identifiers.CVE, CAPS.name, COUNTS.tags).filter((cve) =>
    /^CVE-\d{4}-\d{4,}$/.test(cve),
  );
  const ghsa = wordOf(identifiers.githubID);
  return [...cves, ...(ghsa === null ? [] : [ghsa])];
}

/** A name for what no database names: by the library's own tracker, else by what it is. */
function ownName(component: string, identifiers: JsonObject, title: string): string {
  const tracked =
    wordOf(identifiers.issue) ??
    wordOf(identifiers.bug) ??
    wordOf(identifiers.retid) ??
    wordOf(identifiers.PR);
  const what =
    tracked ??
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 80);
  return `retire.js:${component}:${what}`;
}
