// Reads OSV-Scanner's JSON, of versions 1 and 2 (https://google.github.io/osv-scanner/output/#json), and the bare packages of its analysis.
import type { FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asArray, asObject } from '../json/shape.ts';
import { CAPS } from '../sarif/caps.ts';
import { wordOf } from './dependency-result.ts';
import { readOsvScannerPackage } from './osv-scanner-package.ts';
import { noList, noObject } from './unused-entries.ts';

export const OSV_SCANNER_JSON: ReportFormat = {
  kinds: ['osv-scanner-json'],
  syntax: 'json',
  elements: ['results[]', '[]'],
  open(output): FormatReader {
    output.tool({ name: 'osv-scanner', version: null });
    let hasList = false;
    const take = (value: unknown, source: string | null): void => {
      const entry = asObject(value);
      if (entry !== null) readOsvScannerPackage(entry, source, output);
      else
        output.rejected({
          ruleId: null,
          uri: source,
          line: null,
          why: noObject(value),
        });
    };
    return {
      begin: () => {
        hasList = true;
      },
      part(path, value) {
        // An empty list of Go is written as null.
        if (path === 'results' && value === null) hasList = true;
        if (path === '[]') take(value, null);
        if (path !== 'results[]') return;
        const result = asObject(value);
        if (result === null) take(value, null);
        const source = wordOf(asObject(result?.source)?.path, CAPS.uri);
        for (const entry of asArray(result?.packages)) take(entry, source);
      },
      finish() {
        if (!hasList) throw noList('OSV-Scanner');
      },
    };
  },
};
