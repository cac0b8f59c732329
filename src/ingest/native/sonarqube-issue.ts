// Reads one issue or security hotspot of SonarQube's.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { Level, RawLocation, RawSuppression } from '#domain/report.ts';
import type { DraftResult } from '../formats/report-format.ts';
import { asInteger, asObject, asObjects, asText, asTexts, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { cweInText } from '../sarif/cwe.ts';
import { levelOfWord, type NativePlace, nativeResult, placeAt, setAside, wordIn } from './native-result.ts';

/** What stands elsewhere in the document. */
export interface SonarContext {
  /** Key of a component → its path; null for one that is no file. */
  readonly paths: ReadonlyMap<string, string | null>;
  readonly rules: ReadonlyMap<string, JsonObject>;
}

/** Why an issue that is over is no result; null for any other. */
export function closedIssue(issue: JsonObject): Phrase | null {
  const words = [issue.status, issue.resolution, issue.issueStatus].map((word) => wordIn(word));
  const isOver = words.some((word) => word === 'CLOSED' || word === 'FIXED' || word === 'REMOVED');
  return isOver ? phrase`the tool says that it is fixed` : null;
}

export function sonarResult(issue: JsonObject, context: SonarContext): DraftResult {
  const id = wordIn(issue.rule) ?? wordIn(issue.ruleKey);
  const rule = context.rules.get(id ?? '');
  const tags = asTexts(issue.tags, CAPS.name, COUNTS.tags);
  const type = wordIn(issue.type);
  const category = wordIn(issue.securityCategory);
  return nativeResult({
    rule: {
      id,
      name: wordIn(rule?.name, CAPS.message),
      shortDescription: wordIn(rule?.name, CAPS.message) ?? wordIn(issue.description, CAPS.message),
      tags: [
        ...(type === null ? [] : [type.toLowerCase().replaceAll('_', '-')]),
        ...(category === null ? [] : ['security-hotspot', category]),
        ...tags,
      ],
    },
    level: levelOf(issue),
    cwe: tags.flatMap(cweInText),
    message: asText(issue.message, CAPS.message),
    location: placeOf(issue, context, null),
    ...waysOf(issue, context),
    suppressions: suppressionsOf(issue),
  });
}

/** Severities of issues, and the probability of hotspots. What is only hard to maintain harms nobody. */
function levelOf(issue: JsonObject): Level {
  if (wordIn(issue.type) === 'CODE_SMELL') return 'note';
  const security = asObjects(issue.impacts, COUNTS.tags).find(
    ({ softwareQuality }) => softwareQuality === 'SECURITY',
  );
  const word = wordIn(issue.severity) ?? wordIn(security?.severity) ?? wordIn(issue.vulnerabilityProbability);
  return levelOfWord(word);
}

/** A component's key is the project's, a colon and the path; keys of projects may hold colons themselves. */
function pathOf(component: string, issue: JsonObject, { paths }: SonarContext): string | null {
  const known = paths.get(component);
  if (known !== undefined) return known;
  const project = wordIn(issue.project, CAPS.uri);
  if (component === project) return null;
  if (project !== null && component.startsWith(`${project}:`)) return component.slice(project.length + 1);
  return component.slice(component.lastIndexOf(':') + 1);
}

function placeOf(place: JsonObject, context: SonarContext, issue: JsonObject | null): RawLocation | null {
  const component = wordIn(place.component, CAPS.uri) ?? wordIn(issue?.component, CAPS.uri);
  if (component === null) return null;
  const path = pathOf(component, issue ?? place, context);
  return placeAt(path, regionOf(place), issue === null ? null : place.msg);
}

/** Offsets begin at 0, and the end is behind the last character. */
function regionOf(place: JsonObject): NativePlace {
  const range = asObject(place.textRange);
  if (range === null) return { startLine: place.line };
  const [start, end] = [asInteger(range.startOffset, 0), asInteger(range.endOffset, 0)];
  return {
    startLine: range.startLine,
    endLine: range.endLine,
    startColumn: start === null ? null : start + 1,
    endColumn: end === null ? null : end + 1,
  };
}

/**
 * Flows of one place each are places to look at; others are ways, and Sonar writes them from the sink back to the source
 * (as its own pages do, which turn them round).
 */
function waysOf(issue: JsonObject, context: SonarContext): Pick<DraftResult, 'flows' | 'relatedLocations'> {
  const flows = asObjects(issue.flows, COUNTS.threadFlows)
    .map(({ locations }) =>
      asObjects(locations, COUNTS.steps).flatMap((place) => placeOf(place, context, issue) ?? []),
    )
    .filter((flow) => flow.length > 0);
  if (flows.every((flow) => flow.length === 1)) return { relatedLocations: flows.flat() };
  return { flows: flows.map((flow) => flow.toReversed()) };
}

/** Resolutions by which a person sets a result aside; a hotspot that is acknowledged stays one. */
const SET_ASIDE: ReadonlySet<string> = new Set([
  'FALSE-POSITIVE',
  'FALSE_POSITIVE',
  'WONTFIX',
  'ACCEPTED',
  'SAFE',
]);

function suppressionsOf(issue: JsonObject): readonly RawSuppression[] {
  const words = [wordIn(issue.resolution), wordIn(issue.issueStatus)];
  const word = words.find((candidate) => candidate !== null && SET_ASIDE.has(candidate));
  return word === undefined ? [] : [setAside('external', word)];
}
