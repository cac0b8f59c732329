// Reads OpenVEX 0.0.1 to 0.2.0 (https://github.com/openvex/spec): decisions, each on vulnerabilities of products.
import type { PackageRef } from '#domain/package.ts';
import { phrase } from '#domain/phrase.ts';
import { VEX_JUSTIFICATIONS, VEX_STATUSES } from '#domain/vex.ts';
import { packageOfPurl } from '../../packages/package-of-purl.ts';
import type { FormatOutput, FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asArray, asObject, asText, asTexts, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';

export const OPENVEX: ReportFormat = {
  kinds: ['openvex'],
  syntax: 'json',
  elements: ['statements[]'],
  brings: 'statements',
  open(output): FormatReader {
    const document: Record<string, unknown> = {};
    const statements: unknown[] = [];
    return {
      part(path, value) {
        if (path === 'statements[]') statements.push(value);
        else if (path === 'author' || path === 'timestamp') document[path] = value;
      },
      finish() {
        for (const statement of statements) readStatement(statement, document, output);
      },
    };
  },
};

function readStatement(value: unknown, document: JsonObject, output: FormatOutput): void {
  const entry = asObject(value) ?? {};
  const vulnerability = namesOf(entry);
  const packages = packagesOf(entry, output);
  const status = VEX_STATUSES.find((known) => known === entry.status);
  if (vulnerability.length === 0 || packages.length === 0 || status === undefined) {
    output.notice(phrase`a statement without vulnerability, product or known status was left out`);
    return;
  }
  const justification = VEX_JUSTIFICATIONS.find((known) => known === entry.justification) ?? null;
  output.statement({
    vulnerability,
    packages,
    status,
    justification: status === 'not_affected' ? justification : null,
    statement: asText(
      entry.impact_statement ?? entry.action_statement ?? entry.status_notes ?? entry.statement,
      CAPS.message,
    ),
    author: asText(document.author, CAPS.name),
    timestamp: asText(entry.last_updated ?? entry.timestamp ?? document.timestamp, CAPS.name),
  });
}

/** A name, or an object with a name and others (0.2.0); 0.0.1 wrote `vuln_description` beside the name. */
function namesOf(entry: JsonObject): readonly string[] {
  const { vulnerability } = entry;
  const object = asObject(vulnerability);
  const names = [
    asText(vulnerability, CAPS.name),
    asText(object?.name, CAPS.name),
    ...asTexts(object?.aliases, CAPS.name, COUNTS.tags),
  ];
  const given = names.filter((name) => name !== null && name !== '') as readonly string[];
  // Only its address names it then, whose last part is the id.
  const address = asText(object?.['@id'], CAPS.uri);
  return given.length === 0 && address !== null
    ? [address.split('/').at(-1) ?? address]
    : [...new Set(given)];
}

/** Where a statement names parts of a product, it is about those. */
function packagesOf(entry: JsonObject, output: FormatOutput): readonly PackageRef[] {
  const products = asArray(entry.products, COUNTS.steps);
  // 0.0.1 has the parts beside the products.
  const parts = [entry, ...products.map(asObject)].flatMap((holder) =>
    asArray(holder?.subcomponents, COUNTS.steps),
  );
  if (parts.length > 0)
    output.notice(
      phrase`a statement is about parts of a product; it is taken for these parts in this repository`,
    );
  return (parts.length > 0 ? parts : products).flatMap((product) => packageOf(product) ?? []);
}

function packageOf(value: unknown): PackageRef | null {
  const object = asObject(value);
  const purl = asText(asObject(object?.identifiers)?.purl, CAPS.uri);
  const id = asText(value, CAPS.uri) ?? asText(object?.['@id'], CAPS.uri) ?? purl;
  if (id === null || id === '') return null;
  return (
    packageOfPurl(purl ?? id) ?? packageOfPurl(id) ?? { ecosystem: null, name: id, version: null, purl: null }
  );
}
