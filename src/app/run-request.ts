// What a run is asked to do, whichever door it came through (command line, GitHub Action, GitLab job).
import type { ScopeChoice } from '#domain/change.ts';
import { AssayError } from '#domain/errors.ts';
import type { JudgeChoice } from '#domain/policy.ts';
import type { Severity } from '#domain/severity.ts';

export interface PathMapping {
  readonly from: string;
  readonly to: string;
}

export type PublishChoice = 'github' | 'gitlab' | 'auto' | 'none';
export type OutputFormat = 'table' | 'json' | 'markdown' | 'none';

export interface RunRequest {
  /** Files, globs, or `-`; relative ones resolve from `cwd`. */
  readonly reports: readonly string[];
  readonly cwd: string;
  readonly repo: string;
  readonly base: string | null;
  readonly head: string | null;
  readonly out: string;
  /** A configuration file from outside the change; null reads `assay.yml` where the contract says. */
  readonly config: string | null;
  readonly trustHeadConfig: boolean;
  /** Commit whose `assay.yml` binds when there is no base: CI doors name it for events with nothing under review (schedule, tag, manual run). */
  readonly policyRevision: string | null;
  readonly baseline: string | null;
  readonly failOn: Exclude<Severity, 'none'> | 'never' | null;
  readonly scope: ScopeChoice | null;
  readonly pathMap: readonly PathMapping[];
  readonly format: OutputFormat;
  /** Null: what the policy says, else `auto`. */
  readonly judge: JudgeChoice | null;
  /** `provider/name`; null: what the policy says. */
  readonly model: string | null;
  /** Folder for the prompts as they would be sent; nothing is sent then. */
  readonly dumpPrompts: string | null;
  /** Says what asking the model would cost, and asks nothing. */
  readonly estimate: boolean;
  /** Parts of prompts and checks of answers that are left out, to measure what they are worth. */
  readonly switchedOff: readonly string[];
  readonly language: 'en' | 'zh-CN' | null;
  /** Commit that reports without their own provenance were made on, for example a merge commit of the host; null: head. */
  readonly scannedRevision: string | null;
  /** Names this run among several of one pipeline; becomes the SARIF automation id. */
  readonly category: string | null;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Where the result is said; `auto` goes by the CI that runs this. */
  readonly publish: PublishChoice;
  /** Where advisories come from: a folder or zip of OSV records, `online`, or the address of an OSV service; null: nowhere. */
  readonly osv: string | null;
  /** A file of EPSS scores, and one of CISA's known exploited vulnerabilities. */
  readonly epss: string | null;
  readonly kev: string | null;
  /** Writes what would be posted as files, and posts nothing. */
  readonly dryRun: boolean;
  /** `owner/repo#7`, for a run outside of CI; null: what the event says. */
  readonly pullRequest: string | null;
  /** `group/project!7`. */
  readonly mergeRequest: string | null;
  /** Lets hosts other than this machine be reached without TLS. */
  readonly allowHttp: boolean;
}

/** What a run is asked that only posts what an earlier one found. */
export interface PublishRequest extends RunRequest {
  /** The `assay.json` of the earlier run. */
  readonly result: string;
}

/** Refuses a run without a report; throws AssayError `usage`. */
export function requireReports(request: Pick<RunRequest, 'reports'>): void {
  if (request.reports.length > 0) return;
  throw new AssayError('usage', 'No report was given.', {
    hint: "Name reports of scanners, bills of materials or globs, for example assay triage 'reports/*', or - for standard input.",
  });
}

/** A request with every option at its default. */
export function defaultRequest(cwd: string): RunRequest {
  return {
    reports: [],
    cwd,
    repo: '.',
    base: null,
    head: null,
    out: 'assay-out',
    config: null,
    trustHeadConfig: false,
    policyRevision: null,
    baseline: null,
    failOn: null,
    scope: null,
    pathMap: [],
    format: 'table',
    judge: null,
    model: null,
    dumpPrompts: null,
    estimate: false,
    switchedOff: [],
    language: null,
    scannedRevision: null,
    category: null,
    quiet: false,
    verbose: false,
    publish: 'none',
    ...{ osv: null, epss: null, kev: null },
    dryRun: false,
    pullRequest: null,
    mergeRequest: null,
    allowHttp: false,
  };
}
