// Reading a repository and its pull request: what changed, and the files at a commit (platforms A3, D20–D22).
import type { HostAnswer } from '../emulated-host.ts';
import { listMadePulls, madePullOf, presentMadePull } from './made-pulls.ts';
import { answerPage } from './pages.ts';
import { presentFile, presentPull, presentPullSimple } from './present-pull.ts';
import { presentCommit, presentRepository, presentSelf } from './present-repository.ts';
import { notFound, refuse } from './refusals.ts';
import { type Call, type Route, route } from './routes.ts';

const REPOSITORY = '/repos/{owner}/{repo}';
const CONTENTS = { permissions: ['contents'], access: 'read' } as const;
const PULLS = { permissions: ['pull-requests'], access: 'read' } as const;
const METADATA = null;

/** A list of files ends here, without a word. */
const MOST_FILES = 3000;
const MOST_DIFF_FILES = 300;
const MOST_DIFF_LINES = 20_000;
const MOST_COMPARED_FILES = 300;
/** A file up to 1 MB comes inside JSON, above that only raw. */
const INLINE_BYTES = 1_048_576;

export const pullRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/user',
    need: METADATA,
    run: (call) => {
      if (!call.token) return refuse(401, 'Requires authentication');
      if (call.token.actor.type === 'Bot') return refuse(403, 'Resource not accessible by integration');
      return { status: 200, body: presentSelf(call.token.actor, call) };
    },
  }),
  route({
    method: 'GET',
    path: REPOSITORY,
    need: METADATA,
    run: (call) => ({ status: 200, body: presentRepository(call) }),
  }),
  route({ method: 'GET', path: `${REPOSITORY}/pulls`, need: PULLS, run: listPulls }),
  route({ method: 'GET', path: `${REPOSITORY}/pulls/{pull_number}`, need: PULLS, run: getPull }),
  route({
    method: 'GET',
    path: `${REPOSITORY}/pulls/{pull_number}/files`,
    need: PULLS,
    run: (call) => {
      const { repository } = call.state;
      const head = repository.head();
      const rows = repository.shownDiff().slice(0, MOST_FILES);
      const page = answerPage(rows, { query: call.request.query, address: call.numbered }, (files) =>
        files.map((file) => presentFile(file, head, call)),
      );
      return page;
    },
  }),
  route({
    method: 'GET',
    path: `${REPOSITORY}/pulls/{pull_number}/commits`,
    need: PULLS,
    run: (call) =>
      answerPage(
        call.state.repository.commits(),
        { query: call.request.query, address: call.numbered },
        (commits) => commits.map((sha) => presentCommit(sha, call)),
      ),
  }),
  route({
    method: 'GET',
    path: `${REPOSITORY}/commits/{commit_sha}/pulls`,
    need: PULLS,
    run: (call) => {
      const sha = call.parameters.commit_sha as string;
      if (!call.state.repository.has(sha)) return refuse(422, `No commit found for SHA: ${sha}`);
      // Of a fork nothing is found this way, as its commits are in no branch of this repository; not sure of every host, so a switch.
      const { fork, findsForkCommits } = call.state.settings;
      const listed = (fork === 'no' || findsForkCommits) && call.state.repository.commits().includes(sha);
      const rows = listed ? [presentPullSimple(call)] : [];
      return answerPage(rows, { query: call.request.query, address: call.numbered });
    },
  }),
  route({ method: 'GET', path: `${REPOSITORY}/compare/{basehead}`, need: CONTENTS, run: compare }),
  route({ method: 'GET', path: `${REPOSITORY}/contents/{path}`, need: CONTENTS, run: getContents }),
  route({ method: 'GET', path: `${REPOSITORY}/git/trees/{tree_sha}`, need: CONTENTS, run: getTree }),
];

/** `head` is `owner:branch` and nothing else: a SHA finds nothing, or everything where it is not understood. */
function listPulls(call: Call): HostAnswer {
  const { query } = call.request;
  const pull = presentPullSimple(call);
  const wanted = query.get('state') ?? 'open';
  const head = query.get('head');
  const rightState = wanted === 'all' || wanted === pull.state;
  // Without an owner the filter is ignored.
  const rightHead = head === null || !head.includes(':') || head === (pull.head as { label: string }).label;
  const base = query.get('base');
  const rightBase = base === null || base === call.state.repository.baseBranch;
  const rows = rightState && rightHead && rightBase ? [pull] : [];
  return answerPage([...rows, ...listMadePulls(call)], { query, address: call.numbered });
}

function getPull(call: Call): HostAnswer {
  const { repository } = call.state;
  const made = madePullOf(call);
  if (made) return { status: 200, body: presentMadePull(made, call) };
  if (!wantsDiff(call)) return { status: 200, body: presentPull(call) };
  return answerDiff(repository.mergeBase(), repository.head(), call);
}

/** `application/vnd.github.diff`, `application/vnd.github.v3.diff`. */
function wantsDiff({ request }: Call): boolean {
  return /application\/vnd\.github(\.v3)?\.diff/.test(request.headers.accept ?? '');
}

function answerDiff(from: string, to: string, call: Call): HostAnswer {
  const files = call.state.repository.diff(from, to);
  const text = call.state.repository.diffText(from, to);
  const lines = text.split('\n').length - 1;
  const [limit, what] =
    files.length > MOST_DIFF_FILES
      ? [MOST_DIFF_FILES, 'files']
      : lines > MOST_DIFF_LINES
        ? [MOST_DIFF_LINES, 'lines']
        : [0, ''];
  if (limit === 0)
    return {
      status: 200,
      headers: { 'content-type': 'application/vnd.github.diff; charset=utf-8' },
      body: text,
    };
  const message = `Sorry, the diff exceeded the maximum number of ${what} (${limit}). Consider using 'List pull requests files' API or locally cloning the repository instead.`;
  const error = { resource: 'PullRequest', field: 'diff', code: 'too_large' };
  return refuse(406, message, [error], 'https://docs.github.com/rest/pulls/pulls#list-pull-requests-files');
}

function compare(call: Call): HostAnswer {
  const { repository } = call.state;
  const [from, to, ...rest] = (call.parameters.basehead as string).split('...');
  const base = resolve(call, from);
  const head = resolve(call, to);
  if (!base || !head || rest.length > 0) return notFound();
  const mergeBase = call.state.objects.mergeBase(base, head);
  if (mergeBase === null) return refuse(404, `No common ancestor between ${from} and ${to}.`);
  if (wantsDiff(call)) return answerDiff(mergeBase, head, call);
  const list = (range: string): string[] =>
    repository.git.git('rev-list', '--reverse', range).split('\n').filter(Boolean);
  const ahead = list(`${base}..${head}`);
  const behind = list(`${head}..${base}`);
  const { owner, name } = call.state.settings;
  const html = `${call.web}/${owner}/${name}/compare/${from}...${to}`;
  const status =
    ahead.length > 0
      ? behind.length > 0
        ? 'diverged'
        : 'ahead'
      : behind.length > 0
        ? 'behind'
        : 'identical';
  const files = repository.diff(mergeBase, head).slice(0, MOST_COMPARED_FILES);
  const first = (Number(call.request.query.get('page') ?? 1) || 1) === 1;
  return answerPage(ahead, { query: call.request.query, address: call.numbered }, (commits) => ({
    url: `${call.api}/repos/${owner}/${name}/compare/${from}...${to}`,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: presentCommit(base, call),
    merge_base_commit: presentCommit(mergeBase, call),
    status,
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: commits.map((sha) => presentCommit(sha, call)),
    // Files are on the first page only.
    ...(first ? { files: files.map((file) => presentFile(file, head, call)) } : {}),
  }));
}

/** A full SHA, a branch, or nothing. */
function resolve({ state }: Call, name: string | null | undefined): string | null {
  const { git } = state.repository;
  if (!name || !/^[\w./-]+$/.test(name) || name.startsWith('-')) return null;
  for (const candidate of [name, `refs/heads/${name}`]) {
    if (candidate === name && !/^[0-9a-f]{7,40}$/.test(name)) continue;
    try {
      return git.git('rev-parse', '--verify', '--quiet', `${candidate}^{commit}`);
    } catch {
      // Not this kind of name.
    }
  }
  return null;
}

function getContents(call: Call): HostAnswer {
  const ref = call.request.query.get('ref') ?? 'main';
  const commit = resolve(call, ref);
  if (!commit) return refuse(404, `No commit found for the ref ${ref}`);
  const path = call.parameters.path as string;
  const entry = call.state.repository.tree(commit).find((row) => row.path === path);
  const bytes = entry && call.state.repository.file(commit, path);
  if (!entry || !bytes) return notFound();
  if (/application\/vnd\.github(\.v3)?\.raw/.test(call.request.headers.accept ?? '')) {
    return {
      status: 200,
      headers: { 'content-type': 'application/vnd.github.raw; charset=utf-8' },
      body: bytes,
    };
  }
  const { owner, name } = call.state.settings;
  const url = `${call.api}/repos/${owner}/${name}/contents/${path.split('/').map(encodeURIComponent).join('/')}?ref=${ref}`;
  const html = `${call.web}/${owner}/${name}/blob/${ref}/${path}`;
  const git = `${call.api}/repos/${owner}/${name}/git/blobs/${entry.sha}`;
  const small = bytes.length <= INLINE_BYTES;
  return {
    status: 200,
    body: {
      type: 'file',
      encoding: small ? 'base64' : 'none',
      size: bytes.length,
      name: path.split('/').at(-1),
      path,
      content: small ? bytes.toString('base64').replace(/(.{60})/g, '$1\n') : '',
      sha: entry.sha,
      url,
      git_url: git,
      html_url: encodeURI(html),
      download_url: null,
      _links: { git, self: url, html: encodeURI(html) },
    },
  };
}

function getTree(call: Call): HostAnswer {
  const commit = resolve(call, call.parameters.tree_sha);
  if (!commit) return notFound();
  const recursive = call.request.query.has('recursive');
  const { owner, name } = call.state.settings;
  const base = `${call.api}/repos/${owner}/${name}/git`;
  const rows = call.state.repository.tree(commit).filter(({ path }) => recursive || !path.includes('/'));
  const tree = rows.map(({ path, mode, type, sha, size }) => ({
    path,
    mode,
    type,
    sha,
    ...(size === null ? {} : { size }),
    url: `${base}/${type}s/${sha}`,
  }));
  return { status: 200, body: { sha: commit, url: `${base}/trees/${commit}`, tree, truncated: false } };
}
