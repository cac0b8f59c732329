// Reads what SonarQube hands out: issues and hotspots of its web API (https://docs.sonarsource.com/sonarqube-server/extension-guide/web-api), and the export of sonar-report.
import { phrase } from '#domain/phrase.ts';
import { missingList } from '../formats/missing-list.ts';
import type { FormatOutput, FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asInteger, asObject, asObjects, entriesOf, type JsonObject } from '../json/shape.ts';
import { CAPS } from '../sarif/caps.ts';
import { refuseEntry, wordIn } from './native-result.ts';
import { closedIssue, type SonarContext, sonarResult } from './sonarqube-issue.ts';

const NAME = 'SonarQube';

export const SONARQUBE_JSON: ReportFormat = {
  kinds: ['sonarqube-json'],
  syntax: 'json',
  elements: ['issues[]', 'hotspots[]'],
  open(output): FormatReader {
    output.tool({ name: NAME, version: null });
    // Components and rules stand behind the issues.
    const issues: unknown[] = [];
    const members = new Map<string, unknown>();
    let isListed = false;
    return {
      begin() {
        isListed = true;
      },
      part(path, value) {
        if (path === 'issues[]' || path === 'hotspots[]') issues.push(value);
        else members.set(path, value);
      },
      finish() {
        if (!isListed) throw missingList(NAME);
        const context = { paths: pathsIn(members.get('components')), rules: rulesIn(members.get('rules')) };
        for (const value of issues) takeIssue(value, context, output);
        const paging = asObject(members.get('paging'));
        const total = asInteger(paging?.total, 0) ?? asInteger(members.get('total'), 0) ?? 0;
        if (total > issues.length)
          output.problem(
            phrase`the file holds ${issues.length} of ${total} results: give the other pages as well`,
          );
      },
    };
  },
};

function takeIssue(value: unknown, context: SonarContext, output: FormatOutput): void {
  const issue = asObject(value);
  if (issue === null) {
    refuseEntry(value, output);
    return;
  }
  const result = sonarResult(issue, context);
  const closed = closedIssue(issue);
  if (closed === null) output.result(result);
  else {
    const { uri = null, region = null } = result.location ?? {};
    output.notAFinding({ ruleId: result.rule.id, uri, line: region?.startLine ?? null, why: closed });
  }
}

/** Key of a component → its path, null for a project or module. */
function pathsIn(components: unknown): ReadonlyMap<string, string | null> {
  return new Map(
    asObjects(components).flatMap((component) => {
      const key = wordIn(component.key, CAPS.uri);
      const isFile = component.qualifier === 'FIL' || component.qualifier === 'UTS';
      const path = wordIn(component.path, CAPS.uri) ?? (isFile ? wordIn(component.longName, CAPS.uri) : null);
      return key === null ? [] : [[key, isFile ? path : null] as const];
    }),
  );
}

/** A list with `key` in the API, a map by key in the export. */
function rulesIn(rules: unknown): ReadonlyMap<string, JsonObject> {
  const listed = asObjects(rules).flatMap((rule) => {
    const key = wordIn(rule.key);
    return key === null ? [] : [[key, rule] as const];
  });
  const mapped = entriesOf(rules).flatMap(([key, value]) => {
    const rule = asObject(value);
    return rule === null ? [] : [[key, rule] as const];
  });
  return new Map([...listed, ...mapped]);
}
