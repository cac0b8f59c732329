// The pull request of the fixes: opened once, and its text changed where it differs.
import type { RequestText } from '../../ports/fix-desk.ts';
import type { GitHubFixContext } from './fix-context.ts';
import { fixPullShape } from './fix-shapes.ts';
import { readSelf } from './locate-fix.ts';
import { listFixPulls, pullUrl } from './look-at-fix.ts';
import { readAnswer, type Tried, writeOnce } from './try-host.ts';

export interface FixPullWish extends RequestText {
  readonly branch: string;
  readonly target: string;
}

interface OpenedPull {
  readonly number: number;
  readonly url: string;
}

export async function openFixPull(context: GitHubFixContext, wish: FixPullWish): Promise<Tried<OpenedPull>> {
  const { client, owner, repo } = context;
  const opened = (number: number): OpenedPull => ({ number, url: pullUrl(context, number) });
  const asked = { title: wish.title, body: wish.body, head: wish.branch, base: wish.target };
  return writeOnce(
    client,
    async () => {
      const answer = await client.write('POST /repos/{owner}/{repo}/pulls', { owner, repo, ...asked });
      return opened(readAnswer(fixPullShape, answer.data, 'the pull request').number);
    },
    async () => {
      const all = await listFixPulls(context, wish.branch, await readSelf(context));
      const found = all.find(
        ({ state, isOwn, target }) => state === 'open' && isOwn && target === wish.target,
      );
      return found === undefined ? null : opened(found.number);
    },
  );
}

export async function amendFixPull(
  { client, owner, repo }: GitHubFixContext,
  number: number,
  text: Partial<RequestText>,
): Promise<Tried<object>> {
  const where = { owner, repo, pull_number: number };
  return writeOnce<object>(
    client,
    async () => {
      await client.write('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { ...where, ...text });
      return {};
    },
    async () => {
      const { data } = await client.read('GET /repos/{owner}/{repo}/pulls/{pull_number}', where);
      const pull = readAnswer(fixPullShape, data, 'the pull request');
      const hasTitle = text.title === undefined || pull.title === text.title;
      const hasBody = text.body === undefined || pull.body.trimEnd() === text.body.trimEnd();
      return hasTitle && hasBody ? {} : null;
    },
  );
}
