// What an emulated pull request consists of: reviews, comments in threads, timeline comments, checks, statuses and alerts.
import type { ReviewRepository } from '../review-repository.ts';
import { StoredObjects } from '../stored-objects.ts';
import { type Actor, createPerson } from './actors.ts';

export interface Review {
  readonly id: number;
  readonly actor: Actor;
  body: string;
  state: 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED';
  readonly commitId: string;
  submittedAt: string | null;
  minimized: string | null;
  editedBy: Actor | null;
}

export type Side = 'LEFT' | 'RIGHT';

export interface ReviewComment {
  readonly id: number;
  readonly reviewId: number;
  readonly actor: Actor;
  body: string;
  readonly path: string;
  readonly subject: 'line' | 'file';
  readonly side: Side;
  readonly startSide: Side | null;
  /** Null on a whole file. */
  readonly originalLine: number | null;
  readonly originalStartLine: number | null;
  readonly originalPosition: number;
  readonly originalCommitId: string;
  readonly originalMergeBase: string;
  readonly diffHunk: string;
  /** Where it stands in today's diff; null when it is outdated. */
  line: number | null;
  startLine: number | null;
  position: number | null;
  commitId: string;
  outdated: boolean;
  readonly inReplyTo: number | null;
  readonly createdAt: string;
  updatedAt: string;
  minimized: string | null;
  editedBy: Actor | null;
  /** The thread outlives its first comment when that is deleted and replies stay. */
  readonly thread: Thread;
}

export interface Thread {
  /** The id of the comment that opened it. */
  readonly id: number;
  resolvedBy: Actor | null;
}

export interface IssueComment {
  readonly id: number;
  readonly actor: Actor;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  minimized: string | null;
  editedBy: Actor | null;
}

export interface PullRequestSettings {
  readonly owner: string;
  readonly name: string;
  readonly number: number;
  readonly private: boolean;
  /** `deleted`: the fork is gone, `head.repo` is null. */
  readonly fork: 'no' | 'yes' | 'deleted';
  /** Whether `GET /commits/{sha}/pulls` finds the pull request of a fork. */
  readonly findsForkCommits: boolean;
  readonly author: Actor;
  readonly repositoryId: number;
  /** The version of an Enterprise Server (`3.6`, `3.17`); null: github.com. */
  readonly enterprise: string | null;
}

/** A pull request that was opened by the API, from a branch of the repository itself. */
export interface MadePull {
  readonly number: number;
  readonly actor: Actor;
  readonly head: string;
  /** Its newest commit while it was open. */
  headSha: string;
  base: string;
  title: string;
  body: string;
  state: 'open' | 'closed' | 'merged';
  readonly createdAt: string;
}

const START = Date.UTC(2026, 0, 1);

/** The state of one repository with one pull request. Ids are unique over all kinds, and ascend. */
export class GitHubState {
  readonly repository: ReviewRepository;
  readonly settings: PullRequestSettings;
  readonly reviews: Review[] = [];
  readonly comments: ReviewComment[] = [];
  readonly issueComments: IssueComment[] = [];
  pull: 'open' | 'closed' | 'merged' = 'open';
  /** Beside the one under review. */
  readonly pulls: MadePull[] = [];
  readonly protectedBranches = new Set<string>(['main']);
  /** "Allow GitHub Actions to create and approve pull requests". */
  actionsMayOpenPulls = true;
  /** Accounts by the address that commits are made with. */
  readonly addresses = new Map<string, Actor>();
  readonly objects: StoredObjects;
  locked = false;
  archived = false;
  draft = false;
  /** What the host makes of a text when it gives it back: hosts change line ends and white space at the end. */
  givesBack: (body: string) => string = (body) => body;
  #id = 1_000_000;
  #seconds = 0;

  constructor(repository: ReviewRepository, settings: PullRequestSettings) {
    this.repository = repository;
    this.settings = settings;
    this.objects = new StoredObjects(repository.git);
  }

  nextId(): number {
    this.#id += 1;
    return this.#id;
  }

  /** A time of its own clock, one second after the last one. */
  now(): string {
    this.#seconds += 1;
    return new Date(START + this.#seconds * 1000).toISOString().replace('.000Z', 'Z');
  }

  /** Whether the actor sees it: a pending review and what is in it is its author's own. */
  isShown(comment: ReviewComment): boolean {
    return this.reviews.find(({ id }) => id === comment.reviewId)?.state !== 'PENDING';
  }

  shownComments(): ReviewComment[] {
    return this.comments.filter((comment) => this.isShown(comment));
  }

  /** One entry a thread that has a comment left, in the order they were opened. */
  threads(): { thread: Thread; comments: ReviewComment[] }[] {
    const byThread = Map.groupBy(this.shownComments(), ({ thread }) => thread);
    return [...byThread].map(([thread, comments]) => ({ thread, comments }));
  }

  /** A comment or review of any kind by its id. Throws for an unknown one, since only tests ask so. */
  find(id: number): ReviewComment | IssueComment | Review {
    const found = [...this.comments, ...this.issueComments, ...this.reviews].find((item) => item.id === id);
    if (!found) throw new Error(`emulator: there is no comment ${id}`);
    return found;
  }

  remove(id: number): void {
    for (const list of [this.comments, this.issueComments, this.reviews] as { id: number }[][]) {
      const at = list.findIndex((item) => item.id === id);
      if (at !== -1) list.splice(at, 1);
    }
  }
}

/** The author of the pull request, and a colleague who reviews. */
export const AUTHOR = createPerson(501, 'octocat', 'CONTRIBUTOR');
export const REVIEWER = createPerson(502, 'mona', 'MEMBER');
