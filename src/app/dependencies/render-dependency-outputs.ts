// The files that only runs about dependencies leave behind: decisions as OpenVEX, the bill of materials with them, GitLab's report.
import type { ResultDocument } from '#domain/result-document.ts';
import type { NamedInventory } from './dependency-context.ts';

/** In the order they are written; an earlier run's are removed whatever this run is about. */
export const DEPENDENCY_FILES = [
  'openvex.json',
  'bom.cdx.json',
  'gl-dependency-scanning-report.json',
] as const;

/** What writes each file; none when the run is about no dependency. OpenVEX knows no document without a statement. */
export async function dependencyOutputs(
  document: ResultDocument,
  inventories: readonly NamedInventory[],
  at: string,
): Promise<readonly (readonly [(typeof DEPENDENCY_FILES)[number], () => string])[]> {
  const isAbout = inventories.length > 0 || document.findings.some(({ kind }) => kind !== 'sast');
  if (!isAbout) return [];
  const isStated = document.findings.some(({ kind }) => kind === 'sca');
  const [{ renderOpenVex }, { renderCycloneDx }, { renderGitLabDependencies }] = await Promise.all([
    import('../../publish/vex/render-openvex.ts'),
    import('../../publish/vex/render-cyclonedx.ts'),
    import('../../publish/render-gitlab-dependencies.ts'),
  ]);
  return [
    ...(isStated ? [['openvex.json', () => renderOpenVex(document, { at })] as const] : []),
    ['bom.cdx.json', () => renderCycloneDx(document, inventories, { at })],
    ['gl-dependency-scanning-report.json', () => renderGitLabDependencies(document, { at })],
  ];
}
