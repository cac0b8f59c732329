// Paths of the repository as text: folders of files, and links between files, which never lead out of the root.

/** '' for a file at the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** The path that `link` means as seen from `folder`; null when it is absolute, leads out of the root, or is none. */
export function resolvePath(folder: string, link: string): string | null {
  if (link.length > 1024 || /^([/\\~]|[A-Za-z]:)/.test(link) || link.includes('\0')) return null;
  const segments = folder === '' ? [] : folder.split('/');
  for (const segment of link.replaceAll('\\', '/').split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.join('/');
}

/** The folder itself and all above it, the nearest first, '' last. */
export function foldersUpwards(folder: string): string[] {
  const found = [folder];
  for (let at = folder; at !== ''; found.push(at)) at = folderOf(at);
  return found;
}
