// What ships with Assay besides code: `rules/**` (knowledge as data), `grammars/*.wasm`, `schemas/*.json`.

export interface Assets {
  /** Bytes of one asset, for example `grammars/java.wasm`; throws when it is missing (our own fault, never the user's). */
  bytes(path: string): Promise<Uint8Array>;
  /** The value of one YAML asset, for example `rules/cwe/tree.yaml`; the same object each time, not to be changed. */
  data(path: string): Promise<unknown>;
  /** Text of one asset, for example `rules/init/assay.yml`. */
  text(path: string): Promise<string>;
  /** Paths of the files below a folder of `rules/`, sorted; for example `rules/cwe/89.yaml`. */
  list(folder: string): Promise<readonly string[]>;
}
