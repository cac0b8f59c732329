// Reads Bandit's JSON (https://bandit.readthedocs.io/en/latest/formatters/json.html).
import { phrase } from '#domain/phrase.ts';
import type { DraftResult, ReportFormat } from '../formats/report-format.ts';
import { asArray, asInteger, asObject, asObjects, asText, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { openList } from './list-reader.ts';
import { levelOfWord, nativeResult, placeAt, precisionOf, wordIn } from './native-result.ts';

const NAME = 'Bandit';

export const BANDIT_JSON: ReportFormat = {
  kinds: ['bandit-json'],
  syntax: 'json',
  elements: ['results[]'],
  open: (output) =>
    openList(output, {
      name: NAME,
      entry: (entry) => output.result(resultOf(entry)),
      member(path, value) {
        if (path !== 'errors') return;
        for (const { filename, reason } of asObjects(value, COUNTS.taxa))
          output.problem(
            phrase`${JSON.stringify(wordIn(filename, CAPS.uri) ?? '')} was not looked at: ${JSON.stringify(wordIn(reason, CAPS.problem) ?? '')}`,
          );
      },
    }),
};

function resultOf(entry: JsonObject): DraftResult {
  const id = wordIn(entry.test_id);
  const name = wordIn(entry.test_name);
  const weakness = asInteger(asObject(entry.issue_cwe)?.id, 1);
  const lines = asArray(entry.line_range, COUNTS.steps).map((line) => asInteger(line, 1) ?? 0);
  const start = asInteger(entry.col_offset, 0);
  const end = asInteger(entry.end_col_offset, 1);
  return nativeResult({
    rule: {
      id,
      name,
      helpUri: wordIn(entry.more_info, CAPS.uri),
      precision: precisionOf(entry.issue_confidence),
      tags: ['security'],
    },
    level: levelOfWord(wordIn(entry.issue_severity)),
    cwe: weakness === null ? [] : [weakness],
    message: asText(entry.issue_text, CAPS.message),
    location: placeAt(entry.filename, {
      startLine: entry.line_number,
      endLine: lines.reduce((last, line) => Math.max(last, line), 0),
      // Python's offsets begin at 0.
      startColumn: start === null ? null : start + 1,
      endColumn: end === null ? null : end + 1,
    }),
  });
}
