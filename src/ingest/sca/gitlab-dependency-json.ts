// Reads GitLab's reports on dependencies and containers, schemas 14 and 15 (https://gitlab.com/gitlab-org/security-products/security-report-schemas).
import { phrase } from '#domain/phrase.ts';
import type { FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asObject, asObjects, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { wordOf } from './dependency-result.ts';
import { readDependencyFiles } from './gitlab-dependency-files.ts';
import { readGitLabDependency } from './gitlab-dependency-vulnerability.ts';
import { NAMES_NOTHING, noList, noObject } from './unused-entries.ts';

export const GITLAB_DEPENDENCY_JSON: ReportFormat = {
  kinds: ['gitlab-dependency-json'],
  syntax: 'json',
  elements: ['vulnerabilities[]'],
  open(output): FormatReader {
    // What the vulnerabilities refer to stands behind them.
    const vulnerabilities: unknown[] = [];
    let files: unknown = null;
    let scan: JsonObject | null = null;
    let hasList = false;
    return {
      begin: () => {
        hasList = true;
      },
      part(path, value) {
        // An empty list of Go is written as null.
        if (path === 'vulnerabilities' && value === null) hasList = true;
        if (path === 'vulnerabilities[]') vulnerabilities.push(value);
        else if (path === 'dependency_files') files = value;
        else if (path === 'scan') scan = asObject(value);
      },
      finish() {
        if (!hasList) throw noList('GitLab');
        const scanner = asObject(scan?.scanner) ?? asObject(scan?.analyzer);
        const name = wordOf(scanner?.name) ?? wordOf(scanner?.id) ?? 'GitLab';
        output.tool({ name, version: wordOf(scanner?.version) });
        const listed = readDependencyFiles(files);
        for (const value of vulnerabilities) {
          const entry = asObject(value);
          const result = entry === null ? null : readGitLabDependency(entry, listed);
          if (result !== null) {
            output.result(result);
            continue;
          }
          const why = entry === null ? noObject(value) : NAMES_NOTHING;
          const uri = wordOf(asObject(entry?.location)?.file, CAPS.uri);
          output.rejected({ ruleId: wordOf(entry?.name) ?? wordOf(entry?.id), uri, line: null, why });
        }
        if (scan?.status === 'failure') output.problem(phrase`the scan's status is "failure"`);
        for (const message of asObjects(scan?.messages, COUNTS.tags))
          if (message.level === 'fatal')
            output.problem(wordOf(message.value, CAPS.problem) ?? phrase`a tool error without message`);
      },
    };
  },
};
