// Reads SPDX 3.0 and 3.1 as JSON-LD (https://spdx.github.io/spdx-spec/v3.0.1/): by the types of its elements, without ever fetching a context.
import type { FormatReader, ReportFormat } from '../formats/report-format.ts';
import { Spdx3Graph } from './spdx-3-graph.ts';

export const SPDX_3_JSON: ReportFormat = {
  kinds: ['spdx-3-json'],
  syntax: 'json',
  elements: ['@graph[]'],
  brings: 'inventory',
  open(output): FormatReader {
    const graph = new Spdx3Graph(output);
    return {
      part(path, value) {
        if (path === '@graph[]') graph.element(value);
      },
      finish: () => graph.finish(),
    };
  },
};
