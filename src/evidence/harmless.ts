// Whether a sanitizer was the right one for the place in the text that a value comes to.
import type { Context, Origin } from '../code/evaluate/value.ts';

/** Behind these beginnings text of a page is no plain text: an open tag, script or style, an attribute without quotes. */
const OPEN_TAG = /<[^<>]*$/;
const OPEN_SCRIPT = /<(script|style)\b(?![\s\S]*<\/(script|style))/i;
const QUOTED_ATTRIBUTE = /<[^<>]*=\s*("[^"<>]*|'[^'<>]*)$/;
const ADDRESS_ATTRIBUTE = /\b(href|src|action|formaction|data|on\w+|style)\s*=\s*["']?[^"'<>]*$/i;

/** True when nothing in it can break out of its place. Unknown surroundings are no place. */
export function isHarmless({ cleaned, before }: Origin, context: Context): boolean {
  if (cleaned === undefined) return false;
  if (cleaned.includes('number')) return true;
  if (!cleaned.includes(context)) return false;
  if (before === null || before === undefined) return false;
  if (context === 'html') return isPlainPlace(before);
  if (context === 'sql') return isInQuotes(before);
  return true;
}

/** A cleaned value is still a proof where what cleaned it is for another kind of text altogether. */
export function mayBreakOut({ cleaned }: Origin, context: Context | undefined): boolean {
  if (context === undefined || cleaned === undefined) return false;
  return (
    !cleaned.includes('number') &&
    !cleaned.includes(context) &&
    FOREIGN[context]?.every((other) => cleaned.includes(other) || !cleaned.some((one) => one !== other)) ===
      true
  );
}

/** What HTML escaping does to text says nothing of these. */
const FOREIGN: Partial<Record<Context, readonly Context[]>> = {
  sql: ['html'],
  shell: ['html'],
  path: ['html'],
  ldap: ['html'],
  xpath: ['html'],
};

function isPlainPlace(before: string): boolean {
  if (OPEN_SCRIPT.test(before)) return false;
  if (!OPEN_TAG.test(before)) return true;
  return QUOTED_ATTRIBUTE.test(before) && !ADDRESS_ATTRIBUTE.test(before);
}

function isInQuotes(before: string): boolean {
  return (before.split("'").length - 1) % 2 === 1;
}
