// Finds a package manager outside of the repository, and the bare environment that it runs in: no secret, no home of the user's.
import { access, constants, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { shimTarget } from './windows-shim.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const LONGEST_SHIM = 16 << 10;

/** What programs need to start, to find certificates and to speak through a proxy. */
const KEPT = [
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'LANG', 'LC_ALL', 'TZ'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'],
  ...['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'],
];

/** Folders of PATH, absolute, that lie outside of `root`: a repository may bring programs of any name. */
export async function foldersOutside(
  searchPath: string | undefined,
  root: string,
): Promise<readonly string[]> {
  const folders: string[] = [];
  for (const folder of (searchPath ?? '').split(path.delimiter).filter((one) => path.isAbsolute(one))) {
    const real = await realpath(folder).catch(() => null);
    if (real !== null && !isInside(real, root)) folders.push(folder);
  }
  return folders;
}

/** How a tool is started: without a shell. */
export interface ToolProgram {
  /** Absolute. */
  readonly file: string;
  /** Arguments before those of the tool. */
  readonly before: readonly string[];
}

/** Null when no folder has `name` outside of `root`. */
export async function findTool(
  name: string,
  { folders, root, platform }: ToolPlaces,
): Promise<ToolProgram | null> {
  for (const folder of folders) {
    const file = path.join(folder, platform === 'win32' ? `${name}.exe` : name);
    if (await mayStart(file, root)) return { file, before: [] };
    const behind = platform === 'win32' ? await behindShim(path.join(folder, `${name}.cmd`), root) : null;
    if (behind !== null) return behind;
  }
  return null;
}

export interface ToolPlaces {
  /** Of PATH, as foldersOutside() gives them. */
  readonly folders: readonly string[];
  readonly root: string;
  readonly platform: NodeJS.Platform;
}

async function behindShim(shim: string, root: string): Promise<ToolProgram | null> {
  if (!(await mayStart(shim, root))) return null;
  const text = await readFile(shim, 'utf8').catch(() => '');
  const target = text.length > LONGEST_SHIM ? null : shimTarget(text);
  if (target === null) return null;
  const file = path.join(path.dirname(shim), ...target);
  if (!(await mayStart(file, root))) return null;
  return file.endsWith('.exe') ? { file, before: [] } : { file: process.execPath, before: [file] };
}

/** Not in this folder, or a link into the repository: the next one of PATH. */
async function mayStart(file: string, root: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return !isInside(await realpath(file), root);
  } catch {
    return false;
  }
}

/** @param scratch an empty folder that is the tool's home, cache and place for temporary files */
export function toolEnvironment(
  variables: Variables,
  { folders, scratch }: { readonly folders: readonly string[]; readonly scratch: string },
): Record<string, string> {
  const kept = KEPT.flatMap((name) => {
    const value = variables[name];
    // A proxy's address may hold a password.
    return value === undefined || /\/\/[^/\s]*@/.test(value) ? [] : [[name, value] as const];
  });
  const home = variables.HOME ?? variables.USERPROFILE ?? scratch;
  const cache = variables.XDG_CACHE_HOME ?? variables.LOCALAPPDATA ?? path.join(home, '.cache');
  return {
    ...Object.fromEntries(kept),
    PATH: folders.join(path.delimiter),
    ...{ HOME: scratch, USERPROFILE: scratch, APPDATA: scratch, LOCALAPPDATA: scratch },
    ...{ TMPDIR: scratch, TEMP: scratch, TMP: scratch },
    // Where rustup and corepack keep the programs themselves, which hold no secret.
    RUSTUP_HOME: variables.RUSTUP_HOME ?? path.join(home, '.rustup'),
    COREPACK_HOME: variables.COREPACK_HOME ?? path.join(cache, 'node', 'corepack'),
    ...FIXED,
  };
}

/** Each takes away a place where a file of the repository would choose a program, or a script of a package would run. */
const FIXED: Readonly<Record<string, string>> = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '',
  GIT_ALLOW_PROTOCOL: 'https',
  npm_config_ignore_scripts: 'true',
  npm_config_git: 'git',
  npm_config_update_notifier: 'false',
  npm_config_manage_package_manager_versions: 'false',
  // From version 11 on pnpm reads its own variables only.
  pnpm_config_pm_on_fail: 'ignore',
  pnpm_config_ignore_scripts: 'true',
  pnpm_config_update_notifier: 'false',
  COREPACK_ENABLE_PROJECT_SPEC: '0',
  COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
  YARN_IGNORE_PATH: '1',
  YARN_ENABLE_SCRIPTS: '0',
  YARN_ENABLE_IMMUTABLE_INSTALLS: '0',
  YARN_ENABLE_TELEMETRY: '0',
  GOENV: 'off',
  GOTOOLCHAIN: 'local',
  GOFLAGS: '-mod=mod -modcacherw',
  GOWORK: 'off',
  UV_NO_PROGRESS: '1',
  // The keyring of the user's desktop holds passwords of registries.
  PYTHON_KEYRING_BACKEND: 'keyring.backends.null.Keyring',
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_NOLOGO: '1',
};

function isInside(file: string, root: string): boolean {
  const relative = path.relative(root, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
