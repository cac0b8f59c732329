// Reads gosec's JSON (https://github.com/securego/gosec#output-formats).
import { phrase } from '#domain/phrase.ts';
import type { RawSuppression } from '#domain/report.ts';
import type { DraftResult, ReportFormat } from '../formats/report-format.ts';
import { asObject, asObjects, asText, entriesOf, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { cweOfTaxon } from '../sarif/cwe.ts';
import { openList } from './list-reader.ts';
import { levelOfWord, nativeResult, placeAt, precisionOf, setAside, wordIn } from './native-result.ts';

const NAME = 'gosec';

export const GOSEC_JSON: ReportFormat = {
  kinds: ['gosec-json'],
  syntax: 'json',
  elements: ['Issues[]'],
  open: (output) =>
    openList(output, {
      name: NAME,
      entry: (entry) => output.result(resultOf(entry)),
      member(path, value) {
        // Go writes an empty list as null.
        if (path === 'Issues') return value === null;
        if (path === 'GosecVersion') output.tool({ name: NAME, version: wordIn(value) });
        else if (path === 'Golang errors')
          for (const [file, errors] of entriesOf(value).slice(0, COUNTS.taxa))
            for (const { error } of asObjects(errors, COUNTS.tags))
              output.problem(
                phrase`${JSON.stringify(file.slice(0, CAPS.uri))} was not looked at: ${JSON.stringify(wordIn(error, CAPS.problem) ?? '')}`,
              );
        return false;
      },
    }),
};

function resultOf(issue: JsonObject): DraftResult {
  const details = asText(issue.details, CAPS.message);
  const weakness = asObject(issue.cwe);
  // `36-39` for several lines; a number in old versions.
  const [, first, last] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(textOf(issue.line)) ?? [];
  const column = /^\d{1,9}$/.exec(textOf(issue.column))?.[0];
  return nativeResult({
    rule: {
      id: wordIn(issue.rule_id),
      shortDescription: details,
      helpUri: wordIn(weakness?.url, CAPS.uri),
      precision: precisionOf(issue.confidence),
      tags: ['security'],
      help: asText(issue.autofix, CAPS.help),
    },
    level: levelOfWord(wordIn(issue.severity)),
    cwe: cweOfTaxon(textOf(weakness?.id)),
    message: details,
    location: placeAt(issue.file, {
      startLine: first === undefined ? null : Number(first),
      endLine: last === undefined ? null : Number(last),
      startColumn: column === undefined ? null : Number(column),
    }),
    suppressions: suppressionsOf(issue),
  });
}

/** `suppressions` with -track-suppressions, `nosec` alone before. */
function suppressionsOf(issue: JsonObject): readonly RawSuppression[] {
  const listed = asObjects(issue.suppressions, COUNTS.suppressions).map(({ kind, justification }) =>
    setAside(kind === 'external' ? 'external' : 'inSource', justification),
  );
  return listed.length === 0 && issue.nosec === true ? [setAside('inSource', null)] : listed;
}

function textOf(value: unknown): string {
  return typeof value === 'number' ? String(value) : (wordIn(value) ?? '');
}
