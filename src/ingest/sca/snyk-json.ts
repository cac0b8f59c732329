// Reads `snyk test --json` (https://docs.snyk.io/developer-tools/snyk-cli/commands/test): one project, or a list of them with --all-projects.
import { phrase } from '#domain/phrase.ts';
import { missingList } from '../formats/missing-list.ts';
import type { FormatOutput, FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asArray, asObject, asObjects, entriesOf, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { wordOf } from './dependency-result.ts';
import { snykResult } from './snyk-issue.ts';
import { LEFT_OUT, LICENCE_NOTICE, NAMES_NOTHING, noObject } from './unused-entries.ts';

const NAME = 'Snyk Open Source';

export const SNYK_JSON: ReportFormat = {
  kinds: ['snyk-json'],
  syntax: 'json',
  elements: ['[]', 'vulnerabilities[]'],
  open(output): FormatReader {
    output.tool({ name: NAME, version: null });
    // What they belong to stands behind them.
    const vulnerabilities: unknown[] = [];
    const project = new Map<string, unknown>();
    let isList = false;
    let isListed = false;
    return {
      begin(path) {
        if (path === '[]') isList = true;
        else isListed = true;
      },
      part(path, value) {
        if (path === '[]') takeListed(value, output);
        else if (path === 'vulnerabilities[]') vulnerabilities.push(value);
        else project.set(path, value);
      },
      finish() {
        if (isList) return;
        if (!isListed && !project.has('error')) throw missingList(NAME);
        takeProject({ ...Object.fromEntries(project), vulnerabilities }, output);
        // A container is a project of its system's packages, with those of languages beside.
        for (const application of asArray(project.get('applications'))) takeListed(application, output);
      },
    };
  },
};

function takeListed(value: unknown, output: FormatOutput): void {
  const project = asObject(value);
  if (project === null) output.rejected({ ruleId: null, uri: null, line: null, why: noObject(value) });
  else if (!Array.isArray(project.vulnerabilities) && project.error === undefined)
    output.problem(phrase`${NAME} wrote no list of results`);
  else takeProject(project, output);
}

function takeProject(project: JsonObject, output: FormatOutput): void {
  const manifest = wordOf(project.displayTargetFile, CAPS.uri) ?? wordOf(project.targetFile, CAPS.uri);
  if (project.error !== undefined)
    output.problem(wordOf(project.error, CAPS.problem) ?? phrase`a tool error without message`);
  const manager = wordOf(project.packageManager);
  for (const value of asArray(project.vulnerabilities)) {
    const issue = asObject(value);
    const unused = { ruleId: wordOf(issue?.id), uri: manifest, line: null };
    if (issue === null) output.rejected({ ...unused, why: noObject(value) });
    else if (issue.type === 'license') output.notAFinding({ ...unused, why: LICENCE_NOTICE });
    else {
      const result = snykResult(issue, { manifest, manager });
      if (result === null) output.rejected({ ...unused, why: NAMES_NOTHING });
      else output.result(result);
    }
  }
  for (const issue of ignoredIn(project.filtered))
    output.notAFinding({ ruleId: wordOf(issue.id), uri: manifest, line: null, why: LEFT_OUT });
}

/** What the project's policy file sets aside. */
function ignoredIn(filtered: unknown): readonly JsonObject[] {
  return entriesOf(filtered).flatMap(([, issues]) => asObjects(issues, COUNTS.taxa));
}
