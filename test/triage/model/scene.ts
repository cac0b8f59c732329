// A repository in memory, a finding in it and a model's claims about it, for tests of what becomes of an answer.
import { PackageAssets } from '#adapters/local/package-assets.ts';
import { createCodeIndex } from '#code/code-index.ts';
import type { KnownApis } from '#code/known-apis.ts';
import { syntaxAt } from '#code/syntax-at.ts';
import type { CheckedClaim, Claim } from '#domain/claim.ts';
import type { Dossier, DossierItem, DossierItemKind } from '#domain/dossier.ts';
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import { type ClaimContext, checkClaims } from '#triage/model/check-claims.ts';
import { aCase, aFinding } from '../../doubles/judged-finding.ts';
import { createMemoryWorkspace } from '../../doubles/memory-workspace.ts';

const assets = new PackageAssets();

/** Knows that every argument of `query` and `execute` matters, and nothing else. */
export const QUERIES: KnownApis = {
  sinkValues: (unit, startLine, endLine) => {
    const calls = syntaxAt(unit, startLine, endLine).calls.filter(({ name }) =>
      /^(query|execute)$/.test(name),
    );
    return calls.length === 0 ? null : calls.flatMap(({ node }) => node.arguments.map(({ value }) => value));
  },
  isSafeForm: () => false,
  isSource: () => false,
  isHandlerParameter: () => false,
};

export interface Scene {
  readonly dossier: Dossier;
  /** Outcomes in the order of the claims. */
  check(claims: readonly Claim[], over?: Partial<ClaimContext>): Promise<readonly CheckedClaim[]>;
}

/**
 * `files` by path; the line with the mark HERE, in a comment at its end, is the finding's place. Each file is one piece of the dossier,
 * `E1`, `E2`, …, of kind `function`, or of the kind given.
 */
export function aScene(
  files: Readonly<Record<string, string>>,
  over: Partial<ScopedFinding> = {},
  kinds: readonly DossierItemKind[] = [],
): Scene {
  const code = createCodeIndex(createMemoryWorkspace(files), assets);
  const items: DossierItem[] = Object.entries(files).map(([path, text], index) => ({
    id: `E${index + 1}`,
    kind: kinds[index] ?? 'function',
    note: 'the code',
    path,
    startLine: 1,
    endLine: text.split('\n').length,
    text,
  }));
  const [path, text] = Object.entries(files).find(([, content]) => content.includes('HERE')) ?? ['', ''];
  const line = text.split('\n').findIndex((one) => one.includes('HERE')) + 1;
  const location = {
    path,
    startLine: line,
    startColumn: null,
    endLine: line,
    endColumn: null,
    resolved: true,
    why: null,
  };
  const dossier: Dossier = {
    case: aCase({ ...aFinding(), location, ...over }),
    ...{ items, unknowns: [], knowledge: [], cut: [] },
  };
  return {
    dossier,
    check: (claims, more = {}) => checkClaims({ claims }, dossier, { code, apis: QUERIES, ...more }),
  };
}

export function aClaim(kind: Claim['kind'], quote: string, symbol = '', item = 'E1'): Claim {
  return { kind, item, quote, symbol, says: 'It is so.' };
}
