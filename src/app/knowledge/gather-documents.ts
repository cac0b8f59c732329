// Reads the team's own documents from the tree that is trusted, within limits, and cuts them into pieces.
import type { Notice } from '#domain/decision.ts';
import type { Chunk } from '#domain/knowledge.ts';
import type { Workspace } from '#ports/workspace.ts';
import { chunkDocument } from '../../knowledge/chunk-document.ts';
import { compileGlobs } from '../../support/glob.ts';
import { markOutside } from '../../support/mark-outside.ts';
import type { KnowledgeMessages } from './knowledge-messages.ts';

export interface DocumentLimits {
  readonly files: number;
  readonly fileBytes: number;
  readonly bytes: number;
  readonly chunks: number;
}

const DOCUMENT_LIMITS: DocumentLimits = {
  files: 500,
  fileBytes: 256 << 10,
  bytes: 8 << 20,
  chunks: 10_000,
};

/** Markdown, and plain text under its usual endings; a glob such as `docs/**` may cover pictures too. */
const READABLE = /(?:\.(?:md|markdown|mdown|mkdn?|mdx|txt|text|rst|adoc|asciidoc)|(?:^|\/)[A-Z][A-Z_-]*)$/;

export interface GatheredDocuments {
  readonly chunks: readonly Chunk[];
  readonly files: number;
  readonly notices: readonly Notice[];
}

/** In the order of their paths; what the limits leave out is named in a notice. */
export async function gatherDocuments(
  tree: Workspace,
  paths: readonly string[],
  context: {
    readonly weaknessesIn: (text: string) => readonly number[];
    readonly messages: Pick<KnowledgeMessages, 'leftOut'>;
    readonly limits?: DocumentLimits;
  },
): Promise<GatheredDocuments> {
  const { weaknessesIn, messages, limits = DOCUMENT_LIMITS } = context;
  const isWanted = compileGlobs(paths);
  const wanted = (await tree.files()).filter((path) => READABLE.test(path) && isWanted(path));
  const chunks: Chunk[] = [];
  const leftOut: string[] = [];
  let bytes = 0;
  let files = 0;
  for (const path of wanted) {
    const isFull = files >= limits.files || bytes >= limits.bytes || chunks.length >= limits.chunks;
    const read = isFull ? null : await tree.read(path);
    if (read?.kind === 'missing') continue;
    const fits =
      read?.kind === 'text' && read.bytes <= limits.fileBytes && bytes + read.bytes <= limits.bytes;
    if (!fits) {
      leftOut.push(path);
      continue;
    }
    files += 1;
    bytes += read.bytes;
    chunks.push(...chunkDocument(path, read.text, weaknessesIn).slice(0, limits.chunks - chunks.length));
  }
  const [first] = leftOut;
  const notices =
    first === undefined
      ? []
      : [{ code: 'knowledge-left-out', text: messages.leftOut(leftOut.length, markOutside(first)) }];
  return { chunks, files, notices };
}
