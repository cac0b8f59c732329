// One kind of report that Assay can name, as data.
import { type Phrase, phrase } from '#domain/phrase.ts';

/** One line of the table; the first that matches wins, so the particular stands before the general. */
export interface ReportKind {
  readonly id: string;
  readonly name: Phrase;
  /** How the tool is made to write what Assay reads; null when it cannot. */
  readonly advice: Phrase | null;
  /**
   * JSON signs: any of the lists, all of its signs. A sign is a path (`runs[].tool`, `*` for any one key), alone or with
   * `=text` (the value is) or `~text` (the value contains).
   */
  readonly json?: readonly (readonly string[])[];
  /** For all that is not JSON: matched against the first bytes as text. */
  readonly text?: RegExp;
}

/** Advice for a file of no kind that is read. */
export const GIVE_WHAT_IS_READ: Phrase = phrase`Give what Assay reads: SARIF, a bill of materials (CycloneDX, SPDX), a VEX document, or the own report of a scanner that docs/dependencies.md lists.`;

/** The name of what a tool writes natively. */
export function reportOf(tool: string, format: 'JSON' | 'JSON lines' | 'XML'): Phrase {
  return phrase`${tool} report (${format})`;
}

/** Advice for a tool that can write what Assay reads; `option` as it is typed. */
export function writes(tool: Phrase | string, option: string): Phrase {
  return phrase`Assay reads its SARIF; ${tool} writes that with ${option}.`;
}
