// Names for documents and their parts that follow from what is in them alone.
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';

/** The URL name space of RFC 9562, appendix A. */
const NAME_SPACE = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

/** UUID version 5 (RFC 9562 §5.5) of a name: the same for the same name. */
export function uuidOfName(name: string): string {
  const bytes = createHash('sha1').update(NAME_SPACE).update(Buffer.from(name)).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** `urn:uuid:…`, for content of any length. */
export function uuidUrn(kind: string, content: string): string {
  const hash = createHash('sha256').update(content).digest('hex');
  return `urn:uuid:${uuidOfName(`urn:assay:${kind}:${hash}`)}`;
}
