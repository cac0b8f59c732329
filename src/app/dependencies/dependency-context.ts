// What the part of a run that is about dependencies is given, and what it gives back.
import type { Commits, TreeDiff } from '#domain/change.ts';
import type { DecisionReason, Notice } from '#domain/decision.ts';
import type { Finding, ResultRow } from '#domain/finding.ts';
import type { Inventory } from '#domain/package.ts';
import type { Policy } from '#domain/policy.ts';
import type { IngestedReport } from '#domain/report.ts';
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import type { JudgedFinding, PatchedFinding } from '#domain/verdict.ts';
import type { CodeIndex } from '../../code/code-index.ts';
import type { RunRequest } from '../run-request.ts';
import type { World } from '../world.ts';

export interface DependencyContext {
  readonly request: RunRequest;
  readonly policy: Policy;
  readonly commits: Commits;
  readonly diff: TreeDiff | null;
  readonly code: CodeIndex;
  readonly world: World;
}

export interface NamedInventory {
  /** The report's name. */
  readonly name: string;
  readonly inventory: Inventory;
}

export interface DependencyStage {
  /** The reports, with what was found about their packages added as results. */
  readonly reports: readonly IngestedReport[];
  readonly findings: readonly Finding[];
  /** One row per result about a dependency. */
  readonly rows: readonly ResultRow[];
  readonly inventories: readonly NamedInventory[];
  readonly unfinished: readonly DecisionReason[];
  readonly notices: readonly Notice[];
  /** Against the base: whether the change brings it in. */
  ruleScope(finding: Finding): { readonly state: 'new' | 'changed' | 'existing'; readonly why: string };
  /** Findings about dependencies, in the order given. */
  judge(findings: readonly ScopedFinding[]): Promise<readonly JudgedFinding[]>;
  /** All findings, in the order given: those about dependencies with the change that raises the version, where one is proved. */
  patch(findings: readonly PatchedFinding[]): Promise<readonly PatchedFinding[]>;
}
