// Finds the place in the repository at head that a report's location means, or says why there is none.
import type { FindingLocation, Region } from '#domain/location.ts';
import { type Phrase, type PhraseBook, phrase } from '#domain/phrase.ts';
import type { ColumnKind, RawLocation } from '#domain/report.ts';
import { locateExactRegion } from './locate-exactly.ts';
import type { HeadMap } from './map-to-head.ts';
import type { PathResolver } from './resolve-path.ts';
import {
  clampRegion,
  hasOffsets,
  inUtf16,
  type ReportedRegion,
  readLines,
  resolveOffsets,
  WHOLE_FILE,
  WHOLE_FILE_WHY,
} from './resolve-region.ts';
import type { SourceTexts } from './source-texts.ts';
import { sayLocation, type UnsaidLocation } from './unsaid-location.ts';

/** A located place; `precision` says how much the report gave: a place in the file, or the file only. */
interface Located {
  readonly location: FindingLocation;
  readonly precision: 'region' | 'file' | 'none';
}

interface UnsaidPlace extends Omit<Located, 'location'> {
  readonly location: UnsaidLocation;
}

export interface Locator {
  locate(location: RawLocation | null): Promise<Located>;
  /** For text that is to be replaced: nothing is clamped, guessed or carried over changed lines; else `resolved` is false. */
  locateExactly(location: RawLocation): Promise<FindingLocation>;
}

/** What places of one run mean: files of one scanned commit, columns of one kind. */
export interface LocatorOptions {
  readonly resolvePath: PathResolver;
  readonly headMap: HeadMap;
  readonly texts: SourceTexts;
  readonly columnKind: ColumnKind;
  /** What is said of places that are not to be trusted; null for English. */
  readonly book: PhraseBook | null;
}

export function createLocator({ book, ...options }: LocatorOptions): Locator {
  const { locate, locateExactly } = createUnsaidLocator(options);
  return {
    locate: async (raw) => {
      const { location, precision } = await locate(raw);
      return { location: sayLocation(location, book), precision };
    },
    locateExactly: async (raw) => sayLocation(await locateExactly(raw), book),
  };
}

function createUnsaidLocator({ resolvePath, headMap, texts, columnKind }: Omit<LocatorOptions, 'book'>) {
  const locate = async (raw: RawLocation | null): Promise<UnsaidPlace> => {
    if (raw === null || (raw.uri === null && raw.uriProblem === null)) return nowhere('', nameless(raw));
    if (raw.uriProblem !== null) return nowhere(raw.uri ?? '', raw.uriProblem, raw);
    const found = resolvePath(raw.uri ?? '');
    if (found.kind === 'unresolved') return nowhere(found.display, found.why, raw);

    const lines = raw.region === null ? null : readLines(raw.region);
    if (lines !== null) return locateLines(found.path, lines, { headMap, texts, columnKind });
    if (raw.region !== null && hasOffsets(raw.region)) {
      const file = headMap.file(found.path);
      if (file.changed)
        return place(file.path, WHOLE_FILE, phrase`the file changed since the scan`, 'region');
      const source = await texts.get(file.path);
      if (source.kind === 'unreadable') return place(file.path, WHOLE_FILE, source.why, 'region');
      const { region, resolved, why } = resolveOffsets(raw.region, source.text, columnKind);
      return { location: { path: file.path, ...region, resolved, why }, precision: 'region' };
    }
    const file = headMap.file(found.path);
    if (file.deleted)
      return place(file.path, WHOLE_FILE, phrase`the file was deleted since the scan`, 'file');
    return {
      location: { path: file.path, ...WHOLE_FILE, resolved: true, wholeFile: true, why: WHOLE_FILE_WHY },
      precision: 'file',
    };
  };
  const locateExactly = async (raw: RawLocation): Promise<UnsaidLocation> => {
    const found = resolvePath(raw.uri ?? '');
    if (raw.uri === null || raw.uriProblem !== null || found.kind === 'unresolved' || raw.region === null)
      return (await locate(raw.region === null ? null : raw)).location;
    return locateExactRegion(found.path, raw.region, { headMap, texts, columnKind });
  };
  return { locate, locateExactly };
}

async function locateLines(
  path: string,
  reported: ReportedRegion,
  { headMap, texts, columnKind }: Omit<LocatorOptions, 'resolvePath' | 'book'>,
): Promise<UnsaidPlace> {
  const mapped = headMap.region(path, reported);
  const source = await texts.get(mapped.path);
  if (source.kind === 'unreadable') {
    return place(mapped.path, mapped.region, mapped.lost ?? source.why, 'region');
  }
  const { region, resolved, why } = clampRegion(inUtf16(mapped.region, source.text, columnKind), source.text);
  const lost = mapped.lost ?? why;
  return {
    location: { path: mapped.path, ...region, resolved: resolved && mapped.lost === null, why: lost },
    precision: 'region',
  };
}

/** A place that is not to be trusted. */
function place(
  path: string,
  region: Region,
  why: Phrase | string,
  precision: Located['precision'],
): UnsaidPlace {
  const { startLine, startColumn, endLine, endColumn } = region;
  return { location: { path, startLine, startColumn, endLine, endColumn, resolved: false, why }, precision };
}

function nowhere(display: string, why: Phrase | string, raw: RawLocation | null = null): UnsaidPlace {
  const lines = raw?.region === null || raw === null ? null : readLines(raw.region);
  return place(display, lines ?? WHOLE_FILE, why, lines === null ? 'none' : 'region');
}

function nameless(raw: RawLocation | null): Phrase {
  const [logical] = raw?.logicalNames ?? [];
  return logical === undefined
    ? phrase`the report names no file`
    : phrase`the report names no file, only \`${logical.slice(0, 200)}\``;
}
