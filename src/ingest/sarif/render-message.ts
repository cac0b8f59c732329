// Makes one plain text of a SARIF message: looked up by id, arguments put in, embedded links reduced to their words.
import { asText } from '../json/shape.ts';
import { CAPS } from './caps.ts';
import type { MessageDraft } from './draft.ts';
import type { ResolvedDescriptor } from './resolve-rule.ts';
import type { RunContext } from './run-context.ts';

/** The message's text, or null when it has none: its id is defined nowhere. Capped at `CAPS.message`. */
export function renderMessage(
  message: MessageDraft | null,
  rule: ResolvedDescriptor | null,
  context: RunContext,
): string | null {
  if (message === null) return null;
  const text = message.text ?? lookUp(message.id, rule, context);
  return text === null ? null : asText(plainLinks(fillIn(text, message.arguments)), CAPS.message);
}

/** §3.11.7: in the rule, then in the component that defines it, then in the driver. */
function lookUp(id: string | null, rule: ResolvedDescriptor | null, context: RunContext): string | null {
  if (id === null) return null;
  return (
    rule?.descriptor.messages.get(id) ??
    rule?.component.messages.get(id) ??
    context.driver.messages.get(id) ??
    null
  );
}

/**
 * §3.11.5: `{0}` is the first argument, `{{` and `}}` are braces. Without arguments the text stays as it is: tools write code
 * with braces into messages and do not double them.
 */
function fillIn(text: string, values: readonly string[]): string {
  if (values.length === 0) return text;
  let filled = '';
  let position = 0;
  for (const match of text.matchAll(/\{\{|\}\}|\{(\d{1,4})\}/g)) {
    const [found, digits] = match;
    filled +=
      text.slice(position, match.index) +
      (digits === undefined ? found.charAt(0) : (values[Number(digits)] ?? found));
    position = match.index + found.length;
    // A long argument in many places is an attack: what is over the cap would be cut off anyway.
    if (filled.length > CAPS.message) return filled;
  }
  return filled + text.slice(position);
}

/** §3.11.6: `[words](3)` points at the related location with id 3; the words are enough for a reader. `\[` is a bracket. */
function plainLinks(text: string): string {
  if (!text.includes('](')) return text;
  return text.replace(/(?<!\\)\[([^[\]\n]{1,500})\]\(\d{1,9}\)/g, '$1').replace(/\\([[\]])/g, '$1');
}
