// A small repository with one package that has a known vulnerability: its plan, and the manifest after the patch.
import { applyEdits } from '#domain/apply-edits.ts';
import type { DependencyRecord, Upgrade } from '#domain/dependency.ts';
import type { Patch } from '#domain/patch.ts';
import type { DependencyProject } from '#domain/project.ts';
import { pathsTo } from '#manifests/paths-to.ts';
import { readProjects } from '#manifests/read-projects.ts';
import { choosePlan, type KnownVulnerability } from '#upgrade/choose-plan.ts';
import { mendManifest } from '#upgrade/mend-manifest.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';

export type Files = Readonly<Record<string, string>>;

export interface UpgradeSample {
  readonly files: Files;
  readonly ecosystem: string;
  readonly name: string;
  /** What is installed, where no lock file says it. */
  readonly version?: string;
  readonly fixedIn?: readonly string[];
  readonly known?: readonly KnownVulnerability[];
  readonly folder?: string;
  readonly direct?: boolean;
}

export interface Upgraded {
  readonly plan: Upgrade;
  readonly patch: Patch | null;
  /** The patched file's text; null without a patch. */
  readonly after: string | null;
  readonly dependency: DependencyRecord;
  readonly project: DependencyProject;
}

export const ID = 'CVE-2026-1000';

export async function upgraded(sample: UpgradeSample, language: 'en' | 'zh-CN' = 'en'): Promise<Upgraded> {
  const { files, ecosystem, folder = '', fixedIn = [] } = sample;
  const workspace = createMemoryWorkspace(files);
  const projects = await readProjects(workspace);
  const project = projects.find((one) => one.ecosystem === ecosystem && one.folder === folder);
  if (project === undefined) throw new Error('the sample has no such project');
  const known = sample.known ?? [{ id: ID, fixedIn, affected: null }];
  const dependency = dependencyOf(sample, project);
  const plan = choosePlan({ dependency, project, projects, known, language });
  const patch = await mendManifest({ plan, project, dependency, workspace, language, known });
  const after = patch === null ? null : applyEdits(files[patch.path] ?? '', patch.edits);
  return { plan, patch, after, dependency, project };
}

function dependencyOf(sample: UpgradeSample, project: DependencyProject): DependencyRecord {
  const { ecosystem, name, version = null, fixedIn = [] } = sample;
  const locked = project.packages.filter((one) => one.name === name);
  const versions =
    locked.length > 0 ? [...new Set(locked.map((one) => one.version))] : version === null ? [] : [version];
  const shown = (key: string) => {
    const found = project.packages.find((one) => one.key === key);
    return found === undefined ? key : `${found.name}@${found.version}`;
  };
  const isAsked = project.requirements.some((one) => one.name === name && one.group !== 'indirect');
  return {
    package: { ecosystem, name, version: versions.at(-1) ?? null, purl: null },
    ...{ versions, reported: versions, callsTold: [] },
    vulnerability: {
      id: sample.known?.[0]?.id ?? ID,
      aliases: [],
      title: null,
      rating: null,
      epss: null,
      kev: null,
      published: null,
      url: null,
      fixedIn,
      symbols: [],
    },
    project: project.folder,
    places: [],
    direct: sample.direct ?? isAsked,
    scope: 'runtime',
    paths: locked.flatMap(({ key }) => pathsTo(project, key, 2)).map((path) => path.map(shown)),
    reachability: null,
    priority: null,
    upgrade: null,
    decision: null,
  };
}
