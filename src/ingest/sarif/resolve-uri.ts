// Puts a file's URI together: from the run's artifacts by index, and along the chain of base ids.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { ArtifactDraft } from './draft.ts';
import type { RunContext } from './run-context.ts';

export interface ResolvedUri {
  readonly uri: string | null;
  /** Why the URI must not be followed. */
  readonly problem: Phrase | null;
}

/** A chain of bases longer than this is an attack or a mistake. */
const MAXIMUM_CHAIN = 16;

/** One letter before the colon is a drive, not a scheme. */
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]+):/;

/**
 * §3.4.3–3.4.5, §3.14.14. A base that the run does not define, or defines without URI, leaves the URI relative: it names a folder
 * that the reader has to know. Nothing is decoded or normalised here; that is done once, where paths meet the repository.
 */
export function resolveUri(artifact: ArtifactDraft | null, context: RunContext): ResolvedUri {
  if (artifact === null) return { uri: null, problem: null };
  let known = artifact;
  if (artifact.uri === null && artifact.index !== null) {
    const indexed = context.artifacts[artifact.index] ?? null;
    if (indexed === null || indexed.uri === null)
      return { uri: null, problem: phrase`artifacts[${artifact.index}] names no file` };
    known = indexed;
  }
  const { uri, problem } = prependBases(known, context);
  return { uri, problem: problem ?? (uri === null ? null : findProblem(uri)) };
}

function prependBases(artifact: ArtifactDraft, context: RunContext): ResolvedUri {
  let uri = artifact.uri ?? '';
  let baseId = artifact.uriBaseId;
  const seen = new Set<string>();
  while (baseId !== null && !SCHEME.test(uri)) {
    if (seen.has(baseId) || seen.size >= MAXIMUM_CHAIN)
      return {
        uri: artifact.uri,
        problem: phrase`its uriBaseId ${JSON.stringify(baseId.slice(0, 80))} stands on itself`,
      };
    seen.add(baseId);
    const base = context.bases.get(baseId);
    if (base === undefined) break;
    if (base.uri !== null && base.uri !== '') uri = join(base.uri, uri);
    baseId = base.uriBaseId;
  }
  return { uri: uri === '' ? null : uri, problem: null };
}

/** §3.14.14: a base ends with a slash and what stands on it does not begin with one; tools forget both. */
function join(base: string, relative: string): string {
  return `${base.endsWith('/') ? base : `${base}/`}${relative.replace(/^\/+/, '')}`;
}

function findProblem(uri: string): Phrase | null {
  // Other control characters stand in names of files that git keeps, and nothing but a file of its list is ever read.
  if (uri.includes('\0') || uri.includes('%00')) return phrase`it holds a NUL`;
  if (/%2f|%5c/i.test(uri)) return phrase`it holds encoded path separators`;
  const scheme = SCHEME.exec(uri)?.[1]?.toLowerCase();
  return scheme === undefined || scheme === 'file'
    ? null
    : phrase`its scheme is ${scheme}, which names no file of a repository`;
}
