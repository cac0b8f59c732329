// Dossiers for tests of prompts: small, with everything in them that a real one may hold.
import type { Dossier, DossierItem } from '#domain/dossier.ts';
import type { WeaknessCard } from '#domain/evidence.ts';
import type { Passage } from '#domain/knowledge.ts';
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import { createWeaknessTree, readWeaknessNodes, WEAKNESS_TREE_PATH } from '#domain/weakness-tree.ts';
import { PackageAssets } from '../../src/adapters/local/package-assets.ts';
import { composePrompt, type PromptRequest } from '../../src/prompt/compose-prompt.ts';
import { loadPromptLibrary } from '../../src/prompt/load-prompt-library.ts';
import { createPromptRedactor } from '../../src/prompt/prompt-redactor.ts';
import { aCase } from '../doubles/judged-finding.ts';

export const CANARY = 'canary-5E2c9f8e7D6c5b4a-Xq';

const assets = new PackageAssets();
const tree = createWeaknessTree(readWeaknessNodes(await assets.data(WEAKNESS_TREE_PATH)));

export const library = await loadPromptLibrary(assets, []);
export const redact = await createPromptRedactor([CANARY]);

export function isKindOf(cwe: number, ancestor: number): boolean {
  return cwe === ancestor || tree.isAncestor(ancestor, cwe);
}

export function anItem(over: Partial<DossierItem> = {}): DossierItem {
  const text = over.text ?? '  db.query("SELECT * FROM orders WHERE id = " + id);';
  const startLine = over.startLine ?? 12;
  return {
    ...{ id: 'E1', kind: 'place', note: 'the reported line', path: 'src/shop/orders.js' },
    ...{ startLine, endLine: startLine + text.split('\n').length - 1, text, ...over },
  };
}

export function aPassage(over: Partial<Passage> = {}): Passage {
  return {
    ...{ id: 'docs/secure-coding.md#sql', source: 'document', title: 'Secure coding › SQL' },
    ...{ path: 'docs/secure-coding.md', anchor: 'sql', line: 40, cwe: [89], label: 'K1', score: 1, why: [] },
    ...{ text: 'Queries are bound: `db.query(text, values)`.\nNobody builds them by hand.', ...over },
  };
}

export function aDossier(
  over: Partial<Omit<Dossier, 'case'>> = {},
  finding: Partial<ScopedFinding> = {},
  card: WeaknessCard | null = null,
): Dossier {
  const base = aCase(finding);
  return {
    case: card === null ? base : { ...base, card },
    items: [anItem()],
    unknowns: [],
    knowledge: [],
    cut: [],
    ...over,
  };
}

/** Composes with what most tests do not care about. */
export function compose(over: Partial<PromptRequest> = {}) {
  return composePrompt(library, {
    task: 'verdict',
    subjects: [{ dossier: aDossier() }],
    language: 'en',
    isKindOf,
    switchedOff: new Set(),
    redact,
    ...over,
  });
}

/** A prompt taken apart by somebody who only knows how its delimiters look: what stands outside of them, and in each pair. */
export function takeApart(prompt: string, nonce: string): { outside: string; blocks: readonly string[] } {
  const outside: string[] = [];
  const blocks: string[][] = [];
  let open = false;
  for (const line of prompt.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)) {
    if (line === `<<<outside ${nonce}`) {
      if (open) throw new Error('A delimiter opens inside another.');
      open = true;
      blocks.push([]);
    } else if (line === `outside ${nonce}>>>`) {
      if (!open) throw new Error('A delimiter closes that was not open.');
      open = false;
    } else if (open) blocks.at(-1)?.push(line);
    else outside.push(line);
  }
  if (open) throw new Error('A delimiter stays open.');
  return { outside: outside.join('\n'), blocks: blocks.map((lines) => lines.join('\n')) };
}

export function nonceOf(prompt: string): string {
  return /^<<<outside ([0-9a-f]{16})$/m.exec(prompt)?.[1] ?? '';
}

export function markOf(prompt: string): string {
  return /^<<<outside [0-9a-f]{16}\n([a-z]{6}) /m.exec(prompt)?.[1] ?? '';
}
