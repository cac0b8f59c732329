// Takes secrets out of every text that leaves: those the run knows, and what looks like one (security R7, rows 15, 16).
import { createSecretFinder } from './known-secrets.ts';
import { SECRET_HINT, SECRET_PATTERNS, type SecretPattern } from './secret-patterns.ts';

/**
 * A function that replaces secrets by `⟦redacted: kind⟧`. `knownSecrets` are values such as tokens from the environment; they are
 * found in many shapes (known-secrets.ts). Commit ids, hashes and UUIDs on their own stay. Applying it twice changes nothing more.
 */
export function createRedactor(knownSecrets: readonly string[]): (text: string) => string {
  const findKnown = createSecretFinder(knownSecrets);
  return (text) => redactPatterns(redactKnown(text, findKnown));
}

function redactKnown(text: string, findKnown: ReturnType<typeof createSecretFinder>): string {
  const spans = findKnown(text);
  if (spans.length === 0) return text;
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    pieces.push(text.slice(from, start), markOf('known secret'));
    from = end;
  }
  return pieces.join('') + text.slice(from);
}

function redactPatterns(text: string): string {
  if (!SECRET_HINT.test(text)) return text;
  return SECRET_PATTERNS.reduce(redactPattern, text);
}

function redactPattern(text: string, { kind, pattern, isSecret }: SecretPattern): string {
  return text.replace(pattern, (match: string, ...rest: unknown[]) => {
    const secret = secretGroup(rest.at(-1)) ?? match;
    if (isSecret !== undefined && !isSecret(secret)) return match;
    const at = match.lastIndexOf(secret);
    return match.slice(0, at) + markOf(kind) + match.slice(at + secret.length);
  });
}

/** The named group `secret`: `String.replace` hands the groups over last, and only when there are any. */
function secretGroup(groups: unknown): string | null {
  if (typeof groups !== 'object' || groups === null || !('secret' in groups)) return null;
  return typeof groups.secret === 'string' ? groups.secret : null;
}

function markOf(kind: string): string {
  return `⟦redacted: ${kind}⟧`;
}
