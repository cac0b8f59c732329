// Which other packages may bring a package in and run its code, and which of them the sources load.
import type { Citation } from '#domain/location.ts';
import { phrase } from '#domain/phrase.ts';
import type { DependencyProject, LockedPackage } from '#domain/project.ts';
import type { ReachabilityQuestion } from '#domain/reachability.ts';
import { markOutside } from '#support/mark-outside.ts';
import { normaliseName } from '../versions/normalise-name.ts';
import { ancestryOf } from './dependency-graph.ts';
import type { Doubt } from './doubt.ts';
import { citeOffset } from './read-code.ts';
import type { Search } from './search.ts';

export interface Bringers {
  /** Names of other packages whose code may use the package. */
  readonly names: readonly string[];
  /** Those that need it directly, as the lock file tells. */
  readonly parents: readonly string[];
  readonly doubts: readonly Doubt[];
}

const MOST_SAID = 3;

export function bringersOf(
  question: ReachabilityQuestion,
  own: readonly LockedPackage[],
  projects: readonly DependencyProject[],
  search: Search,
): Bringers {
  const { project } = question;
  const same = (name: string) => normaliseName(project.ecosystem, name);
  const self = same(question.package.name);
  const firstParty = new Set(
    projects.flatMap(({ ecosystem, name }) =>
      ecosystem === project.ecosystem && name !== null ? [name] : [],
    ),
  );
  const onPaths = question.paths.flatMap((path) => path.map((step) => step.replace(/(.)@[^@/]*$/, '$1')));
  const doubts: Doubt[] = [];
  const names = new Set(onPaths);
  let parents: readonly string[] = [];
  if (own.length > 0 && hasGraph(project)) {
    const ancestry = ancestryOf(project, own);
    for (const name of ancestry.ancestors) names.add(name);
    parents = ancestry.parents;
    if (!ancestry.isComplete)
      doubts.push({ text: phrase`More packages need it than were looked through.`, citations: [] });
  } else {
    const others = [
      ...project.requirements.filter(({ scope }) => scope === 'runtime' || scope === 'optional'),
      ...project.packages.filter(({ scope }) => scope === 'runtime' || scope === 'optional'),
    ];
    for (const { name } of others) if (!search.isLeaf(name)) names.add(name);
  }
  const kept = [...names].filter((name) => same(name) !== self && !firstParty.has(name));
  return { names: kept, parents: parents.filter((name) => kept.includes(name)), doubts };
}

/** A lock file that is a plain list does not say who needs what. */
function hasGraph({ packages }: DependencyProject): boolean {
  return packages.length === 1 || packages.some(({ dependsOn }) => dependsOn.length > 0);
}

/** Those of `names` that the sources load, or may; null when none is. */
export async function loadedBringers(
  names: readonly string[],
  { project }: ReachabilityQuestion,
  search: Search,
  isOwn: (path: string) => boolean,
  isDevelopment: boolean,
): Promise<Doubt | null> {
  const loaded: string[] = [];
  const citations: Citation[] = [];
  for (const name of names) {
    const { runtime, tooling, doubts } = await search.loadsOf(name, project, isOwn, isDevelopment);
    const hits = isDevelopment ? runtime : [...runtime, ...tooling];
    const [hit] = hits;
    const [doubt] = doubts;
    if (hit === undefined && doubt === undefined) continue;
    loaded.push(name);
    if (hit !== undefined) citations.push(citeOffset(hit.file.path, hit.file.text, hit.found.start));
    else citations.push(...(doubt?.citations ?? []).slice(0, 1));
    if (loaded.length >= MOST_SAID) break;
  }
  if (loaded.length === 0) return null;
  return {
    text: phrase`Other packages that are used may load it, and their code was not searched: ${markOutside(loaded.join(', '), 160)}.`,
    citations: citations.slice(0, MOST_SAID),
  };
}
