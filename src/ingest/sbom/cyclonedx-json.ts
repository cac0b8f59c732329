// Reads CycloneDX 1.2 to 1.7 as JSON (https://cyclonedx.org/docs/1.7/json/).
import type { FormatReader, ReportFormat } from '../formats/report-format.ts';
import { CycloneDxBill } from './cyclonedx-bill.ts';

export const CYCLONEDX_JSON: ReportFormat = {
  kinds: ['cyclonedx-json'],
  syntax: 'json',
  elements: ['components[]', 'dependencies[]', 'vulnerabilities[]'],
  brings: 'inventory',
  open(output): FormatReader {
    const bill = new CycloneDxBill(output);
    return {
      begin(path) {
        if (path === 'vulnerabilities[]') bill.listsVulnerabilities();
      },
      part(path, value) {
        if (path === 'metadata') bill.metadata(value);
        else if (path === 'components[]') bill.component(value);
        else if (path === 'dependencies[]') bill.dependency(value);
        else if (path === 'vulnerabilities[]') bill.vulnerability(value);
      },
      finish: () => bill.finish(),
    };
  },
};
