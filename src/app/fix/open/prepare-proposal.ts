// Everything about the host that is known before a file is written: where, by whom, whether it may, and how the branch stands.
import { AssayError } from '#domain/errors.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { Log } from '#ports/log.ts';
import type { Workspace } from '#ports/workspace.ts';
import { createSeal } from '../../../publish/marker.ts';
import type { Environment } from '../../environment.ts';
import { markerKeyOf } from '../../publish/marker-key.ts';
import { readEvent } from '../../publish/read-event.ts';
import type { FixRequest } from '../fix-request.ts';
import { fixBranchFor, isFixBranch, requireBranchNames } from './branch-names.ts';
import { declaredRights } from './declared-rights.ts';
import { fixWhere, fromFork } from './fix-where.ts';
import { openFixDesk } from './open-fix-desk.ts';
import { asError, type Proposal, proposalProblem } from './propose-fixes.ts';

export interface ProposalContext {
  readonly environment: Environment;
  readonly log: Log;
  /** Of the commit that the working tree stands on; null where there is none. */
  readonly head: string | null;
  readonly treeAt: (commit: string) => Promise<Workspace | null>;
}

export type Prepared =
  | ({ readonly kind: 'ready' } & Proposal)
  /** Nothing is written anywhere. */
  | { readonly kind: 'left'; readonly why: Phrase; readonly isShort: boolean };

/** Throws AssayError for a run that may not write, a token that may not, and a commit that nothing can stand on. */
export async function prepareProposal(
  request: FixRequest,
  { environment, log, head, treeAt }: ProposalContext,
): Promise<Prepared> {
  const { variables } = environment;
  requireBranchNames(request);
  const where = fixWhere(request, variables, await readEvent(variables));
  if (head === null) {
    throw new AssayError('usage', 'There is no commit that the fixes could stand on.', {
      hint: 'Run assay fix --open in a clone of the repository.',
    });
  }
  const desk = await openFixDesk(where, { ...environment, allowHttp: request.allowHttp, log });
  const ground = await desk.locate(where.target);
  if ('problem' in ground) throw asError(ground.problem);
  if (ground.isFork) throw fromFork();
  const declared = ground.withheld === null ? await declaredRights(ground.self, variables, treeAt) : null;
  const missing = ground.withheld ?? declared?.missing ?? null;
  if (missing !== null) throw asError(missing);
  const { target, defaultBranch, repository } = ground;
  if (request.target === null && isFixBranch(target)) {
    const why = phrase`This is a branch of fixes itself: none are opened for it.`;
    return { kind: 'left', why, isShort: false };
  }
  const branch = request.branch ?? fixBranchFor(target, defaultBranch);
  const key = markerKeyOf(variables, log);
  const seal = createSeal({ host: where.host, change: `${repository}@${branch}`, key });
  const proposal = { desk, ground, seal, place: { target, branch, parent: head } };
  const why = await proposalProblem(proposal);
  return why === null ? { kind: 'ready', ...proposal } : { kind: 'left', why, isShort: true };
}
