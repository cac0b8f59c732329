// Judged findings → the same with the team's documents on their weakness: by its number alone, so that a run without a model loads no search.
import type { JudgedFinding } from '#domain/verdict.ts';
import type { Knowledge } from './open-knowledge.ts';

/** Findings that are dismissed, not judged or have documents named already pass through. */
export function nameDocuments(
  findings: readonly JudgedFinding[],
  knowledge: Pick<Knowledge, 'documentsFor'>,
): readonly JudgedFinding[] {
  const known = new Map<string, ReturnType<Knowledge['documentsFor']>>();
  return findings.map((finding) => {
    const { verdict, cwe, knowledge: named } = finding;
    if (verdict === null || verdict.label === 'false_positive' || named !== undefined) return finding;
    const key = cwe.join(',');
    const documents = known.get(key) ?? knowledge.documentsFor(cwe);
    known.set(key, documents);
    return documents.length === 0 ? finding : { ...finding, knowledge: documents };
  });
}
