// Reads `npm audit --json`: the advisories of npm 6, the tree of npm 7 and later, and what npm writes instead of a report.
import type { FormatReader, ReportFormat } from '../formats/report-format.ts';
import { takeAdvisories } from './npm-audit-advisories.ts';
import { refuseFailedAudit } from './npm-audit-failure.ts';
import { readNpmTree } from './npm-audit-tree.ts';

const NAME = 'npm audit';

export const NPM_AUDIT_JSON: ReportFormat = {
  kinds: ['npm-audit-json'],
  syntax: 'json',
  elements: [],
  open(output): FormatReader {
    const members = new Map<string, unknown>();
    return {
      part: (path, value) => void members.set(path, value),
      finish() {
        refuseFailedAudit(NAME, members);
        if (members.has('advisories')) takeAdvisories(NAME, members.get('advisories'), output);
        else {
          output.tool({ name: NAME, version: null });
          readNpmTree(members.get('vulnerabilities'), output);
        }
      },
    };
  },
};
