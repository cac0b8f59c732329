// Reads one element of `results`: every value checked for its type, every reference kept for the end of the run.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { Level } from '#domain/report.ts';
import {
  asArray,
  asFiniteNumber,
  asInteger,
  asObject,
  asObjects,
  asText,
  type JsonObject,
  type JsonType,
  TYPE_NAMES,
  typeName,
  typeOf,
} from '../json/shape.ts';
import { CAPS, COUNTS } from './caps.ts';
import { cweInProperties } from './cwe.ts';
import {
  type DescriptorReference,
  type FixDraft,
  RESULT_KINDS,
  type ResultDraft,
  type ResultKind,
  type StepDraft,
  type SuppressionDraft,
} from './draft.ts';
import { readFingerprints } from './fingerprints.ts';
import type { Notices } from './notices.ts';
import { readArtifact, readLocation, readLocations, readMessage, readRegion } from './read-location.ts';

export type ReadResult =
  | { readonly kind: 'draft'; readonly draft: ResultDraft }
  | { readonly kind: 'rejected'; readonly why: Phrase };

/** Without these a result would be read as something it does not say, so a wrong type rejects it. Null counts as absent. */
const ESSENTIAL: readonly (readonly [key: string, ...types: readonly [JsonType, ...JsonType[]]])[] = [
  ['ruleId', 'string', 'number'],
  ['rule', 'object'],
  ['kind', 'string'],
  ['level', 'string'],
  ['message', 'object', 'string'],
  ['locations', 'array'],
];

/** `value` is one element of `runs[].results` (SARIF 2.1.0 §3.27), keys in camel case. */
export function readResult(value: unknown, notices: Notices): ReadResult {
  const result = asObject(value);
  if (result === null)
    return { kind: 'rejected', why: phrase`the result is ${typeName(value)} where an object belongs` };
  for (const [key, wanted, ...others] of ESSENTIAL) {
    const found = result[key] ?? null;
    if (found !== null && ![wanted, ...others].includes(typeOf(found)))
      return {
        kind: 'rejected',
        why: phrase`\`${key}\` is ${typeName(found)} where ${TYPE_NAMES[wanted]} belongs`,
      };
  }
  for (const key of ['locations', 'relatedLocations']) {
    if (asArray(result[key]).length > COUNTS.locations)
      notices.add(phrase`a result has more than ${COUNTS.locations} ${key}; the first are kept`);
  }
  const draft: ResultDraft = {
    rule: readRuleReference(result),
    kind: readKind(result.kind, notices),
    level: readLevel(result.level, notices),
    rank: readRank(result.rank),
    securitySeverity: readSecuritySeverity(result.properties, notices),
    cwe: cweInProperties(result.properties),
    taxa: asObjects(result.taxa, COUNTS.taxa).map(readDescriptorReference),
    message: readMessage(result.message, CAPS.message),
    locations: readLocations(result.locations, CAPS.stepMessage),
    related: readLocations(result.relatedLocations, CAPS.stepMessage),
    flows: readFlows(result.codeFlows, notices),
    fixes: asObjects(result.fixes, COUNTS.fixes).flatMap((fix) => readFix(fix, notices) ?? []),
    suppressions: asObjects(result.suppressions, COUNTS.suppressions).map(readSuppression),
    baselineState: asText(result.baselineState, CAPS.name),
    fingerprints: readFingerprints(result.fingerprints, result.partialFingerprints, notices),
    invocationIndex: asInteger(asObject(result.provenance)?.invocationIndex, 0),
  };
  return { kind: 'draft', draft };
}

/** §3.52. */
export function readDescriptorReference(object: JsonObject): DescriptorReference {
  const component = asObject(object.toolComponent);
  return {
    id: asText(object.id, CAPS.name),
    index: asInteger(object.index, 0),
    guid: asText(object.guid, CAPS.name),
    component:
      component === null
        ? null
        : {
            name: asText(component.name, CAPS.name),
            index: asInteger(component.index, 0),
            guid: asText(component.guid, CAPS.name),
          },
  };
}

/** `ruleId` and `ruleIndex` (§3.27.5–6) are the short form of `rule` (§3.27.7); they go first where both stand. */
function readRuleReference(result: JsonObject): DescriptorReference {
  const reference = readDescriptorReference(asObject(result.rule) ?? {});
  const ruleId = typeof result.ruleId === 'number' ? String(result.ruleId) : asText(result.ruleId, CAPS.name);
  return {
    ...reference,
    id: ruleId ?? reference.id,
    index: asInteger(result.ruleIndex, 0) ?? reference.index,
  };
}

function readKind(value: unknown, notices: Notices): ResultKind {
  const known = RESULT_KINDS.find((kind) => kind === value);
  if (known === undefined && typeof value === 'string')
    notices.add(phrase`kind ${JSON.stringify(value.slice(0, 40))} is none of SARIF's; read as "fail"`);
  return known ?? 'fail';
}

/** A level in any case; null when there is none or the word is unknown, so that the default applies. */
export function readLevel(value: unknown, notices: Notices): Level | null {
  if (typeof value !== 'string') return null;
  const word = value.toLowerCase();
  if (word === 'error' || word === 'warning' || word === 'note' || word === 'none') return word;
  notices.add(
    phrase`level ${JSON.stringify(value.slice(0, 40))} is none of SARIF's; the rule's default applies`,
  );
  return null;
}

/** §3.27.25: 0.0–100.0; -1 stands for "none". */
export function readRank(value: unknown): number | null {
  const rank = asFiniteNumber(value);
  return rank !== null && rank >= 0 && rank <= 100 ? rank : null;
}

/** Words that stand where a score belongs (Semgrep rules write them): the lower end of the band that has that name. */
const SEVERITY_WORDS: ReadonlyMap<string, number> = new Map([
  ['critical', 9],
  ['high', 7],
  ['medium', 4],
  ['moderate', 4],
  ['low', 0.1],
]);

/** GitHub's `security-severity`: 0.0–10.0, a string by its documentation, a number in many reports. */
export function readSecuritySeverity(properties: unknown, notices: Notices): number | null {
  const value = asObject(properties)?.['security-severity'] ?? null;
  if (value === null) return null;
  const isDecimal =
    typeof value === 'number' || (typeof value === 'string' && /^\s*\d{1,2}(?:\.\d{1,10})?\s*$/.test(value));
  const score = isDecimal ? Number(value) : Number.NaN;
  if (score >= 0 && score <= 10) return score;
  const shown = JSON.stringify(value).slice(0, 40);
  const band = typeof value === 'string' ? SEVERITY_WORDS.get(value.toLowerCase()) : undefined;
  if (band === undefined) notices.add(phrase`security-severity ${shown} is no number from 0 to 10; left out`);
  else notices.add(phrase`security-severity ${shown} is a word where a number belongs; read as ${band}`);
  return band ?? null;
}

/** §3.36–3.38: one list a threadFlow; a step may stand in the run's `threadFlowLocations`. */
function readFlows(value: unknown, notices: Notices): readonly (readonly StepDraft[])[] {
  const threads = asObjects(value, COUNTS.threadFlows).flatMap((flow) =>
    asObjects(flow.threadFlows, COUNTS.threadFlows),
  );
  const steps = threads.reduce((sum, thread) => sum + asArray(thread.locations).length, 0);
  if (threads.length > COUNTS.threadFlows || steps > COUNTS.steps)
    notices.add(
      phrase`a result has more than ${COUNTS.threadFlows} flows or ${COUNTS.steps} steps; the first are kept`,
    );
  let left: number = COUNTS.steps;
  return threads
    .slice(0, COUNTS.threadFlows)
    .map((thread) => {
      const locations = asObjects(thread.locations, left);
      left -= locations.length;
      return locations.map(readStep);
    })
    .filter((flow) => flow.length > 0);
}

function readStep(step: JsonObject): StepDraft {
  const index = asInteger(step.index, 0);
  return asObject(step.location) === null && index !== null
    ? index
    : readLocation(step.location, CAPS.stepMessage);
}

/** §3.55–3.57. A fix is whole or nothing: one part that cannot be read, or more than are kept, drop it. */
function readFix(fix: JsonObject, notices: Notices): FixDraft | null {
  const changes = asArray(fix.artifactChanges).map(asObject);
  const parts = changes.flatMap((change) => asArray(change?.replacements).map((part) => ({ change, part })));
  const whole =
    parts.length > COUNTS.replacements
      ? []
      : parts.flatMap(({ change, part }) => readReplacement(change, asObject(part)) ?? []);
  if (whole.length === 0 || whole.length < parts.length || changes.includes(null)) {
    notices.add(phrase`a fix without usable replacements was left out`);
    return null;
  }
  return { description: readMessage(fix.description, CAPS.stepMessage), replacements: whole };
}

function readReplacement(
  change: JsonObject | null,
  replacement: JsonObject | null,
): FixDraft['replacements'][number] | null {
  const deleted = asObject(replacement?.deletedRegion);
  const inserted = replacement?.insertedContent ?? null;
  const text = inserted === null ? '' : asObject(inserted)?.text;
  const region = readRegion(deleted);
  if (change === null || deleted === null || region === null) return null;
  if (typeof text !== 'string' || text.length > CAPS.insertedText) return null;
  // A field that is there and was not understood would make the region another one; -1 is SARIF's word for "none" (§3.30.9).
  const misread = Object.entries(region).some(
    ([key, value]) => value === null && (deleted[key] ?? null) !== null && deleted[key] !== -1,
  );
  if (misread) return null;
  return { artifact: readArtifact(change.artifactLocation), region, insertedText: text.toWellFormed() };
}

/** §3.35: without a status it is accepted. */
function readSuppression(suppression: JsonObject): SuppressionDraft {
  const location = asObject(suppression.location);
  return {
    kind: asText(suppression.kind, CAPS.name) ?? 'external',
    status: asText(suppression.status ?? suppression.state, CAPS.name) ?? 'accepted',
    justification: asText(suppression.justification, CAPS.message),
    location: location === null ? null : readLocation(location, CAPS.stepMessage),
  };
}
