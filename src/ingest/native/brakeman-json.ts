// Reads Brakeman's JSON (https://brakemanscanner.org/docs/options/#output-formats): warnings, and those that its ignore file sets aside.
import { phrase } from '#domain/phrase.ts';
import type { RawLocation, RawSuppression } from '#domain/report.ts';
import type { DraftResult, ReportFormat } from '../formats/report-format.ts';
import { asArray, asInteger, asObject, asObjects, asText, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { openList } from './list-reader.ts';
import { levelOfWord, nativeResult, placeAt, precisionOf, setAside, wordIn } from './native-result.ts';

const NAME = 'Brakeman';

export const BRAKEMAN_JSON: ReportFormat = {
  kinds: ['brakeman-json'],
  syntax: 'json',
  elements: ['warnings[]', 'ignored_warnings[]'],
  open: (output) =>
    openList(output, {
      name: NAME,
      list: 'warnings[]',
      entry: (entry, path) =>
        output.result(resultOf(entry, path === 'warnings[]' ? [] : [setAside('external', entry.note)])),
      member(path, value) {
        if (path === 'scan_info')
          output.tool({ name: NAME, version: wordIn(asObject(value)?.brakeman_version) });
        else if (path === 'errors')
          for (const { error } of asObjects(value, COUNTS.taxa))
            output.problem(wordIn(error, CAPS.problem) ?? phrase`a tool error without message`);
      },
    }),
};

function resultOf(warning: JsonObject, suppressions: readonly RawSuppression[]): DraftResult {
  const code = asInteger(warning.warning_code, 0);
  const fingerprint = wordIn(warning.fingerprint, CAPS.fingerprint);
  const type = wordIn(warning.warning_type);
  const confidence = wordIn(warning.confidence);
  const location = placeAt(warning.file, { startLine: warning.line });
  const owner = ownerOf(asObject(warning.location));
  return nativeResult({
    rule: {
      // As Brakeman's SARIF numbers them.
      id: code === null ? wordIn(warning.check_name) : `BRAKE${String(code).padStart(4, '0')}`,
      name: [wordIn(warning.check_name), type].filter((part) => part !== null).join('/') || null,
      shortDescription: type,
      helpUri: wordIn(warning.link, CAPS.uri),
      precision: precisionOf(confidence),
      tags: ['security'],
    },
    level: levelOfWord(confidence),
    cwe: asArray(warning.cwe_id, COUNTS.tags).flatMap((cwe) => asInteger(cwe, 1) ?? []),
    message: asText(warning.message, CAPS.message),
    location: location === null || owner === null ? location : { ...location, logicalNames: [owner] },
    relatedLocations: rendersOf(warning),
    suppressions,
    fingerprints: fingerprint === null ? [] : [['brakeman/fingerprint', fingerprint]],
  });
}

/** `{type: method, class, method}`, `{type: model, model}`, `{type: template, template}` … */
function ownerOf(location: JsonObject | null): string | null {
  const method = wordIn(location?.method);
  const owner =
    wordIn(location?.class) ??
    wordIn(location?.controller) ??
    wordIn(location?.model) ??
    wordIn(location?.template);
  return owner !== null && method !== null ? `${owner}#${method}` : (method ?? owner);
}

/** Where the template is rendered from, the outermost first. */
function rendersOf(warning: JsonObject): readonly RawLocation[] {
  return asObjects(warning.render_path, COUNTS.locations).flatMap((step) => {
    const name = wordIn(asObject(step.rendered)?.name);
    return placeAt(step.file, { startLine: step.line }, name === null ? null : `renders ${name}`) ?? [];
  });
}
