// Checks a report against the official SARIF schema, and says what Assay itself would leave out or could not use.
import { say } from '#domain/phrase.ts';
import type { IngestedReport } from '#domain/report.ts';
import type { Assets } from '#ports/assets.ts';
import { decodeReport } from '../bytes/decode-report.ts';
import { ingestReport } from '../ingest-report.ts';
import { inspectJson } from '../json/inspect-json.ts';
import { locatePointers } from '../json/locate-pointers.ts';
import { ValueScanner } from '../json/scan-value.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { ReadFault } from '../read-fault.ts';
import { listIgnored } from './list-ignored.ts';

export interface SchemaProblem {
  /** JSON pointer (RFC 6901); empty for the whole document. */
  readonly pointer: string;
  /** 1-based, in the decoded text. */
  readonly line: number | null;
  readonly message: string;
}

export interface SarifValidation {
  /** Offences against JSON or against the schema; empty when the file is valid. Capped at `MAXIMUM_SCHEMA_PROBLEMS`. */
  readonly problems: readonly SchemaProblem[];
  /** What Assay would ignore or not be able to use, valid or not. */
  readonly ignored: readonly string[];
  readonly report: IngestedReport;
}

const MAXIMUM_SCHEMA_PROBLEMS = 200;

/** The schema as `@microsoft/jest-sarif` ships it: SARIF 2.1.0 rtm.5, JSON Schema draft 4. */
const SCHEMA_ASSET = 'schemas/sarif-2.1.0.json';

/** `bytes` as they are stored: .gz, byte order marks and UTF-16 are fine. Throws only when the schema itself cannot be read. */
export async function validateSarif(
  bytes: Uint8Array,
  name: string,
  assets: Assets,
): Promise<SarifValidation> {
  const report = await ingestReport({ name, bytes: once(bytes) }, 0, DEFAULT_LIMITS);
  const ignored = listIgnored(report);
  const found = await readText(bytes);
  if (typeof found !== 'string') return { problems: [found], ignored, report };
  return { problems: await checkSchema(found, assets), ignored, report };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The text when it is JSON without duplicate keys and not too deep, else the first offence. */
async function readText(bytes: Uint8Array): Promise<string | SchemaProblem> {
  try {
    const decoded = await decodeReport(once(bytes), DEFAULT_LIMITS);
    const chunks: Uint8Array[] = [];
    for await (const chunk of decoded.text) chunks.push(chunk);
    const utf8 = Buffer.concat(chunks);
    const scanner = new ValueScanner(DEFAULT_LIMITS.depth);
    const start = utf8.findIndex((byte) => byte > 0x20);
    scanner.begin(utf8[start] ?? 0, DEFAULT_LIMITS.depth);
    scanner.scan(utf8, Math.max(0, start), 0);
    const fault = inspectJson(utf8, 0);
    return fault === null ? utf8.toString('utf8') : describe(fault, utf8);
  } catch (error) {
    if (error instanceof ReadFault) return describe(error, null);
    throw error;
  }
}

function describe(fault: ReadFault, text: Uint8Array | null): SchemaProblem {
  const line =
    text === null
      ? null
      : text.subarray(0, fault.offset).reduce((count, byte) => (byte === 0x0a ? count + 1 : count), 1);
  return {
    pointer: '',
    line,
    message: `${fault.message}, at byte ${fault.offset}. ${say(fault.hint, null)}`,
  };
}

async function checkSchema(text: string, assets: Assets): Promise<readonly SchemaProblem[]> {
  // Loaded here only: a run that validates nothing does not pay for the validator.
  const { default: Ajv } = await import('ajv-draft-04');
  const schema = JSON.parse(await assets.text(SCHEMA_ASSET)) as object;
  const validate = new Ajv.default({
    strict: false,
    validateFormats: false,
    unicodeRegExp: false,
    allErrors: true,
    inlineRefs: false,
  }).compile(schema);
  if (validate(JSON.parse(text))) return [];
  const errors = (validate.errors ?? []).slice(0, MAXIMUM_SCHEMA_PROBLEMS);
  const lines = locatePointers(text, new Set(errors.map((error) => error.instancePath)));
  return errors.map(({ instancePath, message, params }) => {
    const named: unknown = Object.values(params as object).find((value) => typeof value === 'string');
    const extra =
      typeof named === 'string' && message !== undefined && !message.includes(named)
        ? ` (${named.slice(0, 80)})`
        : '';
    return {
      pointer: instancePath,
      line: lines.get(instancePath) ?? null,
      message: `${message ?? 'is not valid'}${extra}`,
    };
  });
}
