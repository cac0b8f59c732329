// GitLab job → RunRequest: the component's inputs, and what the predefined CI_* variables say of the pipeline. Pure.

import type { Variables } from '../environment.ts';
import type { RunRequest } from '../run-request.ts';
import { readJobInputs } from './job-inputs.ts';
import { isCommit, noChange, type ReviewedChange } from './reviewed-change.ts';

export interface GitLabJob {
  readonly variables: Variables;
  readonly cwd: string;
  /** Commit that `targetBranchRef` stands at in the clone; null when it is not there. */
  readonly targetTip: string | null;
}

/** Throws AssayError `usage` for an input that cannot be used. Inputs `base` and `head` win over the pipeline. */
export function gitLabRequest(job: GitLabJob): RunRequest {
  const request = readJobInputs((name) => readComponentInput(job.variables, name), job.cwd);
  const change = changeOfPipeline(job);
  return {
    ...request,
    base: request.base ?? change.base,
    head: request.head ?? change.head,
    scannedRevision: change.scannedRevision,
    policyRevision: change.policyRevision,
  };
}

/** The ref that holds the target branch of a merge request after a full clone, or null where no branch is named. */
export function targetBranchRef(variables: Variables): string | null {
  const name = variables.CI_MERGE_REQUEST_TARGET_BRANCH_NAME;
  return name === undefined || name === '' ? null : `refs/remotes/origin/${name}`;
}

function changeOfPipeline({ variables, targetTip }: GitLabJob): ReviewedChange {
  const built = commitOf(variables, 'CI_COMMIT_SHA');
  switch (variables.CI_PIPELINE_SOURCE) {
    case 'merge_request_event': {
      // Empty unless the pipeline ran on merged results or a merge train: then CI_COMMIT_SHA is the merge, and this is head.
      const source = commitOf(variables, 'CI_MERGE_REQUEST_SOURCE_BRANCH_SHA');
      const base = baseOfMergeRequest(variables, targetTip);
      return {
        base,
        head: source ?? built,
        scannedRevision: source === null || source === built ? null : built,
        policyRevision: null,
      };
    }
    case 'push': {
      const base = commitOf(variables, 'CI_COMMIT_BEFORE_SHA');
      return { base, head: built, scannedRevision: null, policyRevision: base === null ? built : null };
    }
    case 'schedule':
    case 'web':
      return noChange(built);
    default:
      return noChange(null);
  }
}

/**
 * Tip of the target branch: named by merged-results pipelines, else from the clone. The pipeline of a fork has the fork's own branches in
 * its clone, which bind nobody, so there (and when the branch is not in the clone) the diff's base commit is what remains; it may be old.
 */
function baseOfMergeRequest(variables: Variables, targetTip: string | null): string | null {
  const tip = commitOf(variables, 'CI_MERGE_REQUEST_TARGET_BRANCH_SHA');
  if (tip !== null) return tip;
  const fork = variables.CI_MERGE_REQUEST_SOURCE_PROJECT_ID !== variables.CI_MERGE_REQUEST_PROJECT_ID;
  if (!fork && targetTip !== null) return targetTip;
  return commitOf(variables, 'CI_MERGE_REQUEST_DIFF_BASE_SHA');
}

function commitOf(variables: Variables, name: string): string | null {
  const value = variables[name];
  return isCommit(value) ? value : null;
}

/** GitLab variables cannot hold hyphens: the template passes `fail-on` as ASSAY_INPUT_FAIL_ON. */
function readComponentInput(variables: Variables, name: string): string {
  return (variables[`ASSAY_INPUT_${name.replaceAll('-', '_').toUpperCase()}`] ?? '').trim();
}
