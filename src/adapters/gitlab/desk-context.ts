// What all acts of the desk share: the client, which merge request, and who the bot is.
import { isMarked } from '#domain/is-marked.ts';
import type { DeskProblem, DeskRights, StandingComment } from '#domain/publication.ts';
import { codeSpan } from '#support/escape-markdown.ts';
import { shorten } from '#support/shorten.ts';
import { readRights } from './desk-rights.ts';
import { findQuickAction } from './find-quick-action.ts';
import type { GitLabClient } from './gitlab-client.ts';
import { readShape, userShape } from './gitlab-shapes.ts';
import {
  type DiffRefs,
  type MergeRequest,
  type MergeRequestName,
  readMergeRequest,
} from './merge-request.ts';
import { isOwn, listDiscussions, parseCommentId } from './standing-comments.ts';

/** docs.gitlab.com/administration/instance_limits, "Size of comments and descriptions". */
const BODY_CAP = 1_000_000;

export interface DeskPlace extends MergeRequestName {
  readonly serverUrl: string;
  readonly fallbackRefs: DiffRefs | null;
}

export class DeskContext {
  readonly client: GitLabClient;
  readonly name: MergeRequestName;
  /** Ids of the bot's own comments: those it read, and those it posted. Nothing else is ever amended. */
  readonly own = new Set<string>();
  readonly #place: DeskPlace;
  /** `group/project`, once GitLab told it. */
  #path: string;
  #self: { readonly id: number; readonly username: string } | null = null;
  #rights: DeskRights | null = null;

  constructor(client: GitLabClient, place: DeskPlace) {
    this.client = client;
    this.name = { project: place.project, iid: place.iid };
    this.#place = place;
    this.#path = String(place.project);
  }

  get path(): string {
    return this.#path;
  }

  /** Built from the server's address and the path alone. */
  get projectUrl(): string {
    const path = this.#path.split('/').map(encodeURIComponent).join('/');
    return `${this.#place.serverUrl.replace(/\/+$/, '')}/${path}`;
  }

  get url(): string {
    return `${this.projectUrl}/-/merge_requests/${this.name.iid}`;
  }

  /** As it is now. @throws GitLabFault */
  async readMergeRequest(): Promise<MergeRequest> {
    const request = await readMergeRequest(this.client, this.name, this.#place.fallbackRefs);
    const full = request.answer.references?.full ?? '';
    const suffix = `!${this.name.iid}`;
    if (full.endsWith(suffix)) this.#path = full.slice(0, -suffix.length);
    return request;
  }

  /** Who the token belongs to; asked once. @throws GitLabFault */
  async self(): Promise<{ readonly id: number; readonly username: string }> {
    this.#self ??= readShape(userShape, await this.client.api.Users.showCurrentUser());
    return this.#self;
  }

  /** What the token may do; asked once. */
  async rights(): Promise<DeskRights> {
    this.#rights ??= await readRights(this.client, this.name.project);
    return this.#rights;
  }

  /** The bot's own note that holds `marker`, wherever on the merge request; the oldest of several. @throws GitLabFault */
  async findByMarker(
    marker: string,
  ): Promise<{ readonly discussion: string | null; readonly note: number } | null> {
    const self = await this.self();
    const notes = (await listDiscussions(this.client, this.name)).flatMap((discussion) =>
      discussion.notes
        .filter((note) => isOwn(note, self.id) && isMarked(note.body, marker))
        .map(({ id }) => ({
          discussion: discussion.individual_note === true ? null : discussion.id,
          note: id,
        })),
    );
    return notes.sort((one, other) => one.note - other.note)[0] ?? null;
  }

  urlOf(note: number): string {
    return `${this.url}#note_${note}`;
  }
}

/** Why a text is not sent at all; null when it may be. */
export function bodyProblem(body: string): DeskProblem | null {
  if (body.length > BODY_CAP) {
    return {
      code: 'too_long',
      text: `The comment has ${body.length} characters; GitLab takes ${BODY_CAP}.`,
      hint: 'The finding stands in the result files.',
    };
  }
  const line = findQuickAction(body);
  if (line === null) return null;
  return {
    code: 'rejected',
    text: `GitLab would run a line of the comment as a command, so it was not sent: ${codeSpan(shorten(line, 80))}.`,
    hint: 'The finding stands in the summary or in the result files.',
  };
}

/** GitLab stored no note, or another text than ours (platforms D43). */
export const SWALLOWED: DeskProblem = {
  code: 'rejected',
  text: 'GitLab took the comment for commands and stored no note of it.',
  hint: 'Report this; the finding stands in the result files.',
};

/** @throws GitLabFault never; a comment that is no comment of this desk gives a problem */
export function idsOf(
  comment: StandingComment,
): { readonly discussion: string | null; readonly note: number } | { readonly problem: DeskProblem } {
  return (
    parseCommentId(comment.id) ?? {
      problem: {
        code: 'not_found',
        text: 'The comment to be changed is none of this merge request.',
        hint: 'Report this: the comment was read from another host.',
      },
    }
  );
}
