// The one summary comment of a run, in the pull request's conversation.

import { z } from 'zod';
import { isMarked } from '../../domain/is-marked.ts';
import type { PostOutcome, StandingComment } from '../../domain/publication.ts';
import {
  BODY_LIMIT,
  commentUrl,
  type DeskContext,
  handleOf,
  inRepository,
  isByBot,
  readHandle,
} from './desk-context.ts';
import { editComment, isGone } from './edit-comment.ts';
import { type Attempt, explainFailure } from './explain-failure.ts';
import { issueCommentShape, storedShape } from './host-shapes.ts';
import { ensureIdentity } from './own-identity.ts';
import { readAnswer, type Tried, writeOnce } from './try-host.ts';

const ATTEMPT: Attempt = { what: 'write the summary comment', needs: 'pull-requests: write' };
const ROUTE = '/repos/{owner}/{repo}/issues/{issue_number}/comments';

/** Edits `standing`, or posts a new comment when it is null or was deleted meanwhile. */
export async function writeSummary(
  context: DeskContext,
  body: string,
  marker: string,
  standing: StandingComment | null,
): Promise<PostOutcome> {
  if (body.length > BODY_LIMIT) {
    const text = 'The summary is longer than GitHub takes.';
    return refused({ code: 'too_long', text, hint: 'GitHub takes at most 65,536 characters in one text.' });
  }
  const target = standing === null ? null : readHandle(standing.id);
  if (target !== null && standing?.body === body) return posted(context, target.id);
  if (target !== null) {
    const edited = await editComment(context, target, body);
    if (edited.kind === 'done') return posted(context, target.id);
    const deleted = edited.failure.status === 404 && (await isGone(context, target));
    if (!deleted) return refused(explainFailure(edited.failure, ATTEMPT));
  }
  const unknown = await ensureIdentity(context);
  if (unknown !== null) return refused(unknown);
  const stored = await create(context, body, marker);
  return stored.kind === 'done'
    ? posted(context, stored.value)
    : refused(explainFailure(stored.failure, ATTEMPT));
}

async function create(context: DeskContext, body: string, marker: string): Promise<Tried<number>> {
  const { client } = context;
  const where = { ...inRepository(context), issue_number: context.number };
  return writeOnce(
    client,
    async () => {
      const answer = await client.write(`POST ${ROUTE}`, { ...where, body });
      return readAnswer(storedShape, answer.data, 'the summary comment').id;
    },
    async () => {
      let newest: number | null = null;
      for await (const page of client.pages(`GET ${ROUTE}`, where)) {
        for (const comment of readAnswer(z.array(issueCommentShape), page, 'the comments')) {
          if (isMarked(comment.body, marker) && isByBot(context, comment.user)) newest = comment.id;
        }
      }
      return newest;
    },
  );
}

function posted(context: DeskContext, id: number): PostOutcome {
  return { kind: 'posted', id: handleOf('issue', id), url: commentUrl(context, 'issue', id) };
}

function refused(problem: Extract<PostOutcome, { kind: 'refused' }>['problem']): PostOutcome {
  return { kind: 'refused', problem };
}
