// Which paths a workspace answers for at all: plain ones below its root, never git's own folder (security row 17).

/** Windows opens devices under these names, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;

/**
 * Says why `path` is refused, as the end of the sentence "the path …"; null when it is a plain relative one.
 *
 * @param platform as in `process.platform`: Windows takes more characters for separators; a host's repository is as on Linux
 */
export function pathProblem(path: string, platform: NodeJS.Platform): string | null {
  if (path === '') return 'is empty';
  // Such a path has no UTF-8 form, so no file and no address.
  if (!path.isWellFormed()) return 'is no text';
  if (path.includes('\0')) return 'holds a NUL';
  if (path.startsWith('/')) return 'is absolute';
  for (const segment of path.split('/')) {
    const problem = segmentProblem(segment) ?? (platform === 'win32' ? windowsProblem(segment) : null);
    if (problem !== null) return problem;
  }
  return null;
}

function segmentProblem(segment: string): string | null {
  if (segment === '') return 'has an empty segment';
  if (segment === '.' || segment === '..') return `has a "${segment}" segment`;
  // .git/config may hold the checkout's token.
  if (isGitFolder(segment)) return "lies in git's own folder";
  return null;
}

function windowsProblem(segment: string): string | null {
  if (/[\\:]/.test(segment)) return 'holds a character that Windows reads as a separator';
  if (/[. ]$/.test(segment)) return 'has a segment that Windows reads without its last character';
  if (DEVICE.test(segment)) return 'names a device';
  return null;
}

/** `.git` as file systems may spell it: other case, NTFS short name, trailing dots and blanks, and code points that HFS+ ignores. */
function isGitFolder(segment: string): boolean {
  const name = segment
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '')
    .replace(/(::?\$[\s\S]*)?[. ]*$/, '')
    .toLowerCase();
  return name === '.git' || name === 'git~1';
}
