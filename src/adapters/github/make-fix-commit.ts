// The commit of the fixes, made in GitHub's git database: blobs → tree → commit → ref.
import { Buffer } from 'node:buffer';
import type { FixCommit, FixedFile } from '../../ports/fix-desk.ts';
import type { GitHubFixContext } from './fix-context.ts';
import { commitShape, objectShape, refShape } from './fix-shapes.ts';
import { isLost } from './host-failure.ts';
import { readAnswer, type Tried, tryHost, writeOnce } from './try-host.ts';

/** As for other writes: what was sent may still be on its way into the host's store. */
const SETTLING_MS = 2000;

type Where = Readonly<Record<string, unknown>>;

/**
 * Objects go by their content, and nobody sees one that no branch leads to: one whose answer was lost is sent again, and is the same or of no
 * matter. The branch alone is looked at first. No author is named, so that GitHub says who the token belongs to, and signs where it does.
 */
export async function makeFixCommit(
  context: GitHubFixContext,
  wish: FixCommit,
): Promise<Tried<{ readonly commit: string } | 'raced'>> {
  const where = { owner: context.owner, repo: context.repo };
  const made = await tryHost(context.client, async () => {
    const base = await context.client.read('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', {
      ...where,
      commit_sha: wish.parent,
    });
    const { tree } = readAnswer(commitShape, base.data, 'the commit');
    const entries = [];
    for (const file of wish.files) entries.push(await makeEntry(context, file, where));
    const made = await create(context, 'POST /repos/{owner}/{repo}/git/trees', {
      ...where,
      base_tree: tree.sha,
      tree: entries,
    });
    return create(context, 'POST /repos/{owner}/{repo}/git/commits', {
      ...where,
      message: wish.message,
      tree: made,
      parents: [wish.parent],
    });
  });
  if (made.kind === 'failed') return made;
  return moveBranch(context, wish, made.value);
}

async function makeEntry(context: GitHubFixContext, { path, bytes, isExecutable }: FixedFile, where: Where) {
  const content = Buffer.from(bytes).toString('base64');
  const blob = { ...where, content, encoding: 'base64' };
  const sha = await create(context, 'POST /repos/{owner}/{repo}/git/blobs', blob);
  return { path, mode: isExecutable ? '100755' : '100644', type: 'blob', sha };
}

/** The object's id. Throws what the client throws. */
async function create({ client }: GitHubFixContext, route: string, parameters: Where): Promise<string> {
  const send = async () =>
    readAnswer(objectShape, (await client.write(route, parameters)).data, 'a git object').sha;
  try {
    return await send();
  } catch (error) {
    const failure = client.failureOf(error);
    if (failure === null || !isLost(failure)) throw error;
    await client.sleep(SETTLING_MS);
    return send();
  }
}

/**
 * GitHub's REST interface moves a branch whatever it stands at by then: it is looked at once more right before, which leaves a moment between
 * two requests.
 */
async function moveBranch(
  context: GitHubFixContext,
  { branch, tip }: FixCommit,
  commit: string,
): Promise<Tried<{ readonly commit: string } | 'raced'>> {
  const { client, owner, repo } = context;
  const where = { owner, repo, ref: `heads/${branch}` };
  const look = async () => ((await readTip(context, where)) === commit ? { commit } : null);
  if (tip === null) {
    const ref = { owner, repo, ref: `refs/heads/${branch}`, sha: commit };
    const send = async () => {
      await client.write('POST /repos/{owner}/{repo}/git/refs', ref);
      return { commit };
    };
    return writeOnce(client, send, look);
  }
  const before = await tryHost(client, () => readTip(context, where));
  if (before.kind === 'failed') return before;
  if (before.value !== tip) return { kind: 'done', value: 'raced' };
  const send = async () => {
    await client.write('PATCH /repos/{owner}/{repo}/git/refs/{ref}', { ...where, sha: commit, force: true });
    return { commit };
  };
  return writeOnce(client, send, look);
}

/** Null when there is no such branch. Throws what the client throws. */
async function readTip({ client }: GitHubFixContext, where: Where): Promise<string | null> {
  try {
    const { data } = await client.read('GET /repos/{owner}/{repo}/git/ref/{ref}', where);
    return readAnswer(refShape, data, 'the branch').object.sha;
  } catch (error) {
    if (client.failureOf(error)?.status === 404) return null;
    throw error;
  }
}
