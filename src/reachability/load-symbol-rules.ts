// Loads what ships with Assay about packages: the vulnerable symbols of well-known advisories, the modules that packages bring, and which bring nothing else in.
import { z } from 'zod';
import type { Assets } from '#ports/assets.ts';

const SYMBOLS_FOLDER = 'rules/sca/symbols';
const MODULES = 'rules/sca/modules.yaml';
const LEAVES = 'rules/sca/leaves.yaml';

const ecosystemSchema = z.enum(['npm', 'PyPI', 'Maven', 'Go', 'crates.io', 'RubyGems', 'NuGet', 'Packagist']);
const textsSchema = z.array(z.string().min(1)).min(1);
const symbolRuleSchema = z.strictObject({
  ecosystem: ecosystemSchema,
  packages: textsSchema,
  /** Every name of each vulnerability that the symbols are those of. */
  vulnerabilities: textsSchema,
  /** Empty: nothing less than the import says anything. `default` is the module itself, called. */
  symbols: z.array(z.string().min(1)),
  /** Whether they are all public ways to the vulnerable code: only then does it say something that none is used. */
  complete: z.boolean(),
  /** Where it is published which symbols they are. */
  source: z.string().min(1),
});
const moduleSchema = z.partialRecord(
  ecosystemSchema,
  z.strictObject({
    /** Packages whose module has their own name. */
    same: textsSchema.optional(),
    named: z.record(z.string(), textsSchema),
  }),
);
const leafSchema = z.partialRecord(ecosystemSchema, textsSchema);

export type SymbolRule = z.infer<typeof symbolRuleSchema>;

export interface SymbolRules {
  /** What is known of a vulnerability of a package under any of its names; null: nothing. */
  symbolsOf(ecosystem: string, packageName: string, vulnerability: readonly string[]): SymbolRule | null;
  /** Names under which code loads the package; null where they are not known. Package names normalised. */
  modulesOf(ecosystem: string, packageName: string): readonly string[] | null;
  /** Whether the package is known to need no other package when it runs. */
  isLeaf(ecosystem: string, packageName: string): boolean;
  readonly all: readonly SymbolRule[];
}

/** Throws when a file is not of its schema or two rules speak of the same: both are our own faults. */
export async function loadSymbolRules(assets: Assets): Promise<SymbolRules> {
  const paths = (await assets.list(SYMBOLS_FOLDER)).filter((path) => path.endsWith('.yaml'));
  const rules = new Map<string, SymbolRule>();
  const all: SymbolRule[] = [];
  for (const path of paths)
    for (const rule of z.array(symbolRuleSchema).parse(await assets.data(path))) {
      all.push(rule);
      for (const name of rule.packages)
        for (const id of rule.vulnerabilities) {
          const key = ruleKey(rule.ecosystem, name, id);
          if (rules.has(key)) throw new Error(`${path} has a second rule for ${name} and ${id}.`);
          rules.set(key, rule);
        }
    }
  const modules = moduleTable(moduleSchema.parse(await assets.data(MODULES)));
  const leaves = new Set(
    Object.entries(leafSchema.parse(await assets.data(LEAVES))).flatMap(([ecosystem, names]) =>
      (names ?? []).map((name) => `${ecosystem}\n${name}`),
    ),
  );
  return {
    all,
    symbolsOf: (ecosystem, name, ids) => {
      for (const id of ids) {
        const rule = rules.get(ruleKey(ecosystem, name, id));
        if (rule !== undefined) return rule;
      }
      return null;
    },
    modulesOf: (ecosystem, name) => modules.get(`${ecosystem}\n${name}`) ?? null,
    isLeaf: (ecosystem, name) => leaves.has(`${ecosystem}\n${name}`),
  };
}

function ruleKey(ecosystem: string, name: string, id: string): string {
  return `${ecosystem}\n${name}\n${id.toUpperCase()}`;
}

function moduleTable(read: z.infer<typeof moduleSchema>): ReadonlyMap<string, readonly string[]> {
  const table = new Map<string, readonly string[]>();
  for (const [ecosystem, { same = [], named }] of Object.entries(read)) {
    for (const name of same) table.set(`${ecosystem}\n${name}`, [name.replace(/-/g, '_')]);
    for (const [name, modules] of Object.entries(named)) table.set(`${ecosystem}\n${name}`, modules);
  }
  return table;
}
