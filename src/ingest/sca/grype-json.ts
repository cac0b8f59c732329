// Reads Grype's JSON (https://github.com/anchore/grype/tree/main/schema/grype/json): matches, and those that it was told to ignore.
import type { Phrase } from '#domain/phrase.ts';
import type { FormatReader, ReportFormat, UnusedEntry } from '../formats/report-format.ts';
import { asObject, asObjects, type JsonObject } from '../json/shape.ts';
import { COUNTS } from '../sarif/caps.ts';
import { wordOf } from './dependency-result.ts';
import { isGrypeDecision, placeOf, readGrypeMatch } from './grype-match.ts';
import { LEFT_OUT, NAMES_NOTHING, noList, noObject } from './unused-entries.ts';

const NAME = 'Grype';

export const GRYPE_JSON: ReportFormat = {
  kinds: ['grype-json'],
  syntax: 'json',
  elements: ['matches[]', 'ignoredMatches[]'],
  open(output): FormatReader {
    output.tool({ name: NAME, version: null });
    let hasList = false;
    const take = (match: JsonObject | null, value: unknown, rule: JsonObject | null): void => {
      const result = match === null ? null : readGrypeMatch(match, rule);
      if (result !== null) output.result(result);
      else if (match !== null) output.rejected(unused(match, NAMES_NOTHING));
      else output.rejected(unused(null, noObject(value)));
    };
    return {
      begin: (path) => {
        if (path === 'matches[]') hasList = true;
      },
      part(path, value) {
        // An empty list of Go is written as null.
        if (path === 'matches' && value === null) hasList = true;
        const entry = asObject(value);
        if (path === 'matches[]') take(entry, value, null);
        else if (path === 'ignoredMatches[]') {
          const rules = asObjects(entry?.appliedIgnoreRules, COUNTS.tags);
          const decision = rules.find(isGrypeDecision);
          if (decision !== undefined) take(entry, value, decision);
          else output.notAFinding(unused(entry, LEFT_OUT));
        } else if (path === 'descriptor') output.tool({ name: NAME, version: wordOf(entry?.version) });
      },
      finish() {
        if (!hasList) throw noList('Grype');
      },
    };
  },
};

function unused(match: JsonObject | null, why: Phrase): UnusedEntry {
  return {
    ruleId: wordOf(asObject(match?.vulnerability)?.id),
    uri: placeOf(asObject(match?.artifact)),
    line: null,
    why,
  };
}
