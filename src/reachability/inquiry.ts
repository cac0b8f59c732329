// One question with what answering it stands on, and what every answer needs: gaps of the search, other users, lines to cite.
import type { Citation } from '#domain/location.ts';
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { DependencyProject, LockedPackage } from '#domain/project.ts';
import type { ReachabilityQuestion, Reached } from '#domain/reachability.ts';
import type { Workspace } from '#ports/workspace.ts';
import { markOutside } from '#support/mark-outside.ts';
import { bringersOf, loadedBringers } from './bringers.ts';
import type { Doubt } from './doubt.ts';
import type { SymbolRules } from './load-symbol-rules.ts';
import { citeLine, citeOffset } from './read-code.ts';
import { type Loads, requirementsOf, type Search } from './search.ts';
import type { ImportHit } from './source-index.ts';

/** A level with its reason, before it is put into words of a language. */
export interface Found {
  readonly level: Reached['level'];
  readonly text: Phrase;
  readonly citations: readonly Citation[];
  readonly doubts: readonly Doubt[];
}

/** One question with what answering it stands on. */
export interface Inquiry {
  readonly question: ReachabilityQuestion;
  readonly search: Search;
  readonly own: readonly LockedPackage[];
  readonly loads: Loads;
  readonly symbols: SymbolRules;
  readonly projects: readonly DependencyProject[];
  readonly workspace: Pick<Workspace, 'files' | 'read'>;
  isOwn(path: string): boolean;
}

const MOST_CITATIONS = 3;

/** What keeps any "not" from being said: other packages that may use the package, and gaps of the search. */
export async function otherUsers(
  inquiry: Inquiry,
): Promise<{ readonly doubts: readonly Doubt[]; readonly parents: readonly string[] }> {
  const { question, search, own, projects, isOwn } = inquiry;
  const { project } = question;
  const { names, parents, doubts } = bringersOf(question, own, projects, search);
  const found = [...doubts];
  const others = [...names];
  if (search.rules.loadedByOthers(question.package.name) === 'presence')
    for (const { name, scope } of project.requirements)
      if (
        (scope === 'runtime' || scope === 'optional') &&
        !search.isLeaf(name) &&
        name !== question.package.name
      )
        others.push(name);
  const loaded = await loadedBringers([...new Set(others)], question, search, isOwn, false);
  if (loaded !== null) found.push(loaded);
  for (const gap of project.gaps.slice(0, 2))
    found.push({ text: phrase`A manifest was not read whole: ${gap}`, citations: [] });
  return { doubts: found, parents };
}

export async function searchGaps({
  question,
  search,
  loads,
  workspace,
  isOwn,
}: Inquiry): Promise<readonly Doubt[]> {
  const { package: named } = question;
  const doubts = [
    ...(await search.gaps(
      { project: question.project, packageName: named.name, isOwn },
      loads.names,
      await isExplicitGem(question, workspace),
    )),
  ];
  const { pages, directed } = search.rules;
  const isProgram = (path: string) => pages?.test(path) !== true && directed?.test(path) !== true;
  if (!search.sources.files.some(({ path, role }) => role !== 'test' && isProgram(path) && isOwn(path)))
    doubts.push({
      text: phrase`The repository has no sources that could import ${markOutside(named.name)}: what runs is not in it.`,
      citations: [],
    });
  return doubts;
}

/** Bundler loads every gem of the Gemfile, except those with `require: false`. */
async function isExplicitGem(
  { project, package: named }: ReachabilityQuestion,
  workspace: Pick<Workspace, 'files' | 'read'>,
): Promise<boolean> {
  if (project.ecosystem !== 'RubyGems') return false;
  const asked = requirementsOf(project, named.name);
  for (const { place } of asked) {
    const read = await workspace.read(place.path);
    const line = read.kind === 'text' ? (read.text.split('\n')[place.startLine - 1] ?? '') : '';
    if (!/require(?::|\s*=>)\s*(?:false|nil|\[\])/.test(line)) return false;
  }
  return asked.length > 0;
}

export function searched({ question, search, loads, isOwn }: Inquiry): Phrase {
  const count = search.sources.files.filter(({ path, role }) => role !== 'test' && isOwn(path)).length;
  const folder = markOutside(question.project.folder === '' ? '.' : question.project.folder, 120);
  if (count === 1)
    return phrase`Searched: one source file of ${folder} and of what it needs, for ${markOutside(loads.names.slice(0, 4).join(', '), 120)}.`;
  return phrase`Searched: ${count} source files of ${folder} and of what it needs, for ${markOutside(loads.names.slice(0, 4).join(', '), 120)}.`;
}

export function citeHits(hits: readonly ImportHit[]): readonly Citation[] {
  return hits
    .slice(0, MOST_CITATIONS)
    .map(({ file, found }) => citeOffset(file.path, file.text, found.start));
}

/** The lines that ask for the package, else those of the lock file. */
export async function citeManifests({ question, own, workspace }: Inquiry): Promise<readonly Citation[]> {
  const asked = requirementsOf(question.project, question.package.name).map(({ place }) => place);
  const citations: Citation[] = [];
  for (const { path, startLine } of (asked.length > 0 ? asked : own.map(({ place }) => place)).slice(
    0,
    MOST_CITATIONS,
  )) {
    const read = await workspace.read(path);
    const citation = read.kind === 'text' ? citeLine(path, read.text, startLine) : null;
    if (citation !== null) citations.push(citation);
  }
  return citations;
}
