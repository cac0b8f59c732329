// Takes what a format's reader puts out and numbers it: runs, results, components and statements of one report.

import type { Component, Inventory, PackageRef } from '#domain/package.ts';
import { type Phrase, type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { IngestedResult, RawTool, RunSummary } from '#domain/report.ts';
import type { VexStatement } from '#domain/vex.ts';
import type { IngestLimits } from '../limits.ts';
import { ReadFault } from '../read-fault.ts';
import { CAPS, MAXIMUM_PROBLEMS } from '../sarif/caps.ts';
import { Notices } from '../sarif/notices.ts';
import { completeResult } from './complete-result.ts';
import type { DraftResult, FormatOutput, UnusedEntry } from './report-format.ts';
import { tidy } from './tidy.ts';

type Entry =
  | { readonly kind: 'result'; readonly draft: DraftResult }
  | { readonly kind: 'not_a_finding' | 'rejected'; readonly unused: UnusedEntry };

interface Run {
  tool: RawTool | null;
  readonly entries: Entry[];
  readonly problems: string[];
  unlisted: number;
}

/** What the report turned out to be, beside results. */
export interface IntakeOptions {
  readonly input: number;
  /** The run's tool where the report names none. */
  readonly unnamedTool: string;
  /** Whether the format is one of bills of materials, or of decisions: such a report has them even when it lists none. */
  readonly brings: 'inventory' | 'statements' | null;
  readonly book: PhraseBook | null;
  readonly limits: IngestLimits;
}

export class FormatIntake implements FormatOutput {
  readonly notices: Notices;
  /** Where the part that is being read stands in the document. */
  offset = 0;
  readonly #options: IntakeOptions;
  readonly #runs: Run[] = [];
  #results = 0;
  readonly #components = new Map<string, Omit<Component, 'dependsOn'>>();
  readonly #edges = new Map<string, Set<string>>();
  #edgeCount = 0;
  #root: string | null = null;
  readonly #statements: VexStatement[] = [];

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.notices = new Notices(options.book);
  }

  tool(tool: RawTool): void {
    const named = tidy(tool, CAPS.name);
    const run = this.#runs.at(-1);
    if (run === undefined || (run.tool !== null && run.tool.name !== named.name)) this.#begin(named);
    else run.tool = { name: named.name, version: run.tool?.version ?? named.version };
  }

  result(draft: DraftResult): void {
    this.#add({ kind: 'result', draft });
  }

  notAFinding(unused: UnusedEntry): void {
    this.#add({ kind: 'not_a_finding', unused });
  }

  rejected(unused: UnusedEntry): void {
    this.#add({ kind: 'rejected', unused });
  }

  component(component: Omit<Component, 'dependsOn'>): void {
    const tidied = tidy(component, CAPS.name);
    if (this.#components.has(tidied.ref))
      this.notices.add(phrase`a component stands twice under one reference; the first counts`);
    else {
      this.#refuseBeyond(this.#components.size, phrase`components`);
      this.#components.set(tidied.ref, tidied);
    }
  }

  root(ref: string): void {
    this.#root ??= tidy(ref, CAPS.name);
  }

  dependsOn(ref: string, refs: readonly string[]): void {
    const from = tidy(ref, CAPS.name);
    const edges = this.#edges.get(from) ?? new Set();
    this.#refuseBeyond(this.#edges.size, phrase`dependencies`);
    this.#edges.set(from, edges);
    for (const to of refs) {
      this.#refuseBeyond(this.#edgeCount++, phrase`dependencies`);
      edges.add(tidy(to, CAPS.name));
    }
  }

  statement(statement: VexStatement): void {
    this.#refuseBeyond(this.#statements.length, phrase`statements`);
    this.#statements.push(tidy(statement, CAPS.message));
  }

  problem(text: Phrase | string): void {
    const run = this.#runs.at(-1) ?? this.#begin(null);
    const said = typeof text === 'string' ? text : say(text, this.#options.book);
    if (run.problems.length < MAXIMUM_PROBLEMS) run.problems.push(tidy(said, CAPS.problem));
    else run.unlisted++;
  }

  notice(text: Phrase): void {
    this.notices.add(text);
  }

  /** How much was put out that a fault does not take back. */
  get kept(): { readonly results: number; readonly others: number } {
    return { results: this.#results, others: this.#components.size + this.#statements.length };
  }

  get runs(): readonly RunSummary[] {
    return this.#runs.map((run) => ({
      tool: this.#toolOf(run),
      results: run.entries.length,
      finished: run.problems.length === 0,
      problems:
        run.unlisted === 0
          ? run.problems
          : [...run.problems, say(phrase`and ${run.unlisted} more`, this.#options.book)],
      automationId: null,
    }));
  }

  get results(): readonly IngestedResult[] {
    return this.#runs.flatMap((run, index) => {
      const tool = this.#toolOf(run);
      return run.entries.map((entry, position) => this.#build(entry, tool, index, position));
    });
  }

  /** Null for a report that is no bill of materials and lists no components. */
  get inventory(): Inventory | null {
    if (this.#options.brings !== 'inventory' && this.#components.size === 0) return null;
    const root = this.#root;
    const known = (refs: Iterable<string>): readonly string[] =>
      [...refs].filter((ref) => ref !== root && this.#components.has(ref));
    const components = [...this.#components.values()]
      .filter(({ ref }) => ref !== root)
      .map((component) => ({ ...component, dependsOn: known(this.#edges.get(component.ref) ?? []) }));
    const about = root === null ? undefined : this.#components.get(root);
    return {
      root,
      ...(about === undefined ? {} : { about: packageOf(about) }),
      direct: root === null ? [] : known(this.#edges.get(root) ?? []),
      components,
      hasGraph: this.#edgeCount > 0,
      listsVulnerabilities: this.#runs.length > 0,
    };
  }

  /** Null for a report that is no VEX document and holds no decisions. */
  get statements(): readonly VexStatement[] | null {
    return this.#options.brings !== 'statements' && this.#statements.length === 0 ? null : this.#statements;
  }

  /** Nothing is left half-done by a fault. */
  abort(): void {}

  #begin(tool: RawTool | null): Run {
    this.#refuseBeyond(this.#runs.length, 'runs');
    const run: Run = { tool, entries: [], problems: [], unlisted: 0 };
    this.#runs.push(run);
    return run;
  }

  #add(entry: Entry): void {
    const run = this.#runs.at(-1) ?? this.#begin(null);
    this.#refuseBeyond(this.#results, 'results');
    this.#results++;
    run.entries.push(entry);
  }

  #toolOf(run: Run): RawTool {
    return run.tool ?? { name: this.#options.unnamedTool, version: null };
  }

  #build(entry: Entry, tool: RawTool, run: number, index: number): IngestedResult {
    const ref = { input: this.#options.input, run, index };
    if (entry.kind === 'result') return { kind: 'result', result: completeResult(entry.draft, ref, tool) };
    const { ruleId, uri, line, why } = entry.unused;
    return {
      kind: entry.kind,
      ref,
      tool: tool.name,
      ruleId: ruleId === null ? null : tidy(ruleId, CAPS.name),
      uri: uri === null ? null : tidy(uri, CAPS.uri),
      line,
      why: say(why, this.#options.book),
    };
  }

  #refuseBeyond(count: number, what: Phrase | string): void {
    if (count < this.#options.limits.elements) return;
    throw new ReadFault(
      'size',
      phrase`there are more than ${this.#options.limits.elements} ${what}`,
      this.offset,
      phrase`Split the scan, for example by folder, and give the parts.`,
    );
  }
}

function packageOf({ ecosystem, name, version, purl }: PackageRef): PackageRef {
  return { ecosystem, name, version, purl };
}
