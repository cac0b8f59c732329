// What people do on the merge request between two runs, without a request.
import { applyGitLabSuggestion } from '../../doubles/apply-suggestion.ts';
import type { GitLabState } from './gitlab-state.ts';
import type { Discussion, GitLabUser, Note } from './model.ts';

export class GitLabPeople {
  readonly #state: GitLabState;
  readonly #reviewer: GitLabUser;

  constructor(state: GitLabState, reviewer: GitLabUser) {
    this.#state = state;
    this.#reviewer = reviewer;
  }

  /** Answers in the thread of a note. Every method takes the id of a note or of a discussion. */
  reply(id: number | string, body: string, by = this.#reviewer): Note {
    return this.#state.reply(this.discussion(id), body, by);
  }

  /** A new plain note, for example one that quotes a marker. */
  comment(body: string, by = this.#reviewer): Note {
    return this.#state.openDiscussion({ type: null, body, author: by }, true).notes[0] as Note;
  }

  /** A thread of a person's own at the place of another note, with the same text: the marker is quoted. */
  quote(id: number | string, by = this.#reviewer): Note {
    const { body, position, type } = this.note(id);
    return this.#state.openDiscussion({ type, body, author: by, position }, false).notes[0] as Note;
  }

  /** A maintainer edits a note of the bot. */
  edit(id: number | string, body: string): void {
    this.#state.edit(this.note(id), body);
  }

  resolve(id: number | string, by = this.#reviewer): void {
    this.#state.resolve(this.discussion(id).notes, by);
  }

  unresolve(id: number | string): void {
    this.#state.resolve(this.discussion(id).notes, null);
  }

  /** A note; of a discussion's id the first one. */
  delete(id: number | string): void {
    this.#state.remove(this.note(id));
  }

  /** Internal notes of others: counted in pages, and not shown (platforms D48). */
  whisper(count: number): void {
    for (let at = 0; at < count; at += 1) {
      this.#state.openDiscussion(
        { type: null, body: 'internal', author: this.#reviewer, hidden: true },
        true,
      );
    }
  }

  /**
   * The click on "Apply suggestion" (platforms B2): a commit on the source branch, and the thread is resolved. Returns the file's new text.
   * Throws where GitLab shows no button: outdated, resolved by the click before, merged or closed, a removed line, nothing changed.
   */
  applySuggestion(id: number | string): string {
    const discussion = this.discussion(id);
    const [note] = discussion.notes as [Note];
    const { repository, switches, refs } = this.#state;
    const at = note.position;
    if (switches.state !== 'opened') throw new Error(`The merge request is ${switches.state}.`);
    if (!at || note.changePosition || at.head_sha !== refs.head_sha) {
      throw new Error('The suggestion is outdated.');
    }
    if (at.new_line === null || at.new_path === null) {
      throw new Error('Suggestions need a line that is not deleted.');
    }
    if (at.new_path.endsWith('.ipynb')) throw new Error('GitLab suggests nothing in notebooks.');
    const path = at.new_path;
    const before = repository.file(refs.head_sha, path)?.toString('utf8') ?? '';
    const after = applyGitLabSuggestion(before, at.new_line, note.body);
    repository.push((git) => git.write(path, after), 'Apply 1 suggestion(s) to 1 file(s)');
    this.resolve(id);
    return after;
  }

  discussion(id: number | string): Discussion {
    const found = this.#state.discussions.find(
      (each) => each.id === id || each.notes.some((note) => note.id === id),
    );
    if (!found) throw new Error(`There is no discussion or note ${id}.`);
    return found;
  }

  note(id: number | string): Note {
    const { notes } = this.discussion(id);
    return notes.find((note) => note.id === id) ?? (notes[0] as Note);
  }
}
