// Keeps a change from clearing itself by what it is measured with: advisories and scores that lie in the repository and that it touches.
import path from 'node:path';
import type { DecisionReason } from '#domain/decision.ts';
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import { linksWithin, placesBehind, realPlace } from '../../adapters/local/places-behind.ts';
import type { DependencyContext } from './dependency-context.ts';

/** What is read of a folder of advisories. */
const RECORDS = /\.(?:jsonl?|ndjson|zip)$/i;

/** Without a change under review, and for what lies elsewhere, none. Links are followed: they lead into the repository, or out of it. */
export async function refuseOwnAdvisories(
  { request, world, diff }: Pick<DependencyContext, 'request' | 'world' | 'diff'>,
  book: PhraseBook | null,
): Promise<readonly DecisionReason[]> {
  const touched = (diff?.files ?? []).flatMap(({ oldPath, newPath }) =>
    [newPath, oldPath].flatMap((one) => one ?? []),
  );
  if (touched.length === 0) return [];
  const up = world.folder.split('/').filter((part) => part !== '');
  const root = path.resolve(request.cwd, request.repo, ...up.map(() => '..'));
  const roots = [...new Set([root, await realPlace(root)])];
  const reasons: DecisionReason[] = [];
  for (const given of [request.osv, request.epss, request.kev]) {
    if (given === null || given === 'online' || /^https?:\/\//i.test(given)) continue;
    const places = await placesBehind(path.resolve(request.cwd, given));
    const within = await linksWithin(places.at(-1) ?? given);
    const own = touched.find((one) =>
      roots.some((each) => {
        const file = path.join(each, one);
        return (
          [...places, ...within].some((place) => place === file || place.startsWith(file + path.sep)) ||
          (RECORDS.test(file) && places.some((place) => file.startsWith(place + path.sep)))
        );
      }),
    );
    if (own === undefined) continue;
    const text = phrase`The change under review changes ${markOutside(own)}, which it is to be measured with: give ${given} as it stands outside of the change.`;
    reasons.push({ code: 'advisories-changed', text: say(text, book) });
  }
  return reasons;
}
