// Reads SPDX 2.2 and 2.3 as tags and values (https://spdx.github.io/spdx-spec/v2.3/conformance/), by giving packages the shape that they have in JSON.
import type { FormatReader, ReportFormat } from '../formats/report-format.ts';
import { SpdxBill } from './spdx-bill.ts';

export const SPDX_TAG_VALUE: ReportFormat = {
  kinds: ['spdx-tag-value'],
  syntax: 'text',
  elements: [],
  brings: 'inventory',
  open(output): FormatReader {
    const bill = new SpdxBill(output);
    return {
      part: (_path, text) => readTags(String(text), bill),
      finish: () => bill.finish(),
    };
  },
};

/** Tags of a package and its members in JSON. */
const MEMBERS: ReadonlyMap<string, string> = new Map([
  ['SPDXID', 'SPDXID'],
  ['PackageVersion', 'versionInfo'],
  ['PackageLicenseConcluded', 'licenseConcluded'],
  ['PackageLicenseDeclared', 'licenseDeclared'],
  ['PrimaryPackagePurpose', 'primaryPackagePurpose'],
]);

/** Tags that begin something else than a package. */
const OTHERS: ReadonlySet<string> = new Set([
  'FileName',
  'SnippetSPDXID',
  'LicenseID',
  'Reviewer',
  'Annotator',
]);

interface PackageDraft {
  readonly members: Record<string, string>;
  readonly externalRefs: { readonly referenceType: string; readonly referenceLocator: string }[];
}

function readTags(text: string, bill: SpdxBill): void {
  let current: PackageDraft | null = null;
  const close = (): void => {
    if (current !== null) bill.package({ ...current.members, externalRefs: current.externalRefs });
    current = null;
  };
  for (const [tag, value] of tagsOf(text)) {
    if (tag === 'PackageName') {
      close();
      current = { members: { name: value }, externalRefs: [] };
    } else if (OTHERS.has(tag)) close();
    else if (tag === 'Relationship') readRelationship(value, bill);
    else if (current !== null) addTo(current, tag, value);
  }
  close();
}

function addTo(draft: PackageDraft, tag: string, value: string): void {
  const member = MEMBERS.get(tag);
  if (member !== undefined) draft.members[member] = value;
  if (tag !== 'ExternalRef') return;
  const [, referenceType, ...locator] = value.split(/\s+/);
  draft.externalRefs.push({ referenceType: referenceType ?? '', referenceLocator: locator.join(' ') });
}

function readRelationship(value: string, bill: SpdxBill): void {
  const [spdxElementId, relationshipType, relatedSpdxElement] = value.split(/\s+/);
  bill.relationship({ spdxElementId, relationshipType, relatedSpdxElement });
}

/** `Tag: value`, one a line; a value in `<text>` may go over several. */
function* tagsOf(text: string): Generator<readonly [tag: string, value: string]> {
  let position = 0;
  while (position < text.length) {
    const end = text.indexOf('\n', position);
    const line = text.slice(position, end === -1 ? text.length : end);
    position = end === -1 ? text.length : end + 1;
    const colon = line.indexOf(':');
    if (colon === -1 || line.startsWith('#')) continue;
    const tag = line.slice(0, colon).trim();
    let value = line.slice(colon + 1).trim();
    if (value.startsWith('<text>')) {
      const start = position - (end === -1 ? 0 : 1) - line.length + line.indexOf('<text>');
      const closing = text.indexOf('</text>', start);
      const stop = closing === -1 ? text.length : closing;
      value = text.slice(start + '<text>'.length, stop).trim();
      const rest = text.indexOf('\n', stop);
      position = rest === -1 ? text.length : rest + 1;
    }
    yield [tag, value];
  }
}
