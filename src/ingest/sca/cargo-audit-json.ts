// Reads `cargo audit --json` (https://docs.rs/rustsec/latest/rustsec/report/struct.Report.html): vulnerabilities, and warnings about packages.
import { type Phrase, phrase } from '#domain/phrase.ts';
import { missingList } from '../formats/missing-list.ts';
import type { FormatOutput, FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asArray, asObject, asObjects, entriesOf, type JsonObject } from '../json/shape.ts';
import { cargoAuditResult } from './cargo-audit-advisory.ts';
import { wordOf } from './dependency-result.ts';
import { NAMES_NOTHING, noObject } from './unused-entries.ts';

const NAME = 'cargo audit';

export const CARGO_AUDIT_JSON: ReportFormat = {
  kinds: ['cargo-audit-json'],
  syntax: 'json',
  elements: [],
  open(output): FormatReader {
    let isListed = false;
    let warnings: unknown = null;
    output.tool({ name: NAME, version: null });
    return {
      part(path, value) {
        if (path === 'warnings') warnings = value;
        if (path !== 'vulnerabilities') return;
        const list = asObject(value)?.list;
        isListed = Array.isArray(list);
        for (const entry of asArray(list)) takeVulnerability(entry, output);
      },
      finish() {
        if (!isListed) throw missingList(NAME);
        for (const warning of warningsOf(warnings)) takeWarning(warning, output);
      },
    };
  },
};

function takeVulnerability(value: unknown, output: FormatOutput): void {
  const entry = asObject(value);
  const result = entry === null ? null : cargoAuditResult(entry, null);
  if (result !== null) output.result(result);
  else {
    const why = entry === null ? noObject(value) : NAMES_NOTHING;
    output.rejected({ ruleId: idOf(entry), uri: null, line: null, why });
  }
}

/** By kind; a list before version 0.13. */
function warningsOf(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return asObjects(value);
  return entriesOf(value).flatMap(([kind, warnings]) =>
    asObjects(warnings).map((warning) => ({ kind, ...warning })),
  );
}

const NO_VULNERABILITY: ReadonlyMap<string, Phrase> = new Map([
  ['unmaintained', phrase`nobody maintains the package any more: that is no vulnerability`],
  ['yanked', phrase`its publisher took the version back: that is no vulnerability`],
  ['notice', phrase`it is a notice about the package, no vulnerability`],
]);

/** Code that breaks Rust's promises is a weakness, if a small one; the other kinds are about the life of a package. */
function takeWarning(warning: JsonObject, output: FormatOutput): void {
  const kind = wordOf(warning.kind) ?? '';
  const result = kind === 'unsound' ? cargoAuditResult(warning, 'low') : null;
  if (result !== null) {
    output.result(result);
    return;
  }
  const why = NO_VULNERABILITY.get(kind) ?? phrase`it is a warning of the kind ${JSON.stringify(kind)}`;
  output.notAFinding({ ruleId: idOf(warning), uri: null, line: null, why });
}

function idOf(entry: JsonObject | null): string | null {
  return wordOf(asObject(entry?.advisory)?.id);
}
