// Reads SPDX 2.2 and 2.3 as JSON (https://spdx.github.io/spdx-spec/v2.3/).
import type { FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asArray } from '../json/shape.ts';
import { COUNTS } from '../sarif/caps.ts';
import { SpdxBill } from './spdx-bill.ts';

export const SPDX_JSON: ReportFormat = {
  kinds: ['spdx-json'],
  syntax: 'json',
  elements: ['packages[]', 'relationships[]', 'files[]', 'snippets[]'],
  brings: 'inventory',
  open(output): FormatReader {
    const bill = new SpdxBill(output);
    return {
      part(path, value) {
        if (path === 'packages[]') bill.package(value);
        else if (path === 'relationships[]') bill.relationship(value);
        else if (path === 'documentDescribes')
          for (const ref of asArray(value, COUNTS.locations)) bill.describes(ref);
      },
      finish: () => bill.finish(),
    };
  },
};
