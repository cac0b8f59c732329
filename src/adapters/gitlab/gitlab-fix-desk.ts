// The FixDesk port on GitLab: a branch made by one request to the commits API, and its merge request. No token ever reaches git.
import { Buffer } from 'node:buffer';
import type { DeskProblem } from '#domain/publication.ts';
import type {
  FixCommit,
  FixDesk,
  FixDeskState,
  FixedFile,
  FixGround,
  FixOutcome,
  FixPlace,
  FixTarget,
  FixTip,
  RequestText,
} from '#ports/fix-desk.ts';
import { endpoint } from './endpoint.ts';
import { explainFix } from './explain-fix.ts';
import { FixContext } from './fix-context.ts';
import { fixRights } from './fix-rights.ts';
import { commitIdShape, type FixBranch, type FixUser, fixRequestShape } from './fix-shapes.ts';
import type { GitLabClient } from './gitlab-client.ts';
import { attempt, GitLabFault } from './gitlab-fault.ts';
import { readShape } from './gitlab-shapes.ts';
import { sendAndLook } from './send-and-look.ts';

/** @param options `project`: a number, or `group/project`; `serverUrl`: `CI_SERVER_URL`, links are built from it */
export function createGitLabFixDesk(
  client: GitLabClient,
  { project, serverUrl }: { readonly project: string; readonly serverUrl: string },
): FixDesk {
  const context = new FixContext(client, project, serverUrl);
  const reading = async <T>(asked: string, work: () => Promise<T>): Promise<T | { problem: DeskProblem }> => {
    const answer = await attempt(work);
    return answer instanceof GitLabFault ? { problem: explainFix(answer, asked) } : answer;
  };
  return {
    locate: (target) => reading('to read the project', () => locate(context, target)),
    look: (place) => reading('to read the branch of the fixes', () => look(context, place)),
    commit: async (wish) => asOutcome(await commit(context, wish), 'to write the branch of the fixes'),
    open: async (wish) => asOutcome(await open(context, wish), 'to open the merge request'),
    amend: async (iid, text) => asOutcome(await amend(context, iid, text), 'to change the merge request'),
  };
}

/** Said of what was there already when it was to be made: another run was faster. */
const RACED = /a branch called .{0,300} already exists|another open merge request already exists/i;

function asOutcome<Done>(answer: Done | 'raced' | GitLabFault, asked: string): FixOutcome<Done> {
  if (answer === 'raced') return { kind: 'raced' };
  if (!(answer instanceof GitLabFault)) return { kind: 'done', ...answer };
  if ((answer.status === 400 || answer.status === 409) && RACED.test(answer.said)) return { kind: 'raced' };
  return { kind: 'refused', problem: explainFix(answer, asked) };
}

async function locate(context: FixContext, target: FixTarget): Promise<FixGround> {
  const self = await context.self();
  const project = await context.project();
  const defaultBranch = project.default_branch ?? '';
  const ground = {
    ...{ self: self.username, repository: project.path_with_namespace, defaultBranch },
    withheld: await fixRights(context),
  };
  if (target.kind !== 'request')
    return { ...ground, target: target.kind === 'branch' ? target.name : defaultBranch, isFork: false };
  const request = await context.mergeRequest(target.number);
  const isFork = request.source_project_id !== request.target_project_id;
  return { ...ground, target: request.source_branch, isFork };
}

async function look(context: FixContext, { target, branch, parent }: FixPlace): Promise<FixDeskState> {
  const self = await context.self();
  const goal = await context.branch(target);
  const own = await context.branch(branch);
  return {
    parent: goal === null ? 'unknown' : await standing(context, parent, goal.commit.id),
    tip: own === null ? null : tipOf(own, self),
    isProtected: own?.protected === true,
    requests: await context.requestsFrom(branch),
  };
}

async function standing(context: FixContext, parent: string, tip: string): Promise<FixDeskState['parent']> {
  if (parent === tip) return 'tip';
  const answer = await attempt(async () => {
    const { body } = await context.client.api.requester.get(
      endpoint`projects/${context.name}/repository/merge_base`,
      { searchParams: { refs: [parent, tip] } },
    );
    return readShape(commitIdShape, body).id;
  });
  if (!(answer instanceof GitLabFault)) return answer === parent ? 'ancestor' : 'elsewhere';
  if (answer.status === 404 || answer.status === 400) return 'unknown';
  throw answer;
}

/** GitLab tells no accounts of a commit, only addresses. A merge has two parents. */
function tipOf({ commit: one }: FixBranch, self: FixUser): FixTip {
  const address = self.commit_email || self.email || '';
  const byUs = address !== '' && one.author_email === address && one.committer_email === address;
  const parent = one.parent_ids.length === 1 ? (one.parent_ids[0] ?? null) : null;
  return { commit: one.id, message: one.message, parent, isOwn: byUs && parent !== null };
}

/**
 * One request makes commit and branch. A branch that is new is refused by GitLab when somebody made it meanwhile; one that is moved goes there
 * from wherever it stands by then, so it is looked at once more right before.
 */
async function commit(
  context: FixContext,
  { branch, parent, message, files, tip }: FixCommit,
): Promise<{ readonly commit: string } | 'raced' | GitLabFault> {
  if (tip !== null) {
    const before = await attempt(() => context.branch(branch));
    if (before instanceof GitLabFault) return before;
    if (before?.commit.id !== tip) return 'raced';
  }
  const asked = {
    ...{ branch, commit_message: message, start_sha: parent },
    ...(tip === null ? {} : { force: true }),
    actions: files.flatMap(actionsOf),
  };
  return sendAndLook(
    context.client,
    async () => {
      const address = endpoint`projects/${context.name}/repository/commits`;
      const { body } = await context.client.api.requester.post(address, { body: asked });
      return { commit: readShape(commitIdShape, body).id };
    },
    async () => {
      const now = (await context.branch(branch))?.commit;
      const isStored = now?.parent_ids[0] === parent && now.message.trimEnd() === message.trimEnd();
      return now !== undefined && isStored && now.id !== tip ? { commit: now.id } : null;
    },
  );
}

/** An update keeps the file's mode (docs.gitlab.com/api/commits, "actions"). */
function actionsOf({ path, bytes, isNew, isExecutable }: FixedFile): readonly object[] {
  const content = Buffer.from(bytes).toString('base64');
  const written = { action: isNew ? 'create' : 'update', file_path: path, content, encoding: 'base64' };
  if (!isNew || !isExecutable) return [written];
  return [written, { action: 'chmod', file_path: path, execute_filemode: true }];
}

async function open(
  context: FixContext,
  wish: RequestText & { readonly branch: string; readonly target: string },
): Promise<{ readonly number: number; readonly url: string } | GitLabFault> {
  const project = await attempt(() => context.project());
  if (project instanceof GitLabFault) return project;
  const opened = (iid: number) => ({ number: iid, url: context.urlOf(iid, project) });
  return sendAndLook(
    context.client,
    async () => {
      const address = endpoint`projects/${context.name}/merge_requests`;
      const { title, body: description, branch: source_branch, target: target_branch } = wish;
      const asked = { source_branch, target_branch, title, description };
      const { body } = await context.client.api.requester.post(address, { body: asked });
      return opened(readShape(fixRequestShape, body).iid);
    },
    async () => {
      const all = await context.requestsFrom(wish.branch);
      const found = all.find((one) => one.state === 'open' && one.isOwn && one.target === wish.target);
      return found === undefined ? null : opened(found.number);
    },
  );
}

async function amend(
  context: FixContext,
  iid: number,
  { title, body }: Partial<RequestText>,
): Promise<object | GitLabFault> {
  const asked = {
    ...(title === undefined ? {} : { title }),
    ...(body === undefined ? {} : { description: body }),
  };
  return sendAndLook<object>(
    context.client,
    async () => {
      const address = endpoint`projects/${context.name}/merge_requests/${iid}`;
      await context.client.api.requester.put(address, { body: asked });
      return {};
    },
    async () => {
      const now = await context.mergeRequest(iid);
      const hasTitle = title === undefined || now.title === title;
      const hasBody = body === undefined || now.description.trimEnd() === body.trimEnd();
      return hasTitle && hasBody ? {} : null;
    },
  );
}
