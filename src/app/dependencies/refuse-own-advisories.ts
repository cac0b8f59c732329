// Keeps a change from clearing itself by what it is measured with: advisories and scores that lie in the repository and that it touches.
import path from 'node:path';
import type { DecisionReason } from '#domain/decision.ts';
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { DependencyContext } from './dependency-context.ts';

/** Without a change under review, and for what lies elsewhere, none. */
export function refuseOwnAdvisories(
  { request, world, diff }: Pick<DependencyContext, 'request' | 'world' | 'diff'>,
  book: PhraseBook | null,
): readonly DecisionReason[] {
  const up = world.folder.split('/').filter((part) => part !== '');
  const root = path.resolve(request.cwd, request.repo, ...up.map(() => '..'));
  const touched = (diff?.files ?? []).flatMap(({ oldPath, newPath }) =>
    [newPath, oldPath].flatMap((one) => one ?? []),
  );
  return [request.osv, request.epss, request.kev].flatMap((given): DecisionReason[] => {
    if (given === null || given === 'online' || /^https?:\/\//i.test(given)) return [];
    const place = path.resolve(request.cwd, given);
    const own = touched.find((one) => {
      const file = path.join(root, one);
      return file === place || (file.startsWith(place + path.sep) && /\.(?:jsonl?|ndjson|zip)$/i.test(file));
    });
    if (own === undefined) return [];
    const text = phrase`The change under review changes ${markOutside(own)}, which it is to be measured with: give ${given} as it stands outside of the change.`;
    return [{ code: 'advisories-changed', text: say(text, book) }];
  });
}
