// Checks a report of any kind: SARIF against its schema, every other kind by reading it as a run would.
import type { Assets } from '#ports/assets.ts';
import { ingestReport } from './ingest-report.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { listIgnored } from './sarif/list-ignored.ts';
import { type SarifValidation, validateSarif } from './sarif/validate-sarif.ts';

export interface ReportValidation extends SarifValidation {
  readonly checkedBy: 'schema' | 'reading';
}

/** Kinds that are checked against SARIF's schema: what it is, and JSON that may have been meant as such. */
const BY_SCHEMA = new Set(['sarif', 'json']);

/** `bytes` as they are stored. Throws only when the schema itself cannot be read. */
export async function validateReport(
  bytes: Uint8Array,
  name: string,
  assets: Assets,
): Promise<ReportValidation> {
  const report = await ingestReport({ name, bytes: once(bytes) }, 0, DEFAULT_LIMITS);
  if (BY_SCHEMA.has(report.kind.id))
    return { ...(await validateSarif(bytes, name, assets)), checkedBy: 'schema' };
  const ignored = listIgnored(report).filter((text) => text !== report.fault?.message);
  return { problems: [], ignored, report, checkedBy: 'reading' };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
