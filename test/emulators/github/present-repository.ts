// A repository, its users and its commits as GitHub's JSON, complete enough for the official response schemas.
import { type Actor, GHOST } from './actors.ts';
import type { GitHubState } from './state.ts';

type Json = Record<string, unknown>;

export interface Presenter {
  readonly state: GitHubState;
  /** `http://127.0.0.1:1234` or, for an Enterprise Server, `…/api/v3`. */
  readonly api: string;
  /** Where people look: `http://127.0.0.1:1234`. */
  readonly web: string;
}

export const nodeId = (prefix: string, id: number): string => `${prefix}_kw${id}`;

/** Null for somebody whose account is gone. */
export function presentAuthor(actor: Actor, presenter: Presenter): Json | null {
  return actor.login === GHOST ? null : presentUser(actor, presenter);
}

export function presentUser({ id, login, type }: Actor, { api, web }: Presenter): Json {
  const user = `${api}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeId(type === 'Bot' ? 'BOT' : 'U', id),
    avatar_url: `${web}/avatars/${id}`,
    gravatar_id: '',
    url: user,
    html_url: type === 'Bot' ? `${web}/apps/${login.replace('[bot]', '')}` : `${web}/${login}`,
    followers_url: `${user}/followers`,
    following_url: `${user}/following{/other_user}`,
    gists_url: `${user}/gists{/gist_id}`,
    starred_url: `${user}/starred{/owner}{/repo}`,
    subscriptions_url: `${user}/subscriptions`,
    organizations_url: `${user}/orgs`,
    repos_url: `${user}/repos`,
    events_url: `${user}/events{/privacy}`,
    received_events_url: `${user}/received_events`,
    type,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** What only `GET /user` adds. */
export function presentSelf(actor: Actor, presenter: Presenter): Json {
  const empty = ['name', 'company', 'location', 'email', 'hireable', 'bio'];
  return {
    ...presentUser(actor, presenter),
    ...Object.fromEntries(empty.map((key) => [key, null])),
    blog: '',
    public_repos: 1,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
  };
}

const REPOSITORY_LISTS = {
  contributors_url: 'contributors',
  deployments_url: 'deployments',
  downloads_url: 'downloads',
  events_url: 'events',
  forks_url: 'forks',
  hooks_url: 'hooks',
  languages_url: 'languages',
  merges_url: 'merges',
  stargazers_url: 'stargazers',
  subscribers_url: 'subscribers',
  subscription_url: 'subscription',
  tags_url: 'tags',
  teams_url: 'teams',
  archive_url: '{archive_format}{/ref}',
  assignees_url: 'assignees{/user}',
  blobs_url: 'git/blobs{/sha}',
  branches_url: 'branches{/branch}',
  collaborators_url: 'collaborators{/collaborator}',
  comments_url: 'comments{/number}',
  commits_url: 'commits{/sha}',
  compare_url: 'compare/{base}...{head}',
  contents_url: 'contents/{+path}',
  git_commits_url: 'git/commits{/sha}',
  git_refs_url: 'git/refs{/sha}',
  git_tags_url: 'git/tags{/sha}',
  issue_comment_url: 'issues/comments{/number}',
  issue_events_url: 'issues/events{/number}',
  issues_url: 'issues{/number}',
  keys_url: 'keys{/key_id}',
  labels_url: 'labels{/name}',
  milestones_url: 'milestones{/number}',
  notifications_url: 'notifications{?since,all,participating}',
  pulls_url: 'pulls{/number}',
  releases_url: 'releases{/id}',
  statuses_url: 'statuses/{sha}',
  trees_url: 'git/trees{/sha}',
} as const;

/** `of` is the fork's owner, or the repository itself. */
export function presentRepository(presenter: Presenter, of: Actor | null = null): Json {
  const { state, api, web } = presenter;
  const { owner, name, repositoryId } = state.settings;
  const fullName = `${of?.login ?? owner}/${name}`;
  const url = `${api}/repos/${fullName}`;
  const html = `${web}/${fullName}`;
  const ownerActor: Actor = of ?? {
    id: 500,
    login: owner,
    authorLogin: owner,
    type: 'User',
    association: 'OWNER',
  };
  const counts = ['forks', 'forks_count', 'open_issues', 'open_issues_count', 'size', 'stargazers_count'];
  const more = ['watchers', 'watchers_count', 'network_count', 'subscribers_count'];
  const id = of ? repositoryId + 1 : repositoryId;
  return {
    id,
    node_id: nodeId('R', id),
    name,
    full_name: fullName,
    private: state.settings.private,
    owner: presentUser(ownerActor, presenter),
    html_url: html,
    description: null,
    fork: of !== null,
    url,
    ...Object.fromEntries(Object.entries(REPOSITORY_LISTS).map(([key, path]) => [key, `${url}/${path}`])),
    clone_url: `${html}.git`,
    git_url: `git:${html.replace(/^https?:/, '')}.git`,
    ssh_url: `git@example.org:${fullName}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: 'main',
    archived: state.archived,
    disabled: false,
    visibility: state.settings.private ? 'private' : 'public',
    ...Object.fromEntries(
      ['issues', 'projects', 'downloads', 'wiki', 'pages', 'discussions'].map((key) => [`has_${key}`, false]),
    ),
    ...Object.fromEntries([...counts, ...more].map((key) => [key, 0])),
    created_at: '2025-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    pushed_at: '2026-01-01T00:00:00Z',
  };
}

/** Who commits what an app's token makes, and what people click on the pages (platforms: reported of create-pull-request). */
const WEB_FLOW: Actor = {
  ...{ id: 19_864_447, login: 'web-flow', authorLogin: 'web-flow', type: 'User', association: 'NONE' },
};
export const WEB_FLOW_ADDRESS = 'noreply@github.com';

export function presentCommit(sha: string, presenter: Presenter): Json {
  const { state, web } = presenter;
  const { owner, name } = state.settings;
  const [tree = '', parents = '', written = '', committed = '', ...message] = state.objects
    .show(sha, '%T%n%P%n%an%x00%ae%x00%aI%n%cn%x00%ce%x00%cI%n%B')
    .split('\n');
  const url = `${presenter.api}/repos/${owner}/${name}`;
  const personOf = (line: string) => {
    const [person = '', email = '', date = ''] = line.split('\0');
    return { name: person, email, date };
  };
  const accountOf = (line: string) => {
    const { email } = personOf(line);
    const actor = email === WEB_FLOW_ADDRESS ? WEB_FLOW : state.addresses.get(email);
    return actor === undefined ? null : presentUser(actor, presenter);
  };
  return {
    sha,
    node_id: `C_${sha}`,
    url: `${url}/commits/${sha}`,
    html_url: `${web}/${owner}/${name}/commit/${sha}`,
    comments_url: `${url}/commits/${sha}/comments`,
    commit: {
      url: `${url}/git/commits/${sha}`,
      author: personOf(written),
      committer: personOf(committed),
      message: message.join('\n').trim(),
      comment_count: 0,
      tree: { sha: tree, url: `${url}/git/trees/${tree}` },
      verification: {
        verified: false,
        reason: 'unsigned',
        payload: null,
        signature: null,
        verified_at: null,
      },
    },
    author: accountOf(written),
    committer: accountOf(committed),
    parents: parents
      .split(' ')
      .filter((parent) => parent !== '')
      .map((parent) => ({
        sha: parent,
        url: `${url}/commits/${parent}`,
        html_url: `${web}/${owner}/${name}/commit/${parent}`,
      })),
  };
}
