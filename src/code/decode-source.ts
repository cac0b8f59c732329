// Bytes of a source file → text, or why they are none.
import type { ReadOutcome } from '#ports/workspace.ts';

/** git looks at as much to tell binary from text (buffer_is_binary in xdiff-interface.c). */
const BINARY_PROBE = 8000;
/** First line of what stands in for a large file (git-lfs/docs/spec.md); the whole pointer is under 1 KiB. */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/v1\n';
const LFS_POINTER_CAP = 1024;

/**
 * UTF-8, or UTF-16 with a byte order mark, which is taken off: line 1 starts at its first character. Bytes that are no UTF-8
 * become U+FFFD, so that a Latin-1 file keeps its lines and columns.
 */
export function decodeSource(bytes: Uint8Array): ReadOutcome {
  const encoding = wideEncoding(bytes);
  if (encoding === null && bytes.subarray(0, BINARY_PROBE).includes(0)) {
    return { kind: 'refused', why: 'is not text' };
  }
  const text = new TextDecoder(encoding ?? 'utf-8').decode(bytes);
  if (bytes.byteLength <= LFS_POINTER_CAP && text.startsWith(LFS_POINTER)) {
    return { kind: 'refused', why: 'is kept in Git LFS, and only its pointer is here' };
  }
  return { kind: 'text', text, bytes: bytes.byteLength };
}

function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}
