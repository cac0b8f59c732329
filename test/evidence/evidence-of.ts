// Helper of this folder's tests: the evidence for one finding in one snippet.
import { PackageAssets } from '#adapters/local/package-assets.ts';
import { createCodeIndex } from '#code/code-index.ts';
import type { Evidence, FactKind } from '#domain/evidence.ts';
import type { FlowStep } from '#domain/location.ts';
import type { Policy } from '#domain/policy.ts';
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import { type Catalog, loadCatalog } from '#evidence/catalog.ts';
import { gatherEvidence } from '#evidence/gather-evidence.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';

export const assets = new PackageAssets();
let catalog: Promise<Catalog> | null = null;
const sharedCatalog = (): Promise<Catalog> => {
  catalog ??= loadCatalog(assets);
  return catalog;
};

export const EXTENSIONS: Readonly<Record<string, string>> = {
  java: 'java',
  javascript: 'js',
  typescript: 'ts',
  tsx: 'tsx',
  python: 'py',
  go: 'go',
  c: 'c',
  cpp: 'cpp',
  php: 'php',
  ruby: 'rb',
  csharp: 'cs',
};

export interface Ask {
  readonly cwe?: readonly number[];
  /** Line of the finding; by default the line with the word HERE. */
  readonly line?: number;
  readonly endLine?: number;
  readonly columns?: readonly [number, number];
  readonly path?: string;
  readonly flow?: readonly FlowStep[];
  readonly resolved?: boolean;
  readonly ruleId?: string;
  readonly policyPaths?: Partial<Policy['policyPaths']>;
  /** Other files of the repository, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

export function lineOf(text: string): number {
  return text.slice(0, Math.max(0, text.indexOf('HERE'))).split('\n').length;
}

function makeFinding(path: string, line: number, ask: Ask): ScopedFinding {
  return {
    id: '0123456789abcdef',
    fingerprints: {},
    kind: 'sast',
    ruleId: ask.ruleId ?? 'rule',
    tools: [],
    cwe: ask.cwe ?? [89],
    severity: 'high',
    message: '',
    location: {
      path,
      startLine: line,
      startColumn: ask.columns?.[0] ?? null,
      endLine: ask.endLine ?? line,
      endColumn: ask.columns?.[1] ?? null,
      resolved: ask.resolved ?? true,
      why: ask.resolved === false ? 'no such file' : null,
    },
    flow: ask.flow ?? [],
    related: [],
    suppressions: [],
    baselineState: null,
    fixes: [],
    scope: { state: 'new', why: '' },
    inScope: true,
    suppression: null,
  };
}

export async function evidenceOf(language: string, text: string, ask: Ask = {}): Promise<Evidence> {
  const path = ask.path ?? `src/sample.${EXTENSIONS[language] ?? language}`;
  const finding = makeFinding(path, ask.line ?? lineOf(text), ask);
  const gathered = await gatherEvidence([finding], {
    code: createCodeIndex(createMemoryWorkspace({ ...ask.files, [path]: text }), assets),
    catalog: await sharedCatalog(),
    policyPaths: { test: [], generated: [], vendored: [], ...ask.policyPaths },
    onDone: () => {},
  });
  return gathered.get(finding.id)!;
}

const CONTEXT: ReadonlySet<FactKind> = new Set([
  'sink_call',
  'enclosing_function',
  'imports',
  'reported_flow',
  'policy_path',
]);

/** The facts that decide something, by kind, or the codes of the open questions. */
export async function outcomeOf(language: string, text: string, ask: Ask = {}): Promise<string> {
  const { facts, unknowns } = await evidenceOf(language, text, ask);
  const decided = [...new Set(facts.map(({ kind }) => kind).filter((kind) => !CONTEXT.has(kind)))];
  return decided.length > 0 ? decided.join('+') : [...new Set(unknowns.map(({ code }) => code))].join('+');
}
