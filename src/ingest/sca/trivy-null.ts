// Reads a file that holds nothing but `null`: what Trivy before 0.20 wrote when it found nothing to list, and what a broken pipe of tools leaves as well.
import { phrase } from '#domain/phrase.ts';
import type { FormatReader, ReportFormat } from '../formats/report-format.ts';

export const TRIVY_NULL: ReportFormat = {
  kinds: ['json-null'],
  syntax: 'json-lines',
  elements: [],
  open(output): FormatReader {
    output.tool({ name: 'unknown', version: null });
    return {
      part() {},
      finish() {
        output.problem(
          phrase`the report is \`null\`, which does not tell a scan that found nothing from one that failed`,
        );
      },
    };
  },
};
