// Threads of a merge request: list, open (on a line, a file or nowhere), answer, resolve, edit, delete.
import type { HostAnswer } from '../emulated-host.ts';
import {
  badParameters,
  badRequest,
  created,
  forbidden,
  noContent,
  notFound,
  ok,
  paged,
  rubyInspect,
  serverError,
} from './answers.ts';
import { checkPosition, faultsOfRange } from './check-position.ts';
import { areEqual, type GitLabState } from './gitlab-state.ts';
import type { DiffRefs, Discussion, Note, Position } from './model.ts';
import { isSame, isShown, mayNotWrite, mayResolve, rewrite, takeFields, writeText } from './note-writing.ts';
import { presentDiscussion, presentNote } from './present.ts';
import { type GitLabCall, type GitLabRoute, MAINTAINER, mayNotComment } from './route.ts';
import {
  discussionFields,
  noFields,
  replyFields,
  resolveFields,
  type SentPosition,
  threadNoteFields,
} from './write-schemas.ts';

export const discussionRoutes: readonly GitLabRoute[] = [
  { method: 'GET', path: ':mr/discussions', handle: list },
  { method: 'GET', path: ':mr/discussions/:discussion', handle: inDiscussion(show) },
  { method: 'POST', path: ':mr/discussions', handle: open },
  { method: 'PUT', path: ':mr/discussions/:discussion', handle: inDiscussion(resolve) },
  { method: 'POST', path: ':mr/discussions/:discussion/notes', handle: inDiscussion(answer) },
  { method: 'PUT', path: ':mr/discussions/:discussion/notes/:note', handle: inDiscussion(change) },
  { method: 'DELETE', path: ':mr/discussions/:discussion/notes/:note', handle: inDiscussion(remove) },
];

function inDiscussion(handle: (call: GitLabCall, discussion: Discussion) => HostAnswer) {
  return (call: GitLabCall): HostAnswer => {
    const found = call.state.discussions.find(({ id }) => id === call.parameters.discussion);
    return found && isShown(found) ? handle(call, found) : notFound('Discussion');
  };
}

function list({ state, request, root }: GitLabCall): HostAnswer {
  return paged(request, state.discussions, (each) => presentDiscussion(state, each, root), isShown);
}

function show({ state, root }: GitLabCall, discussion: Discussion): HostAnswer {
  return ok(presentDiscussion(state, discussion, root));
}

function open(call: GitLabCall): HostAnswer {
  const { state, token, root } = call;
  const refused = mayNotWrite(call);
  if (refused) return refused;
  const taken = takeFields(call, discussionFields);
  if ('answer' in taken) return taken.answer;
  const position = taken.fields.position ? toPosition(taken.fields.position) : null;
  if (position && !knowsVersion(state, position)) return serverError();
  const written = writeText(state, taken.fields.body);
  if (written.kind === 'commands_only') return written.answer;
  const errors = written.kind === 'invalid' ? written.errors : {};
  const check = position && examine(state, position);
  const all = { ...errors, ...(check?.kind === 'refused' ? check.errors : {}) };
  if (Object.keys(all).length > 0) return badRequest(`Note ${rubyInspect(all)}`);
  const text = written.kind === 'text' ? written.text : '';
  const type = position ? 'DiffNote' : 'DiscussionNote';
  const discussion = state.openDiscussion({ type, body: text, author: token.user, position }, false);
  state.refreshPositions();
  return created(presentDiscussion(state, discussion, root));
}

/** Platforms D36: SHAs that no version of the merge request has break GitLab. */
export const knowsVersion = (state: GitLabState, refs: DiffRefs): boolean =>
  state.versions.some((version) => areEqual(version, refs));

/** Platforms D33 and D34, against the diff of the version that the position names. */
export function examine(state: GitLabState, position: Position): ReturnType<typeof checkPosition> {
  const files = state.diff(position);
  const check = checkPosition(position, files, state.switches.conflict);
  if (check.kind === 'taken' && check.line) {
    state.violations.push(...faultsOfRange(position, files, check.line));
  }
  if (check.kind === 'taken' && !check.line && (position.old_line ?? position.new_line) !== null) {
    state.violations.push('a position on a file has a line');
  }
  return check;
}

export function toPosition(sent: SentPosition): Position {
  return {
    base_sha: sent.base_sha,
    start_sha: sent.start_sha,
    head_sha: sent.head_sha,
    position_type: sent.position_type,
    old_path: sent.old_path ?? null,
    new_path: sent.new_path ?? null,
    old_line: sent.old_line ?? null,
    new_line: sent.new_line ?? null,
    line_range: sent.line_range ?? null,
  };
}

function resolve(call: GitLabCall, discussion: Discussion): HostAnswer {
  const taken = takeFields(call, resolveFields);
  if ('answer' in taken) return taken.answer;
  const { state, token, root } = call;
  const able = discussion.notes.some((note) => state.resolvable(note));
  if (!able || !mayResolve(call) || mayNotComment(call)) return forbidden();
  state.resolve(discussion.notes, taken.fields.resolved ? token.user : null);
  return ok(presentDiscussion(state, discussion, root));
}

function answer(call: GitLabCall, discussion: Discussion): HostAnswer {
  const { state, token, root } = call;
  const refused = mayNotWrite(call);
  if (refused) return refused;
  const taken = takeFields(call, replyFields);
  if ('answer' in taken) return taken.answer;
  const written = writeText(state, taken.fields.body);
  if (written.kind === 'commands_only') return written.answer;
  if (written.kind === 'invalid') return badRequest(`Note ${rubyInspect(written.errors)}`);
  return created(presentNote(state, state.reply(discussion, written.text, token.user), root));
}

function findNote(call: GitLabCall, discussion: Discussion): Note | undefined {
  return discussion.notes.find(({ id }) => String(id) === call.parameters.note);
}

function change(call: GitLabCall, discussion: Discussion): HostAnswer {
  const { state, token, root } = call;
  const note = findNote(call, discussion);
  if (!note) return notFound('Note');
  const taken = takeFields(call, threadNoteFields);
  if ('answer' in taken) return taken.answer;
  const { body, resolved } = taken.fields;
  if ((body === undefined) === (resolved === undefined)) {
    const error =
      body === undefined
        ? 'body, resolved are missing, exactly one parameter must be provided'
        : 'body, resolved are mutually exclusive';
    state.violations.push(`${call.request.method} ${call.request.path}: ${error}`);
    return badParameters(error);
  }
  if (body !== undefined) {
    return mayChange(call, note)
      ? (rewrite(state, note, body) ?? ok(presentNote(state, note, root)))
      : forbidden();
  }
  if (!mayResolve(call) || mayNotComment(call)) return forbidden();
  if (!state.resolvable(note)) return badRequest('Note is not resolvable');
  state.resolve([note], resolved ? token.user : null);
  return ok(presentNote(state, note, root));
}

/** One's own notes, or all of them as a maintainer; never those of the system. */
export function mayChange(call: GitLabCall, note: Note): boolean {
  if (note.system || mayNotComment(call)) return false;
  return isSame(note.author, call.token.user) || call.token.access >= MAINTAINER;
}

function remove(call: GitLabCall, discussion: Discussion): HostAnswer {
  const note = findNote(call, discussion);
  if (!note) return notFound('Note');
  const taken = takeFields(call, noFields);
  if ('answer' in taken) return taken.answer;
  if (!mayChange(call, note)) return forbidden();
  call.state.remove(note);
  return noContent();
}
