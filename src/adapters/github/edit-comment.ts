// Changes or deletes one text of the bot's own, whatever kind it is of.
import { z } from 'zod';
import { type CommentSort, type DeskContext, inPull, inRepository } from './desk-context.ts';
import type { Parameters } from './github-client.ts';
import { readAnswer, type Tried, tryHost, writeOnce } from './try-host.ts';

const ROUTES: Readonly<Record<CommentSort, { readonly edit: string; readonly path: string }>> = {
  comment: { edit: 'PATCH', path: '/repos/{owner}/{repo}/pulls/comments/{comment_id}' },
  issue: { edit: 'PATCH', path: '/repos/{owner}/{repo}/issues/comments/{comment_id}' },
  review: { edit: 'PUT', path: '/repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}' },
};

const bodyShape = z.object({ body: z.string().nullish() });

interface Target {
  readonly sort: CommentSort;
  readonly id: number;
}

/** Writes `body`; a lost answer is looked for by reading the text back. */
export async function editComment(context: DeskContext, target: Target, body: string): Promise<Tried<null>> {
  const { edit, path } = ROUTES[target.sort];
  const where = parametersOf(context, target);
  const tried = await writeOnce(
    context.client,
    async () => {
      await context.client.write(`${edit} ${path}`, { ...where, body });
      return null;
    },
    async () => {
      const answer = await context.client.read(`GET ${path}`, where);
      const stored = readAnswer(bodyShape, answer.data, 'the comment').body ?? '';
      return sameText(stored, body) ? DONE : null;
    },
  );
  return withoutValue(tried);
}

/** Deletes it; what is gone already is as good. A submitted review cannot be deleted (platforms D26) and is not asked for here. */
export async function deleteComment(context: DeskContext, target: Target): Promise<Tried<null>> {
  const { path } = ROUTES[target.sort];
  const where = parametersOf(context, target);
  const tried = await writeOnce(
    context.client,
    async () => {
      await context.client.write(`DELETE ${path}`, where);
      return null;
    },
    async () => ((await isGone(context, target)) ? DONE : null),
  );
  return tried.kind === 'failed' && tried.failure.status === 404
    ? { kind: 'done', value: null }
    : withoutValue(tried);
}

/** Whether it cannot be read either: GitHub says 404 also for what a token may not do (platforms D18). */
export async function isGone(context: DeskContext, target: Target): Promise<boolean> {
  const where = parametersOf(context, target);
  const seen = await tryHost(context.client, () =>
    context.client.read(`GET ${ROUTES[target.sort].path}`, where),
  );
  return seen.kind === 'failed' && seen.failure.status === 404;
}

/** Null means "not stored" to who looks. */
const DONE = 'done';

function withoutValue(tried: Tried<unknown>): Tried<null> {
  return tried.kind === 'done' ? { kind: 'done', value: null } : tried;
}

function sameText(one: string, other: string): boolean {
  const plain = (text: string) => text.replace(/\r\n?/g, '\n').trimEnd();
  return plain(one) === plain(other);
}

function parametersOf(context: DeskContext, { sort, id }: Target): Parameters {
  return sort === 'review'
    ? { ...inPull(context), review_id: id }
    : { ...inRepository(context), comment_id: id };
}
