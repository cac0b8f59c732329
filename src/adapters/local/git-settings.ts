// Settings that outrank a repository's own configuration, so that reading a hostile repository runs nothing of it.

/**
 * `-c` settings of every git process. Each takes away a place where git would start a program named by `.git/config`, or where a
 * setting would change what git prints (git-config(1)).
 */
const FIXED_SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.sshCommand=ssh -oBatchMode=yes',
  'core.gitProxy=none',
  'core.alternateRefsCommand=true',
  'core.pager=cat',
  'core.quotePath=true',
  'core.attributesFile=/dev/null',
  'credential.helper=',
  'diff.autoRefreshIndex=true',
  'fetch.recurseSubmodules=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'protocol.ext.allow=never',
  'safe.bareRepository=explicit',
  'submodule.recurse=false',
];

/** What `git config --get-regexp` is asked for: every filter that `.gitattributes` could call. */
export const FILTER_NAMES = '^filter\\..*\\.(clean|smudge|process|required)$';

/** The fixed settings as arguments. */
export function fixedSettings(): readonly string[] {
  return FIXED_SETTINGS.flatMap((setting) => ['-c', setting]);
}

/**
 * Arguments that turn off the configured filters. git runs a `clean` filter while it compares a working file with a commit, so
 * a filter would be a program of the repository's choice. An empty command means no filter (gitattributes(5)).
 *
 * @param names full setting names, for example `filter.lfs.clean`
 * @throws RangeError with the name of a filter that cannot be turned off on the command line
 */
export function withoutFilters(names: readonly string[]): readonly string[] {
  return [...new Set(names)].flatMap((name) => {
    // `-c` splits at the first "=": a filter with one in its name would keep its command.
    if (name.includes('=')) throw new RangeError(name);
    return ['-c', name.endsWith('.required') ? `${name}=false` : `${name}=`];
  });
}
