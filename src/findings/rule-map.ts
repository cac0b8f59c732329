// Says which weakness a tool's rule is about, for the many reports that name none: the tables of `rules/maps/`.
import { z } from 'zod';
import { AssayError } from '#domain/errors.ts';
import type { IngestedReport, IngestedResult, RawResult } from '#domain/report.ts';
import type { Assets } from '#ports/assets.ts';
import { compileGlobs } from '#support/glob.ts';

/** The folder of the tables: one file a tool, or a family of tools that spell rules alike. */
export const RULE_MAPS_FOLDER = 'rules/maps';

const cweSchema = z.int().positive();
const weaknessesSchema = z
  .union([cweSchema, z.array(cweSchema).min(1)])
  .transform((cwe) => [cwe].flat().sort((a, b) => a - b));
/** What a rule that reports several weaknesses is about, by words of its message; a case without words fits every message. */
const caseSchema = z.strictObject({ says: z.string().min(1).default(''), cwe: weaknessesSchema });
const tableSchema = z.strictObject({
  /** Names as they stand in `tool.driver.name`; case does not count. */
  tools: z.array(z.string().min(1)).min(1),
  /** Rules are also known by what follows the last of this text: `:` for `javascript:S2076`. */
  behind: z.string().min(1).optional(),
  /** By rule id or rule name; a key with `*` is a glob over the id. */
  rules: z.record(
    z.string().min(1),
    z.union([weaknessesSchema.transform((cwe) => [{ says: '', cwe }]), z.array(caseSchema).min(1)]),
  ),
});

type RuleTable = z.output<typeof tableSchema>;
type Cases = RuleTable['rules'][string];
type Finder = (result: Reported) => Cases;
type Reported = Pick<RawResult, 'tool' | 'rule' | 'message'>;

export interface RuleMap {
  /** CWE numbers, ascending, of what a result's rule is about; empty when no table knows the rule. */
  weaknessesOf(result: Reported): readonly number[];
}

/** Loads all tables; those of one tool are asked in the order of their names. Throws AssayError `internal` when one is broken: our own fault. */
export async function loadRuleMap(assets: Assets): Promise<RuleMap> {
  const finders = new Map<string, Finder[]>();
  for (const path of await assets.list(RULE_MAPS_FOLDER)) {
    if (!path.endsWith('.yaml')) continue;
    const table = readTable(await assets.data(path), path);
    const find = createFinder(table);
    for (const tool of table.tools) {
      const name = tool.toLowerCase();
      finders.set(name, [...(finders.get(name) ?? []), find]);
    }
  }
  return {
    weaknessesOf(result) {
      const message = result.message.toLowerCase();
      const cases = finders.get(result.tool.name.toLowerCase())?.flatMap((find) => find(result)) ?? [];
      return cases.find(({ says }) => message.includes(says.toLowerCase()))?.cwe ?? [];
    },
  };
}

/** The report with the weaknesses of its results' rules, where it names none: what it says itself is never overridden. */
export function nameWeaknesses(report: IngestedReport, map: RuleMap): IngestedReport {
  const results = report.results.map((item): IngestedResult => {
    if (item.kind !== 'result' || item.result.cwe.length > 0) return item;
    const cwe = map.weaknessesOf(item.result);
    return cwe.length === 0 ? item : { ...item, result: { ...item.result, cwe } };
  });
  return { ...report, results };
}

function readTable(content: unknown, path: string): RuleTable {
  const parsed = tableSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new AssayError(
    'internal',
    `The rule map ${path} is not well-formed: ${z.prettifyError(parsed.error)}`,
  );
}

/** Exact keys first (the id, what follows the separator, the name), then globs in the order of the file. */
function createFinder({ rules, behind }: RuleTable): Finder {
  const entries = Object.entries(rules);
  const exact = new Map(entries.filter(([key]) => !key.includes('*')));
  const globs = entries
    .filter(([key]) => key.includes('*'))
    .map(([key, cases]) => ({ matches: compileGlobs([key]), cases }));
  return ({ rule: { id, name } }) => {
    const tail = behind === undefined || !id.includes(behind) ? null : id.split(behind).at(-1);
    for (const key of [id, tail, name]) {
      const cases = key === null || key === undefined ? undefined : exact.get(key);
      if (cases !== undefined) return cases;
    }
    return globs.find(({ matches }) => matches(id))?.cases ?? [];
  };
}
