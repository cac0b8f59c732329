// Gemfile.lock (https://bundler.io/guides/bundler_2_upgrade.html shows one; the format is Bundler's own).
import { type LockNode, uniqueEdges } from '../draft.ts';
import { placeOfLine } from '../line-index.ts';

export interface GemLock {
  readonly graph: ReadonlyMap<string, LockNode>;
  /** Names that the Gemfile asks for, gems of the repository's own gemspecs among them. */
  readonly asked: readonly string[];
  /** Needs of gems that lie in the repository. */
  readonly neededByLocal: readonly string[];
}

interface Spec {
  readonly name: string;
  readonly version: string;
  readonly line: number;
  readonly isLocal: boolean;
  /** Names with what stands in brackets behind them, '' for nothing. */
  readonly needs: (readonly [name: string, constraint: string])[];
}

const SPEC = /^ {4}(\S+) \(([^)\s]+)\)\s*$/;
const NEED = /^ {6}(\S+)(?: \(([^)]{1,256})\))?/;

export function readGemLock(path: string, text: string): GemLock {
  const specs: Spec[] = [];
  const asked: string[] = [];
  let section = '';
  let line = 0;
  for (const raw of text.split('\n')) {
    line += 1;
    if (raw.length > 4_096) continue;
    if (/^[A-Z]/.test(raw)) section = raw.trim();
    else if (section === 'DEPENDENCIES') {
      const name = /^ {2}([^\s!]+)/.exec(raw)?.[1];
      if (name !== undefined) asked.push(name);
    } else if (/^(GEM|GIT|PATH|PLUGIN SOURCE)$/.test(section)) {
      const [, name, version] = SPEC.exec(raw) ?? [];
      if (name !== undefined && version !== undefined)
        specs.push({ name, version: plainVersion(version), line, isLocal: section === 'PATH', needs: [] });
      else {
        const [, need, constraint = ''] = NEED.exec(raw) ?? [];
        if (need !== undefined) specs.at(-1)?.needs.push([need, constraint]);
      }
    }
  }
  return {
    graph: graphOf(path, specs),
    asked,
    neededByLocal: specs.filter(({ isLocal }) => isLocal).flatMap(({ needs }) => needs.map(([name]) => name)),
  };
}

/** `1.15.4-x86_64-linux`: no version has a dash, what follows it is the platform. */
function plainVersion(version: string): string {
  return version.split('-')[0] ?? version;
}

function graphOf(path: string, specs: readonly Spec[]): Map<string, LockNode> {
  const keys = new Map(
    specs.filter(({ isLocal }) => !isLocal).map(({ name, version }) => [name, `${name}@${version}`]),
  );
  const graph = new Map<string, LockNode>();
  for (const { name, version, line, isLocal, needs } of specs) {
    if (isLocal) continue;
    const key = `${name}@${version}`;
    const edges = needs.flatMap(([need, constraint]) => {
      const to = keys.get(need);
      const asked = constraint === '' ? {} : { constraint };
      return to === undefined ? [] : [{ to, optional: false, ...asked }];
    });
    // A gem stands once for each platform.
    const known = graph.get(key);
    graph.set(key, {
      key,
      name,
      version,
      place: known?.place ?? placeOfLine(path, line),
      isBundled: false,
      scope: null,
      edges: uniqueEdges([...(known?.edges ?? []), ...edges]),
    });
  }
  return graph;
}
