// Who calls: tokens of each kind, the actor each one stands for, and what it may do (platforms A7, D17, D18).

const PERMISSIONS = ['contents', 'pull-requests', 'issues', 'checks', 'statuses', 'security-events'] as const;
export type Permission = (typeof PERMISSIONS)[number];
export type Access = 'none' | 'read' | 'write';

export interface Actor {
  readonly id: number;
  /** In REST: `github-actions[bot]`. */
  readonly login: string;
  /** As author in GraphQL, where a bot has no suffix: `github-actions`. */
  readonly authorLogin: string;
  readonly type: 'Bot' | 'User';
  /** What the repository knows them as. */
  readonly association: 'NONE' | 'CONTRIBUTOR' | 'COLLABORATOR' | 'MEMBER' | 'OWNER';
}

export interface Token {
  /** `actions`: GITHUB_TOKEN. `app`: an installation's. `fine_grained` and `classic`: a person's. */
  readonly kind: 'actions' | 'app' | 'fine_grained' | 'classic';
  readonly actor: Actor;
  readonly permissions: Readonly<Partial<Record<Permission, Access>>>;
  /** Of a classic token; permissions follow from them. */
  readonly scopes: readonly string[];
  /** False: the repository does not exist for this token when it is private. */
  readonly seesRepository: boolean;
}

export const ACTIONS_BOT: Actor = {
  id: 41_898_282,
  login: 'github-actions[bot]',
  authorLogin: 'github-actions',
  type: 'Bot',
  association: 'CONTRIBUTOR',
};

/** The login that stands for deleted accounts. */
export const GHOST = 'ghost';

export function createPerson(id: number, login: string, association: Actor['association'] = 'MEMBER'): Actor {
  return { id, login, authorLogin: login, type: 'User', association };
}

/** What `permissions: write-all` of a workflow gives, or the permissions named; those left out are `none`. */
export function actionsToken(permissions: Token['permissions'] = allOf('write')): Token {
  return { kind: 'actions', actor: ACTIONS_BOT, permissions, scopes: [], seesRepository: true };
}

/** The token of an app's installation: another bot. */
export function appToken(slug: string, permissions: Token['permissions'] = allOf('write')): Token {
  const actor: Actor = {
    id: 77_001,
    login: `${slug}[bot]`,
    authorLogin: slug,
    type: 'Bot',
    association: 'CONTRIBUTOR',
  };
  return { kind: 'app', actor, permissions, scopes: [], seesRepository: true };
}

/** A person's fine-grained token. */
export function fineGrainedToken(actor: Actor, permissions: Token['permissions']): Token {
  return { kind: 'fine_grained', actor, permissions, scopes: [], seesRepository: true };
}

/** A person's classic token: `repo` opens everything but checks, which only apps may write (platforms A5). */
export function classicToken(actor: Actor, scopes: readonly string[]): Token {
  const permissions = scopes.includes('repo')
    ? { ...allOf('write'), checks: 'read' as const }
    : scopes.includes('security_events')
      ? { 'security-events': 'write' as const }
      : {};
  return { kind: 'classic', actor, permissions, scopes, seesRepository: scopes.includes('repo') };
}

function allOf(access: Access): Record<Permission, Access> {
  return Object.fromEntries(PERMISSIONS.map((permission) => [permission, access])) as Record<
    Permission,
    Access
  >;
}

export interface Need {
  /** Any one of these is enough. */
  readonly permissions: readonly Permission[];
  readonly access: 'read' | 'write';
}

/** Whether the token's permissions cover the need. What is public may be read without any, alerts excepted. */
export function allows(token: Token | null, need: Need, isPublic: boolean): boolean {
  if (need.access === 'read' && isPublic && !need.permissions.includes('security-events')) return true;
  return need.permissions.some((permission) => {
    const access = token?.permissions[permission] ?? 'none';
    return access === 'write' || access === need.access;
  });
}

/** `issues=write; pull_requests=write`, the header that goes with every answer. */
export function acceptedPermissions(need: Need): string {
  return need.permissions.map((permission) => `${permission.replaceAll('-', '_')}=${need.access}`).join('; ');
}
