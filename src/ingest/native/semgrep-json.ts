// Reads `semgrep --json` (https://semgrep.dev/docs/semgrep-appsec-platform/json-and-sarif#json) and the list of findings that Semgrep's platform hands out.
import { phrase } from '#domain/phrase.ts';
import type { FormatOutput, ReportFormat } from '../formats/report-format.ts';
import { asObjects, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { openList } from './list-reader.ts';
import { wordIn } from './native-result.ts';
import { platformResult, semgrepResult } from './semgrep-result.ts';

const NAME = 'Semgrep';

export const SEMGREP_JSON: ReportFormat = {
  kinds: ['semgrep-json'],
  syntax: 'json',
  elements: ['results[]', 'findings[]'],
  open: (output) =>
    openList(output, {
      name: NAME,
      entry: (entry, path) => takeEntry(path, entry, output),
      member(path, value) {
        if (path === 'version') output.tool({ name: NAME, version: wordIn(value) });
        else if (path === 'errors') takeErrors(value, output);
      },
    }),
};

function takeEntry(path: string, entry: JsonObject, output: FormatOutput): void {
  if (path === 'results[]') output.result(semgrepResult(entry));
  else {
    const result = platformResult(entry);
    if (entry.status !== 'fixed') output.result(result);
    else {
      const { uri = null, region = null } = result.location ?? {};
      const why = phrase`the tool says that it is fixed`;
      output.notAFinding({ ruleId: result.rule.id, uri, line: region?.startLine ?? null, why });
    }
  }
}

/** A file of which a part was not understood is one that is looked at less, a warning; errors end the scan or a rule. */
function takeErrors(value: unknown, output: FormatOutput): void {
  for (const { level, message } of asObjects(value, COUNTS.taxa)) {
    const said = wordIn(message, CAPS.problem) ?? '';
    if (level === 'error') output.problem(said === '' ? phrase`a tool error without message` : said);
    else output.notice(phrase`the scanner warns: ${JSON.stringify(said)}`);
  }
}
