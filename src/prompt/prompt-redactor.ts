// Takes secrets out of every text that goes to a model: those the run knows, those that look like one, line by line (security R7, row 15).
import { createSecretFinder, type Span } from '#support/known-secrets.ts';
import { SECRET_PATTERNS, type SecretPattern } from '#support/secret-patterns.ts';
import { loadSecretLint } from './load-secretlint.ts';
import { MORE_SECRET_PATTERNS } from './more-secret-patterns.ts';
import { secretViews } from './secret-views.ts';
import type { RedactText } from './visible-text.ts';

/** A secret in a text, and what stands for it. */
export interface FoundSecret extends Span {
  readonly kind: string;
}

/** Shorter halves are words that anybody may write. */
const SHORTEST_HALF = 8;
const PATTERNS = [...SECRET_PATTERNS, ...MORE_SECRET_PATTERNS];

/**
 * A redactor for prompts. It sees what the redactor of every exit sees (support/redact.ts), halves of known secrets from 8 characters on,
 * what secretlint finds, and more kinds of tokens; also where invisible characters or torn strings hide them. A secret becomes
 * `⟦redacted: kind⟧` on each line that it stood on, so the text keeps its lines. `knownSecrets` are values of the environment.
 * Loads secretlint: call it only when a prompt is to be made. Works offline.
 */
export async function createPromptRedactor(knownSecrets: readonly string[]): Promise<RedactText> {
  const lint = await loadSecretLint();
  const known = knownFinders(knownSecrets);
  return async (text) => {
    const found = known.flatMap((find) => find(text));
    for (const view of [{ text, positions: null }, ...secretViews(text)]) {
      const inView = [...findPatterns(view.text), ...(await lint(view.text))];
      found.push(...inView.map((secret) => ontoText(secret, view.positions)));
    }
    return replaceSecrets(text, found);
  };
}

function knownFinders(knownSecrets: readonly string[]): ((text: string) => FoundSecret[])[] {
  const whole = createSecretFinder(knownSecrets.flatMap((secret) => [secret, reversed(secret)]));
  // The finder is content with a part of what it looks for; of a half, only all of it tells. One finder for halves of one length.
  const byLength = Map.groupBy(new Set(knownSecrets.flatMap(halvesOf)), (half) => lettersOf(half));
  const halves = [...byLength].map(([letters, values]) => {
    const find = createSecretFinder(values.flatMap((half) => [half, reversed(half)]));
    return (text: string) => find(text).filter(({ start, end }) => end - start >= letters);
  });
  return [whole, ...halves].map((find) => (text: string) => {
    return find(text).map((span) => ({ ...span, kind: 'known secret' }));
  });
}

/** Given as a value of its own: the finder turns round only what has enough letters among its signs. */
function reversed(text: string): string {
  return [...text].reverse().join('');
}

/** Letters and digits: what the finder compares. */
function lettersOf(text: string): number {
  return text.replace(/[^A-Za-z0-9]/g, '').length;
}

function halvesOf(secret: string): string[] {
  const middle = Math.floor(secret.length / 2);
  const around = [middle, Math.ceil(secret.length / 2)];
  const halves = around.flatMap((at) => [secret.slice(0, at), secret.slice(at)]);
  return halves.filter((half) => half.length >= SHORTEST_HALF && new Set(half).size >= 4);
}

function findPatterns(text: string): FoundSecret[] {
  return PATTERNS.flatMap((pattern) => findPattern(text, pattern));
}

function findPattern(text: string, { kind, pattern, isSecret }: SecretPattern): FoundSecret[] {
  const found: FoundSecret[] = [];
  for (const match of text.matchAll(pattern)) {
    const secret = match.groups?.secret ?? match[0];
    if (isSecret !== undefined && !isSecret(secret)) continue;
    const start = match.index + match[0].lastIndexOf(secret);
    found.push({ start, end: start + secret.length, kind });
  }
  return found;
}

/** A place in a view as a place in the text: from its first unit to its last one. */
function ontoText({ start, end, kind }: FoundSecret, positions: Uint32Array | null): FoundSecret {
  if (positions === null) return { start, end, kind };
  return { start: positions[start] ?? 0, end: (positions[end - 1] ?? 0) + 1, kind };
}

function replaceSecrets(text: string, found: readonly FoundSecret[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end, kind } of withoutOverlaps(found)) {
    pieces.push(text.slice(from, start), markLines(text.slice(start, end), kind));
    from = end;
  }
  return pieces.join('') + text.slice(from);
}

/** Spans in order, joined where they meet; the widest names the kind. */
function withoutOverlaps(found: readonly FoundSecret[]): readonly FoundSecret[] {
  const joined: FoundSecret[] = [];
  for (const secret of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = joined.at(-1);
    if (secret.end <= secret.start) continue;
    if (last === undefined || secret.start >= last.end) joined.push(secret);
    else if (secret.end > last.end) joined[joined.length - 1] = { ...last, end: secret.end };
  }
  return joined;
}

/** One mark for each line that the secret has a part of. */
function markLines(secret: string, kind: string): string {
  return secret
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : `⟦redacted: ${kind}⟧`))
    .join('\n');
}
