// Whether go.sum vouches for what go.mod asks for: Go reads versions from go.mod, so a raised line there says nothing of go.sum.
import type { DependencyProject } from '#domain/project.ts';
import type { Workspace } from '#ports/workspace.ts';
import { sameName } from '../../upgrade/brought-in-by.ts';
import type { LockWish } from './lock-commands.ts';

/**
 * The first module, as `name version`, for which a build would stop with "missing go.sum entry"; null when there is none, and for other
 * ecosystems (https://go.dev/ref/mod#go-sum-files).
 */
export async function missingGoSum(
  { ecosystem, folder, packages }: DependencyProject,
  wishes: readonly LockWish[],
  sources: Workspace,
): Promise<string | null> {
  if (ecosystem !== 'Go') return null;
  const outcome = await sources.read(folder === '' ? 'go.sum' : `${folder}/go.sum`);
  const sums = new Set(
    (outcome.kind === 'text' ? outcome.text : '').split('\n').map((line) => {
      const [name = '', version = ''] = line.split(' ');
      return `${name} ${version.replace(/\/go\.mod$/, '').replace(/^v/, '')}`;
    }),
  );
  for (const wish of wishes)
    for (const { name, version } of packages.filter((one) => sameName(ecosystem, one.name, wish.name)))
      if (!sums.has(`${name} ${version.replace(/^v/, '')}`)) return `${name} ${version}`;
  return null;
}
