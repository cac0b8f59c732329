// Which version of a parent takes the mended version of what it brings in: as far as lock files of the repository know it, else how to find out.
import type { DependencyProject } from '#domain/project.ts';
import { versionOrder } from '../versions/version-order.ts';
import { type NamedParent, sameName } from './brought-in-by.ts';
import type { BuildTool } from './build-tool.ts';
import { admits } from './rewrite-constraint.ts';

export interface ParentQuestion {
  readonly parent: NamedParent | null;
  readonly ecosystem: string;
  /** What it brings in, and the version that is wanted of that. */
  readonly name: string;
  readonly to: string;
  /** Every project of the repository: another one may be further already. */
  readonly projects: readonly DependencyProject[];
}

/**
 * The lowest version above the parent's own that a lock file holds and whose every word on the package admits `to`; null when none says
 * that. A version that asks for the package no more is none: another way may still bring it in.
 */
export function knownParentVersion({ parent, ecosystem, name, to, projects }: ParentQuestion): string | null {
  const order = versionOrder(ecosystem);
  const own = parent?.version ?? null;
  if (parent === null || own === null || order?.isValid(own) !== true) return null;
  const versions = projects.flatMap((project) => {
    if (project.ecosystem !== ecosystem) return [];
    const wanted = new Set(
      project.packages.filter((one) => sameName(ecosystem, one.name, name)).map(({ key }) => key),
    );
    return project.packages.flatMap((one) => {
      if (!sameName(ecosystem, one.name, parent.name) || !order.isValid(one.version)) return [];
      const said = (one.asks ?? []).filter((ask) => wanted.has(ask.to));
      const takes =
        said.length > 0 && said.every(({ constraint }) => admits(ecosystem, constraint, to) === true);
      return takes && order.compare(one.version, own) > 0 ? [one.version] : [];
    });
  });
  return versions.sort(order.compare)[0] ?? null;
}

/** What a shell reads as one plain word, and no option. */
const PLAIN = /^[A-Za-z0-9_][A-Za-z0-9_./-]{0,250}$/;

/** A command that tells which versions of the parent there are; null where the tool has none, or the name is none for a shell. */
export function lookCommand(tool: BuildTool | null, parent: NamedParent | null): string | null {
  if (parent === null || !PLAIN.test(parent.name)) return null;
  switch (tool) {
    case 'poetry':
      return `poetry show --latest ${parent.name}`;
    case 'pipenv':
    case 'pip-tools':
      return `pip index versions ${parent.name}`;
    case 'pdm':
      return `pdm outdated ${parent.name}`;
    case 'cargo':
      return `cargo info ${parent.name}`;
    case 'bundler':
      return `bundle outdated ${parent.name}`;
    case 'composer':
      return `composer show --latest ${parent.name}`;
    default:
      return null;
  }
}
