// Collects the packages and relationships of an SPDX 2 document, however it is written, and puts out what they mean together.
import type { Component, DependencyScope } from '#domain/package.ts';
import { phrase } from '#domain/phrase.ts';
import type { FormatOutput } from '../formats/report-format.ts';
import { asObject, asObjects, asText, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { packageOfComponent } from './package-of-component.ts';

/** Primary purposes of packages (https://spdx.github.io/spdx-spec/v2.3/package-information/#724-primary-package-purpose-field); none said: a library. */
const KINDS: ReadonlyMap<string, Component['kind']> = new Map([
  ['LIBRARY', 'library'],
  ['FRAMEWORK', 'library'],
  ['APPLICATION', 'application'],
  ['CONTAINER', 'system'],
  ['OPERATING-SYSTEM', 'system'],
  ['DEVICE', 'system'],
  ['FIRMWARE', 'system'],
]);

interface EdgeKind {
  /** Whether the element that is named second depends on the first. */
  readonly isReversed: boolean;
  readonly scope: DependencyScope | null;
}

/** Relationships that say what needs what (https://spdx.github.io/spdx-spec/v2.3/relationships-between-SPDX-elements/). */
const EDGES: ReadonlyMap<string, EdgeKind> = new Map([
  ['DEPENDS_ON', { isReversed: false, scope: null }],
  ['DEPENDENCY_OF', { isReversed: true, scope: null }],
  ['RUNTIME_DEPENDENCY_OF', { isReversed: true, scope: 'runtime' }],
  ['DEV_DEPENDENCY_OF', { isReversed: true, scope: 'dev' }],
  ['BUILD_DEPENDENCY_OF', { isReversed: true, scope: 'dev' }],
  ['TEST_DEPENDENCY_OF', { isReversed: true, scope: 'test' }],
  ['OPTIONAL_DEPENDENCY_OF', { isReversed: true, scope: 'optional' }],
  ['PROVIDED_DEPENDENCY_OF', { isReversed: true, scope: null }],
]);

const DOCUMENT = 'SPDXRef-DOCUMENT';

export class SpdxBill {
  readonly #output: FormatOutput;
  /** Without their scopes, which relationships tell. */
  readonly #components = new Map<string, Omit<Component, 'dependsOn' | 'scope'>>();
  readonly #edges: { readonly from: string; readonly to: string }[] = [];
  /** By package, what each relationship that asks for it says. */
  readonly #scopes = new Map<string, Set<DependencyScope | null>>();
  readonly #described = new Set<string>();

  constructor(output: FormatOutput) {
    this.#output = output;
  }

  describes(ref: unknown): void {
    const text = asText(ref, CAPS.name);
    if (text !== null) this.#described.add(text);
  }

  package(value: unknown): void {
    const entry = asObject(value);
    const ref = asText(entry?.SPDXID, CAPS.name);
    const named = entry === null ? null : this.#packageOf(entry);
    if (entry === null || ref === null || named === null) {
      this.#output.notice(phrase`a component without a name was left out`);
      return;
    }
    if (this.#components.has(ref)) {
      this.#output.notice(phrase`a component stands twice under one reference; the first counts`);
      return;
    }
    const purpose = asText(entry.primaryPackagePurpose, CAPS.name)?.toUpperCase().replaceAll('_', '-');
    const kind = purpose === undefined ? 'library' : (KINDS.get(purpose) ?? 'other');
    this.#components.set(ref, { ...named, ref, kind, licences: licencesOf(entry) });
  }

  relationship(value: unknown): void {
    const entry = asObject(value);
    const first = asText(entry?.spdxElementId, CAPS.name);
    const second = asText(entry?.relatedSpdxElement, CAPS.name);
    const type = asText(entry?.relationshipType, CAPS.name)?.toUpperCase().replaceAll('-', '_') ?? '';
    if (first === null || second === null) return;
    if (type === 'DESCRIBES' && first === DOCUMENT) this.#described.add(second);
    if (type === 'DESCRIBED_BY' && second === DOCUMENT) this.#described.add(first);
    const kind = EDGES.get(type);
    if (kind === undefined) return;
    const [from, to] = kind.isReversed ? [second, first] : [first, second];
    this.#edges.push({ from, to });
    this.#scopes.set(to, (this.#scopes.get(to) ?? new Set()).add(kind.scope));
  }

  finish(): void {
    for (const component of this.#components.values())
      this.#output.component({ ...component, scope: this.#scopeOf(component.ref) });
    // A document that describes several packages is about none of them alone.
    const [root] = this.#described;
    if (root !== undefined && this.#described.size === 1 && this.#components.has(root))
      this.#output.root(root);
    for (const { from, to } of this.#edges) this.#output.dependsOn(from, [to]);
  }

  /** What all that ask for it agree on. */
  #scopeOf(ref: string): DependencyScope | null {
    const said = this.#scopes.get(ref) ?? new Set();
    if (said.has('runtime')) return 'runtime';
    const [scope = null] = said;
    return said.size === 1 ? scope : null;
  }

  #packageOf(entry: JsonObject): ReturnType<typeof packageOfComponent> {
    const references = asObjects(entry.externalRefs, COUNTS.taxa);
    const purl = references.find(({ referenceType }) => String(referenceType).endsWith('purl'));
    const written = asText(purl?.referenceLocator, CAPS.uri);
    const [name, version] = [asText(entry.name, CAPS.name), asText(entry.versionInfo, CAPS.name)];
    return packageOfComponent({ purl: written, group: null, name, version: known(version) }, this.#output);
  }
}

function licencesOf(entry: JsonObject): readonly string[] {
  const concluded = known(asText(entry.licenseConcluded, CAPS.name));
  const licence = concluded ?? known(asText(entry.licenseDeclared, CAPS.name));
  return licence === null ? [] : [licence];
}

function known(text: string | null): string | null {
  return text === null || text === '' || text === 'NOASSERTION' || text === 'NONE' ? null : text;
}
