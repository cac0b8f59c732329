// Where a run's files go.

export interface OutputFolder {
  /** Writes whole or not at all (temporary file, then rename). `name` is a plain file name of ours. */
  write(name: string, text: string): Promise<void>;
  /** Takes an earlier run's file away, if there is one: what it says must not be taken for this run's. */
  remove(name: string): Promise<void>;
  /** The folder as the user named it, for messages. */
  readonly name: string;
}
