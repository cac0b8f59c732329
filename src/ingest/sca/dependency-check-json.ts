// Reads OWASP Dependency-Check's report with `--format JSON`.
import { phrase } from '#domain/phrase.ts';
import { missingList } from '../formats/missing-list.ts';
import type { FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asObject, asObjects } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { DEPENDENCY_CHECK, takeCheckedDependency } from './dependency-check-vulnerability.ts';
import { wordOf } from './dependency-result.ts';

export const DEPENDENCY_CHECK_JSON: ReportFormat = {
  kinds: ['dependency-check-json'],
  syntax: 'json',
  elements: ['dependencies[]'],
  open(output): FormatReader {
    output.tool({ name: DEPENDENCY_CHECK, version: null });
    let isListed = false;
    return {
      begin() {
        isListed = true;
      },
      part(path, value) {
        if (path === 'dependencies[]') takeCheckedDependency(value, output);
        else if (path === 'scanInfo') {
          const info = asObject(value);
          output.tool({ name: DEPENDENCY_CHECK, version: wordOf(info?.engineVersion) });
          for (const { exception } of asObjects(info?.analysisExceptions, COUNTS.tags))
            output.problem(
              wordOf(asObject(exception)?.message, CAPS.problem) ?? phrase`a tool error without message`,
            );
        }
      },
      finish() {
        if (!isListed) throw missingList(DEPENDENCY_CHECK);
      },
    };
  },
};
