// Reads Trivy's JSON: schema 2 (https://trivy.dev/docs/latest/configuration/reporting/#json), the bare array of targets before it, and the reports of `trivy kubernetes`.
import type { FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asArray, asObject, type JsonObject } from '../json/shape.ts';
import { CAPS } from '../sarif/caps.ts';
import { wordOf } from './dependency-result.ts';
import type { TrivyPlace } from './trivy-package.ts';
import { readTrivyTarget } from './trivy-target.ts';
import { noObject } from './unused-entries.ts';

const NAME = 'Trivy';

/** Members of a cluster's report that list what runs in it; `Resources` since 0.35. */
const CLUSTER_PARTS: ReadonlySet<string> = new Set([
  'Vulnerabilities[]',
  'Misconfigurations[]',
  'Resources[]',
  'Findings[]',
]);

export const TRIVY_JSON: ReportFormat = {
  kinds: ['trivy-json'],
  syntax: 'json',
  elements: ['Results[]', '[]', ...CLUSTER_PARTS],
  open(output): FormatReader {
    let system: TrivyPlace['system'] = null;
    output.tool({ name: NAME, version: null });
    const take = (value: unknown, resource: string | null): void => {
      const target = asObject(value);
      if (target !== null) readTrivyTarget(target, { system, resource }, output);
      else
        output.rejected({
          ruleId: null,
          uri: null,
          line: null,
          why: noObject(value),
        });
    };
    return {
      part(path, value) {
        if (path === 'Metadata') system = systemOf(asObject(value));
        else if (path === 'Trivy') output.tool({ name: NAME, version: wordOf(asObject(value)?.Version) });
        else if (path === 'Results[]' || path === '[]') take(value, null);
        else if (CLUSTER_PARTS.has(path)) {
          const resource = asObject(value);
          if (resource === null) take(value, null);
          for (const target of asArray(resource?.Results)) take(target, resourceName(resource));
          // What could not be scanned is listed by its error alone.
          const error = wordOf(resource?.Error, CAPS.problem);
          if (error !== null) output.problem(error);
        }
      },
      finish() {},
    };
  },
};

function systemOf(metadata: JsonObject | null): TrivyPlace['system'] {
  const system = asObject(metadata?.OS);
  const family = wordOf(system?.Family);
  return family === null ? null : { family, release: wordOf(system?.Name) };
}

/** `default/Deployment/redis` */
function resourceName(resource: JsonObject | null): string {
  return [resource?.Namespace, resource?.Kind, resource?.Name]
    .flatMap((part) => wordOf(part) ?? [])
    .join('/');
}
