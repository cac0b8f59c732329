// Adds to each result about a package what tells which project its report means.
import path from 'node:path';
import type { IngestedReport } from '#domain/report.ts';
import type { RunRequest } from '../run-request.ts';

/** @param below where `--repo` lies below the root of the sources; '' for the root */
export function tellProject(
  report: IngestedReport,
  { cwd, repo }: Pick<RunRequest, 'cwd' | 'repo'>,
  below: string,
): IngestedReport {
  const about = {
    root: report.inventory?.about ?? null,
    folder: folderOf(report.name, { cwd, repo }, below),
    listed: report.inventory?.components ?? [],
  };
  if (about.root === null && about.folder === null) return report;
  return {
    ...report,
    results: report.results.map((item) => {
      if (item.kind !== 'result' || item.result.dependency === undefined) return item;
      return { ...item, result: { ...item.result, dependency: { ...item.result.dependency, about } } };
    }),
  };
}

/** The folder of the repository that a report lies in; null outside of it, and for standard input. */
function folderOf(
  name: string,
  { cwd, repo }: Pick<RunRequest, 'cwd' | 'repo'>,
  below: string,
): string | null {
  if (name === '-') return null;
  const there = path.relative(path.resolve(cwd, repo), path.resolve(cwd, path.dirname(name)));
  if (path.isAbsolute(there)) return null;
  const folder = path.posix.join(below, there.split(path.sep).join('/'));
  if (folder === '..' || folder.startsWith('../')) return null;
  return folder === '.' ? '' : folder;
}
