// A manifest read again together with those that it inherits from or passes versions on to, as it is or with another text in its place.
import { Buffer } from 'node:buffer';
import type { DependencyProject } from '#domain/project.ts';
import type { Workspace } from '#ports/workspace.ts';
import { ECOSYSTEMS } from '../manifests/ecosystems.ts';
import { readProjects } from '../manifests/read-projects.ts';

/** What tools write by themselves is no manifest: what is asked for does not stand there. */
const LOCK =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|[^/]*\.lock|pnpm-lock\.yaml|[^/]*\.lockfile|Pipfile\.lock|go\.sum|packages\.lock\.json|gems\.locked)$/;
/** Their versions are heard in folders below, or beside the folder `gradle`. */
const SHARED =
  /(^|\/)(pom\.xml|pnpm-workspace\.yaml|Cargo\.toml|Directory\.[^/]*|[^/]*\.(toml|gradle|kts|txt|in|properties))$/;
/** Enough for a workspace of many members; what lies beyond is not looked at. */
const MOST_FILES = 400;

/** Whether projects of the ecosystem say in this file what they ask for. */
export function isManifest(ecosystem: string, path: string): boolean {
  if (LOCK.test(path)) return false;
  // Lists of requirements may have any name: those that no other list includes are not read.
  if (ecosystem === 'PyPI' && /\.(txt|in)$/.test(path)) return true;
  return ECOSYSTEMS.some((one) => one.ecosystem === ecosystem && one.files.test(path));
}

/** The projects without lock files. */
export async function readManifestsAround(
  workspace: Pick<Workspace, 'files' | 'read'>,
  { path, ecosystem }: { readonly path: string; readonly ecosystem: string },
  text: string,
): Promise<readonly DependencyProject[]> {
  const folder = folderHeard(path);
  const isNear = (other: string) => {
    const at = folderHeard(other);
    return isBelow(folder, at) || (SHARED.test(path) && isBelow(at, folder));
  };
  const near = (await workspace.files()).filter((other) => isManifest(ecosystem, other) && isNear(other));
  const nearest = near
    .sort((a, b) => distance(folder, a) - distance(folder, b) || (a < b ? -1 : 1))
    .slice(0, MOST_FILES);
  const paths = [...new Set([path, ...nearest])].sort();
  return readProjects({
    files: async () => paths,
    read: async (asked) =>
      asked === path
        ? { kind: 'text', text, bytes: Buffer.byteLength(text) }
        : paths.includes(asked)
          ? workspace.read(asked)
          : { kind: 'missing' },
  });
}

/** `gradle/libs.versions.toml` belongs to the folder above, as `requirements/dev.txt` does. */
function folderHeard(path: string): string {
  const segments = path.split('/').slice(0, -1);
  if (segments.at(-1) === 'gradle' || segments.at(-1) === 'requirements') segments.pop();
  return segments.join('/');
}

function isBelow(folder: string, upper: string): boolean {
  return upper === '' || folder === upper || folder.startsWith(`${upper}/`);
}

function distance(folder: string, path: string): number {
  return Math.abs(folderHeard(path).split('/').length - folder.split('/').length);
}
