// Where a run's files go.

export interface OutputFolder {
  /** Writes whole or not at all (temporary file, then rename). `name` is a plain file name of ours, or one in a folder: `patches/1.patch`. */
  write(name: string, text: string): Promise<void>;
  /** Takes an earlier run's file, or its own files in a folder, away, if there is one: what it says must not be taken for this run's. */
  remove(name: string): Promise<void>;
  /** The folder as the user named it, for messages. */
  readonly name: string;
}
