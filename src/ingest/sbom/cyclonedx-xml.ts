// Reads CycloneDX 1.0 to 1.7 as XML (https://cyclonedx.org/docs/1.7/xml/), by giving its elements the shape that they have in JSON.
import { phrase } from '#domain/phrase.ts';
import type { XmlElement } from '../formats/read-xml.ts';
import type { FormatReader, ReportFormat } from '../formats/report-format.ts';
import { attributeOf, childOf, childrenOf, childText, textOf } from '../formats/xml-shape.ts';
import type { JsonObject } from '../json/shape.ts';
import { ReadFault } from '../read-fault.ts';
import { CycloneDxBill } from './cyclonedx-bill.ts';
import { vulnerabilityShape } from './cyclonedx-xml-vulnerability.ts';

export const CYCLONEDX_XML: ReportFormat = {
  kinds: ['cyclonedx-xml'],
  syntax: 'xml',
  elements: [],
  brings: 'inventory',
  open(output): FormatReader {
    const bill = new CycloneDxBill(output);
    return {
      part: (_path, value) => readBom(childOf(value as XmlElement, 'bom'), bill),
      finish: () => bill.finish(),
    };
  },
};

function readBom(bom: XmlElement | null, bill: CycloneDxBill): void {
  if (bom === null)
    throw new ReadFault(
      'structure',
      phrase`the root element is not \`bom\``,
      0,
      phrase`The file is not what its beginning says: write it again with the scanner.`,
    );
  const metadata = childOf(bom, 'metadata');
  if (metadata !== null) bill.metadata(metadataShape(metadata));
  for (const component of childrenOf(childOf(bom, 'components'), 'component'))
    bill.component(componentShape(component));
  for (const dependency of childrenOf(childOf(bom, 'dependencies'), 'dependency'))
    bill.dependency({
      ref: attributeOf(dependency, 'ref'),
      dependsOn: childrenOf(dependency, 'dependency').map((child) => attributeOf(child, 'ref')),
    });
  const vulnerabilities = childOf(bom, 'vulnerabilities');
  if (vulnerabilities !== null) bill.listsVulnerabilities();
  for (const entry of childrenOf(vulnerabilities, 'vulnerability'))
    bill.vulnerability(vulnerabilityShape(entry));
}

function metadataShape(metadata: XmlElement): JsonObject {
  const tools = childOf(metadata, 'tools');
  const listed = [...childrenOf(tools, 'tool'), ...childrenOf(childOf(tools, 'components'), 'component')];
  const component = childOf(metadata, 'component');
  return {
    timestamp: childText(metadata, 'timestamp'),
    tools: listed.map((tool) => ({ name: childText(tool, 'name'), version: childText(tool, 'version') })),
    authors: childrenOf(childOf(metadata, 'authors'), 'author').map((author) => ({
      name: childText(author, 'name'),
    })),
    component: component === null ? null : componentShape(component),
  };
}

/** With all that it is made of, to any depth. */
function componentShape(root: XmlElement): JsonObject {
  const shape = ownShape(root);
  const pending = [{ element: root, shape }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const element of childrenOf(childOf(next.element, 'components'), 'component')) {
      const part = ownShape(element);
      next.shape.components.push(part);
      pending.push({ element, shape: part });
    }
  }
  return { ...shape };
}

function ownShape(component: XmlElement): Record<string, unknown> & { readonly components: JsonObject[] } {
  const licences = childOf(component, 'licenses');
  return {
    'bom-ref': attributeOf(component, 'bom-ref'),
    type: attributeOf(component, 'type'),
    group: childText(component, 'group'),
    name: childText(component, 'name'),
    version: childText(component, 'version'),
    scope: childText(component, 'scope'),
    purl: childText(component, 'purl'),
    licenses: [
      ...childrenOf(licences, 'license').map((licence) => ({
        license: { id: childText(licence, 'id'), name: childText(licence, 'name') },
      })),
      ...childrenOf(licences, 'expression').map((expression) => ({ expression: textOf(expression) })),
    ],
    properties: childrenOf(childOf(component, 'properties'), 'property').map((property) => ({
      name: attributeOf(property, 'name'),
      value: textOf(property),
    })),
    vulnerabilities: childrenOf(childOf(component, 'vulnerabilities'), 'vulnerability').map(
      vulnerabilityShape,
    ),
    components: [],
  };
}
