// Files that the person or pipeline running Assay names: policy, baseline, an earlier result.

export interface OperatorFile {
  readonly text: string;
  /** Path inside the repository with `/`, or null when the file lies outside of it. */
  readonly repositoryPath: string | null;
}

export interface OperatorFiles {
  /** Relative names start where the user stood; throws AssayError `usage` when it cannot be read. */
  read(name: string): Promise<OperatorFile>;
  exists(name: string): Promise<boolean>;
  /** Writes a file and the folders above it; throws AssayError `output`. */
  write(name: string, text: string): Promise<void>;
}
