// Where a question finds code, policy and documents: the commit of the run where it is here, else the files at hand.
import { AssayError } from '#domain/errors.ts';
import type { Policy } from '#domain/policy.ts';
import { compose } from '../compose.ts';
import type { Environment } from '../environment.ts';
import { readPolicy } from '../read-policy.ts';
import { defaultRequest, type RunRequest } from '../run-request.ts';
import { trustedTree } from '../trusted-tree.ts';
import type { World } from '../world.ts';

export interface SourceRoom {
  readonly run: RunRequest;
  /** Its workspace is what the findings were judged on, where that can be had. */
  readonly world: World;
  readonly policy: Policy;
  readonly tree: ReturnType<typeof trustedTree>;
  /** The commit of the run where it is not here, so that other files are read in its place; else null. */
  readonly otherCommit: string | null;
}

export type Sources =
  | ({ readonly kind: 'sources' } & SourceRoom & AsyncDisposable)
  /** `isPolicy`: the policy cannot be read, and may have named a model. */
  | ({ readonly kind: 'none'; readonly why: string; readonly isPolicy: boolean } & AsyncDisposable);

/** Never throws for what the place lacks: facts of the result need none of it. */
export async function openSources(
  asked: {
    readonly repo: string;
    readonly base: string | null;
    readonly model: string | null;
    readonly allowHttp: boolean;
    readonly cwd: string;
    readonly head: string | null;
    readonly language: 'en' | 'zh-CN';
  },
  environment: Environment,
): Promise<Sources> {
  const { head, ...given } = asked;
  const run: RunRequest = {
    ...defaultRequest(asked.cwd),
    ...given,
    trustHeadConfig: asked.base === null && environment.variables.CI !== 'true',
  };
  try {
    const composed = await compose(run, environment);
    try {
      const { world } = composed;
      const commits = (await world.changes?.commits()) ?? { baseTip: null };
      const { policy } = await readPolicy(run, world, { baseTip: commits.baseTip, diff: null });
      const judged = await atHead(world, head);
      return {
        kind: 'sources',
        run,
        world: judged ?? world,
        policy: { ...policy, language: asked.language },
        tree: trustedTree(run, world, commits),
        otherCommit: judged === null && head !== null && world.changes !== null ? head.slice(0, 12) : null,
        [Symbol.asyncDispose]: () => composed[Symbol.asyncDispose](),
      };
    } catch (error) {
      await composed[Symbol.asyncDispose]();
      throw error;
    }
  } catch (error) {
    if (!(error instanceof AssayError) || error.code === 'internal') throw error;
    const why = error.message.replace(/\.$/, '');
    return {
      ...{ kind: 'none', why, isPolicy: error.code === 'configuration' },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
}

/** The sources as they were judged; null where no commit is named or it is not here. A result is anybody's: it names a commit or nothing. */
async function atHead(world: World, head: string | null): Promise<World | null> {
  if (head === null || world.changes === null || !/^[0-9a-f]{40,64}$/.test(head)) return null;
  const workspace = world.changes.at(head);
  try {
    await workspace.files();
  } catch (error) {
    if (error instanceof AssayError) return null;
    throw error;
  }
  return { ...world, workspace };
}
