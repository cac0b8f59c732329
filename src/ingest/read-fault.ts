// Why reading stopped or a part was refused: thrown inside the ingest room only, turned into a value at its door.

import { type Phrase, say } from '#domain/phrase.ts';

/**
 * - `syntax`, `ended`, `duplicate_key`, `encoding`: the bytes are not one JSON text
 * - `depth`, `size`, `ratio`: a limit of `limits.ts`
 * - `archive`: not the single gzip stream that is accepted
 * - `structure`: JSON, but not what SARIF says
 * - `version`: a SARIF version that is not read
 */
export type ReadFaultCode =
  | 'syntax'
  | 'ended'
  | 'duplicate_key'
  | 'encoding'
  | 'depth'
  | 'size'
  | 'ratio'
  | 'archive'
  | 'structure'
  | 'version';

export class ReadFault extends Error {
  override readonly name = 'ReadFault';
  readonly code: ReadFaultCode;
  /** Byte offset in the decoded (decompressed, UTF-8) text. */
  readonly offset: number;
  /** `message` in any language. */
  readonly what: Phrase;
  /** How to mend it: a sentence with its full stop. */
  readonly hint: Phrase;

  constructor(code: ReadFaultCode, what: Phrase, offset: number, hint: Phrase) {
    super(say(what, null));
    this.code = code;
    this.what = what;
    this.offset = offset;
    this.hint = hint;
  }
}
