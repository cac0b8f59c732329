// Projects of a table of files, with the promise about places kept for every requirement that any test reads.
import { expect } from 'vitest';
import type { Place } from '#domain/location.ts';
import type { DependencyProject, Requirement } from '#domain/project.ts';
import { readProjects } from '#manifests/read-projects.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';

type Files = Readonly<Record<string, string>>;

export async function readSample(files: Files): Promise<readonly DependencyProject[]> {
  const projects = await readProjects(createMemoryWorkspace(files));
  for (const { requirements, overrides = [] } of projects)
    for (const requirement of [...requirements, ...overrides]) expectPlace(files, requirement);
  return projects;
}

/** The one project of a sample in an ecosystem and folder. */
export async function readOne(files: Files, ecosystem: string, folder = ''): Promise<DependencyProject> {
  const found = (await readSample(files)).filter(
    (project) => project.ecosystem === ecosystem && project.folder === folder,
  );
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** Whoever writes another text over a constraint writes over the constraint alone. */
function expectPlace(files: Files, requirement: Requirement): void {
  const { constraint, place, versionPlace } = requirement;
  const standsAt = versionPlace ?? place;
  if (constraint === null) expect(standsAt.startColumn, requirement.name).toBeNull();
  else expect(textAt(files, standsAt), requirement.name).toBe(constraint);
}

export function textAt(files: Files, place: Place): string {
  const line = (files[place.path] ?? '').replace(/^\u{FEFF}/u, '').split('\n')[place.startLine - 1] ?? '';
  expect(place.startColumn).not.toBeNull();
  expect(place.endLine).toBe(place.startLine);
  return line.slice((place.startColumn ?? 1) - 1, (place.endColumn ?? 1) - 1);
}

/** `name constraint scope [group] line`, one a requirement. */
export function asked(project: DependencyProject): string[] {
  return project.requirements.map(({ name, constraint, scope, group, place }) =>
    [
      name,
      constraint ?? '-',
      scope,
      ...(group === null ? [] : [`[${group}]`]),
      `${place.path}:${place.startLine}`,
    ].join(' '),
  );
}

/** `name@version scope [direct]`, one a package. */
export function locked(project: DependencyProject): string[] {
  return project.packages.map(
    ({ name, version, scope, isDirect }) => `${name}@${version} ${scope}${isDirect ? ' direct' : ''}`,
  );
}
