// From an XML text to plain values: checked first, then parsed, with entities decoded here and nothing defined, fetched or inherited.
import { XMLParser } from 'fast-xml-parser';
import { phrase } from '#domain/phrase.ts';
import type { IngestLimits } from '../limits.ts';
import { ReadFault } from '../read-fault.ts';
import { checkXml } from './check-xml.ts';

/** An element: attributes as `@name`, text as `#text`, child elements by name, an array where there are several. Has no prototype. */
export interface XmlElement {
  readonly [member: string]: string | XmlElement | readonly XmlElement[] | undefined;
}

/** What fast-xml-parser makes of a node with `preserveOrder`: one member by the node's name, and `:@` with the attributes. */
type OrderedNode = Readonly<Record<string, unknown>>;

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';

/**
 * The document as an object with one member: the root element by its name. Throws ReadFault with the offset of the offence;
 * `offset` is where `text` starts in the document.
 */
export function readXml(text: string, offset: number, limits: IngestLimits): XmlElement {
  checkXml(text, offset, limits);
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    cdataPropName: CDATA,
    removeNSPrefix: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    processEntities: false,
    htmlEntities: false,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    jPath: false,
    maxNestedTags: limits.depth + 1,
  });
  try {
    return toElement(parser.parse(text) as readonly OrderedNode[]);
  } catch (error) {
    if (error instanceof ReadFault) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ReadFault(
      'syntax',
      phrase`the XML cannot be parsed: ${JSON.stringify(reason.slice(0, 200))}`,
      offset,
      phrase`The file is not well-formed XML: write it again with the scanner.`,
    );
  }
}

type Draft = Record<string, string | XmlElement | XmlElement[] | undefined>;

interface Pending {
  readonly nodes: readonly OrderedNode[];
  readonly into: Draft;
}

/** Goes down the tree with a stack of its own. */
function toElement(roots: readonly OrderedNode[]): XmlElement {
  const document: Draft = Object.create(null);
  const pending: Pending[] = [{ nodes: roots, into: document }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    let text = '';
    for (const node of next.nodes) {
      const name = Object.keys(node).find((key) => key !== ATTRIBUTES) ?? '';
      const content = node[name];
      if (name === TEXT) text += decodeEntities(String(content));
      else if (name === CDATA)
        text += (content as readonly OrderedNode[]).map((part) => String(part[TEXT])).join('');
      else {
        const element = withAttributes(node[ATTRIBUTES]);
        addChild(next.into, name, element);
        pending.push({ nodes: content as readonly OrderedNode[], into: element });
      }
    }
    const trimmed = text.trim();
    if (trimmed !== '') next.into[TEXT] = trimmed;
  }
  return document;
}

function withAttributes(attributes: unknown): Draft {
  const element: Draft = Object.create(null);
  for (const [name, value] of Object.entries(attributes ?? {}))
    element[`@${name}`] = decodeEntities(String(value));
  return element;
}

function addChild(parent: Draft, name: string, child: XmlElement): void {
  const present = parent[name];
  if (present === undefined) parent[name] = child;
  else if (Array.isArray(present)) present.push(child);
  else parent[name] = [present as XmlElement, child];
}

const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const REFERENCE = /&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));/g;

/** The five entities of XML 1.0 §4.6 and character references, once; anything else stays as it is written. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (whole, name?: string, decimal?: string, hexadecimal?: string) => {
    if (name !== undefined) return PREDEFINED[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    return isCharacter(code) ? String.fromCodePoint(code) : whole;
  });
}

/** XML 1.0 §2.2: no controls but tab and line ends, no surrogates. */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
