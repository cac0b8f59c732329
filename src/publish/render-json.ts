// assay.json: the whole result, the same bytes for the same input.
import type { ResultDocument } from '#domain/result-document.ts';
import { stableJson } from '#support/stable-json.ts';

/** The text of `assay.json`; its schema is in result-schema.ts. */
export function renderJson(document: ResultDocument): string {
  return stableJson(document);
}
