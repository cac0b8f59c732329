// Takes the parts of a sliced SARIF log and makes runs and results of them: the slicer's consumer.
import { type Phrase, type PhraseBook, phrase } from '#domain/phrase.ts';
import type { IngestedResult, RunSummary } from '#domain/report.ts';
import { parseSlice, type Slice } from '../json/parse-slice.ts';
import { asObject, asText, typeName } from '../json/shape.ts';
import { type LogConsumer, SLICED_ARRAYS } from '../json/slice-log.ts';
import { ReadFault } from '../read-fault.ts';
import { camelKey, hasSnakeKeys, withCamelKeys } from './camel-keys.ts';
import { CAPS } from './caps.ts';
import { closeRun } from './close-run.ts';
import { Notices } from './notices.ts';
import { readResult } from './read-result.ts';
import { RunParts } from './run-parts.ts';
import { judgeVersion, refusedVersion } from './version.ts';

/** What can stand in other files (§3.15.3) and changes nothing that is read here. */
const NEEDLESS_PARTS: ReadonlySet<string> = new Set([
  ...['taxonomies', 'translations', 'policies', 'conversion', 'graphs', 'addresses'],
  ...['webRequests', 'webResponses', 'externalizedProperties'],
]);

/** Members of a run that point at other files (§3.14.2). */
const EXTERNAL_MEMBERS: ReadonlySet<string> = new Set([
  'externalPropertyFileReferences',
  'externalPropertyFiles',
]);

/** Members of a run whose meaning is read; the rest is checked to be JSON and left. */
const READ_MEMBERS: ReadonlySet<string> = new Set([
  'tool',
  'originalUriBaseIds',
  'invocations',
  'taxonomies',
  'versionControlProvenance',
  'columnKind',
  'automationDetails',
]);

export class SarifReader implements LogConsumer {
  readonly runs: RunSummary[] = [];
  readonly results: IngestedResult[] = [];
  readonly notices: Notices;
  /** The first thing that is JSON but not SARIF; reading goes on behind it. */
  structureFault: ReadFault | null = null;
  readonly #input: number;
  readonly #book: PhraseBook | null;
  #hasRuns = false;
  #version: string | null = null;
  #schema: string | null = null;
  #snakeCase = false;
  /** The run that is being read. */
  #parts = new RunParts();
  #inRun = false;

  /** `book`: what notices, reasons and problems are said in; null for English. */
  constructor(input: number, book: PhraseBook | null) {
    this.#input = input;
    this.#book = book;
    this.notices = new Notices(book);
  }

  /** How much was read that a fault does not take back. */
  get kept(): { readonly results: number; readonly others: number } {
    return { results: this.results.length, others: 0 };
  }

  /** A SARIF log lists no components. */
  readonly inventory = null;
  /** Nor decisions. */
  readonly statements = null;

  logMember(key: string, slice: Slice): void {
    const value = parseSlice(slice);
    if (key === 'runs') {
      this.#hasRuns = true;
      this.#reportStructure(phrase`\`runs\` is ${typeName(value)} where an array belongs`, slice.offset);
    } else if (key === 'version') {
      this.#version = typeof value === 'number' ? String(value) : asText(value, CAPS.name);
      const ruling = judgeVersion(this.#version);
      if (ruling.kind === 'refused') throw refusedVersion(ruling.why, slice.offset);
    } else if (key === '$schema') this.#schema = asText(value, CAPS.uri);
    else if (key === 'inlineExternalProperties')
      this.notices.add(phrase`\`inlineExternalProperties\` are not read`);
  }

  startRun(): void {
    this.#parts = new RunParts();
    this.#inRun = true;
  }

  startArray(_run: number, key: string): void {
    if (key === 'runs') this.#hasRuns = true;
    if (key === 'results') this.#parts.resultsState = 'array';
  }

  runMember(run: number, writtenKey: string, slice: Slice): void {
    const key = camelKey(writtenKey);
    const value = this.#parse(slice, key === 'originalUriBaseIds');
    if (key === 'results') {
      this.#parts.resultsState = value === null ? 'null' : 'malformed';
      if (value !== null)
        this.#reportStructure(
          phrase`runs[${run}].results is ${typeName(value)} where an array belongs`,
          slice.offset,
        );
    } else if (EXTERNAL_MEMBERS.has(key)) {
      const needed = Object.keys(asObject(value) ?? {}).some((part) => !NEEDLESS_PARTS.has(part));
      if (needed)
        this.notices.add(
          phrase`runs[${run}] keeps parts of itself in other files (${key}); they are not read`,
        );
    } else if (SLICED_ARRAYS.has(key)) {
      if (Array.isArray(value)) for (const item of value) this.#take(key, item);
      else if (value !== null)
        this.notices.add(phrase`runs[${run}].${key} is ${typeName(value)} where an array belongs; left out`);
    } else if (READ_MEMBERS.has(key)) {
      this.#parts.members.set(key, value);
    }
  }

  element(_run: number, key: string, _index: number, slice: Slice): void {
    try {
      this.#take(key, this.#parse(slice));
    } catch (error) {
      // A result that readers disagree on is refused alone; bytes that are no JSON end the reading.
      const isRefused =
        error instanceof ReadFault && (error.code === 'duplicate_key' || error.code === 'encoding');
      if (key !== 'results' || !isRefused) throw error;
      this.#parts.results.push({ rejected: phrase`${error.what}, at byte ${error.offset}` });
    }
  }

  endRun(run: number, cutOff = false): void {
    const closed = closeRun(this.#parts, { input: this.#input, run, cutOff, book: this.#book }, this.notices);
    this.runs.push(closed.summary);
    for (const result of closed.results) this.results.push(result);
    this.#parts = new RunParts();
    this.#inRun = false;
  }

  /** Says that no more parts come because the log is complete; throws ReadFault `version` when its schema is of a refused one. */
  finish(): void {
    if (!this.#hasRuns) this.#reportStructure(phrase`there is no array \`runs\``, 0);
    if (this.structureFault === null && this.runs.length === 0)
      this.notices.add(phrase`the log holds no runs`);
    const ruling = judgeVersion(
      this.#version ?? /sarif-(?:schema-)?(\d+\.\d+\.\d+)/.exec(this.#schema ?? '')?.[1] ?? null,
    );
    if (ruling.kind === 'refused') throw refusedVersion(ruling.why, 0);
    if (ruling.notice !== null) this.notices.add(ruling.notice);
  }

  /** Says that no more parts come because of a fault: what is there of the last run is kept. */
  abort(): void {
    if (this.#inRun) this.endRun(this.runs.length, true);
  }

  #take(key: string, value: unknown): void {
    if (key === 'results') {
      const read = readResult(value, this.notices);
      this.#parts.results.push(read.kind === 'draft' ? read.draft : { rejected: read.why });
    } else if (key === 'artifacts') this.#parts.addArtifact(value);
    else if (key === 'threadFlowLocations') this.#parts.addStep(value);
    else this.#parts.addLogicalLocation(value);
  }

  #parse(slice: Slice, keepKeys = false): unknown {
    const value = parseSlice(slice);
    if (!this.#snakeCase && hasSnakeKeys(value)) {
      this.#snakeCase = true;
      this.notices.add(phrase`keys are written in snake_case; read as SARIF's camel case`);
    }
    return this.#snakeCase ? withCamelKeys(value, keepKeys) : value;
  }

  #reportStructure(what: Phrase, offset: number): void {
    this.structureFault ??= new ReadFault(
      'structure',
      what,
      offset,
      phrase`The file is not what SARIF 2.1.0 §3.13 describes: check it with \`assay validate\`.`,
    );
  }
}
