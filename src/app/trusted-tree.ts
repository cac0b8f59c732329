// The tree that configuration, prompts and documents of the team are read from: the base's, never the change's (security rows 8–10).
import type { Commits } from '#domain/change.ts';
import type { Workspace } from '#ports/workspace.ts';
import type { RunRequest } from './run-request.ts';
import type { World } from './world.ts';

/** Null when nothing vouches for any tree: a run without a base, on files that somebody has just written. */
export function trustedTree(
  request: Pick<RunRequest, 'trustHeadConfig' | 'policyRevision'>,
  world: Pick<World, 'workspace' | 'changes'>,
  { baseTip }: Pick<Commits, 'baseTip'>,
): { readonly files: Workspace; readonly commit: string | null } | null {
  if (request.trustHeadConfig) return { files: world.workspace, commit: null };
  const commit = baseTip ?? request.policyRevision;
  if (commit === null || world.changes === null) return null;
  return { files: world.changes.at(commit), commit };
}
