// The exact text of a file at head, as bytes and characters that are each other's only reading.
import { createHash } from 'node:crypto';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { Workspace } from '#ports/workspace.ts';

export type HeadFile =
  | { readonly kind: 'text'; readonly text: string; readonly sha256: string }
  /** `why` ends a sentence about the file; a string when the workspace says it. */
  | { readonly kind: 'unusable'; readonly why: Phrase | string };

/** UTF-8 only, byte order mark kept: in any other encoding the text that a person sees is not what stands in the file. */
export async function readHeadFile(workspace: Workspace, path: string): Promise<HeadFile> {
  const outcome = await workspace.read(path);
  if (outcome.kind === 'missing') return { kind: 'unusable', why: phrase`is not there` };
  if (outcome.kind === 'refused') return { kind: 'unusable', why: outcome.why };
  const bytes = await workspace.readBytes(path);
  return bytes === null ? { kind: 'unusable', why: phrase`cannot be read` } : decodeHead(bytes);
}

export function decodeHead(bytes: Uint8Array): HeadFile {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0')
      ? { kind: 'unusable', why: phrase`is not text` }
      : { kind: 'text', text, sha256: sha256(bytes) };
  } catch {
    return { kind: 'unusable', why: phrase`is not UTF-8 text` };
  }
}

/** Hexadecimal, of the UTF-8 bytes. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
