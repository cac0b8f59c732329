// Reads govulncheck's JSON: the stream of messages (https://pkg.go.dev/golang.org/x/vuln/internal/govulncheck), the array that some make of it, and the one object of versions before 1.0.
import type { FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asObject, asObjects, entriesOf, type JsonObject } from '../json/shape.ts';
import { wordOf } from './dependency-result.ts';
import { GovulncheckFindings } from './govulncheck-findings.ts';
import { readGovulncheckLegacy } from './govulncheck-legacy.ts';

const NAME = 'govulncheck';

export const GOVULNCHECK_JSON: ReportFormat = {
  kinds: ['govulncheck-json'],
  syntax: 'json-lines',
  elements: ['[]'],
  open(output): FormatReader {
    const findings = new GovulncheckFindings(output);
    output.tool({ name: NAME, version: null });
    const message = (part: JsonObject): void => {
      const config = asObject(part.config);
      if (config !== null) {
        output.tool({ name: NAME, version: wordOf(config.scanner_version) });
        findings.configure(config);
      }
      const record = asObject(part.osv);
      if (record !== null) findings.record(record);
      if (part.finding !== undefined) findings.finding(part.finding);
    };
    return {
      part(_, value) {
        const part = asObject(value);
        if (part === null) findings.finding(value);
        else if (part.Vulns !== undefined || part.Calls !== undefined) readGovulncheckLegacy(part, output);
        else {
          message(part);
          // Findings by the vulnerability, as OSV-Scanner keeps them between its steps.
          for (const [, list] of entriesOf(part))
            for (const item of asObjects(list)) if (item.osv !== undefined) findings.finding(item);
        }
      },
      finish: () => findings.finish(),
    };
  },
};
