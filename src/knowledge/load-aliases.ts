// The names that people use for weaknesses besides their numbers: `rules/knowledge/aliases.yaml`, in both languages.
import { z } from 'zod';
import type { Assets } from '#ports/assets.ts';
import { namedWeaknesses } from './chunk-document.ts';

const ALIASES_PATH = 'rules/knowledge/aliases.yaml';

const groupSchema = z.strictObject({
  cwe: z.array(z.int().positive()).min(1),
  en: z.array(z.string().min(2)).min(1),
  'zh-CN': z.array(z.string().min(2)),
});

export type AliasGroup = z.infer<typeof groupSchema>;

export interface AliasBook {
  /** The weaknesses that a text names, by number or by any name of theirs; ascending. */
  weaknessesIn(text: string): readonly number[];
  /** All names of the weaknesses that a text names by name: what else the same thing is called. */
  otherNames(text: string): readonly string[];
  /** All names of these weaknesses, in both languages. */
  namesOf(cwe: readonly number[]): readonly string[];
}

/** Throws when the data is not of the schema: our own fault. */
export async function loadAliases(assets: Assets): Promise<AliasBook> {
  return createAliasBook(
    z
      .array(groupSchema)
      .min(1)
      .parse(await assets.data(ALIASES_PATH)),
  );
}

function createAliasBook(groups: readonly AliasGroup[]): AliasBook {
  const byName = new Map<string, AliasGroup[]>();
  for (const group of groups) {
    for (const name of namesIn(group)) {
      const key = normalise(name);
      byName.set(key, [...(byName.get(key) ?? []), group]);
    }
  }
  const names = [...byName.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`(?<![a-z0-9])(${names.join('|')})(?:s(?![a-z0-9])|(?![a-z0-9]))`, 'g');
  const groupsIn = (text: string): readonly AliasGroup[] => {
    const found = [...normalise(text).matchAll(pattern)].flatMap((match) => byName.get(match[1] ?? '') ?? []);
    return [...new Set(found)];
  };
  return {
    weaknessesIn: (text) =>
      ascending([...namedWeaknesses(text), ...groupsIn(text).flatMap(({ cwe }) => cwe)]),
    otherNames: (text) => groupsIn(text).flatMap(namesIn),
    namesOf: (cwe) => groups.filter((group) => group.cwe.some((one) => cwe.includes(one))).flatMap(namesIn),
  };
}

function namesIn(group: AliasGroup): readonly string[] {
  return [...group.en, ...group['zh-CN']];
}

/** Lower case, one space for whatever parts words, none where Chinese meets anything: both are written with and without. */
function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/ ?(\p{Script=Han}) ?/gu, '$1')
    .trim();
}

function ascending(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
