// The rules as values: parsed at build time for the bundle; in a checkout parsed once and kept, as reading YAML takes a second.
import { createHash, randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { makeFolders } from './make-folders.ts';

/** By asset path, for example `rules/cwe/tree.yaml`. */
export type RuleData = Readonly<Record<string, unknown>>;

/** The name of the parsed rules beside a bundle. */
export const RULE_DATA_FILE = 'rules.json';

/** Parses `texts`, path → YAML 1.2. Throws for a text that is none. */
export function parseRuleData(texts: ReadonlyMap<string, string>): RuleData {
  return Object.fromEntries([...texts].map(([path, text]) => [path, parse(text)]));
}

/**
 * The same, from `cacheFolder` when these very texts were parsed before. The key holds every byte of them; a cache that cannot be read or
 * written costs time only.
 */
export async function parseRuleDataOnce(
  texts: ReadonlyMap<string, string>,
  cacheFolder: string,
): Promise<RuleData> {
  const key = createHash('sha256')
    .update(JSON.stringify([...texts]))
    .digest('hex');
  const file = join(cacheFolder, `rules-${key}.json`);
  const known = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as RuleData,
    () => null,
  );
  if (known !== null) return known;
  const data = parseRuleData(texts);
  await keep(file, cacheFolder, data).catch(() => undefined);
  return data;
}

/** Whole or not at all: another process may be reading. */
async function keep(file: string, folder: string, data: RuleData): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  await makeFolders(folder);
  await writeFile(temporary, JSON.stringify(data), { flag: 'wx' });
  await rename(temporary, file);
}
