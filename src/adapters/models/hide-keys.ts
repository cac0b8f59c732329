// Takes the keys of an address out of a text, whether or not the run's redactor knows them (security row 45).
import type { ModelAddress } from '../../ports/language-model.ts';

const SHORTEST = 6;
/** What `extra` may hold that is no secret. */
const OPEN: ReadonlySet<string> = new Set(['apiVersion', 'region']);

export function createKeyHider(
  { apiKey, extra }: ModelAddress,
  redact: (text: string) => string,
): (text: string) => string {
  const secrets = Object.entries(extra).flatMap(([name, value]) => (OPEN.has(name) ? [] : [value]));
  const keys = [apiKey ?? '', ...secrets].filter((key) => key.length >= SHORTEST);
  return (text) => redact(keys.reduce((hidden, key) => hidden.replaceAll(key, '⟦redacted: key⟧'), text));
}
