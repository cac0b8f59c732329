// An imported package → how near its vulnerable part is: called, imported, or surely not used.
import type { AffectedSymbols } from '#domain/advisory.ts';
import type { Citation } from '#domain/location.ts';
import { phrase } from '#domain/phrase.ts';
import { markOutside } from '#support/mark-outside.ts';
import { normaliseName } from '../versions/normalise-name.ts';
import type { Doubt } from './doubt.ts';
import { citeHits, citeManifests, type Found, type Inquiry, otherUsers, searchGaps } from './inquiry.ts';
import { type CodeText, citeOffset } from './read-code.ts';
import type { ImportHit, SourceFile } from './source-index.ts';
import { findGoUses } from './uses/go-uses.ts';
import { findJavaUses } from './uses/java-uses.ts';
import { findJavaScriptUses } from './uses/javascript-uses.ts';
import { findPythonUses } from './uses/python-uses.ts';
import { type FindUses, type Wanted, wantedNames, wordPlaces } from './uses/use.ts';
import { findWordUses } from './uses/word-uses.ts';
import { vendoredPackages } from './vendored-packages.ts';

const BY_ECOSYSTEM: ReadonlyMap<string, FindUses> = new Map([
  ['npm', findJavaScriptUses],
  ['PyPI', findPythonUses],
  ['Go', findGoUses],
  ['Maven', findJavaUses],
]);

/** Files that import one package and are looked into. */
const MOST_FILES = 400;
const MOST_CITATIONS = 3;

interface KnownSymbols {
  readonly names: readonly string[];
  readonly paths: readonly string[];
  /** All public ways to the vulnerable code are among them. */
  readonly isComplete: boolean;
  /** Where they are from; null when nothing is known. */
  readonly source: string | null;
}

export async function weighUses(inquiry: Inquiry, imports: readonly ImportHit[]): Promise<Found> {
  const { question } = inquiry;
  const shown = markOutside(question.package.name);
  const known = knownSymbols(inquiry);
  const parts =
    known.paths.length === 0 ? imports : imports.filter(({ found }) => known.paths.includes(found.specifier));
  if (parts.length === 0) return weighParts(inquiry, imports, known);
  if (known.source === null || (known.names.length === 0 && question.project.ecosystem !== 'Go')) {
    return {
      level: 'imported',
      text:
        known.source === null
          ? phrase`${shown} is imported by what runs; which part of it is vulnerable is not known.`
          : phrase`${shown} is imported by what runs, and its use alone may reach the vulnerable code.`,
      citations: citeHits(parts),
      doubts: [],
    };
  }
  return weighNames(inquiry, parts, known);
}

function knownSymbols({ question, symbols }: Inquiry): KnownSymbols {
  const { project, package: named, vulnerability } = question;
  const rule = symbols.symbolsOf(
    project.ecosystem,
    normaliseName(project.ecosystem, named.name),
    vulnerability,
  );
  const isGo = project.ecosystem === 'Go';
  const given = question.symbols.filter(({ path, names }) => path !== null || names.length > 0);
  if (rule === null && given.length === 0) return { names: [], paths: [], isComplete: false, source: null };
  const everyPathKnown = given.length > 0 && given.every(({ path }) => path !== null);
  return {
    names: [...new Set([...(rule?.symbols ?? []), ...given.flatMap(({ names }) => names)])],
    // Only Go's database speaks of packages by their import paths.
    paths: isGo && everyPathKnown ? given.flatMap(({ path }) => path ?? []) : [],
    // The Go database lists what reaches the vulnerable code as well (https://go.dev/doc/security/vuln/database#schema).
    isComplete: rule?.complete ?? (isGo && hasNamesThroughout(given)),
    source: rule?.source ?? 'advisory',
  };
}

function hasNamesThroughout(given: readonly AffectedSymbols[]): boolean {
  return given.length > 0 && given.every(({ names }) => names.length > 0);
}

/** The package is imported, none of its vulnerable parts is by these sources. */
async function weighParts(
  inquiry: Inquiry,
  imports: readonly ImportHit[],
  known: KnownSymbols,
): Promise<Found> {
  const { question, search } = inquiry;
  const shown = markOutside(question.package.name);
  const listed = markOutside(known.paths.slice(0, 4).join(', '), 200);
  const vendored = await vendoredPackages(inquiry);
  const text = phrase`${shown} is imported, and its vulnerable part is not: no source that runs imports ${listed}.`;
  const citations = citeHits(imports);
  if (vendored !== null && !known.paths.some((path) => vendored.has(path)))
    return {
      level: 'part_not_imported',
      text,
      citations: [...citations, ...(await citeManifests(inquiry))],
      doubts: [],
    };
  const doubts: Doubt[] = [...(await searchGaps(inquiry)), ...(await otherUsers(inquiry)).doubts];
  const isAbove = (specifier: string) => known.paths.some((path) => path.startsWith(`${specifier}/`));
  const inner = imports.filter(({ found }) => !search.isLeaf(found.specifier) || isAbove(found.specifier));
  if (inner.length > 0)
    doubts.push({
      text: phrase`Parts of ${shown} that are imported may load the vulnerable one themselves.`,
      citations: citeHits(inner),
    });
  return { level: 'part_not_imported', text, citations, doubts };
}

interface Place {
  readonly file: Pick<SourceFile, 'path' | 'text'>;
  readonly offset: number;
}

async function weighNames(
  inquiry: Inquiry,
  parts: readonly ImportHit[],
  known: KnownSymbols,
): Promise<Found> {
  const { question, search, loads, isOwn } = inquiry;
  const shown = markOutside(question.package.name);
  const wanted = wantedNames(known.names);
  const { called, open, locals } = await lookInto(inquiry, parts, wanted);
  const list = markOutside(
    known.names.length === 0 ? question.package.name : known.names.slice(0, 5).join(', '),
    160,
  );
  if (called.length > 0)
    return {
      level: 'called',
      text: phrase`What runs uses the vulnerable part of ${shown}: ${list}.`,
      citations: cite(called),
      doubts: [],
    };
  const elsewhere: Place[] = await standsElsewhere(inquiry, parts, wanted, locals);
  const beside = await search.mentionsBeside(loads, isOwn);
  elsewhere.push(...beside.map(({ path, text, start }) => ({ file: { path, text }, offset: start })));
  const doubts: Doubt[] = [];
  if (open.length > 0 || elsewhere.length > 0)
    doubts.push({
      text: phrase`Whether ${list} is used cannot be told here: the package is passed on, asked for a name made at run time, or the name stands in other code.`,
      citations: cite([...open, ...elsewhere]),
    });
  if (!known.isComplete)
    doubts.push({ text: phrase`Other ways to the vulnerable code than ${list} may exist.`, citations: [] });
  doubts.push(...(await searchGaps(inquiry)), ...(await otherUsers(inquiry)).doubts);
  if (doubts.length > 0)
    return {
      level: 'imported',
      text: phrase`${shown} is imported by what runs; no use of its vulnerable part (${list}) was found, and none is ruled out.`,
      citations: citeHits(parts),
      doubts,
    };
  return {
    level: 'not_called',
    text: phrase`${shown} is imported, and nothing that runs uses its vulnerable part: ${list} stands in none of the ${new Set(parts.map(({ file }) => file.path)).size} files that import it.`,
    citations: citeHits(parts),
    doubts: [],
  };
}

async function lookInto(inquiry: Inquiry, parts: readonly ImportHit[], wanted: Wanted) {
  const { question, search } = inquiry;
  const find = BY_ECOSYSTEM.get(question.project.ecosystem) ?? findWordUses;
  const byFile = new Map<SourceFile, ImportHit[]>();
  for (const hit of parts) byFile.set(hit.file, [...(byFile.get(hit.file) ?? []), hit]);
  const called: Place[] = [];
  const open: Place[] = [];
  const locals = new Set<string>();
  for (const [index, [file, hits]] of [...byFile].entries()) {
    if (index >= MOST_FILES) {
      open.push({ file, offset: hits[0]?.found.start ?? 0 });
      break;
    }
    const code: CodeText = await search.readCode(file);
    const uses = find(
      code,
      hits.map(({ found }) => found),
      wanted,
    );
    called.push(...uses.called.map((offset) => ({ file, offset })));
    open.push(...uses.open.map((offset) => ({ file, offset })));
    for (const local of uses.locals) locals.add(local);
  }
  return { called, open, locals };
}

/** Other files that may get the package, or a value of it, from the files that import it. */
async function standsElsewhere(
  { question, search, isOwn }: Inquiry,
  parts: readonly ImportHit[],
  wanted: Wanted,
  locals: ReadonlySet<string>,
): Promise<Place[]> {
  const { ecosystem } = question.project;
  const words =
    ecosystem === 'PyPI'
      ? [...locals, ...wanted.methods]
      : ecosystem === 'Go'
        ? [...wanted.methods]
        : ecosystem === 'Maven'
          ? [...wanted.names, ...wanted.owners]
          : [];
  if (words.length === 0) return [];
  const importing = new Set(parts.map(({ file }) => file));
  const found: Place[] = [];
  for (const file of search.sources.files) {
    if (found.length >= MOST_CITATIONS) break;
    if (file.role === 'test' || importing.has(file) || !isOwn(file.path)) continue;
    if (!words.some((word) => file.text.includes(word))) continue;
    const { bare } = await search.readCode(file);
    for (const word of words) {
      const at = wordPlaces(bare, word)[0];
      if (at !== undefined) found.push({ file, offset: at });
    }
  }
  return found;
}

function cite(places: readonly Place[]): readonly Citation[] {
  return places.slice(0, MOST_CITATIONS).map(({ file, offset }) => citeOffset(file.path, file.text, offset));
}
