// The files that only runs about dependencies leave behind: decisions as OpenVEX, the bill of materials with them, GitLab's report.
import type { ResultDocument } from '#domain/result-document.ts';
import type { NamedInventory } from './dependency-context.ts';

/** In the order they are written; an earlier run's are removed whatever this run is about. */
export const DEPENDENCY_FILES = [
  'openvex.json',
  'bom.cdx.json',
  'gl-dependency-scanning-report.json',
] as const;

/** What writes each file; null when the run is about no dependency. */
export async function dependencyOutputs(
  document: ResultDocument,
  inventories: readonly NamedInventory[],
  at: string,
): Promise<Readonly<Record<(typeof DEPENDENCY_FILES)[number], () => string>> | null> {
  const isAbout = inventories.length > 0 || document.findings.some(({ kind }) => kind !== 'sast');
  if (!isAbout) return null;
  const [{ renderOpenVex }, { renderCycloneDx }, { renderGitLabDependencies }] = await Promise.all([
    import('../../publish/vex/render-openvex.ts'),
    import('../../publish/vex/render-cyclonedx.ts'),
    import('../../publish/render-gitlab-dependencies.ts'),
  ]);
  return {
    'openvex.json': () => renderOpenVex(document, { at }),
    'bom.cdx.json': () => renderCycloneDx(document, inventories, { at }),
    'gl-dependency-scanning-report.json': () => renderGitLabDependencies(document, { at }),
  };
}
