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
  /** Found by meaning alone, and hardly nearer than other pieces: it may be shown, and is no reference beside a finding. */
  readonly isVague?: true;
}

/** A passage of the team's own documents that is named beside a finding: where to read on, not what it says. */
export interface KnowledgeReference {
  /** `K1`, as in the prompt where a model was shown it. */
  readonly label: string;
  readonly title: string;
  /** The commit that it was read at; null for a working tree. */
  readonly commit: string | null;
  /** File of that commit. */
  readonly path: string;
  readonly anchor: string | null;
  /** 1-based line of the heading. */
  readonly line: number | null;
}

/** What was decided about findings of this repository before: waivers of the policy, accepted baselines, later what memory holds. */
export interface PastDecision {
  /** Stable and unique: it becomes `decision:<id>`. */
  readonly id: string;
  readonly kind: 'waiver' | 'baseline' | 'memory';
  /** What it is about: rule, path, finding; null where it names none. Outside text. */
  readonly rule: string | null;
  readonly path: string | null;
  readonly finding: string | null;
  readonly cwe: readonly number[];
  /** Outside text. */
  readonly reason: string;
  /** Outside text; null where nobody answers for it. */
  readonly owner: string | null;
  /** Last day it holds, `YYYY-MM-DD`; null where it has no end. */
  readonly expires: string | null;
}
