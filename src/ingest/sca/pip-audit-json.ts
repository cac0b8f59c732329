// Reads `pip-audit -f json` (https://pypi.org/project/pip-audit/): the bare array of packages of old, and the object with `dependencies`.
import { phrase } from '#domain/phrase.ts';
import { missingList } from '../formats/missing-list.ts';
import type { FormatOutput, FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asArray, asObject, asText, asTexts, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { dependencyResult, wordOf } from './dependency-result.ts';
import { NAMES_NOTHING, noObject } from './unused-entries.ts';

const NAME = 'pip-audit';

export const PIP_AUDIT_JSON: ReportFormat = {
  kinds: ['pip-audit-json'],
  syntax: 'json',
  elements: ['[]', 'dependencies[]'],
  open(output): FormatReader {
    output.tool({ name: NAME, version: null });
    let isListed = false;
    return {
      begin() {
        isListed = true;
      },
      part(path, value) {
        if (path === '[]' || path === 'dependencies[]') takePackage(value, output);
      },
      finish() {
        if (!isListed) throw missingList(NAME);
      },
    };
  },
};

function takePackage(value: unknown, output: FormatOutput): void {
  const entry = asObject(value);
  const nowhere = { ruleId: null, uri: null, line: null };
  if (entry === null) {
    output.rejected({ ...nowhere, why: noObject(value) });
    return;
  }
  const name = wordOf(entry.name);
  const skipped = wordOf(entry.skip_reason, CAPS.problem);
  if (skipped !== null) {
    // Private packages are skipped in every scan, so this alone must not make one unfinished.
    output.notAFinding({
      ...nowhere,
      why: phrase`the scanner could not look at the package ${JSON.stringify(name ?? '')}: ${JSON.stringify(skipped)}`,
    });
    output.notice(phrase`the scanner could not look at a package`);
    return;
  }
  for (const listed of asArray(entry.vulns, COUNTS.taxa)) {
    const vulnerability = asObject(listed);
    const id = wordOf(vulnerability?.id);
    if (vulnerability === null) output.rejected({ ...nowhere, why: noObject(listed) });
    else if (name === null || id === null) output.rejected({ ...nowhere, ruleId: id, why: NAMES_NOTHING });
    else output.result(resultOf({ name, version: wordOf(entry.version) }, id, vulnerability));
  }
}

function resultOf(
  { name, version }: { readonly name: string; readonly version: string | null },
  id: string,
  vulnerability: JsonObject,
): ReturnType<typeof dependencyResult> {
  const aliases = asTexts(vulnerability.aliases, CAPS.name, COUNTS.taxa).filter(
    (alias) => alias !== '' && alias !== id,
  );
  return dependencyResult({
    // PEP 503: https://peps.python.org/pep-0503/#normalized-names
    package: {
      ecosystem: 'PyPI',
      name: name.toLowerCase().replace(/[-_.]+/g, '-'),
      version,
      purl: null,
    },
    vulnerability: {
      id,
      aliases: [...new Set(aliases)].sort(),
      description: asText(vulnerability.description, CAPS.message),
      fixedIn: asTexts(vulnerability.fix_versions, CAPS.name, COUNTS.taxa),
    },
  });
}
