// Commits, merge bases and merge requests made by the API (docs.gitlab.com/api/commits, /api/repositories, /api/merge_requests).
import { z } from 'zod';
import type { HostAnswer } from '../emulated-host.ts';
import type { TreeChange } from '../stored-objects.ts';
import { badParameters, created, forbidden, notFound, ok } from './answers.ts';
import type { GitLabState, MadeRequest } from './gitlab-state.ts';
import type { GitLabUser } from './model.ts';
import { takeFields } from './note-writing.ts';
import { presentMergeRequest, presentUser } from './present.ts';
import { extractQuickActions } from './quick-actions.ts';
import { describeCommit } from './repository-routes.ts';
import { DEVELOPER, type GitLabCall, type GitLabRoute } from './route.ts';

const REPOSITORY = '/projects/:project/repository';
const REQUESTS = '/projects/:project/merge_requests';

export const fixRoutes: readonly GitLabRoute[] = [
  { method: 'GET', path: `${REPOSITORY}/merge_base`, handle: mergeBase },
  { method: 'POST', path: `${REPOSITORY}/commits`, handle: makeCommit },
  { method: 'POST', path: REQUESTS, handle: openRequest },
  { method: 'PUT', path: `${REQUESTS}/:iid`, handle: changeRequest },
];

const action = z.strictObject({
  action: z.enum(['create', 'update', 'chmod']),
  file_path: z.string().min(1),
  content: z.string().optional(),
  encoding: z.enum(['text', 'base64']).optional(),
  execute_filemode: z.boolean().optional(),
});
const commitFields = z.strictObject({
  branch: z.string().min(1),
  commit_message: z.string().min(1),
  start_sha: z.string().optional(),
  force: z.boolean().optional(),
  actions: z.array(action).min(1),
});
type CommitFields = z.infer<typeof commitFields>;
const requestFields = z.strictObject({
  source_branch: z.string(),
  target_branch: z.string(),
  title: z.string().min(1),
  description: z.string().optional(),
});
const changedFields = z.strictObject({ title: z.string().optional(), description: z.string().optional() });

const say = (status: number, message: unknown): HostAnswer => ({ status, body: { message } });

/** The address that commits of a user are made with. */
export function addressOf({ id, username }: GitLabUser): string {
  return `${id}-${username}@users.noreply.gitlab.example`;
}

function mergeBase({ state, request }: GitLabCall): HostAnswer {
  const refs = request.query.getAll('refs[]');
  const [one, other] = refs;
  if (refs.length !== 2 || one === undefined || other === undefined)
    return badParameters('Provide at least 2 refs');
  const missing = refs.find((ref) => !state.objects.has(ref, 'commit'));
  if (missing !== undefined) return say(400, `400 Bad request - Could not find ref: ${missing}`);
  const base = state.objects.mergeBase(one, other);
  return base === null ? notFound('Merge Base') : ok(describeCommit(state, base));
}

function makeCommit(call: GitLabCall): HostAnswer {
  const { state, token } = call;
  const taken = takeFields(call, commitFields);
  if ('answer' in taken) return taken.answer;
  const { fields } = taken;
  if (token.access < DEVELOPER || state.switches.archived) return forbidden();
  if (state.protectedBranches.has(fields.branch))
    return say(403, '403 Forbidden - You are not allowed to push into this branch');
  const tip = state.objects.tip(fields.branch);
  if (tip !== null && fields.start_sha !== undefined && fields.force !== true)
    return say(
      400,
      `A branch called '${fields.branch}' already exists. Switch to that branch in order to make changes`,
    );
  const start = fields.start_sha ?? tip;
  if (start === null) return say(400, 'You can only create or edit files when you are on a branch');
  if (!state.objects.has(start, 'commit')) return say(400, `Cannot find start_sha '${start}'`);
  const changes = readActions(state, start, fields);
  if (typeof changes === 'string') return say(400, changes);
  const by = { name: token.user.name, email: addressOf(token.user) };
  const tree = state.objects.tree(start, changes);
  const commit = state.objects.commit(tree, [start], fields.commit_message, by);
  state.objects.move(fields.branch, commit);
  for (const one of state.requests)
    if (one.source === fields.branch && one.state === 'opened') one.sha = commit;
  return created(describeCommit(state, commit));
}

/** In order; an update keeps the mode. A sentence when one cannot be done. */
function readActions(state: GitLabState, start: string, { actions }: CommitFields): TreeChange[] | string {
  const rows = new Map(state.repository.tree(start).map((row) => [row.path, row]));
  const changes = new Map<string, TreeChange>();
  for (const {
    action: kind,
    file_path: path,
    content = '',
    encoding,
    execute_filemode: isProgram,
  } of actions) {
    const mode = changes.get(path)?.mode ?? rows.get(path)?.mode;
    if (kind === 'create' && mode !== undefined) return 'A file with this name already exists';
    if (kind !== 'create' && mode === undefined) return "A file with this name doesn't exist";
    const blob =
      kind === 'chmod'
        ? (changes.get(path)?.blob ?? rows.get(path)?.sha ?? null)
        : state.objects.blob(Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8'));
    const kept = mode ?? '100644';
    changes.set(path, { path, blob, mode: kind === 'chmod' ? (isProgram ? '100755' : '100644') : kept });
  }
  return [...changes.values()];
}

function openRequest(call: GitLabCall): HostAnswer {
  const { state, token, root } = call;
  const taken = takeFields(call, requestFields);
  if ('answer' in taken) return taken.answer;
  const { source_branch: source, target_branch: target, title, description = '' } = taken.fields;
  if (token.access < DEVELOPER || state.switches.archived) return forbidden();
  for (const [what, branch] of [
    ['Source', source],
    ['Target', target],
  ] as const) {
    if (state.objects.tip(branch) === null) return say(400, [`${what} branch "${branch}" does not exist`]);
  }
  if (source === target) return say(409, ["You can't use same project/branch for source and target"]);
  const other = state.requests.find(
    (one) => one.source === source && one.target === target && one.state === 'opened',
  );
  if (other)
    return say(409, [`Another open merge request already exists for this source branch: !${other.iid}`]);
  if (title.length > 255) return say(400, { title: ['is too long (maximum is 255 characters)'] });
  const made: MadeRequest = {
    ...{ iid: state.mergeRequest.iid + state.requests.length + 1, author: token.user, source, target },
    sha: state.objects.tip(source) ?? '',
    ...{ title, description: runCommands(state, description), state: 'opened', createdAt: state.now() },
  };
  state.requests.push(made);
  return created(presentMadeRequest(state, made, root));
}

function changeRequest(call: GitLabCall): HostAnswer {
  const { state, token, root, parameters } = call;
  const taken = takeFields(call, changedFields);
  if ('answer' in taken) return taken.answer;
  if (token.access < DEVELOPER || state.switches.archived) return forbidden();
  const made = state.requests.find(({ iid }) => String(iid) === parameters.iid);
  if (!made) return notFound('Merge request');
  const { title, description } = taken.fields;
  if (title !== undefined) made.title = title;
  if (description !== undefined) made.description = runCommands(state, description);
  return ok(presentMadeRequest(state, made, root));
}

/** A description is read for quick actions as a note is (platforms D43). */
function runCommands(state: GitLabState, text: string): string {
  const read = extractQuickActions(text);
  state.quickActions.push(...read.commands);
  return read.text;
}

export function presentMadeRequest(state: GitLabState, made: MadeRequest, root: string) {
  const shown = presentMergeRequest(state, root, { ready: true, whole: false });
  return {
    ...shown,
    ...{
      id: made.iid + 9000,
      iid: made.iid,
      title: made.title,
      description: state.givesBack(made.description),
    },
    ...{ state: made.state, source_branch: made.source, target_branch: made.target },
    source_project_id: state.project.id,
    author: presentUser(made.author, root),
    sha: made.sha,
    references: {
      short: `!${made.iid}`,
      relative: `!${made.iid}`,
      full: `${state.project.path}!${made.iid}`,
    },
    web_url: `${root}/${state.project.path}/-/merge_requests/${made.iid}`,
  };
}
