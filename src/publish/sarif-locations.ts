// Places in assay.sarif: primary, related, and the steps of a flow.
import type { CodeFlow, Location, Region } from 'sarif';
import type { FindingLocation, FlowStep } from '#domain/location.ts';
import { SARIF_LIMITS } from './sarif-limits.ts';
import { sarifText, sarifUri } from './sarif-text.ts';

export function buildLocation(place: FindingLocation, message: string | null = null): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: sarifUri(place.path), uriBaseId: '%SRCROOT%' },
      region: buildRegion(place),
    },
    ...(message === null ? {} : { message: { text: sarifText(message) } }),
  };
}

/** One flow with one thread; of a longer one the first steps and the last ones, where source and sink stand. */
export function buildCodeFlows(flow: readonly FlowStep[]): CodeFlow[] {
  if (flow.length === 0) return [];
  const half = SARIF_LIMITS.threadFlowLocations / 2;
  const steps = flow.length <= 2 * half ? flow : [...flow.slice(0, half), ...flow.slice(-half)];
  const locations = steps.map((step) => ({ location: buildLocation(step.location, step.message) }));
  return [{ threadFlows: [{ locations }] }];
}

export function buildRelated(related: readonly FlowStep[]): Location[] {
  return related
    .slice(0, SARIF_LIMITS.locationsPerResult)
    .map((step, index) => ({ id: index + 1, ...buildLocation(step.location, step.message) }));
}

/** A region that readers take: an end before the start is left out. */
function buildRegion({ startLine, startColumn, endLine, endColumn }: FindingLocation): Region {
  const columns =
    startColumn !== null && endColumn !== null && (endLine > startLine || endColumn >= startColumn);
  return {
    startLine,
    ...(startColumn === null ? {} : { startColumn }),
    ...(endLine >= startLine ? { endLine } : {}),
    ...(columns && endLine >= startLine ? { endColumn } : {}),
  };
}
