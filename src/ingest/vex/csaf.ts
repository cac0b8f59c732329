// Reads CSAF 2.0, VEX profile first (https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html#45-profile-5-vex): what its status lists decide.
import { phrase } from '#domain/phrase.ts';
import { VEX_JUSTIFICATIONS, type VexJustification, type VexStatus } from '#domain/vex.ts';
import type { FormatOutput, FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asObject, asObjects, asText, asTexts, entriesOf, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { type ProductTree, readProductTree } from './csaf-products.ts';

export const CSAF: ReportFormat = {
  kinds: ['csaf'],
  syntax: 'json',
  elements: ['vulnerabilities[]'],
  brings: 'statements',
  open(output): FormatReader {
    const members: Record<string, unknown> = {};
    const vulnerabilities: unknown[] = [];
    return {
      part(path, value) {
        if (path === 'vulnerabilities[]') vulnerabilities.push(value);
        else if (path === 'document' || path === 'product_tree') members[path] = value;
      },
      finish() {
        const document = asObject(members.document) ?? {};
        const tracking = asObject(document.tracking);
        const making = {
          author: asText(asObject(document.publisher)?.name, CAPS.name),
          timestamp: asText(tracking?.current_release_date, CAPS.name),
        };
        const tree = readProductTree(members.product_tree);
        for (const entry of asObjects(vulnerabilities)) readVulnerability(entry, tree, making, output);
      },
    };
  },
};

/** §3.2.3.9; `recommended` says what to use, not what is affected. */
const STATUSES: ReadonlyMap<string, VexStatus> = new Map([
  ['first_affected', 'affected'],
  ['known_affected', 'affected'],
  ['last_affected', 'affected'],
  ['first_fixed', 'fixed'],
  ['fixed', 'fixed'],
  ['known_not_affected', 'not_affected'],
  ['under_investigation', 'under_investigation'],
]);

interface Making {
  readonly author: string | null;
  readonly timestamp: string | null;
}

function readVulnerability(entry: JsonObject, tree: ProductTree, making: Making, output: FormatOutput): void {
  const names = [
    asText(entry.cve, CAPS.name),
    ...asObjects(entry.ids, COUNTS.tags).map(({ text }) => asText(text, CAPS.name)),
  ];
  const vulnerability = [...new Set(names)].filter(
    (name) => name !== null && name !== '',
  ) as readonly string[];
  const justifications = justificationsOf(entry, tree);
  const texts = textsOf(entry, tree);
  for (const [list, products] of entriesOf(entry.product_status)) {
    const status = STATUSES.get(list);
    if (status === undefined) continue;
    for (const product of asTexts(products, CAPS.name, COUNTS.steps)) {
      const ref = tree.packages.get(product);
      if (ref === undefined || vulnerability.length === 0) {
        output.notice(phrase`a statement without vulnerability, product or known status was left out`);
        continue;
      }
      output.statement({
        vulnerability,
        packages: [ref],
        status,
        justification: status === 'not_affected' ? (justifications.get(product) ?? null) : null,
        statement: texts.get(product) ?? null,
        ...making,
      });
    }
  }
}

/** `flags` (§3.2.3.5) have the justifications' names. */
function justificationsOf(entry: JsonObject, tree: ProductTree): ReadonlyMap<string, VexJustification> {
  const found = new Map<string, VexJustification>();
  for (const flag of asObjects(entry.flags, COUNTS.taxa)) {
    const label = VEX_JUSTIFICATIONS.find((known) => known === flag.label);
    if (label !== undefined) for (const product of tree.productsOf(flag)) found.set(product, label);
  }
  return found;
}

/** Why a product is not affected (`threats` of category `impact`, §3.2.3.14), else what to do (`remediations`). */
function textsOf(entry: JsonObject, tree: ProductTree): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const impacts = asObjects(entry.threats, COUNTS.taxa).filter(({ category }) => category === 'impact');
  for (const holder of [...impacts, ...asObjects(entry.remediations, COUNTS.taxa)]) {
    const text = asText(holder.details, CAPS.message);
    if (text === null) continue;
    for (const product of tree.productsOf(holder)) if (!found.has(product)) found.set(product, text);
  }
  return found;
}
