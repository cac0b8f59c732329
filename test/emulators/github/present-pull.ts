// A pull request and what is said on it as GitHub's JSON.
import type { DiffFile } from '../git-diff.ts';
import {
  nodeId,
  type Presenter,
  presentAuthor,
  presentRepository,
  presentUser,
} from './present-repository.ts';
import type { IssueComment, Review, ReviewComment } from './state.ts';

type Json = Record<string, unknown>;

interface Addresses {
  readonly repository: string;
  readonly pull: string;
  readonly html: string;
}

function addresses({ state, api, web }: Presenter): Addresses {
  const { owner, name, number } = state.settings;
  const repository = `${api}/repos/${owner}/${name}`;
  return {
    repository,
    pull: `${repository}/pulls/${number}`,
    html: `${web}/${owner}/${name}/pull/${number}`,
  };
}

const isoDate = '2026-01-01T00:00:00Z';

export function presentPullSimple(presenter: Presenter): Json {
  const { state } = presenter;
  const { number, author, fork, owner } = state.settings;
  const { repository: at, pull: url, html } = addresses(presenter);
  const issue = `${at}/issues/${number}`;
  const head = state.repository.head();
  const forkOwner = fork === 'no' ? null : author;
  const links = {
    self: url,
    html,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${at}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${at}/statuses/${head}`,
  };
  return {
    id: 9_000 + number,
    node_id: nodeId('PR', number),
    number,
    url,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    _links: Object.fromEntries(Object.entries(links).map(([key, href]) => [key, { href }])),
    state: state.pull === 'open' ? 'open' : 'closed',
    locked: state.locked,
    active_lock_reason: null,
    title: 'A change',
    user: presentUser(author, presenter),
    body: null,
    labels: [],
    milestone: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    created_at: isoDate,
    updated_at: isoDate,
    closed_at: state.pull === 'open' ? null : isoDate,
    merged_at: state.pull === 'merged' ? isoDate : null,
    // Of the test merge, which is no commit of the pull request (platforms A3).
    merge_commit_sha: 'e'.repeat(40),
    head: {
      label: `${forkOwner?.login ?? owner}:${state.repository.headBranch}`,
      ref: state.repository.headBranch,
      sha: head,
      user: fork === 'deleted' ? null : presentUser(forkOwner ?? author, presenter),
      repo: fork === 'deleted' ? null : presentRepository(presenter, forkOwner),
    },
    base: {
      label: `${owner}:${state.repository.baseBranch}`,
      ref: state.repository.baseBranch,
      sha: state.repository.baseTip(),
      user: presentUser(author, presenter),
      repo: presentRepository(presenter),
    },
    author_association: author.association,
    auto_merge: null,
    draft: state.draft,
  };
}

export function presentPull(presenter: Presenter): Json {
  const { state } = presenter;
  const files = state.repository.shownDiff();
  return {
    ...presentPullSimple(presenter),
    merged: state.pull === 'merged',
    mergeable: state.pull === 'open' ? true : null,
    rebaseable: null,
    mergeable_state: 'clean',
    merged_by: null,
    comments: state.issueComments.length,
    review_comments: state.shownComments().length,
    maintainer_can_modify: false,
    commits: state.repository.commits().length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

export function presentReview(review: Review, presenter: Presenter): Json {
  const { pull, html } = addresses(presenter);
  return {
    id: review.id,
    node_id: nodeId('PRR', review.id),
    user: presentAuthor(review.actor, presenter),
    body: presenter.state.givesBack(review.body),
    state: review.state,
    html_url: `${html}#pullrequestreview-${review.id}`,
    pull_request_url: pull,
    author_association: review.actor.association,
    _links: { html: { href: `${html}#pullrequestreview-${review.id}` }, pull_request: { href: pull } },
    ...(review.submittedAt === null ? {} : { submitted_at: review.submittedAt }),
    commit_id: review.commitId,
  };
}

/** REST says nothing about threads: neither whether one is resolved nor whether a comment is minimised (platforms A4). */
export function presentReviewComment(comment: ReviewComment, presenter: Presenter): Json {
  const { repository, pull, html } = addresses(presenter);
  const self = `${repository}/pulls/comments/${comment.id}`;
  const page = `${html}#discussion_r${comment.id}`;
  return {
    url: self,
    pull_request_review_id: comment.reviewId,
    id: comment.id,
    node_id: nodeId('PRRC', comment.id),
    diff_hunk: comment.diffHunk,
    path: comment.path,
    commit_id: comment.commitId,
    original_commit_id: comment.originalCommitId,
    user: presentAuthor(comment.actor, presenter),
    body: presenter.state.givesBack(comment.body),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    html_url: page,
    pull_request_url: pull,
    author_association: comment.actor.association,
    _links: { self: { href: self }, html: { href: page }, pull_request: { href: pull } },
    reactions: presentReactions(`${self}/reactions`),
    start_line: comment.startLine,
    original_start_line: comment.originalStartLine,
    start_side: comment.startSide,
    line: comment.line,
    original_line: comment.originalLine,
    side: comment.side,
    ...(comment.inReplyTo === null ? {} : { in_reply_to_id: comment.inReplyTo }),
    original_position: comment.originalPosition,
    position: comment.position,
    subject_type: comment.subject,
  };
}

export function presentIssueComment(comment: IssueComment, presenter: Presenter): Json {
  const { repository, html } = addresses(presenter);
  const url = `${repository}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${html}#issuecomment-${comment.id}`,
    issue_url: `${repository}/issues/${presenter.state.settings.number}`,
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    user: presentAuthor(comment.actor, presenter),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: comment.actor.association,
    body: presenter.state.givesBack(comment.body),
    reactions: presentReactions(`${url}/reactions`),
    performed_via_github_app: null,
  };
}

function presentReactions(url: string): Json {
  const kinds = ['total_count', '+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'];
  return { url, ...Object.fromEntries(kinds.map((kind) => [kind, 0])) };
}

const FILE_STATUS = {
  added: 'added',
  modified: 'modified',
  deleted: 'removed',
  renamed: 'renamed',
  copied: 'copied',
  type_changed: 'changed',
} as const;

/** Files of more changed lines than this came without a patch; one of 2,081 was reported (platforms A3). */
const LARGE_FILE = 2000;

export function presentFile(file: DiffFile, commit: string, presenter: Presenter): Json {
  const { repository } = addresses(presenter);
  const { owner, name } = presenter.state.settings;
  const path = file.newPath ?? file.oldPath ?? '';
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const changes = file.additions + file.deletions;
  const moved = file.status === 'renamed' || file.status === 'copied';
  return {
    sha: file.newBlob,
    filename: path,
    status: FILE_STATUS[file.status],
    additions: file.additions,
    deletions: file.deletions,
    changes,
    blob_url: `${presenter.web}/${owner}/${name}/blob/${commit}/${encoded}`,
    raw_url: `${presenter.web}/${owner}/${name}/raw/${commit}/${encoded}`,
    contents_url: `${repository}/contents/${encoded}?ref=${commit}`,
    ...(file.patch === null || changes > LARGE_FILE ? {} : { patch: file.patch }),
    ...(moved ? { previous_filename: file.oldPath } : {}),
  };
}
