// What changed, as GitLab tells it, for a run without a checkout.
import type { Commits, TreeDiff } from '#domain/change.ts';
import { AssayError } from '#domain/errors.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import type { Workspace } from '#ports/workspace.ts';
import { CommitFiles } from './commit-files.ts';
import { toReviewFile, toTreeDiff } from './diff-files.ts';
import { endpoint } from './endpoint.ts';
import { asAssayError } from './explain-fault.ts';
import type { GitLabClient } from './gitlab-client.ts';
import { attempt, GitLabFault } from './gitlab-fault.ts';
import { comparisonShape, type DiffRow, diffRowShape, readShape } from './gitlab-shapes.ts';
import { listPages } from './list-pages.ts';
import { type MergeRequest, type MergeRequestName, readMergeRequest } from './merge-request.ts';

interface Rows {
  readonly rows: readonly DiffRow[];
  readonly complete: boolean;
}

/**
 * The commits are those of the merge request's `diff_refs`, read once; `baseTip` is the target branch's tip when GitLab made the diff. Files
 * that the merge request's source project keeps to itself are read from the target, which holds every commit under review.
 * A method throws AssayError `repository` when GitLab does not tell.
 */
export function createGitLabChangeSource(client: GitLabClient, name: MergeRequestName): ChangeSource {
  const source = new GitLabChanges(client, name);
  return {
    commits: () => source.commits(),
    diff: () => source.diff(),
    diffFrom: (revision) => source.diffFrom(revision),
    reviewDiff: (from, to) => source.reviewDiff(from, to),
    at: (commit) => source.at(commit),
  };
}

class GitLabChanges {
  readonly #client: GitLabClient;
  readonly #name: MergeRequestName;
  #request: Promise<MergeRequest> | null = null;
  readonly #trees = new Map<string, Workspace>();

  constructor(client: GitLabClient, name: MergeRequestName) {
    this.#client = client;
    this.#name = name;
  }

  async commits(): Promise<Commits> {
    const { refs } = await this.#read();
    return { baseTip: refs.startSha, mergeBase: refs.baseSha, head: refs.headSha };
  }

  async diff(): Promise<TreeDiff | null> {
    const { refs } = await this.#read();
    return this.#treeDiff(refs.baseSha, refs.headSha);
  }

  async diffFrom(revision: string): Promise<TreeDiff | null> {
    const { refs } = await this.#read();
    return revision === refs.headSha ? { files: [] } : this.#treeDiff(revision, refs.headSha);
  }

  async reviewDiff(from: string, to: string): Promise<ReviewDiff | null> {
    const found = await this.#rows(from, to);
    return found === null ? null : { files: found.rows.map(toReviewFile), complete: found.complete };
  }

  at(commit: string): Workspace {
    const known = this.#trees.get(commit);
    if (known !== undefined) return known;
    if (!isCommit(commit))
      throw new AssayError('internal', 'A tree is asked for by something that is no full commit id.');
    const tree = new CommitFiles(this.#client, this.#name.project, commit);
    this.#trees.set(commit, tree);
    return tree;
  }

  async #treeDiff(from: string, to: string): Promise<TreeDiff | null> {
    const found = await this.#rows(from, to);
    if (found === null) return null;
    if (found.complete) return toTreeDiff(found.rows);
    throw new AssayError('repository', 'GitLab shows only a part of the files that changed.', {
      hint: 'Run Assay in a checkout with the history of the target branch, so that git can compare the two.',
    });
  }

  /** The merge request's own diff where that is asked for, else a comparison of the two trees; null when a commit is not there. */
  async #rows(from: string, to: string): Promise<Rows | null> {
    if (!isCommit(from) || !isCommit(to)) return null;
    const { answer, refs } = await this.#read();
    if (from !== refs.baseSha || to !== refs.headSha) return this.#compare(from, to);
    const { project, iid } = this.#name;
    const rows = await this.#orThrow('to read the diff', () =>
      listPages(this.#client, endpoint`projects/${project}/merge_requests/${iid}/diffs`),
    );
    // "1000+" says that GitLab stopped counting; more files than rows, that it stopped listing.
    const count = answer.changes_count ?? '';
    const complete = !count.endsWith('+') && (count === '' || Number(count) <= rows.length);
    return { rows: rows.map((row) => readShape(diffRowShape, row)), complete };
  }

  async #compare(from: string, to: string): Promise<Rows | null> {
    const answer = await attempt(async () =>
      readShape(
        comparisonShape,
        await this.#client.api.Repositories.compare(this.#name.project, from, to, { straight: true }),
      ),
    );
    if (!(answer instanceof GitLabFault)) {
      return { rows: answer.diffs, complete: answer.compare_timeout !== true };
    }
    if (answer.status === 404) return null;
    throw asAssayError(answer, 'to compare two commits');
  }

  #read(): Promise<MergeRequest> {
    this.#request ??= this.#orThrow('to read the merge request', () =>
      readMergeRequest(this.#client, this.#name, null),
    );
    return this.#request;
  }

  async #orThrow<T>(asked: string, request: () => Promise<T>): Promise<T> {
    const answer = await attempt(request);
    if (answer instanceof GitLabFault) throw asAssayError(answer, asked);
    return answer;
  }
}

function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text);
}
