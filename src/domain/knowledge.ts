// What is known besides the code: weakness cards, the team's own documents, decisions of the past.

export const KNOWLEDGE_SOURCES = ['card', 'document', 'decision'] as const;
export type KnowledgeSource = (typeof KNOWLEDGE_SOURCES)[number];

/** One retrievable piece. */
export interface Chunk {
  /** Stable: `docs/secure-coding.md#sql-statements`, `cwe-89`, `decision:0123456789abcdef`. */
  readonly id: string;
  readonly source: KnowledgeSource;
  /** Headings from the top, joined by ` › `. */
  readonly title: string;
  /** File of the base commit; null for cards and decisions. */
  readonly path: string | null;
  /** The heading's anchor as hosts make it; null without one. */
  readonly anchor: string | null;
  /** 1-based line of the heading; null for what is no file. */
  readonly line: number | null;
  readonly text: string;
  readonly cwe: readonly number[];
}

/** A chunk that was retrieved for a question. */
export interface Passage extends Chunk {
  /** `K1`, `K2`, … within one dossier or answer. */
  readonly label: string;
  /** Reciprocal rank fusion score; comparable within one search only. */
  readonly score: number;
  /** Why it was found, in words: "key CWE-89", "words: parameterised, sql", "meaning 0.83". */
  readonly why: readonly string[];
}
