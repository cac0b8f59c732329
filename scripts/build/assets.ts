// Copies what the program reads at run time besides its code: grammars, the SARIF schema, and the rules.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PackageAssets } from '../../src/adapters/local/package-assets.ts';
import { parseRuleData, RULE_DATA_FILE } from '../../src/adapters/local/rule-data.ts';

const ORIGINS = ['@vscode/tree-sitter-wasm', 'tree-sitter-c', 'web-tree-sitter', '@microsoft/jest-sarif'];

/**
 * Fills `folder` and returns the package folders that the assets came from. `scripts/grammars.sha256` says which grammars ship and what they
 * are: compiled code that nobody reads is let in by its sum only. Throws when a grammar is another one.
 */
export async function copyAssets(root: string, folder: string): Promise<readonly string[]> {
  const assets = new PackageAssets(path.join(root, 'src/adapters/local'));
  const locked = parseSums(await readFile(path.join(root, 'scripts/grammars.sha256'), 'utf8'));
  for (const [name, expected] of locked) {
    const bytes = await assets.bytes(`grammars/${name}`);
    const actual = createHash('sha256').update(bytes).digest('hex');
    if (actual !== expected) {
      throw new Error(
        `grammars/${name} has SHA-256 ${actual}; scripts/grammars.sha256 says ${expected}. If its package was updated on purpose, change that line.`,
      );
    }
    await write(folder, `grammars/${name}`, bytes);
  }
  await write(folder, 'grammars/sha256.json', `${JSON.stringify(Object.fromEntries(locked), null, 2)}\n`);
  for (const name of ['schemas/sarif-2.1.0.json', ...(await assets.list('rules'))]) {
    await write(folder, name, await assets.bytes(name));
  }
  await write(folder, RULE_DATA_FILE, `${JSON.stringify(parseRuleData(await assets.ruleTexts()))}\n`);
  return ORIGINS.map((name) => `node_modules/${name}`);
}

async function write(folder: string, name: string, content: Uint8Array | string): Promise<void> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** Lines as `sha256sum` writes them: sum, two spaces, name. */
function parseSums(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
}
