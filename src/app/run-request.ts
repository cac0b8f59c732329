// What a run is asked to do, whichever door it came through (command line, GitHub Action, GitLab job).
import type { ScopeChoice } from '#domain/change.ts';
import type { Severity } from '#domain/severity.ts';

export interface PathMapping {
  readonly from: string;
  readonly to: string;
}

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
  readonly baseline: string | null;
  readonly failOn: Exclude<Severity, 'none'> | 'never' | null;
  readonly scope: ScopeChoice | null;
  readonly pathMap: readonly PathMapping[];
  readonly format: OutputFormat;
  readonly judge: 'builtin' | 'model' | 'auto';
  readonly language: 'en' | 'zh-CN' | null;
  /** Names this run among several of one pipeline; becomes the SARIF automation id. */
  readonly category: string | null;
  readonly quiet: boolean;
  readonly verbose: boolean;
}
