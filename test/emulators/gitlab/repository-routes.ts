// Files, folders, commits and branches of the project, as far as a reviewer's tool reads them.
import type { HostAnswer } from '../emulated-host.ts';
import { notFound, ok, paged } from './answers.ts';
import type { GitLabState } from './gitlab-state.ts';
import type { GitLabCall, GitLabRoute } from './route.ts';

export const repositoryRoutes: readonly GitLabRoute[] = [
  { method: 'GET', path: '/projects/:project/repository/files/:path/raw', handle: rawFile },
  { method: 'GET', path: '/projects/:project/repository/files/:path', handle: describedFile },
  { method: 'GET', path: '/projects/:project/repository/tree', handle: tree },
  { method: 'GET', path: '/projects/:project/repository/commits/:sha', handle: commit },
  {
    method: 'GET',
    path: '/projects/:project/repository/branches/:branch',
    jobToken: true,
    handle: branch,
  },
];

/** A full SHA of a branch or commit; null when there is none. */
function resolveRef(state: GitLabState, ref: string): string | null {
  const { repository } = state;
  if (repository.has(ref)) return ref;
  if (ref === 'HEAD' || ref === repository.baseBranch) return repository.baseTip();
  return ref === repository.headBranch ? repository.head() : null;
}

function readFile({ state, request, parameters }: GitLabCall): { bytes: Buffer; commit: string } | null {
  const sha = resolveRef(state, request.query.get('ref') ?? 'HEAD');
  const bytes = sha === null ? null : state.repository.file(sha, parameters.path ?? '');
  return sha === null || bytes === null ? null : { bytes, commit: sha };
}

function rawFile(call: GitLabCall): HostAnswer {
  const file = readFile(call);
  return file ? { status: 200, body: file.bytes } : notFound('File');
}

function describedFile(call: GitLabCall): HostAnswer {
  const file = readFile(call);
  const path = call.parameters.path ?? '';
  if (!file) return notFound('File');
  return ok({
    file_name: path.split('/').at(-1),
    file_path: path,
    size: file.bytes.length,
    encoding: 'base64',
    content: file.bytes.toString('base64'),
    ref: call.request.query.get('ref') ?? 'HEAD',
    commit_id: file.commit,
  });
}

interface TreeRow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly path: string;
  readonly mode: string;
}

function tree(call: GitLabCall): HostAnswer {
  const { state, request } = call;
  const sha = resolveRef(state, request.query.get('ref') ?? 'HEAD');
  const folder = (request.query.get('path') ?? '').replace(/\/$/, '');
  const rows = sha === null ? [] : listTree(state, sha, folder, request.query.get('recursive') === 'true');
  if (sha === null || (folder !== '' && rows.length === 0)) return notFound('Tree');
  return request.query.get('pagination') === 'keyset'
    ? keysetPage(call, rows)
    : paged(request, rows, (row) => row);
}

function listTree(state: GitLabState, sha: string, folder: string, recursive: boolean): TreeRow[] {
  const options = ['-z', ...(recursive ? ['-r', '-t'] : [])];
  const text = state.repository.git.git('ls-tree', ...options, sha, ...(folder ? ['--', `${folder}/`] : []));
  return text
    .split('\0')
    .filter((row) => row !== '')
    .map((row) => {
      const [, mode = '', type = '', id = '', path = ''] = /^(\S+) (\S+) (\S+)\t(.*)$/s.exec(row) ?? [];
      return { id, name: path.split('/').at(-1) ?? '', type, path, mode };
    });
}

/** The token of a page is the path that the page before it ended with; only `Link` tells the next one. */
function keysetPage({ request }: GitLabCall, rows: readonly TreeRow[]): HostAnswer {
  const perPage = Math.min(Number(request.query.get('per_page') ?? 20), 100);
  const token = request.query.get('page_token');
  const start =
    token === null ? 0 : rows.findIndex(({ path }) => Buffer.from(path).toString('base64url') === token) + 1;
  const page = rows.slice(start, start + perPage);
  const last = page.at(-1);
  if (!last || start + perPage >= rows.length) return ok(page);
  const query = new URLSearchParams(request.query);
  query.set('page_token', Buffer.from(last.path).toString('base64url'));
  return {
    status: 200,
    headers: { Link: `<${request.origin}${request.path}?${query}>; rel="next"` },
    body: page,
  };
}

function commit({ state, parameters }: GitLabCall): HostAnswer {
  const sha = resolveRef(state, parameters.sha ?? '');
  return sha === null ? notFound('Commit') : ok(describeCommit(state, sha));
}

export function describeCommit(state: GitLabState, sha: string) {
  const [parents = '', title = '', date = '', author = '', committer = '', ...message] = state.objects
    .show(sha, '%P%n%s%n%cI%n%ae%n%ce%n%B')
    .split('\n');
  return {
    id: sha,
    short_id: sha.slice(0, 8),
    title,
    message: `${message.join('\n').trim()}\n`,
    author_email: author,
    committer_email: committer,
    parent_ids: parents.split(' ').filter((parent) => parent !== ''),
    committed_date: date,
    created_at: date,
  };
}

function branch({ state, parameters }: GitLabCall): HostAnswer {
  const name = parameters.branch ?? '';
  const sha = state.objects.tip(name);
  if (sha === null) return notFound('Branch');
  const isProtected = state.protectedBranches.has(name);
  return ok({
    name,
    default: name === 'main',
    protected: isProtected,
    can_push: !isProtected,
    commit: describeCommit(state, sha),
  });
}
