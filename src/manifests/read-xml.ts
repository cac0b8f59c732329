// An XML file of the repository as a small tree with offsets. Nothing of a document type is ever read (security row 21).
import { XMLParser } from 'fast-xml-parser';
import { LineIndex } from './line-index.ts';

export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Own text, trimmed, without entities resolved. */
  readonly text: string;
  /** Offset of the text; of the element where it has none. */
  readonly textStart: number;
  /** Offset of the element's `<`. */
  readonly start: number;
}

export interface XmlFile {
  readonly path: string;
  readonly source: string;
  readonly root: XmlElement;
  readonly lines: LineIndex;
}

const DEEPEST = 64;
const MOST_CHARACTERS = 4 * 1024 * 1024;
const META = XMLParser.getMetaDataSymbol() as unknown as symbol;

/** Null for what is no XML, has a document type, or is too large. */
export function readXml(path: string, source: string): XmlFile | null {
  if (source.length > MOST_CHARACTERS || /<!DOCTYPE/i.test(source)) return null;
  try {
    const parser = new XMLParser({
      preserveOrder: true,
      captureMetaData: true,
      processEntities: false,
      ignoreAttributes: false,
      attributeNamePrefix: '',
      parseTagValue: false,
      parseAttributeValue: false,
      trimValues: true,
      maxNestedTags: DEEPEST,
    });
    const [root] = elementsOf(parser.parse(source), source, 0).filter(({ name }) => !name.startsWith('?'));
    return root === undefined ? null : { path, source, root, lines: new LineIndex(path, source) };
  } catch {
    return null;
  }
}

function elementsOf(nodes: unknown, source: string, depth: number): XmlElement[] {
  if (!Array.isArray(nodes) || depth > DEEPEST) return [];
  return nodes.flatMap((node): XmlElement[] => {
    const name = Object.keys(node).find((key) => key !== ':@');
    if (name === undefined || name === '#text') return [];
    const found = Number(node[META]?.startIndex ?? 0);
    const start = source[found] === '<' ? found : Math.max(0, source.lastIndexOf('<', found));
    const texts: unknown[] = Array.isArray(node[name]) ? node[name] : [];
    const text = texts
      .flatMap((child) =>
        Object.entries(child as object).flatMap(([key, value]) => (key === '#text' ? String(value) : [])),
      )
      .join('');
    const opened = source.indexOf('>', start);
    const textAt = text === '' || opened < 0 ? -1 : source.indexOf(text, opened);
    return [
      {
        name,
        attributes: new Map(Object.entries(node[':@'] ?? {}).map(([key, value]) => [key, String(value)])),
        children: elementsOf(node[name], source, depth + 1),
        text,
        textStart: textAt < 0 ? start : textAt,
        start,
      },
    ];
  });
}

/** The first child of a name, down a path of names. */
export function xmlChild(
  element: XmlElement | undefined,
  ...path: readonly string[]
): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>(
    (at, name) => at?.children.find((child) => child.name === name),
    element,
  );
}

export function xmlChildren(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The text of a child; null where it is missing or empty. */
export function xmlText(element: XmlElement | undefined, ...path: readonly string[]): string | null {
  return xmlChild(element, ...path)?.text || null;
}
