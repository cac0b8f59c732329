// Runs git as if nobody had ever configured it: the demo must make the same commits on every machine.
import { spawnSync } from 'node:child_process';

export type Git = (...commandLine: string[]) => string;

/** Settings that a system, a user or git's own defaults could turn against equal bytes, each set to a fixed value. */
const SETTINGS = [
  'core.autocrlf=false',
  'core.safecrlf=false',
  'core.fileMode=false',
  'core.symlinks=false',
  'core.fsmonitor=false',
  'core.excludesFile=/dev/null',
  'core.attributesFile=/dev/null',
  'core.hooksPath=/dev/null',
  'commit.gpgSign=false',
  'commit.cleanup=verbatim',
  'gc.auto=0',
  'maintenance.auto=false',
];

/** `variables` without git's own and with empty configuration; `/dev/null` works in Git for Windows too. */
export function isolate(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(variables).filter(([name]) => !name.toUpperCase().startsWith('GIT_'));
  return {
    ...Object.fromEntries(kept),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

/** A git that works in `folder`; throws with git's own words when a command fails. */
export function gitIn(folder: string, identity: NodeJS.ProcessEnv = {}): Git {
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  return (...commandLine) => {
    const done = spawnSync('git', [...settings, ...commandLine], {
      cwd: folder,
      env: { ...isolate(process.env), ...identity },
      encoding: 'utf8',
    });
    if (done.error !== undefined) {
      throw new Error('git could not be started; the demo needs git on the PATH.', { cause: done.error });
    }
    if (done.status !== 0) throw new Error(`git ${commandLine.join(' ')} failed: ${done.stderr.trim()}`);
    return done.stdout.trim();
  };
}
