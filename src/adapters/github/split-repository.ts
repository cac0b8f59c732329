// The name of a repository as it is given → the two parts that go into addresses.
import { AssayError } from '../../domain/errors.ts';

/** The two names, which become parts of addresses; anything but plain ones is refused (docs.github.com: names of repositories). */
export function splitRepository(repository: string): { readonly owner: string; readonly repo: string } {
  const [, owner, repo] = /^([A-Za-z0-9_-]{1,100})\/([A-Za-z0-9._-]{1,100})$/.exec(repository) ?? [];
  if (owner === undefined || repo === undefined || /^\.{1,2}$/.test(repo)) {
    throw new AssayError('usage', 'The repository is not named as owner/name.', {
      hint: 'GITHUB_REPOSITORY or --pull-request names it: owner/repo#7.',
    });
  }
  return { owner, repo };
}
