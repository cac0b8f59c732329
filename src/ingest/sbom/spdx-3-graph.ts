// Collects the elements of an SPDX 3 document and puts out what they mean together: packages, what needs what, vulnerabilities, decisions.
import type { Component, DependencyScope, PackageRef } from '#domain/package.ts';
import { phrase } from '#domain/phrase.ts';
import type { FormatOutput } from '../formats/report-format.ts';
import { asObject, asObjects, asText, asTexts, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { packageOfComponent } from './package-of-component.ts';
import { Spdx3Assessments } from './spdx-3-assessments.ts';

/** https://spdx.github.io/spdx-spec/v3.0.1/model/Software/Vocabularies/SoftwarePurpose/ */
const KINDS: ReadonlyMap<string, Component['kind']> = new Map([
  ['library', 'library'],
  ['framework', 'library'],
  ['application', 'application'],
  ['executable', 'application'],
  ['container', 'system'],
  ['operatingSystem', 'system'],
  ['device', 'system'],
  ['firmware', 'system'],
]);

/** https://spdx.github.io/spdx-spec/v3.0.1/model/Core/Vocabularies/LifecycleScopeType/ */
const SCOPES: ReadonlyMap<string, DependencyScope> = new Map([
  ['runtime', 'runtime'],
  ['development', 'dev'],
  ['build', 'dev'],
  ['design', 'dev'],
  ['test', 'test'],
]);

interface Edge {
  readonly from: string;
  readonly to: readonly string[];
  readonly scope: DependencyScope | null;
}

export class Spdx3Graph {
  readonly #output: FormatOutput;
  readonly #packages = new Map<string, { readonly ref: PackageRef; readonly kind: Component['kind'] }>();
  readonly #licences = new Map<string, string>();
  readonly #licenceOf = new Map<string, string[]>();
  readonly #edges: Edge[] = [];
  readonly #roots: string[] = [];
  readonly #assessments = new Spdx3Assessments();

  constructor(output: FormatOutput) {
    this.#output = output;
  }

  element(value: unknown): void {
    const element = asObject(value);
    const type = typeOf(element);
    if (element === null || type === '') return;
    const id = asText(element.spdxId ?? element['@id'], CAPS.name) ?? '';
    if (type === 'software_Package') this.#package(element, id);
    else if (type === 'software_Sbom') this.#roots.push(...texts(element.rootElement));
    else if (type.startsWith('simplelicensing_') || type.startsWith('expandedlicensing_'))
      this.#licences.set(
        id,
        asText(element.simplelicensing_licenseExpression ?? element.name, CAPS.name) ?? id,
      );
    else if (type === 'CreationInfo') this.#assessments.creation(id, element);
    else if (type === 'security_Vulnerability') this.#assessments.vulnerability(id, element);
    else if (type === 'Person' || type === 'Organization')
      this.#assessments.agent(id, asText(element.name, CAPS.name));
    else if (type.endsWith('Relationship')) this.#relationship(element, type);
  }

  finish(): void {
    const scopes = this.#scopes();
    for (const [ref, { ref: named, kind }] of this.#packages) {
      const licences = [...new Set(this.#licenceOf.get(ref) ?? [])].map((id) => this.#licences.get(id) ?? id);
      this.#output.component({ ...named, ref, kind, licences, scope: scopes.get(ref) ?? null });
    }
    const roots = this.#roots.filter((root) => this.#packages.has(root));
    if (roots.length === 1 && roots[0] !== undefined) this.#output.root(roots[0]);
    for (const { from, to } of this.#edges) this.#output.dependsOn(from, to);
    this.#assessments.finish(this.#output, (id) => {
      const found = this.#packages.get(id);
      return found === undefined ? null : { package: found.ref, scope: scopes.get(id) ?? null };
    });
  }

  #package(element: JsonObject, id: string): void {
    const identifiers = asObjects(element.externalIdentifier, COUNTS.taxa);
    const listed = identifiers.find(({ externalIdentifierType }) => externalIdentifierType === 'packageUrl');
    const named = packageOfComponent(
      {
        purl: asText(element.software_packageUrl ?? listed?.identifier, CAPS.uri),
        group: null,
        name: asText(element.name, CAPS.name),
        version: asText(element.software_packageVersion, CAPS.name),
      },
      this.#output,
    );
    if (named === null || id === '') this.#output.notice(phrase`a component without a name was left out`);
    else if (this.#packages.has(id))
      this.#output.notice(phrase`a component stands twice under one reference; the first counts`);
    else {
      const purpose = asText(element.software_primaryPurpose, CAPS.name);
      this.#packages.set(id, {
        ref: named,
        kind: purpose === null ? 'library' : (KINDS.get(purpose) ?? 'other'),
      });
    }
  }

  #relationship(element: JsonObject, type: string): void {
    const from = asText(element.from, CAPS.name);
    const to = texts(element.to);
    const kind = asText(element.relationshipType, CAPS.name) ?? '';
    if (from === null) return;
    if (kind === 'dependsOn' || kind === 'hasOptionalDependency') {
      const scope = kind === 'dependsOn' ? SCOPES.get(asText(element.scope, CAPS.name) ?? '') : 'optional';
      this.#edges.push({ from, to, scope: scope ?? null });
    } else if (kind === 'hasDeclaredLicense' || kind === 'hasConcludedLicense')
      this.#licenceOf.set(from, [...(this.#licenceOf.get(from) ?? []), ...to]);
    else if (kind === 'hasAssociatedVulnerability')
      for (const vulnerability of to) this.#assessments.association(vulnerability, from);
    else if (type.startsWith('security_')) this.#assessments.assessment(type, element, from, to);
  }

  /** What all relationships that ask for a package agree on. */
  #scopes(): ReadonlyMap<string, DependencyScope | null> {
    const said = new Map<string, Set<DependencyScope | null>>();
    for (const { to, scope } of this.#edges)
      for (const ref of to) said.set(ref, (said.get(ref) ?? new Set()).add(scope));
    return new Map(
      [...said].map(([ref, scopes]) => [
        ref,
        scopes.size === 1 ? ([...scopes][0] ?? null) : scopes.has('runtime') ? 'runtime' : null,
      ]),
    );
  }
}

function typeOf(element: JsonObject | null): string {
  return asText(element?.type ?? element?.['@type'], CAPS.name) ?? '';
}

/** One or several, as JSON-LD writes either. */
function texts(value: unknown): readonly string[] {
  return asTexts(Array.isArray(value) ? value : [value], CAPS.name, Number.POSITIVE_INFINITY);
}
