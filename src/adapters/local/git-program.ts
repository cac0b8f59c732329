// Finds the git program and the bare environment that it runs in; run-git.ts starts it.
import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** Variables that git and its transports need; everything else stays behind, above all the `GIT_*` that name programs or folders. */
const KEPT_VARIABLES = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'HOMEDRIVE',
  'HOMEPATH',
  'XDG_CONFIG_HOME',
  'SYSTEMROOT',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SSH_AUTH_SOCK',
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'NO_PROXY',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
];

/**
 * The absolute path of `git`, looked up in the absolute folders of `PATH` only: Windows would otherwise try the current folder
 * first, where a hostile repository may keep a `git.exe`. Null when there is none.
 */
export async function findGitProgram(searchPath: string | undefined): Promise<string | null> {
  const names = process.platform === 'win32' ? ['git.exe'] : ['git'];
  for (const folder of (searchPath ?? '').split(delimiter).filter(isAbsolute)) {
    for (const name of names) {
      const candidate = join(folder, name);
      try {
        await access(candidate, constants.X_OK);
        return candidate;
      } catch {
        // Not in this folder: the next one of PATH.
      }
    }
  }
  return null;
}

/** The environment of every git process. `protocols` are the transports it may speak, for example `['https']`; none for local work. */
export function gitEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  protocols: readonly string[],
): Record<string, string> {
  const kept = KEPT_VARIABLES.flatMap((name) => {
    const value = variables[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    // Empty, not absent: git then asks nobody (git(1), GIT_ASKPASS), whatever core.askPass says.
    GIT_ASKPASS: '',
    GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
    GIT_SSH_VARIANT: 'ssh',
    GIT_PAGER: 'cat',
    GIT_NO_REPLACE_OBJECTS: '1',
    // No file: an empty one makes git warn.
    GIT_GRAFT_FILE: '/dev/null/none',
    // In a partial clone any command could fetch, through whatever remote.<name>.uploadpack says.
    GIT_NO_LAZY_FETCH: '1',
    // Beats every protocol.*.allow of the configuration (git(1), GIT_ALLOW_PROTOCOL); "ext::" runs commands.
    GIT_ALLOW_PROTOCOL: protocols.join(':'),
  };
}
