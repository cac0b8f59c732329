// Reads one target of a Trivy report: vulnerable packages, misconfigurations, secrets, and what the scan set aside.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { RawLocation } from '#domain/report.ts';
import type { DraftResult, FormatOutput } from '../formats/report-format.ts';
import { asArray, asInteger, asObject, asText, type JsonObject } from '../json/shape.ts';
import { CAPS } from '../sarif/caps.ts';
import { severityOf } from '../sbom/vulnerability-draft.ts';
import { levelOf, wordOf } from './dependency-result.ts';
import type { TrivyPlace } from './trivy-package.ts';
import { decisionWord, readTrivyVulnerability } from './trivy-vulnerability.ts';
import { LEFT_OUT, LICENCE_NOTICE, NAMES_NOTHING, noObject } from './unused-entries.ts';

export function readTrivyTarget(target: JsonObject, place: TrivyPlace, output: FormatOutput): void {
  const uri = wordOf(target.Target, CAPS.uri);
  const unused = (entry: JsonObject | null, why: Phrase) => ({
    ruleId: wordOf(entry?.VulnerabilityID ?? entry?.ID ?? entry?.RuleID ?? entry?.Name),
    uri,
    line: null,
    why,
  });
  const each = (member: string, take: (entry: JsonObject) => void): void => {
    for (const value of asArray(target[member])) {
      const entry = asObject(value);
      if (entry !== null) take(entry);
      else output.rejected(unused(null, noObject(value)));
    }
  };
  const vulnerability = (entry: JsonObject, decided: JsonObject | null): void => {
    const result = readTrivyVulnerability(entry, { target, system: place.system, decided });
    if (result !== null) output.result(result);
    else output.rejected(unused(entry, NAMES_NOTHING));
  };
  each('Vulnerabilities', (entry) => vulnerability(entry, null));
  each('Misconfigurations', (entry) => {
    if (entry.Status === 'PASS') output.notAFinding(unused(entry, phrase`the check was made and holds`));
    else if (entry.Status === 'EXCEPTION') output.notAFinding(unused(entry, LEFT_OUT));
    else output.result(misconfiguration(entry, uri, place));
  });
  each('Secrets', (entry) => output.result(secret(entry, uri, place)));
  each('Licenses', (entry) => output.notAFinding(unused(entry, LICENCE_NOTICE)));
  each('ExperimentalModifiedFindings', (entry) => {
    const finding = asObject(entry.Finding);
    if (finding !== null && entry.Type === 'vulnerability' && decisionWord(entry.Status) !== null)
      vulnerability(finding, entry);
    else output.notAFinding(unused(finding, LEFT_OUT));
  });
}

/** The scores that Trivy's own SARIF gives to its words. */
const SCORES: ReadonlyMap<string, number> = new Map([
  ['critical', 9.5],
  ['high', 8],
  ['medium', 5.5],
  ['low', 2],
]);

function misconfiguration(entry: JsonObject, uri: string | null, place: TrivyPlace): DraftResult {
  const cause = asObject(entry.CauseMetadata);
  const title = asText(entry.Title, CAPS.message);
  const message = asText(entry.Message, CAPS.message) ?? title ?? '';
  return {
    ...rated(entry.Severity),
    rule: {
      id: wordOf(entry.ID) ?? wordOf(entry.AVDID) ?? '(no rule id)',
      name: null,
      shortDescription: title,
      fullDescription: asText(entry.Description, CAPS.help),
      help: asText(entry.Resolution, CAPS.help),
      helpUri: wordOf(entry.PrimaryURL, CAPS.uri),
      tags: [],
      precision: null,
    },
    message,
    location: locationOf(uri, place, cause),
  };
}

/** Of the secret itself nothing is kept, not even what Trivy left of it. */
function secret(entry: JsonObject, uri: string | null, place: TrivyPlace): DraftResult {
  const title = wordOf(entry.Title);
  const id = wordOf(entry.RuleID) ?? '(no rule id)';
  return {
    ...rated(entry.Severity),
    rule: {
      id,
      name: title,
      shortDescription: title,
      fullDescription: null,
      help: null,
      helpUri: null,
      tags: ['secret'],
      precision: null,
    },
    cwe: [798],
    message: title ?? id,
    location: locationOf(uri, place, entry),
  };
}

function rated(word: unknown): Pick<DraftResult, 'level' | 'securitySeverity'> {
  const severity = severityOf(wordOf(word));
  const score = severity === null ? null : (SCORES.get(severity) ?? null);
  return { level: levelOf(severity, null), securitySeverity: score };
}

/** An object of a cluster is no file of the repository, though its lines are counted. */
function locationOf(
  uri: string | null,
  { resource }: TrivyPlace,
  lines: JsonObject | null,
): RawLocation | null {
  if (uri === null) return null;
  const startLine = asInteger(lines?.StartLine, 1);
  const whole = { startColumn: null, endColumn: null };
  const offsets = { charOffset: null, charLength: null, byteOffset: null, byteLength: null };
  return {
    uri: resource === null ? uri : null,
    uriProblem: null,
    region:
      startLine === null
        ? null
        : { startLine, endLine: asInteger(lines?.EndLine, startLine), ...whole, ...offsets },
    message: null,
    logicalNames: resource === null ? [] : [resource],
  };
}
