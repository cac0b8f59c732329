// Everything the emulated GitLab remembers about one project with one merge request.
import { createHash } from 'node:crypto';
import type { DiffFile } from '../git-diff.ts';
import type { ReviewRepository } from '../review-repository.ts';
import { StoredObjects } from '../stored-objects.ts';
import {
  type CommitStatus,
  DEFAULT_SWITCHES,
  type DiffRefs,
  type Discussion,
  type Draft,
  type GitLabSwitches,
  type GitLabToken,
  type GitLabUser,
  type Note,
  type Position,
  type Version,
} from './model.ts';
import { tracePosition } from './trace-position.ts';

/** 2026-01-01T00:00:00Z; everything that happens is one second younger than what happened before. */
const START = Date.UTC(2026, 0, 1);

export const areEqual = (one: DiffRefs, other: DiffRefs): boolean =>
  one.base_sha === other.base_sha && one.start_sha === other.start_sha && one.head_sha === other.head_sha;

export interface GitLabProject {
  readonly id: number;
  /** `group/project`. */
  readonly path: string;
  /** The project that the branch is in; differs from `id` for a fork. */
  readonly sourceId: number;
}

export interface GitLabMergeRequest {
  readonly iid: number;
  readonly title: string;
  readonly author: GitLabUser;
}

/** A merge request that was opened by the API, from a branch of the project itself. */
export interface MadeRequest {
  readonly iid: number;
  readonly author: GitLabUser;
  readonly source: string;
  /** Its newest commit while it was open. */
  sha: string;
  readonly target: string;
  title: string;
  description: string;
  state: 'opened' | 'closed' | 'merged';
  readonly createdAt: string;
}

export interface NoteSeed {
  readonly type: Note['type'];
  readonly body: string;
  readonly author: GitLabUser;
  readonly position?: Position | null;
  readonly system?: boolean;
  readonly hidden?: boolean;
}

export class GitLabState {
  readonly repository: ReviewRepository;
  readonly project: GitLabProject;
  readonly mergeRequest: GitLabMergeRequest;
  readonly tokens: Map<string, GitLabToken>;
  readonly switches: GitLabSwitches = { ...DEFAULT_SWITCHES };
  /** Beside the one under review. */
  readonly requests: MadeRequest[] = [];
  readonly protectedBranches = new Set<string>(['main']);
  readonly objects: StoredObjects;
  readonly versions: Version[] = [];
  readonly discussions: Discussion[] = [];
  drafts: Draft[] = [];
  readonly statuses: CommitStatus[] = [];
  /** The lines of notes that were run as commands. */
  readonly quickActions: string[] = [];
  /** What clients sent that they must not send. */
  readonly violations: string[] = [];
  /** What the host makes of a text when it gives it back: hosts change line ends and white space at the end. */
  givesBack: (body: string) => string = (body) => body;
  #count = 0;
  #branch = '';

  constructor(
    repository: ReviewRepository,
    project: GitLabProject,
    mergeRequest: GitLabMergeRequest,
    tokens: Map<string, GitLabToken>,
  ) {
    this.repository = repository;
    this.objects = new StoredObjects(repository.git);
    this.project = project;
    this.mergeRequest = mergeRequest;
    this.tokens = tokens;
    this.refresh();
    repository.onChange(() => this.refresh());
  }

  nextId(): number {
    this.#count += 1;
    return 1000 + this.#count;
  }

  now(): string {
    this.#count += 1;
    return new Date(START + this.#count * 1000).toISOString();
  }

  get refs(): DiffRefs {
    const { base_sha, start_sha, head_sha } = this.versions.at(-1) as Version;
    return { base_sha, start_sha, head_sha };
  }

  /** The diff that a version shows. */
  diff(refs: DiffRefs = this.refs): readonly DiffFile[] {
    return this.repository.diff(refs.base_sha, refs.head_sha);
  }

  get notes(): Note[] {
    return this.discussions.flatMap(({ notes }) => notes);
  }

  discussionOf(note: Note): Discussion {
    const found = this.discussions.find(({ notes }) => notes.includes(note));
    if (!found) throw new Error(`Note ${note.id} stands in no discussion.`);
    return found;
  }

  resolvable(note: Note): boolean {
    return !note.system && note.type !== null;
  }

  resolved(discussion: Discussion): boolean {
    const open = discussion.notes.filter((note) => this.resolvable(note));
    return open.length > 0 && open.every((note) => note.resolved !== null);
  }

  openDiscussion(seed: NoteSeed, individual: boolean): Discussion {
    const note = this.#makeNote(seed);
    const id = createHash('sha1').update(`discussion ${note.id}`).digest('hex');
    const discussion = { id, individual, notes: [note] };
    this.discussions.push(discussion);
    return discussion;
  }

  /** An answer; a plain note that is answered becomes a thread. */
  reply(discussion: Discussion, body: string, author: GitLabUser): Note {
    if (discussion.individual) {
      discussion.individual = false;
      const [first] = discussion.notes as [Note];
      discussion.notes[0] = { ...first, type: 'DiscussionNote' };
    }
    const [first] = discussion.notes as [Note];
    const was = this.resolved(discussion) ? first.resolved : null;
    const note = this.#makeNote({ type: first.type, body, author, position: first.position });
    note.changePosition = first.changePosition;
    note.resolved = was;
    discussion.notes.push(note);
    return note;
  }

  edit(note: Note, body: string): void {
    note.body = body;
    note.updatedAt = this.now();
  }

  resolve(notes: readonly Note[], by: GitLabUser | null): void {
    for (const note of notes) {
      if (!this.resolvable(note)) continue;
      if (by === null) note.resolved = null;
      else note.resolved ??= { by, at: this.now() };
    }
  }

  remove(note: Note): void {
    const discussion = this.discussionOf(note);
    discussion.notes.splice(discussion.notes.indexOf(note), 1);
    if (discussion.notes.length === 0) this.discussions.splice(this.discussions.indexOf(discussion), 1);
  }

  /** Looks at the branches again: a new head or target makes a version and moves every position that is not outdated. */
  refresh(): void {
    const head = this.repository.head();
    const last = this.versions.at(-1);
    if (last?.head_sha === head && this.#branch === this.repository.baseBranch) return;
    this.#branch = this.repository.baseBranch;
    const version = {
      id: this.nextId(),
      base_sha: this.repository.mergeBase(),
      start_sha: this.repository.baseTip(),
      head_sha: head,
      createdAt: this.now(),
    };
    this.versions.push(version);
    if (!last) return;
    this.refreshPositions();
    this.#say('added 1 commit\n\n<ul><li>a change</li></ul>\n\n[Compare with previous version](#)');
  }

  /** Brings every position that is not outdated to the newest version, also one that was sent for an older one. */
  refreshPositions(): void {
    for (const discussion of this.discussions) this.#follow(discussion);
  }

  #follow(discussion: Discussion): void {
    const { refs } = this;
    const [first] = discussion.notes as [Note];
    if (!first.position || first.changePosition || areEqual(first.position, refs)) return;
    const traced = tracePosition(this.repository, first.position, refs);
    for (const note of discussion.notes) {
      if (traced.kind === 'moved') note.position = traced.position;
      else note.changePosition = traced.changePosition;
    }
    if (traced.kind === 'moved') return;
    const body = `changed this line in [version ${this.versions.length} of the diff](#)`;
    const { author } = this.mergeRequest;
    const told = this.#makeNote({ type: first.type, body, author, position: first.position, system: true });
    discussion.notes.push({ ...told, changePosition: traced.changePosition });
  }

  #say(body: string): void {
    this.openDiscussion({ type: null, body, author: this.mergeRequest.author, system: true }, true);
  }

  #makeNote(seed: NoteSeed): Note {
    const at = this.now();
    return {
      id: this.nextId(),
      type: seed.type,
      body: seed.body,
      author: seed.author,
      createdAt: at,
      updatedAt: at,
      system: seed.system ?? false,
      position: seed.position ?? null,
      changePosition: null,
      resolved: null,
      hidden: seed.hidden ?? false,
    };
  }
}
