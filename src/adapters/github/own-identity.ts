// Makes sure that the desk knows who the bot is and which review of its own was never submitted, before it writes.
import { z } from 'zod';
import type { DeskProblem } from '../../domain/publication.ts';
import { type DeskContext, inPull, isByBot } from './desk-context.ts';
import { explainFailure } from './explain-failure.ts';
import { reviewShape } from './host-shapes.ts';
import { readThreads } from './review-threads.ts';
import { readAnswer, tryHost } from './try-host.ts';

/** Asks only what no reading has learned yet. Gives the problem when the host would not say; then nothing may be written. */
export async function ensureIdentity(context: DeskContext): Promise<DeskProblem | null> {
  const { client, memory } = context;
  if (memory.bot !== null) return null;
  const change = { owner: context.owner, name: context.repo, number: context.number };
  const asked = await tryHost(client, () => readThreads(client, change));
  if (asked.kind === 'failed') {
    return explainFailure(asked.failure, {
      what: 'find out who the token belongs to',
      needs: 'pull-requests: write',
    });
  }
  memory.bot = asked.value.bot;
  return null;
}

/** Reviews of the bot's own that were begun and never submitted. Throws what the client throws. */
export async function listPendingReviews(context: DeskContext): Promise<readonly number[]> {
  const pending: number[] = [];
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews';
  for await (const page of context.client.pages(route, inPull(context))) {
    for (const review of readAnswer(z.array(reviewShape), page, 'the reviews')) {
      if (review.state === 'PENDING' && isByBot(context, review.user)) pending.push(review.id);
    }
  }
  return pending;
}
