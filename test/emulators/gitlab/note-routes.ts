// Notes of a merge request without their threads: list, one, write, edit, delete.
import type { HostAnswer } from '../emulated-host.ts';
import { created, forbidden, invalid, noContent, notFound, ok, paged } from './answers.ts';
import { mayChange } from './discussion-routes.ts';
import type { Note } from './model.ts';
import { mayNotWrite, rewrite, takeFields, writeText } from './note-writing.ts';
import { presentNote } from './present.ts';
import type { GitLabCall, GitLabRoute } from './route.ts';
import { noFields, noteFields } from './write-schemas.ts';

export const noteRoutes: readonly GitLabRoute[] = [
  { method: 'GET', path: ':mr/notes', jobToken: true, handle: list },
  { method: 'GET', path: ':mr/notes/:note', jobToken: true, handle: onNote(show) },
  { method: 'POST', path: ':mr/notes', handle: write },
  { method: 'PUT', path: ':mr/notes/:note', handle: onNote(edit) },
  { method: 'DELETE', path: ':mr/notes/:note', handle: onNote(remove) },
];

function onNote(handle: (call: GitLabCall, note: Note) => HostAnswer) {
  return (call: GitLabCall): HostAnswer => {
    const found = call.state.notes.find(({ id, hidden }) => !hidden && String(id) === call.parameters.note);
    return found ? handle(call, found) : notFound('Note');
  };
}

/** Newest first, as GitLab lists them. */
function list({ state, request, root }: GitLabCall): HostAnswer {
  const direction = request.query.get('sort') === 'asc' ? 1 : -1;
  const rows = state.notes.toSorted((one, other) => direction * (one.id - other.id));
  return paged(
    request,
    rows,
    (note) => presentNote(state, note, root),
    ({ hidden }) => !hidden,
  );
}

function show({ state, root }: GitLabCall, note: Note): HostAnswer {
  return ok(presentNote(state, note, root));
}

function write(call: GitLabCall): HostAnswer {
  const refused = mayNotWrite(call);
  if (refused) return refused;
  const taken = takeFields(call, noteFields);
  if ('answer' in taken) return taken.answer;
  const { state, token, root } = call;
  const written = writeText(state, taken.fields.body);
  if (written.kind === 'commands_only') return written.answer;
  if (written.kind === 'invalid') return invalid(written.errors);
  const seed = { type: null, body: written.text, author: token.user };
  const [note] = state.openDiscussion(seed, true).notes as [Note];
  return created(presentNote(state, note, root));
}

function edit(call: GitLabCall, note: Note): HostAnswer {
  const taken = takeFields(call, noteFields);
  if ('answer' in taken) return taken.answer;
  if (!mayChange(call, note)) return forbidden();
  const { state, root } = call;
  return rewrite(state, note, taken.fields.body) ?? ok(presentNote(state, note, root));
}

function remove(call: GitLabCall, note: Note): HostAnswer {
  const taken = takeFields(call, noFields);
  if ('answer' in taken) return taken.answer;
  if (!mayChange(call, note)) return forbidden();
  call.state.remove(note);
  return noContent();
}
