// Collects the parts of a CycloneDX document, however it is written, and puts out what they mean together.
import type { Component, DependencyScope, PackageRef } from '#domain/package.ts';
import { phrase } from '#domain/phrase.ts';
import type { RawTool } from '#domain/report.ts';
import type { FormatOutput } from '../formats/report-format.ts';
import { asObject, asObjects, asText, asTexts, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { type CycloneDxTarget, readCycloneDxVulnerability } from './cyclonedx-vulnerability.ts';
import { packageOfComponent } from './package-of-component.ts';
import { draftOf } from './vulnerability-draft.ts';

type Kept = Pick<Component, keyof PackageRef | 'scope'>;

/** Types of components (https://cyclonedx.org/docs/1.7/json/#components_items_type); what is missing here is `other`. */
const KINDS: ReadonlyMap<string, Component['kind']> = new Map([
  ['library', 'library'],
  ['framework', 'library'],
  ['application', 'application'],
  ['container', 'system'],
  ['operating-system', 'system'],
  ['device', 'system'],
  ['firmware', 'system'],
]);

const SCOPES: ReadonlyMap<string, DependencyScope> = new Map([
  ['required', 'runtime'],
  ['optional', 'optional'],
  ['excluded', 'dev'],
]);

export class CycloneDxBill {
  readonly #output: FormatOutput;
  readonly #packages = new Map<string, Kept>();
  readonly #vulnerabilities: unknown[] = [];
  #unnamed = 0;
  #root: string | null = null;
  #tool: RawTool | null = null;
  #timestamp: string | null = null;
  #author: string | null = null;
  #listsVulnerabilities = false;

  constructor(output: FormatOutput) {
    this.#output = output;
  }

  metadata(value: unknown): void {
    const metadata = asObject(value) ?? {};
    this.#timestamp = asText(metadata.timestamp, CAPS.name);
    const tools = asObject(metadata.tools);
    const [first] = asObjects(tools === null ? metadata.tools : tools.components, 1);
    const name = asText(first?.name, CAPS.name);
    if (name !== null) this.#tool = { name, version: asText(first?.version, CAPS.name) };
    const authors = asObjects(metadata.authors, COUNTS.tags);
    this.#author = asText(authors[0]?.name ?? asObject(metadata.supplier)?.name, CAPS.name) ?? name;
    const root = asObject(metadata.component);
    if (root !== null) this.#root = this.component(root);
    const ref = this.#root ?? asText(root?.['bom-ref'], CAPS.name);
    if (ref !== null) this.#output.root(ref);
  }

  /** Puts out a component and all that it is made of; gives its ref. */
  component(value: unknown): string | null {
    const pending: unknown[] = [value];
    let first: string | null = null;
    for (let at = 0; at < pending.length; at++) {
      const component = asObject(pending[at]);
      const ref = component === null ? null : this.#take(component);
      if (at === 0) first = ref;
      for (const part of asObjects(component?.components)) pending.push(part);
      for (const vulnerability of asObjects(component?.vulnerabilities)) {
        // The extension of 1.0 to 1.3 puts vulnerabilities inside the component.
        this.vulnerability(ref === null ? vulnerability : { ...vulnerability, affects: [{ ref }] });
      }
    }
    return first;
  }

  dependency(value: unknown): void {
    const entry = asObject(value);
    const ref = asText(entry?.ref, CAPS.name);
    if (ref !== null)
      this.#output.dependsOn(ref, asTexts(entry?.dependsOn, CAPS.name, Number.POSITIVE_INFINITY));
  }

  vulnerability(value: unknown): void {
    this.#listsVulnerabilities = true;
    this.#vulnerabilities.push(value);
  }

  /** There is a list of vulnerabilities, and be it empty. */
  listsVulnerabilities(): void {
    this.#listsVulnerabilities = true;
  }

  finish(): void {
    if (this.#listsVulnerabilities) this.#output.tool(this.#tool ?? { name: 'CycloneDX', version: null });
    for (const value of this.#vulnerabilities) this.#report(value);
  }

  #take(component: JsonObject): string | null {
    const ref = this.#packageOf(component);
    if (ref === null) {
      this.#output.notice(phrase`a component without a name was left out`);
      return null;
    }
    const type = asText(component.type, CAPS.name) ?? '';
    const reference = asText(component['bom-ref'], CAPS.name) ?? `component ${++this.#unnamed}`;
    const scope = scopeOf(component);
    if (!this.#packages.has(reference)) this.#packages.set(reference, { ...ref, scope });
    const kind = KINDS.get(type) ?? 'other';
    this.#output.component({ ...ref, ref: reference, kind, licences: licencesOf(component), scope });
    return reference;
  }

  #packageOf(component: JsonObject): PackageRef | null {
    const text = (key: string): string | null => asText(component[key], CAPS.uri)?.trim() ?? null;
    return packageOfComponent(
      { purl: text('purl'), group: text('group'), name: text('name'), version: text('version') },
      this.#output,
    );
  }

  #report(value: unknown): void {
    const read = readCycloneDxVulnerability(value, { timestamp: this.#timestamp, author: this.#author });
    if (read === null) {
      const why = phrase`the vulnerability has no id`;
      this.#output.rejected({ ruleId: null, uri: null, line: null, why });
      return;
    }
    const targets = read.targets.length > 0 ? read.targets : this.#wholeBill();
    if (targets.length === 0) this.#refuse(read.draft.vulnerability.id, read.decision !== null);
    for (const target of targets) {
      const found = this.#find(target.ref);
      if (found === null) {
        this.#refuse(read.draft.vulnerability.id, read.decision !== null);
        continue;
      }
      const { scope, ecosystem, name, version, purl } = found;
      const ref = { ecosystem, name, version, purl };
      const decided = read.decision === null ? null : { ...read.decision, packages: [ref] };
      if (decided !== null) this.#output.statement(decided);
      const { affected, fixedIn } = target;
      const vulnerability = { ...read.draft.vulnerability, affected, fixedIn };
      this.#output.result(draftOf({ ...read.draft, vulnerability }, { package: ref, scope, decided }));
    }
  }

  /** A vulnerability that names no target is about what the bill is about. */
  #wholeBill(): readonly CycloneDxTarget[] {
    return this.#root === null ? [] : [{ ref: this.#root, affected: null, fixedIn: [] }];
  }

  #refuse(id: string, isDecision: boolean): void {
    const entry = { ruleId: id, uri: null, line: null };
    if (isDecision)
      this.#output.notAFinding({
        ...entry,
        why: phrase`it is a decision on a component of another bill of materials`,
      });
    else
      this.#output.rejected({
        ...entry,
        why: phrase`it names a component that the bill of materials does not have`,
      });
  }

  /** By reference, by BOM-Link (https://cyclonedx.org/capabilities/bomlink/), or by package URL. */
  #find(written: string): Kept | null {
    const linked = /^urn:cdx:[^#]{1,200}#(.+)$/s.exec(written)?.[1];
    const ref = linked === undefined ? written : decodeFragment(linked);
    const known = this.#packages.get(ref);
    if (known !== undefined) return known;
    const named = /^pkg:/i.test(ref)
      ? packageOfComponent({ purl: ref, group: null, name: null, version: null }, { notice: () => {} })
      : null;
    return named === null ? null : { ...named, scope: null };
  }
}

function decodeFragment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function scopeOf(component: JsonObject): DependencyScope | null {
  const isDevelopment = asObjects(component.properties, COUNTS.tags).some(
    ({ name, value }) =>
      typeof name === 'string' && name.endsWith(':package:development') && value === 'true',
  );
  return isDevelopment ? 'dev' : (SCOPES.get(asText(component.scope, CAPS.name) ?? '') ?? null);
}

/** An id or a name each, or one expression. */
function licencesOf(component: JsonObject): readonly string[] {
  const choices = asObjects(component.licenses, COUNTS.tags);
  const found = choices.map((choice) => {
    const licence = asObject(choice.license);
    return asText(choice.expression ?? licence?.id ?? licence?.name, CAPS.name);
  });
  return found.filter((text) => text !== null && text !== '') as readonly string[];
}
