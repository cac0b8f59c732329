// Everything that is known besides the code, ready to be asked: cards, the team's documents, decisions of the past.
import type { Notice } from '#domain/decision.ts';
import type { Chunk, KnowledgeReference, Passage, PastDecision } from '#domain/knowledge.ts';
import type { Policy } from '#domain/policy.ts';
import type { Assets } from '#ports/assets.ts';
import type { EmbeddingModel } from '#ports/embedding-model.ts';
import type { KnowledgeStore } from '#ports/knowledge-store.ts';
import type { Workspace } from '#ports/workspace.ts';
import { chunkCards } from '../../knowledge/chunk-cards.ts';
import { chunkDecisions } from '../../knowledge/chunk-decisions.ts';
import { documentsNaming } from '../../knowledge/cited-documents.ts';
import type { KnowledgeIndex } from '../../knowledge/knowledge-index.ts';
import { loadAliases } from '../../knowledge/load-aliases.ts';
import { loadCards } from '../../knowledge/load-cards.ts';
import { KNOWLEDGE_PHRASES_ZH_CN } from '../../knowledge/phrases-zh-cn.ts';
import { embedChunks } from './embed-chunks.ts';
import { gatherDocuments } from './gather-documents.ts';
import { type KnowledgeMessages, knowledgeMessagesOf } from './knowledge-messages.ts';

export interface KnowledgeParts {
  readonly assets: Assets;
  /** Where the team's documents are read from; null when nothing vouches for any tree. */
  readonly tree: Workspace | null;
  /** The commit of that tree; null or left out for a working tree. */
  readonly commit?: string | null;
  readonly policy: Pick<Policy, 'knowledge'>;
  readonly language: Policy['language'];
  readonly decisions: readonly PastDecision[];
  /** Finds by meaning; null: by weakness and words alone. */
  readonly embeddings: EmbeddingModel | null;
  readonly store: KnowledgeStore | null;
  /** Takes secrets out of what is sent to the embedding model. */
  readonly redact: (text: string) => string;
}

export interface KnowledgeRequest {
  readonly text: string;
  readonly cwe: readonly number[];
  readonly limit: number;
}

export interface Knowledge {
  /** Loads the search library on the first call. Never fails for want of a model: words alone then, and `notices` says so. */
  search(request: KnowledgeRequest): Promise<readonly Passage[]>;
  /** Documents of the repository that name one of these weaknesses; no search, no model, always the same. */
  documentsFor(cwe: readonly number[]): readonly KnowledgeReference[];
  readonly chunks: readonly Chunk[];
  /** Grows while it is asked. */
  readonly notices: readonly Notice[];
}

const LONGEST_QUESTION = 4_000;

type Tell = (code: string, write: (messages: KnowledgeMessages) => string) => void;

export async function openKnowledge(parts: KnowledgeParts): Promise<Knowledge> {
  const { assets, tree, policy, language, decisions } = parts;
  const book = language === 'zh-CN' ? KNOWLEDGE_PHRASES_ZH_CN : null;
  const [aliases, cards] = await Promise.all([loadAliases(assets), loadCards(assets, language)]);
  const notices: Notice[] = [];
  const messages = knowledgeMessagesOf(language);
  const tell: Tell = (code, write) => void notices.push({ code, text: write(messages) });
  const documents =
    tree === null
      ? null
      : await gatherDocuments(tree, policy.knowledge.paths, {
          weaknessesIn: aliases.weaknessesIn,
          messages,
        });
  notices.push(...(documents?.notices ?? []));
  const chunks = [...chunkCards(cards), ...(documents?.chunks ?? []), ...chunkDecisions(decisions, book)];

  let vectors: ReadonlyMap<string, Float32Array> | null = null;
  const index = once(async (): Promise<KnowledgeIndex> => {
    // Only here: a run that asks nothing must not load the search library.
    const { createKnowledgeIndex } = await import('../../knowledge/knowledge-index.ts');
    vectors = await chunkVectors(parts, chunks, tell);
    return createKnowledgeIndex(chunks, { aliases, book, ...(vectors === null ? {} : { vectors }) });
  });
  return {
    chunks,
    notices,
    documentsFor: (cwe) =>
      documentsNaming(cwe, documents?.chunks ?? [], { aliases, commit: parts.commit ?? null }),
    search: async ({ text, cwe, limit }) => {
      const question = text.slice(0, LONGEST_QUESTION);
      const found = await index();
      const card = cards.cardFor(cwe);
      const keys = [...new Set([...cwe, ...(card === null ? [] : [card.cwe])])];
      const vector = vectors === null ? undefined : await questionVector(parts, question, tell);
      return found.search({ text: question, cwe: keys, limit }, vector);
    },
  };
}

/** Null where none can be had; why stands in a notice. */
async function chunkVectors(
  { embeddings, store, redact }: KnowledgeParts,
  chunks: readonly Chunk[],
  tell: Tell,
): Promise<ReadonlyMap<string, Float32Array> | null> {
  if (embeddings === null) return null;
  const { vectors, failure } = await embedChunks(chunks, { model: embeddings, store, redact });
  for (const problem of store?.problems ?? [])
    tell('knowledge-store', (messages) => messages.store[problem.kind](problem.why));
  if (failure === null) return vectors;
  tell('knowledge-words-only', (messages) => messages.wordsOnly(failure.text));
  return null;
}

async function questionVector(
  { embeddings, redact }: KnowledgeParts,
  question: string,
  tell: Tell,
): Promise<Float32Array | undefined> {
  const embedded = await embeddings?.embed([redact(question)]);
  if (embedded === undefined || embedded.kind === 'vectors') return embedded?.vectors[0];
  const { failure } = embedded;
  tell('knowledge-words-only', (messages) => messages.wordsOnly(failure.text));
  return undefined;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
