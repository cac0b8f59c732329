// The emulator's things as GitLab's API writes them (platforms B1, B4; docs.gitlab.com/api/discussions, /api/merge_requests).
import type { DiffFile } from '../git-diff.ts';
import { newPathOf, oldPathOf } from './diff-lines.ts';
import type { GitLabState } from './gitlab-state.ts';
import type { CommitStatus, Discussion, Draft, GitLabUser, Note } from './model.ts';

export const presentUser = (user: GitLabUser, root: string) => ({
  id: user.id,
  username: user.username,
  name: user.name,
  state: 'active',
  locked: false,
  avatar_url: null,
  web_url: `${root}/${user.username}`,
});

export function presentNote(state: GitLabState, note: Note, root: string) {
  const resolvable = state.resolvable(note);
  return {
    id: note.id,
    type: note.type,
    body: state.givesBack(note.body),
    author: presentUser(note.author, root),
    created_at: note.createdAt,
    updated_at: note.updatedAt,
    system: note.system,
    noteable_id: state.mergeRequest.iid + 9000,
    noteable_type: 'MergeRequest',
    project_id: state.project.id,
    ...(note.position ? { commit_id: null, position: note.position } : {}),
    resolvable,
    ...(resolvable
      ? {
          resolved: note.resolved !== null,
          resolved_by: note.resolved && presentUser(note.resolved.by, root),
          resolved_at: note.resolved?.at ?? null,
        }
      : {}),
    confidential: note.hidden,
    internal: note.hidden,
    imported: false,
    imported_from: 'none',
    noteable_iid: state.mergeRequest.iid,
    commands_changes: {},
  };
}

export const presentDiscussion = (state: GitLabState, discussion: Discussion, root: string) => ({
  id: discussion.id,
  individual_note: discussion.individual,
  notes: discussion.notes.map((note) => presentNote(state, note, root)),
});

export const presentDraft = (state: GitLabState, draft: Draft) => ({
  id: draft.id,
  author_id: draft.author.id,
  merge_request_id: state.mergeRequest.iid + 9000,
  resolve_discussion: draft.resolve,
  discussion_id: draft.discussionId,
  note: draft.note,
  commit_id: null,
  line_code: null,
  position: draft.position,
});

export const presentStatus = (status: CommitStatus, root: string) => ({
  id: status.id,
  sha: status.sha,
  ref: status.ref,
  status: status.state,
  name: status.name,
  target_url: status.targetUrl,
  description: status.description,
  created_at: status.createdAt,
  started_at: null,
  finished_at: null,
  allow_failure: false,
  coverage: null,
  pipeline_id: 1,
  author: presentUser(status.author, root),
});

/** @param ready false while GitLab still prepares the diff (platforms D37); lists never hold `diff_refs` */
export function presentMergeRequest(
  state: GitLabState,
  root: string,
  shown: { readonly ready: boolean; readonly whole: boolean },
) {
  const { mergeRequest, project, repository, switches, refs } = state;
  return {
    id: mergeRequest.iid + 9000,
    iid: mergeRequest.iid,
    project_id: project.id,
    title: mergeRequest.title,
    description: '',
    state: switches.state,
    created_at: state.versions[0]?.createdAt,
    updated_at: state.versions.at(-1)?.createdAt,
    target_branch: repository.baseBranch,
    source_branch: repository.headBranch,
    source_project_id: project.sourceId,
    target_project_id: project.id,
    author: presentUser(mergeRequest.author, root),
    draft: false,
    work_in_progress: false,
    merge_status: switches.conflict ? 'cannot_be_merged' : 'can_be_merged',
    detailed_merge_status: switches.conflict ? 'conflict' : 'mergeable',
    has_conflicts: switches.conflict,
    sha: shown.ready ? refs.head_sha : null,
    merge_commit_sha: null,
    squash_commit_sha: null,
    discussion_locked: switches.discussionLocked ? true : null,
    user_notes_count: state.notes.filter(({ system }) => !system).length,
    references: {
      short: `!${mergeRequest.iid}`,
      relative: `!${mergeRequest.iid}`,
      full: `${project.path}!${mergeRequest.iid}`,
    },
    web_url: `${root}/${project.path}/-/merge_requests/${mergeRequest.iid}`,
    ...(shown.whole
      ? {
          changes_count: shown.ready ? String(state.diff().length) : null,
          diff_refs: shown.ready ? refs : null,
        }
      : {}),
  };
}

/** Platforms D46: the text of a large file is left out. */
export function presentDiff(state: GitLabState, file: DiffFile) {
  const text = file.patch === null ? '' : `${file.patch}\n`;
  const size = Buffer.byteLength(text);
  const tooLarge = size > state.switches.tooLargeAbove;
  const collapsed = !tooLarge && size > state.switches.collapsedAbove;
  return {
    diff: tooLarge || collapsed ? '' : text,
    collapsed,
    too_large: tooLarge,
    new_path: newPathOf(file),
    old_path: oldPathOf(file),
    a_mode: file.status === 'added' ? '0' : file.oldMode,
    b_mode: file.status === 'deleted' ? '0' : file.newMode,
    new_file: file.status === 'added',
    renamed_file: file.status === 'renamed',
    deleted_file: file.status === 'deleted',
    generated_file: null,
  };
}
