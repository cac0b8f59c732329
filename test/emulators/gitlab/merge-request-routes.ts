// Who is asking, what project and merge request it is about, and its versions and diffs.
import type { HostAnswer } from '../emulated-host.ts';
import { notFoundPlain, ok, paged } from './answers.ts';
import { addressOf, presentMadeRequest } from './fix-routes.ts';
import { presentDiff, presentMergeRequest, presentUser } from './present.ts';
import type { GitLabCall, GitLabRoute } from './route.ts';

export const mergeRequestRoutes: readonly GitLabRoute[] = [
  { method: 'GET', path: '/user', handle: whoAmI },
  { method: 'GET', path: '/personal_access_tokens/self', handle: whatMayI },
  { method: 'GET', path: '/projects/:project', handle: project },
  { method: 'GET', path: '/projects/:project/merge_requests', jobToken: true, handle: list },
  { method: 'GET', path: ':mr', jobToken: true, handle: show },
  { method: 'GET', path: ':mr/versions', handle: versions },
  { method: 'GET', path: ':mr/versions/:version', handle: version },
  { method: 'GET', path: ':mr/diffs', handle: diffs },
  { method: 'GET', path: ':mr/raw_diffs', handle: rawDiffs },
];

function whoAmI({ token, root }: GitLabCall): HostAnswer {
  const address = addressOf(token.user);
  return ok({ ...presentUser(token.user, root), bot: token.user.bot, email: address, commit_email: address });
}

function whatMayI({ token }: GitLabCall): HostAnswer {
  return ok({
    id: 1,
    name: 'assay',
    revoked: false,
    active: true,
    scopes: [token.kind],
    user_id: token.user.id,
    expires_at: '2027-01-01',
  });
}

function project({ state, token, root }: GitLabCall): HostAnswer {
  const { id, path } = state.project;
  return ok({
    id,
    name: path.split('/').at(-1),
    path: path.split('/').at(-1),
    path_with_namespace: path,
    web_url: `${root}/${path}`,
    default_branch: 'main',
    visibility: 'private',
    archived: state.switches.archived,
    permissions: {
      project_access: { access_level: token.access, notification_level: 3 },
      group_access: null,
    },
  });
}

function list({ state, request, root }: GitLabCall): HostAnswer {
  const wanted = (key: string, value: string): boolean =>
    [value, 'all', null].includes(request.query.get(key));
  const { repository, switches } = state;
  const fits =
    wanted('source_branch', repository.headBranch) &&
    wanted('target_branch', repository.baseBranch) &&
    wanted('state', switches.state);
  const own = fits ? [presentMergeRequest(state, root, { ready: true, whole: false })] : [];
  const made = state.requests
    .filter((one) => wanted('source_branch', one.source) && wanted('target_branch', one.target))
    .filter((one) => wanted('state', one.state))
    .toReversed()
    .map((one) => presentMadeRequest(state, one, root));
  return paged(request, [...made, ...own], (row) => row);
}

function show({ state, root, parameters }: GitLabCall): HostAnswer {
  const made = state.requests.find(({ iid }) => String(iid) === parameters.iid);
  if (made) return ok(presentMadeRequest(state, made, root));
  const ready = state.switches.diffRefsNullFor <= 0;
  if (!ready) state.switches.diffRefsNullFor -= 1;
  return ok(presentMergeRequest(state, root, { ready, whole: true }));
}

function describeVersion(state: GitLabCall['state'], each: (typeof state.versions)[number]) {
  return {
    id: each.id,
    head_commit_sha: each.head_sha,
    base_commit_sha: each.base_sha,
    start_commit_sha: each.start_sha,
    created_at: each.createdAt,
    merge_request_id: state.mergeRequest.iid + 9000,
    state: 'collected',
    real_size: String(state.diff(each).length),
  };
}

/** Newest first. */
function versions({ state, request }: GitLabCall): HostAnswer {
  return paged(request, state.versions.toReversed(), (each) => describeVersion(state, each));
}

function version({ state, parameters }: GitLabCall): HostAnswer {
  const found = state.versions.find(({ id }) => String(id) === parameters.version);
  if (!found) return notFoundPlain();
  const shown = state.diff(found).map((file) => presentDiff(state, file));
  return ok({ ...describeVersion(state, found), diffs: shown });
}

function diffs({ state, request }: GitLabCall): HostAnswer {
  return paged(request, state.diff(), (file) => presentDiff(state, file));
}

function rawDiffs({ state }: GitLabCall): HostAnswer {
  return { status: 200, body: state.repository.diffText(state.refs.base_sha, state.refs.head_sha) };
}
