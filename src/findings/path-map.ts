// `--path-map A=B`: what the operator says about where a report's paths lie in the repository; stronger than any guess.
import { type PathReading, parseReportUri, spellPath } from './parse-report-uri.ts';

export interface PathMapping {
  readonly from: string;
  readonly to: string;
}

interface MappedPath {
  /** Relative to the repository root; not yet known to exist. */
  readonly path: string;
  /** `A=B` as given. */
  readonly by: string;
}

/** Maps a reported path; null when no mapping covers it. */
export type PathMap = (uri: string, readings: readonly PathReading[]) => MappedPath | null;

interface Rule extends PathMapping {
  /** `from` as this room spells paths; '' covers every relative path. */
  readonly prefix: string;
}

/** The longest `from` that is a prefix by whole segments wins. A `from` with a scheme (`https://host/x`) is compared with the raw text. */
export function createPathMap(mappings: readonly PathMapping[]): PathMap {
  const rules = mappings
    .map((mapping): Rule => ({ ...mapping, prefix: spellPrefix(mapping.from) }))
    .sort((a, b) => b.prefix.length - a.prefix.length);

  return (uri, readings) => {
    const spellings = [...readings.map(spellPath), uri];
    for (const rule of rules) {
      for (const spelling of spellings) {
        const rest = restAfter(rule.prefix, spelling);
        if (rest === null) continue;
        const target = parseReportUri(`${rule.to}/${rest}`.replaceAll('%', '%25'));
        const path = target.kind === 'path' ? (target.readings[0]?.segments.join('/') ?? '') : '';
        return { path, by: `${rule.from}=${rule.to}` };
      }
    }
    return null;
  };
}

function spellPrefix(from: string): string {
  const trimmed = from.replace(/[/\\]+$/, '');
  if (trimmed === '') return from === '' ? '' : '/';
  if (trimmed === '.') return '';
  const parsed = parseReportUri(trimmed);
  return parsed.kind === 'path' && parsed.readings[0] !== undefined ? spellPath(parsed.readings[0]) : trimmed;
}

function restAfter(prefix: string, path: string): string | null {
  if (prefix === '') return path.startsWith('/') || /^[A-Za-z][A-Za-z0-9+.-]+:/.test(path) ? null : path;
  if (prefix === '/') return path.startsWith('/') ? path.slice(1) : null;
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : null;
}
