// The git database by REST: branches, blobs, trees, commits and refs (docs.github.com/rest/git, /rest/branches).
import { z } from 'zod';
import type { HostAnswer } from '../emulated-host.ts';
import type { TreeChange } from '../stored-objects.ts';
import type { Token } from './actors.ts';
import { presentCommit, WEB_FLOW_ADDRESS } from './present-repository.ts';
import { notFound, refuse } from './refusals.ts';
import { type Call, type Route, route } from './routes.ts';

const REPOSITORY = '/repos/{owner}/{repo}';
const READ = { permissions: ['contents'], access: 'read' } as const;
const WRITE = { permissions: ['contents'], access: 'write' } as const;
const GIT_DOCS = 'https://docs.github.com/rest/git/refs#create-a-reference';

const sha = z.string().regex(/^[0-9a-f]{40}$/);
const newBlob = z.strictObject({ content: z.string(), encoding: z.enum(['utf-8', 'base64']).optional() });
const newTree = z.strictObject({
  base_tree: sha.optional(),
  tree: z.array(
    z.strictObject({
      path: z.string().min(1),
      mode: z.enum(['100644', '100755', '040000', '160000', '120000']),
      type: z.enum(['blob', 'tree', 'commit']),
      sha: sha.nullable(),
    }),
  ),
});
const newCommit = z.strictObject({ message: z.string().min(1), tree: sha, parents: z.array(sha).optional() });
const newRef = z.strictObject({ ref: z.string(), sha });
const movedRef = z.strictObject({ sha, force: z.boolean().optional() });

export const gitRoutes: readonly Route[] = [
  route({ method: 'GET', path: `${REPOSITORY}/branches/{branch}`, need: READ, run: getBranch }),
  route({
    method: 'POST',
    path: `${REPOSITORY}/git/blobs`,
    need: WRITE,
    body: newBlob,
    run: (call, { content, encoding = 'utf-8' }) => {
      const id = call.state.objects.blob(Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8'));
      return { status: 201, body: { url: `${gitUrl(call)}/blobs/${id}`, sha: id } };
    },
  }),
  route({ method: 'POST', path: `${REPOSITORY}/git/trees`, need: WRITE, body: newTree, run: makeTree }),
  route({ method: 'POST', path: `${REPOSITORY}/git/commits`, need: WRITE, body: newCommit, run: makeCommit }),
  route({
    method: 'GET',
    path: `${REPOSITORY}/git/commits/{commit_sha}`,
    need: READ,
    run: (call) => {
      const id = call.parameters.commit_sha as string;
      return call.state.objects.has(id, 'commit')
        ? { status: 200, body: presentGitCommit(id, call) }
        : notFound();
    },
  }),
  route({
    method: 'GET',
    path: `${REPOSITORY}/git/ref/{ref}`,
    need: READ,
    run: (call) => {
      const tip = call.state.objects.tip(branchIn(call));
      return tip === null ? notFound() : { status: 200, body: presentRef(branchIn(call), tip, call) };
    },
  }),
  route({ method: 'POST', path: `${REPOSITORY}/git/refs`, need: WRITE, body: newRef, run: makeRef }),
  route({
    method: 'PATCH',
    path: `${REPOSITORY}/git/refs/{ref}`,
    need: WRITE,
    body: movedRef,
    run: moveRef,
  }),
];

function gitUrl({ api, state }: Call): string {
  return `${api}/repos/${state.settings.owner}/${state.settings.name}/git`;
}

function branchIn(call: Call): string {
  return (call.parameters.ref as string).replace(/^heads\//, '');
}

function getBranch(call: Call): HostAnswer {
  const { state, api, web } = call;
  const name = call.parameters.branch as string;
  const tip = state.objects.tip(name);
  if (tip === null) return refuse(404, 'Branch not found');
  const { owner, name: repo } = state.settings;
  const self = `${api}/repos/${owner}/${repo}/branches/${name}`;
  return {
    status: 200,
    body: {
      name,
      commit: presentCommit(tip, call),
      _links: { self, html: `${web}/${owner}/${repo}/tree/${name}` },
      protected: state.protectedBranches.has(name),
      protection: {
        enabled: state.protectedBranches.has(name),
        required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] },
      },
      protection_url: `${self}/protection`,
    },
  };
}

type Asked<Schema extends z.ZodType> = z.infer<Schema>;

function makeTree(call: Call, { base_tree: base, tree }: Asked<typeof newTree>): HostAnswer {
  const { objects } = call.state;
  if (base === undefined) {
    call.violate('a tree without a base takes every other file away');
    return refuse(422, 'Invalid tree info');
  }
  if (!objects.has(base, 'tree')) return refuse(422, `base_tree ${base} is not a valid tree oid`);
  const missing = tree.find((row) => row.sha !== null && !objects.has(row.sha, 'blob'));
  if (missing) return refuse(422, `tree.sha ${missing.sha} is not a valid blob`);
  const changes: TreeChange[] = tree.map(({ path, mode, sha: blob }) => ({ path, mode, blob }));
  const id = objects.tree(base, changes);
  const rows = tree.map((row) => ({ ...row, sha: row.sha ?? '', url: `${gitUrl(call)}/blobs/${row.sha}` }));
  return {
    status: 201,
    body: { sha: id, url: `${gitUrl(call)}/trees/${id}`, truncated: false, tree: rows },
  };
}

/** Of an app's token GitHub itself is the committer. */
function makeCommit(call: Call, { message, tree, parents = [] }: Asked<typeof newCommit>): HostAnswer {
  const { objects, addresses } = call.state;
  if (!objects.has(tree, 'tree')) return refuse(422, 'Tree SHA does not exist');
  if (!parents.every((parent) => objects.has(parent, 'commit')))
    return refuse(422, 'Parent SHA does not exist or is not a commit object');
  const { actor } = call.token as Token;
  const email = `${actor.id}+${actor.login}@users.noreply.github.com`;
  addresses.set(email, actor);
  const author = { name: actor.login, email };
  const committer = actor.type === 'Bot' ? { name: 'GitHub', email: WEB_FLOW_ADDRESS } : author;
  const id = objects.commit(tree, parents, message, author, committer);
  return { status: 201, body: presentGitCommit(id, call) };
}

function makeRef(call: Call, { ref, sha: id }: Asked<typeof newRef>): HostAnswer {
  const { objects } = call.state;
  const name = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
  if (name === undefined)
    return refuse(422, "Reference name must start with 'refs/heads/'", undefined, GIT_DOCS);
  if (!objects.has(id, 'commit')) return refuse(422, 'Object does not exist', undefined, GIT_DOCS);
  if (objects.tip(name) !== null) return refuse(422, 'Reference already exists', undefined, GIT_DOCS);
  objects.move(name, id);
  return { status: 201, body: presentRef(name, id, call) };
}

function moveRef(call: Call, { sha: id, force = false }: Asked<typeof movedRef>): HostAnswer {
  const { objects, protectedBranches } = call.state;
  const name = branchIn(call);
  const tip = objects.tip(name);
  if (tip === null) return refuse(422, 'Reference does not exist', undefined, GIT_DOCS);
  if (!objects.has(id, 'commit')) return refuse(422, 'Object does not exist', undefined, GIT_DOCS);
  if (protectedBranches.has(name))
    return refuse(422, 'Cannot update this protected ref.', undefined, GIT_DOCS);
  if (!force && !objects.isAncestor(tip, id))
    return refuse(422, 'Update is not a fast forward', undefined, GIT_DOCS);
  objects.move(name, id);
  for (const pull of call.state.pulls) if (pull.head === name && pull.state === 'open') pull.headSha = id;
  return { status: 200, body: presentRef(name, id, call) };
}

function presentRef(name: string, id: string, call: Call) {
  return {
    ref: `refs/heads/${name}`,
    node_id: `REF_${name}`,
    url: `${gitUrl(call)}/refs/heads/${name}`,
    object: { type: 'commit', sha: id, url: `${gitUrl(call)}/commits/${id}` },
  };
}

function presentGitCommit(id: string, call: Call) {
  const { commit, parents, html_url } = presentCommit(id, call) as {
    commit: Readonly<Record<string, unknown>>;
    parents: unknown;
    html_url: string;
  };
  const { comment_count: _none, ...rest } = commit;
  return { ...rest, sha: id, node_id: `C_${id}`, url: `${gitUrl(call)}/commits/${id}`, html_url, parents };
}
