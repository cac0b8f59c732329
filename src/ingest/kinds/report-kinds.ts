// The kinds of report that Assay can name, in the order in which they are tried: the first that matches wins.
import { phrase } from '#domain/phrase.ts';
import { BILLS_OF_MATERIALS } from './bills-of-materials.ts';
import { CODE_SCANNERS } from './code-scanners.ts';
import { DEPENDENCY_SCANNERS } from './dependency-scanners.ts';
import { MISTAKES } from './mistakes.ts';
import type { ReportKind } from './report-kind.ts';

export const SARIF_KIND = { id: 'sarif', name: phrase`SARIF log`, advice: null } as const;

export const REPORT_KINDS: readonly ReportKind[] = [
  {
    ...SARIF_KIND,
    json: [
      ['$schema~sarif'],
      ['runs[].tool'],
      ['runs[].results'],
      ['runs[].artifacts'],
      ['runs[].invocations'],
      ['runs[].originalUriBaseIds'],
      ['runs[].taxonomies'],
      ['runs[].columnKind'],
      ['runs[].automationDetails'],
      ['runs[].versionControlProvenance'],
      ['runs', 'version~2.'],
    ],
  },

  ...BILLS_OF_MATERIALS,
  ...DEPENDENCY_SCANNERS,
  ...CODE_SCANNERS,
  ...MISTAKES,
];
