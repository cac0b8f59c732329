// Which file a plan edits, and where in it: the lines that ask for the package, the line that holds it already, or a new one.
import type { Upgrade } from '#domain/dependency.ts';
import type { Place } from '#domain/location.ts';
import type { DependencyProject, Requirement } from '#domain/project.ts';
import { sameName } from './brought-in-by.ts';
import { type BuildTool, buildToolOf } from './build-tool.ts';
import { admits } from './rewrite-constraint.ts';

export type EditTarget =
  /** Constraints of the package in one file that have to be raised. */
  | { readonly kind: 'raise'; readonly path: string; readonly requirements: readonly Requirement[] }
  /** A line that says the version of what others bring in. */
  | { readonly kind: 'add'; readonly path: string; readonly tool: BuildTool };

/** Null when no manifest has to be edited, or none can be. */
export function editTargetOf(plan: Upgrade, project: DependencyProject): EditTarget | null {
  const { kind, package: name, to } = plan;
  if (name === null || to === null) return null;
  const named = (all: readonly Requirement[]) =>
    all.filter((one) => sameName(project.ecosystem, one.name, name));
  if (kind === 'direct') {
    const asked = named(project.requirements).filter(({ group }) => group !== 'indirect');
    return raise(asked, project, to);
  }
  if (kind !== 'override') return null;
  const held = [
    ...named(project.overrides ?? []).filter(isHeard(project)),
    ...named(project.requirements).filter(({ group }) => group === 'indirect'),
  ].filter(({ constraint }) => constraint !== null);
  return held.length > 0 ? raise(held, project, to) : addition(project);
}

/** Lines in the other file of pnpm's are not read, or not any more. */
function isHeard({ overridesFile }: DependencyProject): (held: Requirement) => boolean {
  return ({ place }) => overridesFile === undefined || place.path === overridesFile;
}

/** The place of the version's text. */
export function versionPlaceOf({ place, versionPlace }: Requirement): Place {
  return versionPlace ?? place;
}

function raise(
  requirements: readonly Requirement[],
  { ecosystem, hasLock }: DependencyProject,
  to: string,
): EditTarget | null {
  const open = requirements.filter(
    ({ constraint }) => !(hasLock && constraint !== null && admits(ecosystem, constraint, to) === true),
  );
  const path = open[0] === undefined ? null : versionPlaceOf(open[0]).path;
  if (path === null) return null;
  return { kind: 'raise', path, requirements: open.filter((one) => versionPlaceOf(one).path === path) };
}

function addition(project: DependencyProject): EditTarget | null {
  const tool = buildToolOf(project);
  const path = tool === null ? null : fileToAddTo(tool, project);
  return tool === null || path === null ? null : { kind: 'add', path, tool };
}

/** The root of a workspace is where its lock file is: what members say of others is not heard. */
function fileToAddTo(tool: BuildTool, { files, folder, overridesFile }: DependencyProject): string | null {
  if (overridesFile !== undefined) return overridesFile;
  switch (tool) {
    case 'npm':
    case 'bun':
    case 'yarn':
    case 'yarn-1':
    case 'pnpm': {
      const lock = files.find((path) =>
        /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock)$/.test(path),
      );
      return beside(lock, folder, 'package.json');
    }
    case 'uv':
      return beside(
        files.find((path) => /(^|\/)uv\.lock$/.test(path)),
        folder,
        'pyproject.toml',
      );
    case 'maven':
      return beside(undefined, folder, 'pom.xml');
    case 'pip':
      return files.find((path) => /(^|\/)constraints[^/]*\.txt$/.test(path)) ?? null;
    case 'nuget':
      return files.find((path) => /(^|\/)Directory\.Packages\.props$/.test(path)) ?? null;
    default:
      return null;
  }
}

function beside(path: string | undefined, folder: string, fileName: string): string {
  const at = path === undefined ? folder : path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return at === '' ? fileName : `${at}/${fileName}`;
}
