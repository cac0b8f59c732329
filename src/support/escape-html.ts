// The exit into HTML text and double-quoted attributes (security row 39).
import { showInvisible } from './invisible-characters.ts';

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  ['`', '&#96;'],
  ['=', '&#61;'],
]);

/** Foreign text for element content or a quoted attribute value; never for a script, a style, a URL or an attribute's name. */
export function toHtml(text: string): string {
  return showInvisible(text.replace(/\r\n?/g, '\n')).replace(
    /[&<>"'`=]/g,
    (character) => ENTITIES.get(character) ?? '',
  );
}
