// A place of discussion in memory: keeps the promises of the port, and does to a test what hosts and people do.
import type {
  Amendment,
  AmendOutcome,
  Anchor,
  CommentDraft,
  DeskProblem,
  DeskState,
  GateStatus,
  Host,
  PostOutcome,
  StandingComment,
  StatusOutcome,
} from '#domain/publication.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';
import { isShownIn } from './shown-anchor.ts';

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** A comment as it stands, with who wrote it. */
export interface MemoryComment extends Mutable<Omit<StandingComment, 'kind'>> {
  readonly kind: StandingComment['kind'];
  author: string;
}

export interface MemoryDeskOptions {
  readonly head: string;
  readonly diff: ReviewDiff;
  readonly host?: Host;
  readonly self?: string;
}

/** What the desk was told, in order. */
export type DeskCall =
  | { readonly method: 'read' }
  | { readonly method: 'post'; readonly drafts: readonly CommentDraft[]; readonly opening: string }
  | { readonly method: 'amend'; readonly amendments: readonly Amendment[] }
  | { readonly method: 'summarise'; readonly body: string }
  | { readonly method: 'report'; readonly status: GateStatus };

/** `stored`: the host did it all the same, and nobody could find out. */
interface PlannedRefusal {
  readonly method: DeskCall['method'];
  readonly problem: DeskProblem;
  readonly stored: boolean;
  left: number;
}

const memoryProblem = (code: DeskProblem['code']): DeskProblem => ({
  code,
  text: `The host said \`${code}\`.`,
  hint: 'Nothing helps in a test.',
});

export class MemoryDesk implements ReviewDesk {
  readonly calls: DeskCall[] = [];
  readonly comments: MemoryComment[] = [];
  readonly statuses: GateStatus[] = [];
  /** How often something was changed on the host. */
  writes = 0;
  rights: { comment: boolean; resolve: boolean } = { comment: true, resolve: true };
  /** What the change request is besides its head. */
  change: Partial<DeskState['change']> = {};
  readonly self: string;
  readonly #host: Host;
  #head: string;
  #diff: ReviewDiff;
  #count = 0;
  #refusals: PlannedRefusal[] = [];

  constructor(options: MemoryDeskOptions) {
    this.#head = options.head;
    this.#diff = options.diff;
    this.#host = options.host ?? 'github';
    this.self = options.self ?? 'assay-bot';
  }

  async read(
    _before?: DeskState,
    _again?: 'comments' | 'summaries',
  ): Promise<DeskState | { readonly problem: DeskProblem }> {
    this.calls.push({ method: 'read' });
    const refusal = this.#refusal('read');
    if (refusal) return { problem: refusal.problem };
    const { comment } = this.rights;
    return {
      change: this.#describeChange(),
      self: this.self,
      rights: {
        comment: comment ? 'yes' : 'no',
        problem: comment ? null : memoryProblem('permission'),
      },
      comments: this.comments
        .filter(({ author, body }) => author === this.self && body.includes('<!-- assay:'))
        .map(({ author: _, ...comment }) => ({ ...comment })),
    };
  }

  async post(
    drafts: readonly CommentDraft[],
    at: { readonly head: string; readonly opening: string },
  ): Promise<readonly PostOutcome[]> {
    this.calls.push({ method: 'post', drafts, opening: at.opening });
    return drafts.map((draft) => {
      if (at.head !== this.#head) return { kind: 'refused', problem: memoryProblem('moved') };
      if (!isShownIn(this.#diff, draft.anchor)) return { kind: 'refused', problem: memoryProblem('anchor') };
      return this.#write('post', () => posted(this.#add(draft.anchor.kind, draft.body, draft.anchor)));
    });
  }

  async amend(amendments: readonly Amendment[]): Promise<readonly AmendOutcome[]> {
    this.calls.push({ method: 'amend', amendments });
    return amendments.map((amendment) => {
      const comment = this.comments.find(
        ({ id, author }) => id === amendment.comment.id && author === this.self,
      );
      if (!comment) return { kind: 'refused', problem: memoryProblem('not_found') };
      const { body, thread } = amendment;
      if (thread === 'delete' && comment.answered) {
        return { kind: 'refused', problem: memoryProblem('rejected') };
      }
      const isSaid = body === null || body === comment.body;
      if (isSaid && thread !== 'delete' && !this.#movesThread(comment, thread)) {
        return { kind: 'amended', did: thread === 'close' && comment.resolved ? 'resolved' : 'edited' };
      }
      return this.#write('amend', () => this.#amendOne(comment, amendment));
    });
  }

  async summarise(body: string, _marker: string, standing: StandingComment | null): Promise<PostOutcome> {
    this.calls.push({ method: 'summarise', body });
    if (standing === null) return this.#write('summarise', () => posted(this.#add('summary', body, null)));
    const comment = this.comments.find(({ id, author }) => id === standing.id && author === this.self);
    if (!comment) return { kind: 'refused', problem: memoryProblem('not_found') };
    if (comment.body === body) return posted(comment);
    return this.#write('summarise', () => {
      comment.body = body;
      return posted(comment);
    });
  }

  async report(status: GateStatus): Promise<StatusOutcome> {
    this.calls.push({ method: 'report', status });
    if (status.head !== this.#head) return { kind: 'refused', problem: memoryProblem('moved') };
    const at = this.statuses.findIndex(({ name, head }) => name === status.name && head === status.head);
    const said = { kind: 'reported', as: 'status', annotations: 0, url: null } as const;
    if (this.statuses[at]?.digest === status.digest) return { ...said, action: 'kept' };
    return this.#write('report', () => {
      this.statuses.splice(at === -1 ? this.statuses.length : at, 1, status);
      return { ...said, action: at === -1 ? 'created' : 'updated' };
    });
  }

  /** The next `times` writes of a method (or reads) are refused; left out: all from now on. */
  refuse(method: DeskCall['method'], code: DeskProblem['code'], times = Number.POSITIVE_INFINITY): this {
    this.#refusals.push({ method, problem: memoryProblem(code), stored: false, left: times });
    return this;
  }

  /** The next write of a method is done, but the desk has to say that nobody answered. */
  storeThenFail(method: DeskCall['method']): this {
    this.#refusals.push({ method, problem: memoryProblem('unreachable'), stored: true, left: 1 });
    return this;
  }

  /** Nothing goes wrong from now on. */
  forgetFaults(): void {
    this.#refusals = [];
  }

  /**
   * A new head. Comments on lines keep their place, go where `trace` says, or are outdated when it gives null. Left out: the line is gone when
   * the new diff does not show it.
   */
  push(head: string, diff: ReviewDiff, trace?: (path: string, line: number) => number | null): void {
    this.#head = head;
    this.#diff = diff;
    for (const comment of this.comments) {
      const { path, line } = comment;
      if (comment.kind !== 'line' || path === null || line === null) continue;
      const shown = isShownIn(diff, { path, line });
      comment.line = trace ? trace(path, line) : shown ? line : null;
      comment.outdated = comment.line === null;
    }
  }

  /** A person answers in a comment's thread. People name a comment by a part of its text; the bot's own and oldest is meant. */
  reply(part: string): void {
    this.find(part).answered = true;
  }

  /** A person changes the text of a comment. */
  edit(part: string, body: string): void {
    this.find(part).body = body.replaceAll('\r\n', '\n');
  }

  resolve(part: string, by: 'self' | 'other' = 'other'): void {
    Object.assign(this.find(part), { resolved: true, resolvedBy: by });
  }

  unresolve(part: string): void {
    Object.assign(this.find(part), { resolved: false, resolvedBy: null });
  }

  delete(part: string): void {
    this.comments.splice(this.comments.indexOf(this.find(part)), 1);
  }

  /** A person says something; a whole text of the bot's, marker included, when it is a quote. */
  say(body: string, author = 'grace'): void {
    this.#add('summary', body, null).author = author;
  }

  find(part: string): MemoryComment {
    const found = this.comments.find(({ author, body }) => author === this.self && body.includes(part));
    if (!found) throw new Error(`No comment of the bot holds ${part}`);
    return found;
  }

  #describeChange(): DeskState['change'] {
    const name = this.#host === 'github' ? 'octo/shop#7' : 'group/project!7';
    return {
      host: this.#host,
      name,
      state: 'open',
      locked: false,
      head: this.#head,
      baseTip: 'b'.repeat(40),
      mergeBase: 'b'.repeat(40),
      fork: false,
      blobUrl: `https://host.example/blob/${this.#head}`,
      url: 'https://host.example/7',
      ...this.change,
    };
  }

  #refusal(method: DeskCall['method']): PlannedRefusal | null {
    const planned = this.#refusals.find((refusal) => refusal.method === method && refusal.left > 0);
    if (planned) planned.left -= 1;
    return planned ?? null;
  }

  #write<Outcome>(
    method: DeskCall['method'],
    act: () => Outcome,
  ): Outcome | { readonly kind: 'refused'; readonly problem: DeskProblem } {
    const comments = method !== 'report';
    const refusal =
      comments && !this.rights.comment
        ? { problem: memoryProblem('permission'), stored: false }
        : this.#refusal(method);
    if (refusal && !refusal.stored) return { kind: 'refused', problem: refusal.problem };
    this.writes += 1;
    const outcome = act();
    return refusal ? { kind: 'refused', problem: refusal.problem } : outcome;
  }

  #movesThread({ resolved }: MemoryComment, thread: Amendment['thread']): boolean {
    if (thread === 'leave' || !this.rights.resolve) return false;
    return resolved !== (thread === 'close');
  }

  #amendOne(comment: MemoryComment, { body, thread }: Amendment): AmendOutcome {
    const amended = (did: Extract<AmendOutcome, { kind: 'amended' }>['did']): AmendOutcome => ({
      kind: 'amended',
      did,
    });
    if (thread === 'delete') {
      this.comments.splice(this.comments.indexOf(comment), 1);
      return amended('deleted');
    }
    if (body !== null) comment.body = body;
    if (thread === 'leave' || !this.rights.resolve) return amended('edited');
    const closed = thread === 'close';
    Object.assign(comment, { resolved: closed, resolvedBy: closed ? 'self' : null, minimized: false });
    return amended(closed ? 'resolved' : 'reopened');
  }

  #add(kind: MemoryComment['kind'], body: string, anchor: Anchor | null): MemoryComment {
    this.#count += 1;
    const comment: MemoryComment = {
      id: `memory:${this.#count}`,
      kind,
      body: body.replaceAll('\r\n', '\n'),
      path: anchor?.path ?? null,
      line: anchor?.kind === 'line' ? anchor.line : null,
      startLine: anchor?.kind === 'line' ? anchor.startLine : null,
      outdated: false,
      resolved: false,
      resolvedBy: null,
      minimized: false,
      answered: false,
      url: `https://host.example/7#${this.#count}`,
      order: this.#count,
      author: this.self,
    };
    this.comments.push(comment);
    return comment;
  }
}

function posted({ id, url }: StandingComment | MemoryComment): PostOutcome {
  return { kind: 'posted', id, url };
}
