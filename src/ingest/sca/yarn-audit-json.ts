// Reads `yarn audit --json` of Yarn 1 and `yarn npm audit --json` of Yarn 4: one line for each path to a vulnerable package, or each package.
import { phrase } from '#domain/phrase.ts';
import type { FormatOutput, FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asObject, asTexts, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { dependencyResult, wordOf } from './dependency-result.ts';
import {
  advisoryResult,
  boundsOf,
  findingsOf,
  pathOf,
  readNpmAdvisory,
  scopeOf,
} from './npm-audit-advisory.ts';
import { NAMES_NOTHING, noObject } from './unused-entries.ts';

export const YARN_AUDIT_JSON: ReportFormat = {
  kinds: ['yarn-audit-json'],
  syntax: 'json-lines',
  elements: [],
  open(output): FormatReader {
    output.tool({ name: 'yarn audit', version: null });
    let isClassic = false;
    let isToldWhy = false;
    let hasSummary = false;
    return {
      part(_, value) {
        const line = asObject(value);
        if (line === null) {
          const why = noObject(value);
          output.rejected({ ruleId: null, uri: null, line: null, why });
        } else if (line.children !== undefined) takeBerry(line, output);
        else if (line.type === 'auditAdvisory') takeClassic(asObject(line.data), output);
        else if (line.type === 'error') {
          isToldWhy = true;
          output.problem(wordOf(line.data, CAPS.problem) ?? phrase`a tool error without message`);
        }
        if (line?.type !== undefined) isClassic = true;
        if (line?.type === 'auditSummary') hasSummary = true;
      },
      finish() {
        // Yarn 1 always ends with it; without a lock file, say, it writes a warning and nothing else.
        if (isClassic && !hasSummary && !isToldWhy)
          output.problem(phrase`the audit ended without its summary`);
      },
    };
  },
};

/** One advisory on one path: `resolution` says on which. */
function takeClassic(data: JsonObject | null, output: FormatOutput): void {
  const advisory = asObject(data?.advisory);
  const resolution = asObject(data?.resolution) ?? {};
  const written = wordOf(resolution.path, CAPS.uri);
  const path = written === null ? [] : [pathOf(written)];
  const findings = advisory === null ? [] : findingsOf(advisory, false);
  const finding =
    findings.find(({ paths }) => paths.some((listed) => listed.join('>') === path[0]?.join('>'))) ??
    findings[0];
  const result =
    advisory === null
      ? null
      : advisoryResult(advisory, {
          version: finding?.version ?? null,
          scope: scopeOf(resolution, false),
          paths: path.length > 0 ? path : (finding?.paths ?? []),
        });
  if (result !== null) output.result(result);
  else
    output.rejected({
      ruleId: null,
      uri: null,
      line: null,
      why: NAMES_NOTHING,
    });
}

const WORKSPACE = /@workspace:/;

/** A package with one advisory, and the versions of it that are installed: a result for each. */
function takeBerry(line: JsonObject, output: FormatOutput): void {
  const name = wordOf(line.value);
  const children = asObject(line.children);
  const id = wordOf(children?.ID);
  const unused = { ruleId: id, uri: null, line: null };
  if (children !== null && id?.endsWith('(deprecation)') === true) {
    output.notAFinding({ ...unused, why: phrase`the package is deprecated: that is no vulnerability` });
    return;
  }
  const { Severity, Issue, URL, ID } = children ?? {};
  const vulnerability = readNpmAdvisory({ id: ID, severity: Severity, title: Issue, url: URL });
  if (name === null || children === null || vulnerability === null) {
    output.rejected({ ...unused, why: NAMES_NOTHING });
    return;
  }
  const affected = wordOf(children['Vulnerable Versions']);
  const dependents = asTexts(children.Dependents, CAPS.name, COUNTS.taxa);
  const versions = asTexts(children['Tree Versions'], CAPS.name, COUNTS.taxa);
  for (const version of versions.length === 0 ? [null] : versions)
    output.result(
      dependencyResult({
        package: { ecosystem: 'npm', name, version, purl: null },
        vulnerability: {
          ...vulnerability,
          affected,
          fixedIn: affected === null ? [] : boundsOf(affected, '<'),
        },
        // Dependents are only the next step up; one that is part of the project is where the path begins.
        paths: dependents.some((dependent) => WORKSPACE.test(dependent)) ? [[name]] : [],
      }),
    );
}
