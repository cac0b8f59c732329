// What people do on the pull request's page, between two runs of a program.
import { type Actor, createPerson } from './actors.ts';
import { resolveAnchor } from './anchors.ts';
import { type GitHubState, type IssueComment, REVIEWER, type ReviewComment } from './state.ts';
import { addComment, addReply, addReview } from './threads.ts';

/** Ids are those of REST. Every person has the rights of a member; `ghost` is one whose account is gone. */
export class People {
  readonly #state: GitHubState;
  readonly #known = new Map<string, Actor>([[REVIEWER.login, REVIEWER]]);

  constructor(state: GitHubState) {
    this.#state = state;
    this.#known.set(state.settings.author.login, state.settings.author);
  }

  /** The same person each time for the same login. */
  person(login = REVIEWER.login): Actor {
    const person = this.#known.get(login) ?? createPerson(600 + this.#known.size, login);
    this.#known.set(login, person);
    return person;
  }

  /** Answers in the thread of a comment on the diff. Returns the answer. */
  reply(id: number, body = 'Are you sure?', login?: string): ReviewComment {
    return addReply(this.#state, this.#comment(id), this.person(login), body);
  }

  /** Changes the text of anybody's comment. */
  edit(id: number, body: string, login?: string): void {
    const said = this.#state.find(id);
    said.body = body;
    said.editedBy = this.person(login);
    if ('updatedAt' in said) said.updatedAt = this.#state.now();
  }

  /** Saves a text in the browser without a change: its line ends are CRLF from then on (platforms A4). */
  saveInBrowser(id: number, login?: string): void {
    this.edit(id, this.#state.find(id).body.replaceAll(/\r?\n/g, '\r\n'), login);
  }

  resolve(id: number, login?: string): void {
    this.#comment(id).thread.resolvedBy = this.person(login);
  }

  unresolve(id: number): void {
    this.#comment(id).thread.resolvedBy = null;
  }

  /** Hides a comment, as `outdated` or for another reason. */
  minimize(id: number, reason = 'outdated'): void {
    this.#state.find(id).minimized = reason;
  }

  delete(id: number): void {
    this.#state.remove(id);
  }

  /** Says something on the timeline. */
  comment(body: string, login?: string): IssueComment {
    const time = this.#state.now();
    const actor = this.person(login);
    const comment: IssueComment = {
      id: this.#state.nextId(),
      actor,
      body,
      createdAt: time,
      updatedAt: time,
      minimized: null,
      editedBy: null,
    };
    this.#state.issueComments.push(comment);
    return comment;
  }

  /** Says something about a line of the new side. Throws when it is not in the diff. */
  commentOnLine(path: string, line: number, body: string, login?: string): ReviewComment {
    const { repository } = this.#state;
    const actor = this.person(login);
    const commitId = repository.head();
    const anchor = resolveAnchor(repository.shownDiff(), { path, line });
    if ('fault' in anchor) throw new Error(`emulator: ${path}:${line} is not in the diff (${anchor.fault})`);
    const review = addReview(this.#state, { actor, body: '', state: 'COMMENTED', commitId });
    return addComment(this.#state, review.id, { actor, body, path, anchor, commitId });
  }

  /** Pastes the whole text of a comment, hidden marker included: on the timeline, in the comment's thread, or on its line. */
  quoteMarker(
    id: number,
    where: 'timeline' | 'thread' | 'line' = 'timeline',
    login?: string,
  ): ReviewComment | IssueComment {
    const { body } = this.#state.find(id);
    if (where === 'timeline') return this.comment(body, login);
    if (where === 'thread') return this.reply(id, body, login);
    const comment = this.#comment(id);
    return this.commentOnLine(comment.path, comment.line ?? 0, body, login);
  }

  /** Starts a review and leaves it unfinished, for anybody: a bot that crashed leaves one too. */
  startReview(actor: Actor): number {
    return addReview(this.#state, {
      actor,
      body: '',
      state: 'PENDING',
      commitId: this.#state.repository.head(),
    }).id;
  }

  close(): void {
    this.#state.pull = 'closed';
  }

  merge(): void {
    this.#state.pull = 'merged';
  }

  reopen(): void {
    this.#state.pull = 'open';
  }

  /** Only members may comment from now on. */
  lock(): void {
    this.#state.locked = true;
  }

  archive(): void {
    this.#state.archived = true;
  }

  #comment(id: number): ReviewComment {
    const said = this.#state.find(id);
    if (!('thread' in said)) throw new Error(`emulator: ${id} is not a comment on the diff`);
    return said;
  }
}
