// The bytes of an answer, within a bound; and what GitLab said in a refusal.
import { Buffer } from 'node:buffer';

/** Largest answer that is read, in bytes. A page of a hundred notes stays far below it. */
const ANSWER_CAP = 32 * 1024 * 1024;
/** Largest refusal that is read. */
const REFUSAL_CAP = 64 * 1024;

/** The body's bytes; null when there are more than `cap`, of which no more are read. Rejects when the connection breaks. */
export async function readBytesWithin(response: Response, cap: number): Promise<Uint8Array | null> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (size > cap) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A JSON answer as a value, any other as text, nothing as null. Undefined when it is too large or no JSON though it says so. */
export async function readAnswer(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  const bytes = await readBytesWithin(response, ANSWER_CAP);
  if (bytes === null) return undefined;
  const text = new TextDecoder().decode(bytes);
  if (!isJson(response)) return text;
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * GitLab's words in a refusal. They come as `message` or `error` (with `error_description`), each a text or an object, and from
 * Rack::Attack as plain text (platforms D33–D49).
 */
export async function readRefusal(response: Response): Promise<string> {
  const bytes = await readBytesWithin(response, REFUSAL_CAP).catch(() => null);
  if (bytes === null) return '';
  const text = new TextDecoder().decode(bytes);
  if (!isJson(response)) return /^\s*</.test(text) ? 'a page of HTML' : text.trim();
  try {
    return wordsOf(JSON.parse(text));
  } catch {
    return text.trim();
  }
}

function wordsOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return inWords(body);
  const fields: Readonly<Record<string, unknown>> = { ...body };
  return ['error', 'error_description', 'message']
    .map((name) => inWords(fields[name]))
    .filter((words) => words !== '')
    .join(': ');
}

function inWords(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isJson(response: Response): boolean {
  return /^application\/(?:[\w.]+\+)?json\b/i.test(response.headers.get('content-type') ?? '');
}
