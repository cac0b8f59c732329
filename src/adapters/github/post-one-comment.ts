// One comment on its own: on a whole file, which a review cannot hold, or on a line whose review GitHub refused.
import { isMarked } from '../../domain/is-marked.ts';
import type { CommentDraft, PostOutcome } from '../../domain/publication.ts';
import { commentUrl, type DeskContext, handleOf, inPull, listOwnReviewComments } from './desk-context.ts';
import { storedShape } from './host-shapes.ts';
import { linesOf } from './posting-place.ts';
import { readAnswer, type Tried, writeOnce } from './try-host.ts';

/** Posts the draft at the commit `head`. */
export async function postOneComment(
  context: DeskContext,
  draft: CommentDraft,
  head: string,
): Promise<Tried<PostOutcome>> {
  const { client, memory } = context;
  memory.listed = null;
  const posted = (id: number): PostOutcome => ({
    kind: 'posted',
    id: handleOf('comment', id),
    url: commentUrl(context, 'comment', id),
  });
  return writeOnce(
    client,
    async () => {
      const answer = await client.write('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
        ...inPull(context),
        commit_id: head,
        path: draft.anchor.path,
        body: draft.body,
        ...linesOf(draft),
      });
      return posted(readAnswer(storedShape, answer.data, 'the comment').id);
    },
    async () => {
      const comments = await listOwnReviewComments(context);
      const found = comments.find(({ body }) => isMarked(body, draft.marker));
      return found === undefined ? null : posted(found.id);
    },
  );
}
