// Puts out the advisories of a report in the shape of npm 6, a result for each installed version.
import type { FormatOutput } from '../formats/report-format.ts';
import { asObject, asObjects, entriesOf } from '../json/shape.ts';
import { advisoryResult, findingsOf } from './npm-audit-advisory.ts';
import { NAMES_NOTHING, noObject } from './unused-entries.ts';

/** `name`: the tool as its report is recognised; pnpm's of some versions can be told from npm's by its paths only. */
export function takeAdvisories(name: string, advisories: unknown, output: FormatOutput): void {
  const entries = entriesOf(advisories);
  const isOfPnpm = name === 'pnpm audit' || entries.some(([, advisory]) => hasProjectPath(advisory));
  output.tool({ name: isOfPnpm ? 'pnpm audit' : name, version: null });
  for (const [key, value] of entries) {
    const advisory = asObject(value);
    const unused = { ruleId: key, uri: null, line: null };
    if (advisory === null) {
      const why = noObject(value);
      output.rejected({ ...unused, why });
      continue;
    }
    const findings = findingsOf(advisory, !isOfPnpm);
    // An advisory without an installed version is still one that the audit holds against the project.
    for (const finding of findings.length > 0 ? findings : [{ version: null, scope: null, paths: [] }]) {
      const result = advisoryResult(advisory, finding);
      if (result !== null) output.result(result);
      else output.rejected({ ...unused, why: NAMES_NOTHING });
    }
  }
}

function hasProjectPath(advisory: unknown): boolean {
  return asObjects(asObject(advisory)?.findings).some(
    ({ paths }) =>
      Array.isArray(paths) && paths.some((path) => typeof path === 'string' && path.startsWith('.>')),
  );
}
