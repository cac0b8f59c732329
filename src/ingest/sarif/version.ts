// Which SARIF versions are read, which are read with a word of caution, and which are named and refused.
import { type Phrase, phrase } from '#domain/phrase.ts';
import { ReadFault } from '../read-fault.ts';

export type VersionRuling =
  | { readonly kind: 'read'; readonly notice: Phrase | null }
  | { readonly kind: 'refused'; readonly why: Phrase };

const CONVERT = phrase`Have the tool write SARIF 2.1.0, or convert it: npx @microsoft/sarif-multitool transform FILE --sarif-output-version Current.`;

/** `version` is the log's `version` (§3.13.2) or null when it has none. */
export function judgeVersion(version: string | null): VersionRuling {
  if (version === null)
    return { kind: 'read', notice: phrase`the log names no SARIF version; read as 2.1.0` };
  if (version === '2.1.0') return { kind: 'read', notice: null };
  const shown = JSON.stringify(version.slice(0, 60));
  if (/^2\.1\.0-/.test(version))
    return { kind: 'read', notice: phrase`SARIF version ${shown}, a draft of 2.1.0; read as 2.1.0` };
  if (/^2\.[1-9]/.test(version))
    return { kind: 'read', notice: phrase`SARIF version ${shown} is newer than 2.1.0; read as 2.1.0` };
  return {
    kind: 'refused',
    why: phrase`it is SARIF version ${shown}, whose results have another shape than those of 2.1.0`,
  };
}

/** The fault for a refused version. */
export function refusedVersion(why: Phrase, offset: number): ReadFault {
  return new ReadFault('version', why, offset, CONVERT);
}
