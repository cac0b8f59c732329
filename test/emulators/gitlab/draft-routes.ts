// Draft notes: seen by their author alone until they are published, one by one or all at once (platforms B3, D38, D39).
import type { HostAnswer } from '../emulated-host.ts';
import { created, forbidden, noContent, notFound, ok, paged } from './answers.ts';
import { examine, knowsVersion, toPosition } from './discussion-routes.ts';
import type { GitLabState } from './gitlab-state.ts';
import type { Draft } from './model.ts';
import { isSame, mayNotWrite, takeFields, writeText } from './note-writing.ts';
import { presentDraft } from './present.ts';
import { type GitLabCall, type GitLabRoute, mayNotComment } from './route.ts';
import { draftEditFields, draftFields, noFields } from './write-schemas.ts';

export const draftRoutes: readonly GitLabRoute[] = [
  { method: 'GET', path: ':mr/draft_notes', handle: list },
  { method: 'GET', path: ':mr/draft_notes/:draft', handle: onDraft(show) },
  { method: 'POST', path: ':mr/draft_notes', handle: make },
  { method: 'POST', path: ':mr/draft_notes/bulk_publish', handle: publishAll },
  { method: 'PUT', path: ':mr/draft_notes/:draft', handle: onDraft(edit) },
  { method: 'PUT', path: ':mr/draft_notes/:draft/publish', handle: onDraft(publishOne) },
  { method: 'DELETE', path: ':mr/draft_notes/:draft', handle: onDraft(remove) },
];

const ownDrafts = ({ state, token }: GitLabCall): Draft[] =>
  state.drafts.filter(({ author }) => isSame(author, token.user));

function onDraft(handle: (call: GitLabCall, draft: Draft) => HostAnswer) {
  return (call: GitLabCall): HostAnswer => {
    const found = ownDrafts(call).find(({ id }) => String(id) === call.parameters.draft);
    return found ? handle(call, found) : notFound('Draft Note');
  };
}

function list(call: GitLabCall): HostAnswer {
  return paged(call.request, ownDrafts(call), (draft) => presentDraft(call.state, draft));
}

function show({ state }: GitLabCall, draft: Draft): HostAnswer {
  return ok(presentDraft(state, draft));
}

/** A draft's line is not looked at before it is published. */
function make(call: GitLabCall): HostAnswer {
  const refused = mayNotWrite(call);
  if (refused) return refused;
  const taken = takeFields(call, draftFields);
  if ('answer' in taken) return taken.answer;
  const { state, token } = call;
  const draft: Draft = {
    id: state.nextId(),
    author: token.user,
    note: taken.fields.note,
    position: taken.fields.position ? toPosition(taken.fields.position) : null,
    discussionId: taken.fields.in_reply_to_discussion_id ?? null,
    resolve: taken.fields.resolve_discussion ?? false,
  };
  state.drafts.push(draft);
  return created(presentDraft(state, draft));
}

function edit(call: GitLabCall, draft: Draft): HostAnswer {
  const taken = takeFields(call, draftEditFields);
  if ('answer' in taken) return taken.answer;
  draft.note = taken.fields.note;
  return ok(presentDraft(call.state, draft));
}

function remove(call: GitLabCall, draft: Draft): HostAnswer {
  const taken = takeFields(call, noFields);
  if ('answer' in taken) return taken.answer;
  call.state.drafts.splice(call.state.drafts.indexOf(draft), 1);
  return noContent();
}

function publishOne(call: GitLabCall, draft: Draft): HostAnswer {
  return publish(call, [draft]);
}

function publishAll(call: GitLabCall): HostAnswer {
  return publish(call, ownDrafts(call));
}

function publish(call: GitLabCall, drafts: readonly Draft[]): HostAnswer {
  const taken = takeFields(call, noFields);
  if ('answer' in taken) return taken.answer;
  if (mayNotComment(call)) return forbidden();
  const { state } = call;
  const broken = drafts.some(({ position }) => position !== null && !knowsVersion(state, position));
  if (state.switches.publishFails || broken) return { status: 500 };
  for (const draft of drafts) say(state, draft);
  state.drafts = state.drafts.filter((draft) => !drafts.includes(draft));
  return noContent();
}

/** Makes the note of a draft. One that is not valid is lost, and nobody is told (platforms D38). */
function say(state: GitLabState, draft: Draft): void {
  const written = writeText(state, draft.note);
  if (written.kind !== 'text') return;
  const thread = state.discussions.find(({ id }) => id === draft.discussionId);
  if (thread) {
    state.reply(thread, written.text, draft.author);
    if (draft.resolve) state.resolve(thread.notes, draft.author);
    return;
  }
  const { position } = draft;
  const check = position && examine(state, position);
  const incomplete = check?.kind === 'refused' && 'position' in check.errors;
  if (check?.kind === 'refused' && !incomplete) return;
  const kept = incomplete ? null : position;
  const type = kept ? 'DiffNote' : 'DiscussionNote';
  const seed = { type, body: written.text, author: draft.author, position: kept } as const;
  state.openDiscussion(seed, false);
  state.refreshPositions();
}
