// Vectors of texts kept from run to run, so that each text is embedded once.

/** `rebuilt`: it was damaged or of another version, and is empty again; `unusable`: nothing is kept. */
export interface StoreProblem {
  readonly kind: 'rebuilt' | 'unusable';
  readonly why: string;
}

export interface KnowledgeStore {
  /** The vectors stored for these keys by this model; what is not there is left out. Never throws. */
  read(model: string, keys: readonly string[]): ReadonlyMap<string, Float32Array>;
  /** Stores vectors; does nothing where this run may only read. Never throws. */
  write(model: string, vectors: ReadonlyMap<string, Float32Array>): void;
  /** What was wrong with the store; `why` is what the database or the system said. Grows while it is used. */
  readonly problems: readonly StoreProblem[];
  close(): void;
}
