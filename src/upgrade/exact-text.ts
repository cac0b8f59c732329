// The exact text of a manifest: bytes and characters that are each other's only reading.
import { createHash } from 'node:crypto';

/** Byte order mark kept; null for what is no UTF-8 text. */
export function exactText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/** Hexadecimal, of the UTF-8 bytes. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
