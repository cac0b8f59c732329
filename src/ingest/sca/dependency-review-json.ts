// Reads what GitHub's dependency review says of a change (https://docs.github.com/rest/dependency-graph/dependency-review): packages that it adds and takes away.
import { phrase } from '#domain/phrase.ts';
import { missingList } from '../formats/missing-list.ts';
import type { FormatOutput, FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asArray, asObject, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { severityOf } from '../sbom/vulnerability-draft.ts';
import { scopeOf } from './dependabot-alert.ts';
import { ecosystemOfGitHub } from './dependabot-ecosystems.ts';
import { dependencyResult, packageNamed, wordOf } from './dependency-result.ts';
import { NAMES_NOTHING, noObject } from './unused-entries.ts';

const NAME = 'GitHub dependency review';

export const DEPENDENCY_REVIEW_JSON: ReportFormat = {
  kinds: ['dependency-review-json'],
  syntax: 'json',
  elements: ['[]'],
  open(output): FormatReader {
    output.tool({ name: NAME, version: null });
    let isListed = false;
    return {
      begin() {
        isListed = true;
      },
      part(path, value) {
        if (path === '[]') takeChange(value, output);
      },
      finish() {
        if (!isListed) throw missingList(NAME);
      },
    };
  },
};

function takeChange(value: unknown, output: FormatOutput): void {
  const change = asObject(value);
  if (change === null) {
    output.rejected({ ruleId: null, uri: null, line: null, why: noObject(value) });
    return;
  }
  for (const listed of asArray(change.vulnerabilities, COUNTS.taxa)) {
    const vulnerability = asObject(listed);
    const id = wordOf(vulnerability?.advisory_ghsa_id);
    const name = wordOf(change.name);
    const unused = { ruleId: id, uri: wordOf(change.manifest, CAPS.uri), line: null };
    if (vulnerability === null) output.rejected({ ...unused, why: noObject(listed) });
    else if (change.change_type === 'removed')
      output.notAFinding({ ...unused, why: phrase`the change takes the package away` });
    else if (id === null || name === null) output.rejected({ ...unused, why: NAMES_NOTHING });
    else takeVulnerability({ change, vulnerability, id, name }, output);
  }
}

interface AddedVulnerability {
  readonly change: JsonObject;
  readonly vulnerability: JsonObject;
  readonly id: string;
  readonly name: string;
}

/** A manifest's entry has a requirement such as `^1.2` in the place of a version. */
const VERSION = /^v?\d[\w.+!~:-]*$/;

function takeVulnerability(
  { change, vulnerability, id, name }: AddedVulnerability,
  output: FormatOutput,
): void {
  const named = packageNamed(wordOf(change.package_url), {
    ecosystem: ecosystemOfGitHub(wordOf(change.ecosystem)),
    name,
    version: wordOf(change.version),
  });
  const isVersion = VERSION.test(named.version ?? '');
  output.result(
    dependencyResult({
      package: isVersion ? named : { ...named, version: null, purl: null },
      vulnerability: {
        id,
        title: wordOf(vulnerability.advisory_summary, CAPS.message),
        severity: severityOf(wordOf(vulnerability.severity)),
        url: wordOf(vulnerability.advisory_url, CAPS.uri),
      },
      manifest: wordOf(change.manifest, CAPS.uri),
      scope: scopeOf(wordOf(change.scope)),
    }),
  );
}
