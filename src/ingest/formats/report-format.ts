// What a reader of one report format is: told of the parts of a document as they come, it says what they mean.
import type { Component } from '#domain/package.ts';
import type { Phrase } from '#domain/phrase.ts';
import type { RawResult, RawTool } from '#domain/report.ts';
import type { VexStatement } from '#domain/vex.ts';

/** A result as a format's reader knows it; the rest of `RawResult` is filled in. */
export type DraftResult = Pick<RawResult, 'rule' | 'level' | 'message'> &
  Partial<Omit<RawResult, 'ref' | 'tool' | 'rule' | 'level' | 'message'>>;

/** Where a reader puts what it found. Every call of `result`, `notAFinding` and `rejected` is one incoming result, numbered in that order. */
export interface FormatOutput {
  /** Whose results they are; the first call names the run's tool, also behind results, a later call with another name begins another run. A bill of materials calls it only when it lists vulnerabilities. */
  tool(tool: RawTool): void;
  result(draft: DraftResult): void;
  /** An entry that is none of Assay's business (a passed check, a licence notice), with why. */
  notAFinding(entry: UnusedEntry): void;
  /** An entry that should have been a result and cannot be used, with why. The run counts as unfinished. */
  rejected(entry: UnusedEntry): void;
  component(component: Omit<Component, 'dependsOn'>): void;
  /** What the bill of materials is about. */
  root(ref: string): void;
  dependsOn(ref: string, refs: readonly string[]): void;
  statement(statement: VexStatement): void;
  /** The tool says that it failed, or did not look at everything; the run counts as unfinished. */
  problem(text: Phrase | string): void;
  /** What a person should know and loses nothing. */
  notice(text: Phrase): void;
}

export interface UnusedEntry {
  readonly ruleId: string | null;
  readonly uri: string | null;
  readonly line: number | null;
  readonly why: Phrase;
}

/** Reads one document. A `ReadFault` or any other error thrown here makes the report cut short: what was put out before stays. */
export interface FormatReader {
  /**
   * A part of the document. `path` is one of the format's `elements` (`matches[]`, `[]`, `line`), with `index` counting within it, or the name of any other member of
   * the root (`version`), with index 0. Members come in the order of the file, so a reader keeps what it needs until `finish`.
   */
  part(path: string, value: unknown, index: number): void;
  /** One of the `elements` begins; it may turn out empty. */
  begin?(path: string): void;
  finish(): void;
}

/** A format that Assay reads. */
export interface ReportFormat {
  /** Ids of `ReportKind`s that this reads. */
  readonly kinds: readonly string[];
  /**
   * - `json`: one JSON document; `elements` are arrays (`vulnerabilities[]`, `[]` for a root array, `Results[]`) whose elements come one at a time
   * - `json-lines`: one value a line, or several values one after the other (`line` is their path; with `[]` among `elements`, arrays come by element)
   * - `xml`: the whole document at once as path `xml`: an `XmlElement` with the root element by its name; elements as objects, attributes as `@name`, text as `#text`, repeated ones as arrays, no namespaces
   * - `text`: the whole text at once as path `text`
   */
  readonly syntax: 'json' | 'json-lines' | 'xml' | 'text';
  readonly elements: readonly string[];
  /** Set for a bill of materials or a VEX document: the report has an inventory, or statements, also when it lists none. */
  readonly brings?: 'inventory' | 'statements';
  open(output: FormatOutput): FormatReader;
}
