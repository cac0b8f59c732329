// A finding that knows where it stands relative to the change and the scope that was asked for.
import type { Scope } from './change.ts';
import type { Finding } from './finding.ts';

/** What became of a suppression that the report carries. Shown in any case; only an honoured one keeps a finding from blocking. */
export interface SuppressionRuling {
  readonly kind: string;
  readonly honoured: boolean;
  readonly why: string;
}

export interface ScopedFinding extends Finding {
  readonly scope: Scope;
  /** Whether the asked scope (`--scope`) takes it in; findings outside are listed, never judged. */
  readonly inScope: boolean;
  readonly suppression: SuppressionRuling | null;
}
