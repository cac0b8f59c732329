// The bills of materials of a run, enriched with what was found out about their packages, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/).
import type { ResultDocument } from '#domain/result-document.ts';
import { stableJson } from '#support/stable-json.ts';
import { uuidUrn } from '../content-uuid.ts';
import { mergeBills, type NamedBill } from './bill-parts.ts';
import { describeVulnerability } from './cyclonedx-vulnerability.ts';
import { OWN_NAME, vexPositions } from './vex-position.ts';

/**
 * All bills in one, with every finding of kind `sca` as a vulnerability with its analysis. Packages of findings that no bill lists are
 * added, so that without any bill it is made of the findings alone.
 * @param options.at ISO 8601 UTC: the time of head, or 1970. The same input gives the same bytes.
 */
export function renderCycloneDx(
  document: ResultDocument,
  bills: readonly NamedBill[],
  { at }: { readonly at: string },
): string {
  const positions = vexPositions(document, OWN_NAME);
  const merged = mergeBills(
    bills,
    positions.map(({ finding }) => finding.dependency),
  );
  const { refsOf, ...parts } = merged;
  const body = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      timestamp: at,
      tools: { components: [{ type: 'application', name: OWN_NAME, version: document.run.tool.version }] },
      component: parts.root,
    },
    components: parts.components,
    ...(parts.dependencies.length === 0 ? {} : { dependencies: parts.dependencies }),
    vulnerabilities: positions.map((position) =>
      describeVulnerability(position, refsOf(position.finding.dependency), document.run.language),
    ),
  };
  return stableJson({ ...body, serialNumber: uuidUrn('cyclonedx', stableJson(body)) });
}
