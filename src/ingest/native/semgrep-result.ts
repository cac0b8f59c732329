// Reads one finding of Semgrep's: of its command line, or of its platform.
import type { RawFix, RawLocation, RawSuppression } from '#domain/report.ts';
import type { DraftResult } from '../formats/report-format.ts';
import { asArray, asObject, asText, asTexts, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { cweInText } from '../sarif/cwe.ts';
import {
  levelOfWord,
  nativeResult,
  placeAt,
  precisionOf,
  scoreOfWord,
  setAside,
  wordIn,
} from './native-result.ts';

export function semgrepResult(entry: JsonObject): DraftResult {
  const extra = asObject(entry.extra) ?? {};
  const metadata = asObject(extra.metadata) ?? {};
  const severity = wordIn(extra.severity);
  const location = spanAt(entry.path, entry);
  return nativeResult({
    rule: {
      id: wordIn(entry.check_id),
      help: asTexts(metadata.references, CAPS.uri, COUNTS.tags).join('\n') || null,
      helpUri: wordIn(metadata.source, CAPS.uri) ?? wordIn(metadata['source-rule-url'], CAPS.uri),
      precision: precisionOf(metadata.confidence),
      tags: wordIn(metadata.category) === 'security' ? ['security'] : [],
    },
    level: levelOfWord(severity),
    securitySeverity: scoreOfWord(severity),
    cwe: [wordIn(metadata.cwe) ?? '', ...asTexts(metadata.cwe, CAPS.name, COUNTS.tags)].flatMap(cweInText),
    message: asText(extra.message, CAPS.message),
    location,
    flows: flowsOf(asObject(extra.dataflow_trace)),
    fixes: fixesOf(extra, location),
    suppressions: extra.is_ignored === true ? [setAside('inSource', null)] : [],
    fingerprints: fingerprintsOf(extra.fingerprint),
    columnKind: 'unicodeCodePoints',
  });
}

/** Without login there is no fingerprint, but these words. */
function fingerprintsOf(value: unknown): NonNullable<DraftResult['fingerprints']> {
  const fingerprint = wordIn(value, CAPS.fingerprint);
  return fingerprint === null || fingerprint === 'requires login' ? [] : [['matchBasedId/v1', fingerprint]];
}

/** `{start: {line, col}, end: {line, col}}` */
function spanAt(path: unknown, span: JsonObject, message: unknown = null): RawLocation | null {
  const [start, end] = [asObject(span.start), asObject(span.end)];
  const lines = { startLine: start?.line, endLine: end?.line };
  return placeAt(path, { ...lines, startColumn: start?.col, endColumn: end?.col }, message);
}

function fixesOf(extra: JsonObject, location: RawLocation | null): readonly RawFix[] {
  const insertedText = asText(extra.fix, CAPS.insertedText);
  // Text that is cut would be a wrong fix.
  if (location === null || insertedText === null || insertedText !== extra.fix) return [];
  return [{ description: null, replacements: [{ location, insertedText }] }];
}

/** From the source over the variables between to the sink; where calls lie between, only their own places are kept. */
function flowsOf(trace: JsonObject | null): readonly (readonly RawLocation[])[] {
  if (trace === null) return [];
  const between = asArray(trace.intermediate_vars, COUNTS.steps).flatMap((step) => {
    const place = asObject(asObject(step)?.location);
    return place === null ? [] : (spanAt(place.path, place, asObject(step)?.content) ?? []);
  });
  const steps = [...tracedAt(trace.taint_source), ...between, ...tracedAt(trace.taint_sink)];
  return steps.length < 2 ? [] : [steps];
}

/** `["CliLoc", [place, text]]`, or `["CliCall", [[place, text], variables, inner]]`. */
function tracedAt(value: unknown): readonly RawLocation[] {
  const [kind, content] = asArray(value, 2);
  const pair = kind === 'CliCall' ? asArray(asArray(content, 3)[0], 2) : asArray(content, 2);
  const place = asObject(pair[0]);
  const location = place === null ? null : spanAt(place.path, place, pair[1]);
  return location === null ? [] : [location];
}

/** https://semgrep.dev/api/v1/docs/#tag/FindingsService */
export function platformResult(entry: JsonObject): DraftResult {
  const rule = asObject(entry.rule) ?? {};
  const place = asObject(entry.location) ?? {};
  const severity = wordIn(entry.severity);
  const fingerprint = wordIn(entry.match_based_id, CAPS.fingerprint);
  return nativeResult({
    rule: {
      id: wordIn(entry.rule_name) ?? wordIn(rule.name),
      precision: precisionOf(entry.confidence),
      tags: asTexts(entry.categories, CAPS.name, COUNTS.tags),
    },
    level: levelOfWord(severity),
    securitySeverity: scoreOfWord(severity),
    cwe: asTexts(rule.cwe_names, CAPS.name, COUNTS.tags).flatMap(cweInText),
    message: asText(entry.rule_message, CAPS.message) ?? asText(rule.message, CAPS.message),
    location: placeAt(place.file_path, {
      startLine: place.line,
      endLine: place.end_line,
      startColumn: place.column,
      endColumn: place.end_column,
    }),
    suppressions: platformSuppressions(entry),
    fingerprints: fingerprint === null ? [] : [['matchBasedId/v1', fingerprint]],
    columnKind: 'unicodeCodePoints',
  });
}

function platformSuppressions(entry: JsonObject): readonly RawSuppression[] {
  if (entry.triage_state !== 'ignored' && entry.status !== 'ignored') return [];
  const said = [wordIn(entry.triage_reason), wordIn(entry.triage_comment, CAPS.message)];
  return [setAside('external', said.filter((part) => part !== null).join(': '))];
}
