// The security profile of SPDX 3 (https://spdx.github.io/spdx-spec/v3.0.1/model/Security/Security/): which vulnerability which package has, and what was decided.
import type { CvssRating, ReportedVulnerability } from '#domain/advisory.ts';
import type { ReportedDependency } from '#domain/dependency.ts';
import type { PackageRef } from '#domain/package.ts';
import { phrase } from '#domain/phrase.ts';
import type { Severity } from '#domain/severity.ts';
import type { VexJustification, VexStatement, VexStatus } from '#domain/vex.ts';
import type { FormatOutput } from '../formats/report-format.ts';
import { asFiniteNumber, asObjects, asText, asTexts, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { cweInText } from '../sarif/cwe.ts';
import { draftOf, ratingOf, severityOf } from './vulnerability-draft.ts';

const STATUSES: ReadonlyMap<string, VexStatus> = new Map([
  ['security_VexAffectedVulnAssessmentRelationship', 'affected'],
  ['security_VexFixedVulnAssessmentRelationship', 'fixed'],
  ['security_VexNotAffectedVulnAssessmentRelationship', 'not_affected'],
  ['security_VexUnderInvestigationVulnAssessmentRelationship', 'under_investigation'],
]);

const JUSTIFICATIONS: ReadonlyMap<string, VexJustification> = new Map([
  ['componentNotPresent', 'component_not_present'],
  ['vulnerableCodeNotPresent', 'vulnerable_code_not_present'],
  ['vulnerableCodeNotInExecutePath', 'vulnerable_code_not_in_execute_path'],
  ['vulnerableCodeCannotBeControlledByAdversary', 'vulnerable_code_cannot_be_controlled_by_adversary'],
  ['inlineMitigationsAlreadyExist', 'inline_mitigations_already_exist'],
]);

interface Rated {
  readonly rating: CvssRating | null;
  readonly severity: Severity | null;
}

type Decided = Omit<VexStatement, 'packages' | 'vulnerability'>;

/** What is said of one vulnerability in one package. */
interface Pair {
  readonly vulnerability: string;
  readonly package: string;
  readonly rated: Rated[];
  /** In the order of the file. */
  readonly decided: JsonObject[];
}

export type FindPackage = (id: string) => Pick<ReportedDependency, 'package' | 'scope'> | null;

export class Spdx3Assessments {
  readonly #vulnerabilities = new Map<string, JsonObject>();
  readonly #creations = new Map<string, JsonObject>();
  readonly #agents = new Map<string, string | null>();
  readonly #pairs = new Map<string, Pair>();

  vulnerability(id: string, element: JsonObject): void {
    this.#vulnerabilities.set(id, element);
  }

  creation(id: string, element: JsonObject): void {
    this.#creations.set(id, element);
  }

  agent(id: string, name: string | null): void {
    this.#agents.set(id, name);
  }

  association(vulnerability: string, packageId: string): void {
    this.#pair(vulnerability, packageId);
  }

  /** `from` is the vulnerability, `to` are packages; a VEX relationship may be about others, which say nothing here. */
  assessment(type: string, element: JsonObject, from: string, to: readonly string[]): void {
    const status = STATUSES.get(type);
    const isRating = type.includes('Cvss');
    if (status === undefined && !isRating) return;
    for (const id of to) {
      const pair = this.#pair(from, id);
      if (status !== undefined) pair.decided.push({ ...element, status });
      else pair.rated.push(ratedBy(type, element));
    }
  }

  finish(output: FormatOutput, find: FindPackage): void {
    if (this.#pairs.size > 0 || this.#vulnerabilities.size > 0) output.tool({ name: 'SPDX', version: null });
    for (const pair of this.#pairs.values()) this.#report(pair, output, find);
  }

  #pair(vulnerability: string, packageId: string): Pair {
    const key = JSON.stringify([vulnerability, packageId]);
    const pair = this.#pairs.get(key) ?? { vulnerability, package: packageId, rated: [], decided: [] };
    this.#pairs.set(key, pair);
    return pair;
  }

  #report(pair: Pair, output: FormatOutput, find: FindPackage): void {
    const found = find(pair.package);
    const element = this.#vulnerabilities.get(pair.vulnerability);
    if (found === null || element === undefined) {
      const why =
        found === null
          ? phrase`it names a component that the bill of materials does not have`
          : phrase`the vulnerability that it names is not there`;
      output.rejected({ ruleId: asText(element?.name, CAPS.name), uri: null, line: null, why });
      return;
    }
    const vulnerability = readVulnerability(element, pair.vulnerability, pair.rated);
    const names = [vulnerability.id, ...vulnerability.aliases];
    const statements = pair.decided.map((entry) => this.#statement(entry, names, found.package));
    for (const statement of statements) output.statement(statement);
    const cwe = asObjects(element.externalIdentifier, COUNTS.taxa)
      .filter(({ externalIdentifierType }) => externalIdentifierType === 'cwe')
      .flatMap(({ identifier }) => cweInText(asText(identifier, CAPS.name) ?? ''));
    const draft = { vulnerability, cwe, recommendation: null };
    output.result(draftOf(draft, { ...found, decided: statements.at(-1) ?? null }));
  }

  #statement(entry: JsonObject, vulnerability: readonly string[], ref: PackageRef): VexStatement {
    const creation = this.#creations.get(asText(entry.creationInfo, CAPS.name) ?? '');
    const [agent = ''] = asTexts(creation?.createdBy, CAPS.name, 1);
    const status = entry.status as VexStatus;
    const justification =
      JUSTIFICATIONS.get(asText(entry.security_justificationType, CAPS.name) ?? '') ?? null;
    const decided: Decided = {
      status,
      justification: status === 'not_affected' ? justification : null,
      statement: asText(
        entry.security_impactStatement ?? entry.security_actionStatement ?? entry.security_statusNotes,
        CAPS.message,
      ),
      author: this.#agents.get(agent) ?? null,
      timestamp: asText(
        entry.security_modifiedTime ?? entry.security_publishedTime ?? creation?.created,
        CAPS.name,
      ),
    };
    return { ...decided, vulnerability, packages: [ref] };
  }
}

const METHODS: ReadonlyMap<string, string> = new Map([
  ['security_CvssV2VulnAssessmentRelationship', '2.0'],
  ['security_CvssV4VulnAssessmentRelationship', '4.0'],
]);

function ratedBy(type: string, element: JsonObject): Rated {
  const vector = asText(element.security_vectorString, CAPS.name);
  return {
    rating: ratingOf(vector, asFiniteNumber(element.security_score), METHODS.get(type) ?? null),
    severity: severityOf(asText(element.security_severity, CAPS.name)),
  };
}

function readVulnerability(
  element: JsonObject,
  spdxId: string,
  rated: readonly Rated[],
): ReportedVulnerability {
  const identifiers = asObjects(element.externalIdentifier, COUNTS.taxa);
  const named = identifiers
    .filter(
      ({ externalIdentifierType }) =>
        externalIdentifierType === 'cve' || externalIdentifierType === 'securityOther',
    )
    .map(({ identifier }) => asText(identifier, CAPS.name))
    .filter((text) => text !== null && text !== '') as readonly string[];
  const name = asText(element.name, CAPS.name) ?? '';
  const id = name !== '' ? name : (named[0] ?? spdxId);
  return {
    id,
    aliases: [...new Set(named)].filter((alias) => alias !== id).sort(),
    title: asText(element.summary, CAPS.message),
    description: asText(element.description, CAPS.message),
    severity: rated.find(({ severity }) => severity !== null)?.severity ?? null,
    ratings: rated.flatMap(({ rating }) => rating ?? []),
    fixedIn: [],
    affected: null,
    epss: null,
    kev: null,
    published: asText(element.security_publishedTime, CAPS.name),
    url: null,
    symbols: [],
  };
}
