// The roles a run needs played; compose.ts casts them, tests cast doubles.
import type { PackageRef } from '#domain/package.ts';
import type { AdvisorySource } from '#ports/advisory-source.ts';
import type { Assets } from '#ports/assets.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import type { Clock } from '#ports/clock.ts';
import type { Log } from '#ports/log.ts';
import type { OperatorFiles } from '#ports/operator-files.ts';
import type { OutputFolder } from '#ports/output-folder.ts';
import type { ReportSource } from '#ports/report-source.ts';
import type { Workspace } from '#ports/workspace.ts';
import type { ModelAccess } from './model/model-access.ts';

export interface World {
  readonly reports: ReportSource;
  /** The sources as the findings are judged: the head commit's blobs, or the working tree. */
  readonly workspace: Workspace;
  /** Where `--repo` lies below the root of the sources, with `/`; '' when it is the root. */
  readonly folder: string;
  /** Null when the folder is no git repository. */
  readonly changes: ChangeSource | null;
  readonly assets: Assets;
  readonly output: OutputFolder;
  readonly clock: Clock;
  readonly log: Log;
  /** Takes known secrets and secret-looking text out of what leaves. */
  readonly redact: (text: string) => string;
  readonly signal: AbortSignal;
  readonly operatorFiles: OperatorFiles;
  readonly models: ModelAccess;
  /** `where`: a folder or zip of OSV records, `online`, or the address of an OSV service. */
  readonly openAdvisories: (
    where: string,
    isPrivate: (named: PackageRef) => boolean,
  ) => Promise<AdvisorySource>;
  /** Lets timers and signals in between two pieces of work. */
  readonly breathe: () => Promise<void>;
}
