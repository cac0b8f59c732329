// Reads `pnpm audit --json`, which hands on the registry's answer to npm 6 (https://pnpm.io/cli/audit).
import type { FormatReader, ReportFormat } from '../formats/report-format.ts';
import { takeAdvisories } from './npm-audit-advisories.ts';
import { refuseFailedAudit } from './npm-audit-failure.ts';

const NAME = 'pnpm audit';

export const PNPM_AUDIT_JSON: ReportFormat = {
  kinds: ['pnpm-audit-json'],
  syntax: 'json',
  elements: [],
  open(output): FormatReader {
    const members = new Map<string, unknown>();
    return {
      part: (path, value) => void members.set(path, value),
      finish() {
        refuseFailedAudit(NAME, members);
        takeAdvisories(NAME, members.get('advisories'), output);
      },
    };
  },
};
