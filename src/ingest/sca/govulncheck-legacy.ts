// Reads the one object that govulncheck wrote before 1.0: vulnerabilities by symbol, with the call graph beside them.
import type { FormatOutput } from '../formats/report-format.ts';
import { asArray, asInteger, asObject, asObjects, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { dependencyResult, wordOf } from './dependency-result.ts';
import { readOsvRecord } from './osv-record.ts';
import { NAMES_NOTHING, noObject } from './unused-entries.ts';

interface Gathered {
  readonly record: JsonObject;
  readonly id: string;
  readonly module: string;
  readonly version: string | null;
  /** Ids of functions of the call graph that are vulnerable and called. */
  readonly sinks: number[];
}

/** One result for each vulnerability in a module, however many of its symbols are listed. */
export function readGovulncheckLegacy(report: JsonObject, output: FormatOutput): void {
  const modules = asObject(asObject(report.Requires)?.Modules);
  const gathered = new Map<string, Gathered>();
  for (const value of asArray(report.Vulns)) {
    const entry = asObject(value);
    const record = asObject(entry?.OSV);
    const id = wordOf(record?.id);
    const module = wordOf(entry?.ModPath);
    if (entry === null || record === null || id === null || module === null) {
      const why = entry === null ? noObject(value) : NAMES_NOTHING;
      output.rejected({ ruleId: id, uri: null, line: null, why });
      continue;
    }
    const key = JSON.stringify([id, module]);
    const version = wordOf(asObject(memberOf(modules, entry.RequireSink))?.Version);
    const known = gathered.get(key) ?? { record, id, module, version, sinks: [] };
    gathered.set(key, known);
    const sink = asInteger(entry.CallSink, 1);
    if (sink !== null) known.sinks.push(sink);
  }
  const calls = asObject(report.Calls);
  for (const { record, id, module, version, sinks } of gathered.values()) {
    const named = { ecosystem: 'Go', name: module, version, purl: null };
    const [sink] = sinks;
    output.result(
      dependencyResult({
        ...readOsvRecord(record, id, named),
        package: named,
        called: { isCalled: sink !== undefined, trace: sink === undefined ? [] : traceTo(sink, calls) },
      }),
    );
  }
}

/** Members are keyed by ids that are numbers. */
function memberOf(object: JsonObject | null, id: unknown): unknown {
  const key = asInteger(id, 1);
  return object === null || key === null || !Object.hasOwn(object, String(key)) ? null : object[String(key)];
}

/** The shortest way from an entry of the project to the function, as `package.function (file:line)`. */
function traceTo(sink: number, calls: JsonObject | null): readonly string[] {
  const functions = asObject(calls?.Functions);
  const entries = new Set(asArray(calls?.Entries, COUNTS.steps));
  const callees = new Map<number, number | null>([[sink, null]]);
  let end = sink;
  for (const id of callees.keys()) {
    end = id;
    if (entries.has(id) || callees.size > COUNTS.steps) break;
    for (const site of asObjects(asObject(memberOf(functions, id))?.CallSites, COUNTS.locations)) {
      const parent = asInteger(site.Parent, 1);
      if (parent !== null && !callees.has(parent)) callees.set(parent, id);
    }
  }
  const trace: string[] = [];
  const start = entries.has(end) ? end : sink;
  for (let id: number | null = start; id !== null; id = callees.get(id) ?? null)
    trace.push(functionText(asObject(memberOf(functions, id))));
  return trace.filter((text) => text !== '');
}

function functionText(called: JsonObject | null): string {
  const position = asObject(called?.Pos);
  // `*net/http.Server` repeats the package.
  const receiver = wordOf(called?.RecvType)?.replace(/^\*/, '').split('.').at(-1);
  const parts = [wordOf(called?.PkgPath), receiver, wordOf(called?.Name)];
  const name = parts.filter((part) => part != null).join('.');
  const file = wordOf(position?.Filename, CAPS.uri);
  const line = asInteger(position?.Line, 1);
  return file === null || line === null ? name : `${name} (${file}:${line})`;
}
