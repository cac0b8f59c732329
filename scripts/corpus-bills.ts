// Counts bills of materials and VEX documents without Assay's readers: the corpus check's second opinion on what is no SARIF.
import type { IngestedReport } from '../src/domain/report.ts';

/** Null where a format has no such thing. */
export interface BillCount {
  /** Components with a name, each reference once, the root left out. */
  readonly components: number | null;
  /** Pairs of a vulnerability and what it affects, at least one for each vulnerability. */
  readonly results: number | null;
  readonly statements: number | null;
}

/** JSON of whatever shape: a missing member is undefined all the way down. */
// biome-ignore lint/suspicious/noExplicitAny: this reader is loose on purpose, so that it fails in other ways than the strict one
type Loose = any;

/** Null when the text is none of the kinds that are counted here. */
export function countBill(text: string): BillCount | null {
  if (/^\s*<[\s\S]*?<bom[\s>]/.test(`${text.slice(0, 5_000)}>`)) return countXml(text);
  if (/^SPDXVersion:/m.test(text.slice(0, 5_000)) && !text.trimStart().startsWith('{'))
    return countTags(text);
  let document: Loose;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  if (document?.bomFormat === 'CycloneDX') return countCycloneDx(document);
  if (Array.isArray(document?.['@graph'])) return countGraph(document['@graph']);
  if (typeof document?.spdxVersion === 'string') return countSpdx(document);
  if (String(document?.['@context']).includes('openvex'))
    return { components: null, results: null, statements: document.statements.length };
  return document?.document?.csaf_version === undefined ? null : countCsaf(document);
}

function countCycloneDx(bom: Loose): BillCount {
  const all: Loose[] = [];
  const collect = (components: Loose): void => {
    for (const component of components ?? []) {
      all.push(component);
      collect(component.components);
    }
  };
  collect(bom.components);
  collect(bom.metadata?.component?.components);
  const root = bom.metadata?.component?.['bom-ref'];
  const named = all.filter(
    (component) =>
      (component.name || NAMING.test(component.purl)) &&
      (root === undefined || component['bom-ref'] !== root),
  );
  const refs = named.map((component) => component['bom-ref'] ?? Symbol());
  const vulnerabilities: Loose[] = bom.vulnerabilities ?? [];
  const affects = (entry: Loose): number => entry.affects?.length ?? 0;
  return {
    components: new Set(refs).size,
    results: vulnerabilities.reduce((sum, entry) => sum + Math.max(1, affects(entry)), 0),
    statements: vulnerabilities
      .filter((entry) => entry.analysis)
      .reduce((sum, entry) => sum + affects(entry), 0),
  };
}

/** A package URL that names something. */
const NAMING = /^pkg:[a-z]+\/(?:[^@?#]+\/)?[\w.-]+(?:[@?#]|$)/;

/** By a walk over the tags. */
function countXml(text: string): BillCount {
  const plain = text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/g, '');
  const path: string[] = [];
  const components: { readonly ref: string | symbol; name: string }[] = [];
  const open: (typeof components)[number][] = [];
  const entries: { targets: number; isDecided: boolean }[] = [];
  for (const [, end, written = '', attributes = '', empty, content = ''] of plain.matchAll(
    /<(\/?)([\w.:-]+)([^>]*?)(\/?)>([^<]*)/g,
  )) {
    const tag = written.replace(/^.*:/, '');
    const here = [...path, tag].join('/');
    const isComponent = /^bom(\/metadata\/component)?(\/components\/component)+$/.test(
      end === '/' ? path.join('/') : here,
    );
    if (end === '/') {
      path.pop();
      if (isComponent) open.pop();
      continue;
    }
    if (isComponent) {
      const component = { ref: /bom-ref="([^"]*)"/.exec(attributes)?.[1] ?? Symbol(), name: '' };
      components.push(component);
      if (empty !== '/') open.push(component);
    }
    const [parent, top, entry] = [path.at(-1), open.at(-1), entries.at(-1)];
    const isNaming = tag === 'name' || (tag === 'purl' && NAMING.test(content));
    if (isNaming && parent === 'component' && top !== undefined) top.name ||= content.trim();
    if (tag === 'vulnerability') entries.push({ targets: 0, isDecided: false });
    if (tag === 'target' && parent === 'affects' && entry !== undefined) entry.targets++;
    if (tag === 'analysis' && entry !== undefined) entry.isDecided = true;
    if (empty !== '/') path.push(tag);
  }
  return {
    components: new Set(components.filter(({ name }) => name !== '').map(({ ref }) => ref)).size,
    results: entries.reduce((sum, { targets }) => sum + Math.max(1, targets), 0),
    statements: entries.reduce((sum, { targets, isDecided }) => sum + (isDecided ? targets : 0), 0),
  };
}

function countTags(text: string): BillCount {
  return { components: [...text.matchAll(/^PackageName:/gm)].length, results: 0, statements: null };
}

function countSpdx({ packages = [], relationships = [], documentDescribes = [] }: Loose): BillCount {
  const described = new Set<string>(documentDescribes);
  for (const { spdxElementId, relationshipType, relatedSpdxElement } of relationships)
    if (relationshipType === 'DESCRIBES' && spdxElementId === 'SPDXRef-DOCUMENT')
      described.add(relatedSpdxElement);
  const ids = new Set<string>(packages.map((entry: Loose) => entry.SPDXID));
  const hasRoot = described.size === 1 && ids.has([...described][0] ?? '');
  return { components: ids.size - (hasRoot ? 1 : 0), results: 0, statements: null };
}

function countGraph(graph: Loose[]): BillCount {
  const packages = graph.filter(({ type }) => type === 'software_Package').map(({ spdxId }) => spdxId);
  const roots = graph
    .filter(({ type }) => type === 'software_Sbom')
    .flatMap(({ rootElement = [] }) => rootElement);
  const vex = graph.filter(({ type }) => /^security_Vex/.test(type));
  const associated = graph
    .filter(({ relationshipType }) => relationshipType === 'hasAssociatedVulnerability')
    .flatMap(({ from, to }) => to.map((id: string) => `${id} ${from}`));
  const pairs = [...associated, ...vex.flatMap(({ from, to }) => to.map((id: string) => `${from} ${id}`))];
  return {
    components: packages.filter((id) => !roots.includes(id)).length,
    results: new Set(pairs).size,
    statements: vex.length === 0 ? null : vex.flatMap(({ to }) => to).length,
  };
}

function countCsaf({ vulnerabilities }: Loose): BillCount {
  const lists = vulnerabilities.flatMap((entry: Loose) =>
    Object.entries(entry.product_status ?? {}).filter(([list]) => list !== 'recommended'),
  );
  const statements = lists.reduce(
    (sum: number, [, products]: [string, string[]]) => sum + products.length,
    0,
  );
  return { components: null, results: null, statements };
}

/** What differs; nothing when all is as counted. */
export function checkBill(report: IngestedReport, count: BillCount): readonly string[] {
  const problems: string[] = [];
  const same = (what: string, given: number, expected: number | null): void => {
    if (expected !== null && given !== expected)
      problems.push(`${what}: counted ${given}, expected ${expected}`);
  };
  if (report.fault !== null) problems.push(`fault: ${report.fault.message}`);
  if (!report.kind.supported) problems.push('its kind is not read');
  same('components', report.inventory?.components.length ?? 0, count.components);
  same('results', report.results.length, count.results);
  same('statements', report.statements?.length ?? 0, count.statements);
  same(
    'sum of runs',
    report.runs.reduce((sum, run) => sum + run.results, 0),
    report.results.length,
  );
  return problems;
}
