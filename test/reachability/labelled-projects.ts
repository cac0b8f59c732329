// Reads the small labelled projects of fixtures/dependencies/reachability, and asks about them as a run would.
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { DependencyScope } from '#domain/package.ts';
import type { DependencyProject, LockedPackage, Requirement } from '#domain/project.ts';
import type { Reached } from '#domain/reachability.ts';
import { PackageAssets } from '../../src/adapters/local/package-assets.ts';
import { createCodeIndex } from '../../src/code/code-index.ts';
import { createReachability } from '../../src/reachability/create-reachability.ts';
import { loadSymbolRules } from '../../src/reachability/load-symbol-rules.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';

const FOLDER = new URL('../../fixtures/dependencies/reachability/', import.meta.url);
const ECOSYSTEMS: Readonly<Record<string, string>> = { npm: 'npm', python: 'PyPI', java: 'Maven', go: 'Go' };
const MANIFESTS =
  /(?:package\.json|requirements[\w-]*\.txt|pyproject\.toml|pom\.xml|build\.gradle|go\.mod|Cargo\.toml|Gemfile|composer\.json|\.csproj)$/;

const projectSchema = z.strictObject({
  folder: z.string(),
  name: z.string().optional(),
  asks: z.array(z.string()),
});
const labelledSchema = z.strictObject({
  ecosystem: z.string().optional(),
  name: z.string(),
  is: z.enum(['reachable', 'unreachable']),
  expected: z.string(),
  folder: z.string().default(''),
  /** `name@version [dev|test|optional] [as alias]` */
  asks: z.array(z.string()),
  /** `name@version [dev] [indirect] [bundled] [> name@version]`; left out: what is asked for, and nothing else. */
  locks: z.array(z.string()).optional(),
  /** `name@version vulnerability` */
  about: z.string(),
  symbols: z.array(z.strictObject({ path: z.string().nullable(), names: z.array(z.string()) })).default([]),
  others: z.array(projectSchema).default([]),
  files: z.record(z.string(), z.string()),
});

export type LabelledProject = z.infer<typeof labelledSchema> & { readonly ecosystem: string };

export function readLabelledProjects(): readonly LabelledProject[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) =>
      z
        .array(labelledSchema)
        .parse(parse(readFileSync(new URL(name, FOLDER), 'utf8')))
        .map((one) => ({ ...one, ecosystem: one.ecosystem ?? ECOSYSTEMS[name.replace('.yaml', '')] ?? '' })),
    );
}

export const assets = new PackageAssets();

export async function askAbout(labelled: LabelledProject, language: 'en' | 'zh-CN' = 'en'): Promise<Reached> {
  const workspace = createMemoryWorkspace(labelled.files);
  const project = projectOf(labelled, labelled);
  const projects = [project, ...labelled.others.map((other) => projectOf(other, labelled))];
  const [spec = '', vulnerability = ''] = labelled.about.split(' ');
  const { name, version } = readSpec(spec);
  const reachability = createReachability({
    ...{ workspace, projects, language, code: createCodeIndex(workspace, assets) },
    symbols: await loadSymbolRules(assets),
    isTestPath: () => false,
  });
  return reachability.reach({
    package: { ecosystem: labelled.ecosystem, name, version, purl: null },
    vulnerability: [vulnerability],
    symbols: labelled.symbols,
    ...{ project, direct: null, scope: null, paths: [] },
  });
}

function projectOf(
  {
    folder,
    name,
    asks,
    locks,
  }: {
    folder: string;
    name?: string | undefined;
    asks: readonly string[];
    locks?: readonly string[] | undefined;
  },
  labelled: LabelledProject,
): DependencyProject {
  const { ecosystem, files } = labelled;
  const isMain = asks === labelled.asks;
  const own = Object.keys(files).filter((path) => path.startsWith(folder === '' ? '' : `${folder}/`));
  const manifest = own.find((path) => MANIFESTS.test(path)) ?? '';
  const requirements = asks.map((text) => requirementOf(text, manifest, files[manifest] ?? ''));
  const packages = (locks ?? asks.map((ask) => ask.replace(/ as .*/, ''))).map((text) =>
    lockedOf(text, manifest),
  );
  return {
    folder,
    ecosystem,
    name: isMain ? null : (name ?? null),
    files: [manifest, ...own.filter((path) => path.endsWith('package-lock.json'))],
    requirements,
    packages,
    hasLock: packages.length > 0,
    directs: packages.filter(({ isDirect }) => isDirect).map(({ key }) => key),
    gaps: [],
  };
}

function requirementOf(text: string, path: string, manifest: string): Requirement {
  const [spec = ''] = text.split(' ');
  const { name, version } = readSpec(spec);
  const alias = / as (\S+)/.exec(text)?.[1];
  const shown = (alias ?? name).split(':').at(-1)?.toLowerCase() ?? name;
  const asked = path.endsWith('.json') ? `"${shown}": ` : shown;
  const line = manifest.split('\n').findIndex((row) => row.toLowerCase().includes(asked)) + 1;
  return {
    ...{ name, constraint: version, scope: scopeOf(text), group: null, versionPlace: null },
    place: {
      path,
      startLine: Math.max(1, line),
      startColumn: null,
      endLine: Math.max(1, line),
      endColumn: null,
    },
    ...(alias === undefined ? {} : { alias }),
  };
}

function lockedOf(text: string, path: string): LockedPackage {
  const [left = '', ...needs] = text.split(/ > /);
  const [spec = ''] = left.split(' ');
  return {
    ...{ key: spec, ...readSpec(spec), scope: scopeOf(left), isDirect: !/ indirect/.test(left) },
    dependsOn: needs,
    isBundled: / bundled/.test(left),
    place: { path, startLine: 1, startColumn: null, endLine: 1, endColumn: null },
  };
}

function readSpec(spec: string): { name: string; version: string } {
  const at = spec.lastIndexOf('@');
  return { name: spec.slice(0, at), version: spec.slice(at + 1) };
}

function scopeOf(text: string): DependencyScope {
  return (/ (dev|test|optional)\b/.exec(text)?.[1] as DependencyScope | undefined) ?? 'runtime';
}
