// How a package got into a project: the ways from what the project asks for, the shortest first.
import type { DependencyProject, LockedPackage } from '#domain/project.ts';

/** Comparisons of one search: a lock file of thousands of packages can hold more ways than anybody could count. */
const MOST_WORK = 50_000;

interface Way {
  readonly key: string;
  readonly rest: Way | null;
  readonly length: number;
}

/**
 * At most `limit` ways without a circle, each a list of keys of `project.packages` from one that the project asks for to `key`, both
 * included; the shortest first, among equals in the order of the file. Empty when the project has no such package or nothing that it
 * asks for is known to need it.
 */
export function pathsTo(project: DependencyProject, key: string, limit: number): string[][] {
  const graph = graphOf(project);
  const { needers, distances } = graph;
  const distance = distances.get(key);
  if (distance === undefined || limit <= 0) return [];
  const directs = new Set(project.directs);
  const found: string[][] = [];
  // Ways that are being built from the end, by the length that they will have at least: it never shrinks.
  const open: Way[][] = [];
  const add = (way: Way, whole: number) => {
    open[whole] ??= [];
    open[whole].push(way);
  };
  add({ key, rest: null, length: 1 }, 1 + distance);
  let work = 0;
  for (let whole = 0; whole < open.length && found.length < limit; whole += 1) {
    const ways = open[whole] ?? [];
    // The furthest built first: one way is finished before the next is tried, however many there are.
    for (let way = ways.pop(); way !== undefined && found.length < limit; way = ways.pop()) {
      if (directs.has(way.key) && way.length === whole) found.push(keysOf(way));
      const neededBy = needers.get(way.key) ?? [];
      work += 1 + neededBy.length * way.length;
      if (work > MOST_WORK) return found.length > 0 ? found : [shortestWay(key, graph)];
      for (const needer of neededBy.toReversed()) {
        const further = distances.get(needer);
        if (further !== undefined && !holds(way, needer))
          add({ key: needer, rest: way, length: way.length + 1 }, way.length + 1 + further);
      }
    }
  }
  return found;
}

/** Each step to a needer that is one step nearer; `key` is reached. */
function shortestWay(key: string, { needers, distances }: Graph): string[] {
  const way = [key];
  for (let at = key, distance = distances.get(key) ?? 0; distance > 0; distance -= 1) {
    const nearer = needers.get(at)?.find((needer) => distances.get(needer) === distance - 1);
    if (nearer === undefined) break;
    way.push(nearer);
    at = nearer;
  }
  return way.reverse();
}

/** Names with versions of the keys of a way, `name@version` each. */
export function namesOfPath(project: DependencyProject, path: readonly string[]): string[] {
  const { packages } = graphOf(project);
  return path.map((key) => {
    const found = packages.get(key);
    return found === undefined ? key : `${found.name}@${found.version}`;
  });
}

interface Graph {
  readonly packages: ReadonlyMap<string, LockedPackage>;
  readonly needers: ReadonlyMap<string, readonly string[]>;
  /** Steps from the nearest direct dependency; absent: unreached. */
  readonly distances: ReadonlyMap<string, number>;
}

const graphs = new WeakMap<DependencyProject, Graph>();

function graphOf(project: DependencyProject): Graph {
  let graph = graphs.get(project);
  if (graph === undefined) {
    graph = buildGraph(project);
    graphs.set(project, graph);
  }
  return graph;
}

function buildGraph(project: DependencyProject): Graph {
  const packages = new Map(project.packages.map((locked) => [locked.key, locked] as const));
  const needers = new Map<string, string[]>();
  for (const { key, dependsOn } of project.packages)
    for (const needed of dependsOn) {
      const known = needers.get(needed);
      if (known === undefined) needers.set(needed, [key]);
      else known.push(key);
    }
  const distances = new Map<string, number>();
  let level = project.directs.filter((key) => packages.has(key));
  for (let distance = 0; level.length > 0; distance += 1) {
    const next: string[] = [];
    for (const key of level) {
      if (distances.has(key)) continue;
      distances.set(key, distance);
      next.push(...(packages.get(key)?.dependsOn ?? []));
    }
    level = next.filter((key) => !distances.has(key));
  }
  return { packages, needers, distances };
}

function keysOf(way: Way): string[] {
  const keys: string[] = [];
  for (let at: Way | null = way; at !== null; at = at.rest) keys.push(at.key);
  return keys;
}

function holds(way: Way, key: string): boolean {
  for (let at: Way | null = way; at !== null; at = at.rest) if (at.key === key) return true;
  return false;
}
