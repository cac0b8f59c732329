// Tolerant readers for XML elements, as `shape.ts` has them for JSON: the right thing, or nothing.
import type { XmlElement } from './read-xml.ts';

/** The child elements of one name. */
export function childrenOf(parent: XmlElement | null | undefined, name: string): readonly XmlElement[] {
  const found = parent?.[name];
  if (found === undefined || typeof found === 'string') return [];
  return Array.isArray(found) ? (found as readonly XmlElement[]) : [found as XmlElement];
}

/** The first child element of that name. */
export function childOf(parent: XmlElement | null | undefined, name: string): XmlElement | null {
  return childrenOf(parent, name)[0] ?? null;
}

/** The text of an element; undefined when it has none, so that it can stand for a missing member of JSON. */
export function textOf(element: XmlElement | null | undefined): string | undefined {
  const text = element?.['#text'];
  return typeof text === 'string' ? text : undefined;
}

/** The text of the first child element of that name. */
export function childText(parent: XmlElement | null | undefined, name: string): string | undefined {
  return textOf(childOf(parent, name));
}

export function attributeOf(element: XmlElement | null | undefined, name: string): string | undefined {
  const value = element?.[`@${name}`];
  return typeof value === 'string' ? value : undefined;
}
