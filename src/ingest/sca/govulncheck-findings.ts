// Gathers govulncheck's findings: it tells of one vulnerability several times, each time knowing more, and the most precise counts.
import type { PackageRef } from '#domain/package.ts';
import type { FormatOutput } from '../formats/report-format.ts';
import { asInteger, asObject, asObjects, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { dependencyResult, wordOf } from './dependency-result.ts';
import { readOsvRecord } from './osv-record.ts';
import { NAMES_NOTHING, noObject } from './unused-entries.ts';

/** One vulnerability in one module. */
interface Gathered {
  readonly id: string;
  readonly named: PackageRef;
  readonly fixedIn: Set<string>;
  /** From a vulnerable symbol back to the project's own code; null as long as no call is known. */
  calls: readonly JsonObject[] | null;
  /** How far the scan that told of it looked. */
  readonly looksAtCalls: boolean;
}

export class GovulncheckFindings {
  readonly #output: FormatOutput;
  readonly #records = new Map<string, JsonObject>();
  readonly #gathered = new Map<string, Gathered>();
  #looksAtCalls = true;

  constructor(output: FormatOutput) {
    this.#output = output;
  }

  /** A scan of level `module` or `package` does not look at calls; that none is told means nothing there. */
  configure(config: JsonObject): void {
    const level = wordOf(config.scan_level);
    this.#looksAtCalls = level === null || level === 'symbol';
  }

  record(record: JsonObject): void {
    const id = wordOf(record.id);
    if (id !== null) this.#records.set(id, record);
  }

  finding(value: unknown): void {
    const finding = asObject(value);
    const trace = asObjects(finding?.trace, COUNTS.steps);
    const id = wordOf(finding?.osv);
    const named = trace[0] === undefined ? null : moduleOf(trace[0]);
    if (finding === null || id === null || named === null) {
      const why = finding === null ? noObject(value) : NAMES_NOTHING;
      this.#output.rejected({ ruleId: id, uri: null, line: null, why });
      return;
    }
    const key = JSON.stringify([id, named.name, named.version]);
    const known = this.#gathered.get(key);
    const gathered = known ?? {
      id,
      named,
      fixedIn: new Set(),
      calls: null,
      looksAtCalls: this.#looksAtCalls,
    };
    this.#gathered.set(key, gathered);
    const fixed = wordOf(finding.fixed_version);
    if (fixed !== null) gathered.fixedIn.add(fixed);
    const isCall = wordOf(trace[0]?.function) !== null;
    if (isCall && (gathered.calls === null || trace.length < gathered.calls.length)) gathered.calls = trace;
  }

  finish(): void {
    for (const { id, named, fixedIn, calls, looksAtCalls } of this.#gathered.values()) {
      const { vulnerability, cwe } = readOsvRecord(this.#records.get(id) ?? {}, id, named);
      const path = calls === null ? null : modulesOn(calls);
      this.#output.result(
        dependencyResult({
          package: named,
          vulnerability: {
            ...vulnerability,
            fixedIn: fixedIn.size > 0 ? [...fixedIn] : vulnerability.fixedIn,
          },
          cwe,
          paths: path === null || path.length < 2 ? [] : [path],
          called:
            calls !== null
              ? { isCalled: true, trace: calls.map(frameText).reverse() }
              : looksAtCalls
                ? { isCalled: false, trace: [] }
                : null,
        }),
      );
    }
  }
}

function moduleOf(frame: JsonObject): PackageRef | null {
  const name = wordOf(frame.module);
  return name === null ? null : { ecosystem: 'Go', name, version: wordOf(frame.version), purl: null };
}

/** The modules that the call goes through, the project's own first. */
function modulesOn(calls: readonly JsonObject[]): readonly string[] {
  const modules: string[] = [];
  for (const frame of calls.toReversed()) {
    const name = wordOf(frame.module);
    const version = wordOf(frame.version);
    const module = name === null || version === null ? name : `${name}@${version}`;
    if (module !== null && module !== modules.at(-1)) modules.push(module);
  }
  return modules;
}

/** `net/http.Server.Serve (server.go:3102)` */
function frameText(frame: JsonObject): string {
  const receiver = wordOf(frame.receiver)?.replace(/^\*/, '');
  const name = [wordOf(frame.package), receiver, wordOf(frame.function)]
    .filter((part) => part != null)
    .join('.');
  const position = asObject(frame.position);
  const file = wordOf(position?.filename, CAPS.uri);
  const line = asInteger(position?.line, 1);
  return file === null || line === null ? name : `${name} (${file}:${line})`;
}
