// What publishing needs of the world, what is prepared before the first request, and what comes of it.

import type { PublishingPolicy } from '#domain/policy.ts';
import type { DeskState } from '#domain/publication.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { Assets } from '#ports/assets.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import type { CodeScanning } from '#ports/code-scanning.ts';
import type { Log } from '#ports/log.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import type { AnchorReason } from '../../publish/anchors/placement-reasons.ts';
import type { Seal } from '../../publish/marker.ts';
import type { CommentWriter } from '../../publish/plan/comment-writer.ts';
import type { PublicationPlan } from '../../publish/plan/plan.ts';
import type { StandingComments } from '../../publish/plan/standing-comments.ts';
import type { PublicationRecord } from '../../publish/publication-schema.ts';

export interface Publishing {
  readonly desk: ReviewDesk;
  /** Null where the host has none, or the policy asks for nothing of it. */
  readonly scanning: CodeScanning | null;
  /** Null without a clone. */
  readonly clone: ChangeSource | null;
  /** The change as the host tells it. */
  readonly host: ChangeSource;
  /** What is to be said how, as the tip of the base has it. */
  readonly policyAt: (baseTip: string, sources: readonly ChangeSource[]) => Promise<PublishingPolicy>;
  /** `ASSAY_MARKER_KEY`. */
  readonly markerKey: string | null;
  /** False for a result that the change's own side made: no check or status is set by it. */
  readonly trusted: boolean;
  readonly assets: Assets;
  readonly redact: (text: string) => string;
  readonly requests: () => { readonly reads: number; readonly writes: number };
  readonly log: Log;
  /** The output folder as people name it, for `git apply` lines. */
  readonly outName: string;
}

export interface Prepared {
  readonly state: DeskState;
  readonly policy: PublishingPolicy;
  readonly plan: PublicationPlan;
  readonly standing: StandingComments;
  readonly writer: CommentWriter;
  readonly seal: Seal;
  readonly category: string;
  readonly opening: string;
  /** Patches that were proved again at head, each once. */
  readonly patches: number;
  /** Why a finding's line is no place for a comment; null where it is one. */
  readonly whyNotAtLine: (finding: FindingRecord) => AnchorReason | null;
}

export type DryRun = readonly { readonly name: string; readonly text: string }[];

export interface Published {
  readonly record: PublicationRecord;
  /** What would be posted, of a dry run. */
  readonly files: DryRun;
}
