// What a pom means with its parents: properties, managed versions and dependencies are inherited within the repository.

import type { DependencyScope } from '#domain/package.ts';
import type { Requirement } from '#domain/project.ts';
import type { PlacedText, Pom, PomDependency } from './pom.ts';

/** Parents of parents; a circle ends here as well. */
const MOST_PARENTS = 20;
/** Properties of properties. */
const MOST_ROUNDS = 8;
const MOST_LENGTH = 1_024;

export interface EffectivePom {
  readonly requirements: readonly Requirement[];
  readonly overrides: readonly Requirement[];
  /** The parents in the repository that something was taken from. */
  readonly parents: readonly string[];
  readonly name: string | null;
}

export function effectivePom(pom: Pom, poms: ReadonlyMap<string, Pom>): EffectivePom {
  const line = lineage(pom, poms);
  const resolve = resolver(line);
  // The nearest says it; imported bills of the repository come after what is said outright.
  const managed = new Map<string, PomDependency>();
  for (const dependency of [...line, ...imported(line, poms, resolve)].flatMap((each) => each.managed)) {
    const name = nameOf(dependency, resolve);
    if (!isBill(dependency) && !managed.has(name)) managed.set(name, dependency);
  }
  const asked = new Set<string>();
  const requirements = line.flatMap((each) =>
    each.dependencies.flatMap((dependency): Requirement[] => {
      const name = nameOf(dependency, resolve);
      const identity = `${name}\u0000${dependency.profile ?? ''}\u0000${dependency.type ?? ''}`;
      // A pom asks again for what its parent asks for, to say it differently.
      if (each !== pom && asked.has(identity)) return [];
      asked.add(identity);
      return [requirementOf(name, dependency, managed.get(name) ?? null, resolve)];
    }),
  );
  const names = new Set(requirements.map(({ name }) => name));
  const overrides = pom.managed
    .filter((dependency) => !isBill(dependency))
    .map((dependency) => requirementOf(nameOf(dependency, resolve), dependency, null, resolve))
    .map((requirement) => ({ ...requirement, group: requirement.group ?? 'dependencyManagement' }));
  const groupId = pom.groupId ?? pom.parent?.groupId ?? null;
  return {
    requirements,
    overrides: overrides.filter(({ name }) => !names.has(name)),
    parents: line.slice(1).map(({ path }) => path),
    name:
      groupId === null || pom.artifactId === null
        ? null
        : `${resolve(groupId)?.text ?? groupId}:${resolve(pom.artifactId)?.text ?? pom.artifactId}`,
  };
}

function isBill({ scope, type }: PomDependency): boolean {
  return scope === 'import' && type === 'pom';
}

/** The pom itself, its parent, and so on. */
function lineage(pom: Pom, poms: ReadonlyMap<string, Pom>): Pom[] {
  const line: Pom[] = [];
  for (
    let at: Pom | undefined = pom;
    at !== undefined && line.length < MOST_PARENTS && !line.includes(at);
  ) {
    line.push(at);
    const { parent }: Pom = at;
    const next: Pom | undefined = parent?.path ? poms.get(parent.path) : undefined;
    // What lies at `../pom.xml` is the parent only by its name.
    at = next?.artifactId === parent?.artifactId ? next : undefined;
  }
  return line;
}

/** Bills of materials (`<scope>import</scope>`) that are projects of the repository. */
function imported(line: readonly Pom[], poms: ReadonlyMap<string, Pom>, resolve: Resolve): Pom[] {
  const bills = new Set(
    line.flatMap(({ managed }) => managed.filter(isBill).map((bill) => nameOf(bill, resolve))),
  );
  if (bills.size === 0) return [];
  return [...poms.values()].filter((pom) =>
    bills.has(`${pom.groupId ?? pom.parent?.groupId ?? ''}:${pom.artifactId ?? ''}`),
  );
}

type Resolve = (text: string) => { readonly text: string; readonly from: PlacedText | null } | null;

/** `${…}` filled in; `from`: the last property it came from, where the whole text is one. Null when one of them is not known. */
function resolver(line: readonly Pom[]): Resolve {
  const [own] = line;
  const properties = new Map<string, PlacedText>();
  for (const pom of [...line].reverse())
    for (const [name, value] of pom.properties) properties.set(name, value);
  const version = own?.version ?? own?.parent?.version ?? null;
  const groupId = own?.groupId ?? own?.parent?.groupId ?? null;
  const parentVersion = own?.parent?.version ?? null;
  const built: readonly (readonly [string, PlacedText | string | null])[] = [
    ['version', version],
    ['groupId', groupId],
    ['artifactId', own?.artifactId ?? null],
    ['parent.version', parentVersion],
    ['parent.groupId', own?.parent?.groupId ?? null],
  ];
  const known = new Map<string, PlacedText | string>(properties);
  for (const [name, value] of built)
    if (value !== null) known.set(`project.${name}`, value).set(`pom.${name}`, value);
  return (text) => {
    let at = text;
    let from: PlacedText | null = null;
    for (let round = 0; at.includes('${'); round += 1) {
      const whole = /^\$\{([^${}]{1,256})\}$/.exec(at)?.[1];
      if (round >= MOST_ROUNDS) return null;
      if (whole === undefined) from = null;
      let isKnown = true;
      at = at.replace(/\$\{([^${}]{1,256})\}/g, (_, name: string) => {
        const value = known.get(name);
        if (value === undefined) isKnown = false;
        else if (name === whole && typeof value !== 'string') from = value;
        return typeof value === 'string' ? value : (value?.text ?? '');
      });
      if (!isKnown || at.length > MOST_LENGTH) return null;
    }
    return { text: at, from };
  };
}

function nameOf({ groupId, artifactId }: PomDependency, resolve: Resolve): string {
  return `${resolve(groupId)?.text ?? groupId}:${resolve(artifactId)?.text ?? artifactId}`;
}

function requirementOf(
  name: string,
  dependency: PomDependency,
  managed: PomDependency | null,
  resolve: Resolve,
): Requirement {
  const written = dependency.version ?? managed?.version ?? null;
  const resolved = written === null ? null : resolve(written.text);
  const standsAt = resolved?.from?.place ?? written?.place ?? null;
  const place = dependency.version?.place ?? dependency.place;
  return {
    name,
    // A property that nobody sets stays as it is written.
    constraint: resolved?.text ?? written?.text ?? null,
    scope: scopeOf(dependency, managed),
    group: dependency.profile,
    place,
    versionPlace: standsAt === null || standsAt === place ? null : standsAt,
  };
}

/** What is `provided` is on the server's class path: it runs. */
function scopeOf({ scope, isOptional }: PomDependency, managed: PomDependency | null): DependencyScope {
  if ((scope ?? managed?.scope) === 'test') return 'test';
  return isOptional || managed?.isOptional === true ? 'optional' : 'runtime';
}
