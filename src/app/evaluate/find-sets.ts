// The folders named with --set → labelled sets: which reports go with which labels, and where the code is.
import path from 'node:path';
import { AssayError } from '#domain/errors.ts';
import { listFolder } from '../../adapters/local/list-folder.ts';
import type { EvaluateRequest } from './evaluate-request.ts';

/** Reports that are triaged together, and their labels. File names are absolute. */
export interface LabelledSet {
  readonly name: string;
  readonly reports: readonly string[];
  readonly labels: string;
  /** The folder that the reports speak of. */
  readonly sources: string;
}

const LAYOUT =
  'A set is a folder with findings.sarif (or other *.sarif), labels.csv and the sources in src/; see docs/evaluation.md.';

/**
 * `findings-x.sarif` with `labels-x.csv` beside it is a set of its own, named `folder/x`; all other reports of the folder belong to
 * `labels.csv`. Throws AssayError `usage` for a folder that holds no set.
 */
export async function findSets(
  request: Pick<EvaluateRequest, 'sets' | 'sources' | 'cwd'>,
): Promise<readonly LabelledSet[]> {
  if (request.sets.length === 0) {
    throw new AssayError('usage', 'No labelled set was named.', { hint: `Add --set DIR. ${LAYOUT}` });
  }
  const found = await Promise.all(request.sets.map((name) => setsIn(name, request)));
  const sets = found.flat();
  const names = new Set(sets.map(({ name }) => name));
  if (names.size === sets.length) return sets;
  throw new AssayError('usage', 'Two of the sets have the same name.', {
    hint: 'A set is named for its folder: rename one of them, or name each folder once.',
  });
}

async function setsIn(
  named: string,
  { cwd, sources }: Pick<EvaluateRequest, 'sources' | 'cwd'>,
): Promise<readonly LabelledSet[]> {
  const isReport = named.endsWith('.sarif');
  const folder = path.resolve(cwd, isReport ? path.dirname(named) : named);
  const content = await listFolder(folder);
  if (content === null) throw new AssayError('usage', `There is no folder ${named}.`, { hint: LAYOUT });
  const code = sources ?? (content.folders.includes('src') ? path.join(folder, 'src') : folder);
  const asSet = (suffix: string, reports: readonly string[]): LabelledSet => ({
    name: suffix === '' ? path.basename(folder) : `${path.basename(folder)}/${suffix.replace(/^[-_.]/, '')}`,
    reports: reports.map((report) => path.join(folder, report)),
    labels: path.join(folder, `labels${suffix}.csv`),
    sources: path.resolve(cwd, code),
  });
  const reports = content.files.filter((file) => file.endsWith('.sarif'));
  const wanted = isReport ? reports.filter((file) => file === path.basename(named)) : reports;
  const hasOwnLabels = (file: string): boolean => {
    const suffix = suffixOf(file);
    return suffix !== '' && content.files.includes(`labels${suffix}.csv`);
  };
  const shared = wanted.filter((file) => !hasOwnLabels(file));
  const sets = wanted.filter(hasOwnLabels).map((file) => asSet(suffixOf(file), [file]));
  if (shared.length > 0 && content.files.includes('labels.csv')) return [asSet('', shared), ...sets];
  if (sets.length > 0) return sets;
  const lacking = wanted.length === 0 ? 'no report' : 'no labels.csv';
  throw new AssayError('usage', `${named} is no labelled set: there is ${lacking}.`, { hint: LAYOUT });
}

function suffixOf(report: string): string {
  return /^findings(.*)\.sarif$/.exec(report)?.[1] ?? '';
}
