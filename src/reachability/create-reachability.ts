// The door of the room: how near a vulnerable package is to what runs, by the imports and calls of the project's own sources.
import { phrase, say } from '#domain/phrase.ts';
import type { DependencyProject, LockedPackage } from '#domain/project.ts';
import type { ReachabilityQuestion, Reached } from '#domain/reachability.ts';
import type { Workspace } from '#ports/workspace.ts';
import { markOutside } from '#support/mark-outside.ts';
import type { CodeIndex } from '../code/code-index.ts';
import { bringersOf, loadedBringers } from './bringers.ts';
import { ancestryOf, lockedEntries } from './dependency-graph.ts';
import type { Doubt } from './doubt.ts';
import { ecosystemRules } from './ecosystems/all-ecosystems.ts';
import type { EcosystemRules } from './ecosystems/ecosystem.ts';
import {
  citeHits,
  citeManifests,
  type Found,
  type Inquiry,
  otherUsers,
  searched,
  searchGaps,
} from './inquiry.ts';
import type { SymbolRules } from './load-symbol-rules.ts';
import { REACHABILITY_PHRASES_ZH_CN } from './phrases-zh-cn.ts';
import { projectFiles } from './project-files.ts';
import { requirementsOf, Search } from './search.ts';
import { readSettings, type SettingIndex } from './setting-index.ts';
import { type ImportHit, readSources, type SourceLimits } from './source-index.ts';
import { hasPart, vendoredPackages } from './vendored-packages.ts';
import { weighUses } from './weigh-uses.ts';

export interface ReachabilityContext {
  readonly workspace: Pick<Workspace, 'files' | 'read'>;
  readonly code: CodeIndex;
  readonly projects: readonly DependencyProject[];
  readonly symbols: SymbolRules;
  /** By the team's policy; what the ecosystem's own habits call a test is one as well. */
  isTestPath(path: string): boolean;
  readonly language: 'en' | 'zh-CN';
  readonly limits?: SourceLimits;
}

export interface Reachability {
  /** Sources are read at the first question about an ecosystem, and kept. Never throws for what stands in them. */
  reach(question: ReachabilityQuestion): Promise<Reached>;
}

export function createReachability(context: ReachabilityContext): Reachability {
  const searches = new Map<string, Promise<Search>>();
  let settings: Promise<SettingIndex> | null = null;
  const searchOf = (rules: EcosystemRules): Promise<Search> => {
    let known = searches.get(rules.ecosystem);
    if (known === undefined) {
      settings ??= readSettings(context.workspace);
      known = openSearch(rules, context, settings);
      searches.set(rules.ecosystem, known);
    }
    return known;
  };
  const book = context.language === 'zh-CN' ? REACHABILITY_PHRASES_ZH_CN : null;
  return {
    async reach(question) {
      const rules = ecosystemRules(question.project.ecosystem);
      const found =
        rules === null ? notSearched(question) : await answer(question, await searchOf(rules), context);
      // A dismissal has no doubts: what has some is not known.
      const isDismissal = ['absent', 'not_imported', 'part_not_imported', 'not_called'].includes(found.level);
      const level = isDismissal && found.doubts.length > 0 ? 'unknown' : found.level;
      return {
        level,
        text: say(found.text, book),
        citations: found.citations,
        doubts: found.doubts.map(({ text, citations }) => ({ text: say(text, book), citations })),
      };
    },
  };
}

async function openSearch(
  rules: EcosystemRules,
  context: ReachabilityContext,
  settings: Promise<SettingIndex>,
): Promise<Search> {
  const sources = await readSources(context.workspace, rules, context.isTestPath, context.limits);
  return new Search({
    rules,
    sources,
    settings: await settings,
    code: context.code,
    symbols: context.symbols,
    workspace: context.workspace,
    projects: context.projects,
  });
}

function notSearched({ project }: ReachabilityQuestion): Found {
  return {
    level: 'unknown',
    text: phrase`Sources are not searched for packages of ${markOutside(project.ecosystem)}.`,
    citations: [],
    doubts: [],
  };
}

async function answer(
  question: ReachabilityQuestion,
  search: Search,
  context: ReachabilityContext,
): Promise<Found> {
  const { project } = question;
  const { name, version } = question.package;
  const { projects, symbols, workspace } = context;
  const own = lockedEntries(project, name, version);
  const { mayUse: isOwn, doesUse } = projectFiles(project, projects, name);
  const isDevelopment = isForDevelopment(question, own);
  const loads = await search.loadsOf(name, project, isOwn, isDevelopment);
  const inquiry: Inquiry = { question, search, own, loads, symbols, projects, workspace, isOwn };
  const imports = [...loads.runtime, ...(isDevelopment ? [] : loads.tooling)];
  if (imports.length > 0 && isWhatImportsGet(question, own)) {
    const near = imports.filter(({ file }) => doesUse(file.path));
    return near.length > 0 ? weighUses(inquiry, near) : importedBeside(inquiry, imports);
  }
  // Where the lock file says who needs it, those are looked for as for any other.
  if (own.some((one) => one.isBundled && ancestryOf(project, [one]).parents.length === 0))
    return bundled(inquiry);
  return isDevelopment ? forDevelopment(inquiry) : notImported(inquiry);
}

/** npm nests further versions: an import of the project gets the one that it asks for itself. */
function isWhatImportsGet(
  { project, package: { name } }: ReachabilityQuestion,
  own: readonly LockedPackage[],
): boolean {
  if (project.ecosystem !== 'npm' || own.length === 0 || own.some(({ isDirect }) => isDirect)) return true;
  return !lockedEntries(project, name, null).some(({ isDirect }) => isDirect);
}

/** The project's own files say it; the report does where they do not. */
function isForDevelopment(
  { project, package: named, scope }: ReachabilityQuestion,
  own: readonly LockedPackage[],
): boolean {
  const isDev = (one: { readonly scope: string }) => one.scope === 'dev' || one.scope === 'test';
  const asked = requirementsOf(project, named.name);
  if (asked.some((one) => !isDev(one))) return false;
  if (own.length > 0) return own.every(isDev);
  if (asked.length > 0) return true;
  return scope === 'dev' || scope === 'test';
}

function importedBeside({ question }: Inquiry, imports: readonly ImportHit[]): Found {
  const shown = markOutside(question.package.name);
  return {
    level: 'unknown',
    text: phrase`Only sources of other projects of the repository import ${shown}, which have dependencies of their own; whether this project runs them is not known.`,
    citations: citeHits(imports),
    doubts: [],
  };
}

async function bundled(inquiry: Inquiry): Promise<Found> {
  const shown = markOutside(inquiry.question.package.name);
  return {
    level: 'unknown',
    text: phrase`${shown} comes inside of another package's archive, whose code is not in the repository.`,
    citations: await citeManifests(inquiry),
    doubts: [],
  };
}

async function forDevelopment(inquiry: Inquiry): Promise<Found> {
  const { question, search, own, loads, projects, isOwn } = inquiry;
  const { names, doubts } = bringersOf(question, own, projects, search);
  const loaded = await loadedBringers(names, question, search, isOwn, true);
  const { project } = question;
  const gaps = await search.commandGaps({ project, packageName: question.package.name, isOwn });
  const all = [...loads.doubts, ...doubts, ...(loaded === null ? [] : [loaded]), ...gaps];
  const shown = markOutside(question.package.name);
  const citations = await citeManifests(inquiry);
  if (all.length > 0) {
    return {
      level: 'unknown',
      text: phrase`Only development asks for ${shown}, and yet what runs may load it.`,
      citations,
      doubts: all,
    };
  }
  const where = searched(inquiry);
  const text =
    loads.tests.length > 0
      ? phrase`Only development brings ${shown} in: tests import it, nothing that runs does. ${where}`
      : phrase`Only development or tests bring ${shown} in, and nothing that runs imports it. ${where}`;
  return {
    level: 'dev_only',
    text,
    citations: [...citations, ...citeHits(loads.tests).slice(0, 1)],
    doubts: [],
  };
}

async function notImported(inquiry: Inquiry): Promise<Found> {
  const { question, own, loads } = inquiry;
  const { project, package: named } = question;
  const shown = markOutside(named.name);
  const isAsked = requirementsOf(project, named.name).length > 0;
  const vendored = await vendoredPackages(inquiry);
  if (vendored !== null && !hasPart(vendored, named.name, question.symbols)) return notVendored(inquiry);
  const doubts: Doubt[] = [...loads.doubts, ...(await searchGaps(inquiry))];
  if (!isAsked && own.length === 0)
    doubts.push({ text: phrase`No manifest or lock file of the project names ${shown}.`, citations: [] });
  const others = await otherUsers(inquiry);
  doubts.push(...others.doubts);
  const where = searched(inquiry);
  const citations = await citeManifests(inquiry);
  const text = isAsked
    ? phrase`No source that runs imports ${shown}. ${where}`
    : others.parents.length > 0
      ? phrase`No source that runs imports ${shown}; it is brought in by ${markOutside(others.parents.slice(0, 5).join(', '), 160)}. ${where}`
      : phrase`No source that runs imports ${shown}, which others bring in. ${where}`;
  const aside =
    loads.types.length > 0
      ? phrase`${text} Type declarations alone name it, which are gone when the program runs.`
      : loads.tests.length > 0
        ? phrase`${text} Only tests import it.`
        : text;
  return {
    level: 'not_imported',
    text: aside,
    citations: [...citations, ...citeHits([...loads.types, ...loads.tests]).slice(0, 1)],
    doubts,
  };
}

/** What the build needs lies in the repository, package by package: this module is not among it. */
async function notVendored(inquiry: Inquiry): Promise<Found> {
  const { question, loads } = inquiry;
  const shown = markOutside(question.package.name);
  return {
    level: 'not_imported',
    text: phrase`No source that runs imports ${shown}, and vendor/modules.txt, which lists all packages that the build needs, has none of it that is vulnerable. ${searched(inquiry)}`,
    citations: await citeManifests(inquiry),
    doubts: loads.doubts,
  };
}
