// Finds what ships with Assay besides code: beside the built bundle, or in a checkout's node_modules and rules folder.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssayError } from '../../domain/errors.ts';
import type { Assets } from '../../ports/assets.ts';
import { parseRuleDataOnce, RULE_DATA_FILE, type RuleData } from './rule-data.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** Grammars that another package holds than `@vscode/tree-sitter-wasm`, or under another name. */
const GRAMMAR_FILES: Readonly<Record<string, string>> = {
  'grammars/runtime.wasm': 'web-tree-sitter/web-tree-sitter.wasm',
  'grammars/c.wasm': 'tree-sitter-c/tree-sitter-c.wasm',
};
const SARIF_SCHEMA = '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';

/** Assets of the running program. The bundle has `grammars/` beside it; a checkout does not. */
export class PackageAssets implements Assets {
  readonly #locate: (path: string) => string;
  readonly #loadRules: () => Promise<RuleData>;
  #rules: Promise<RuleData> | null = null;

  constructor(folder: string = here) {
    if (existsSync(join(folder, 'grammars'))) {
      this.#locate = (path) => join(folder, path);
      this.#loadRules = async () => JSON.parse(await this.text(RULE_DATA_FILE));
    } else {
      const root = join(folder, '..', '..', '..');
      this.#locate = (path) => locateInCheckout(root, path);
      this.#loadRules = async () =>
        parseRuleDataOnce(await this.ruleTexts(), join(packageFolder(root), '.cache', 'assay'));
    }
  }

  async data(path: string): Promise<unknown> {
    this.#rules ??= this.#loadRules();
    const rules = await this.#rules;
    if (!Object.hasOwn(rules, path)) throw missing(path, null);
    return rules[path];
  }

  /** The YAML assets, path → text. */
  async ruleTexts(): Promise<ReadonlyMap<string, string>> {
    const paths = (await this.list('rules')).filter((path) => path.endsWith('.yaml'));
    const texts = await Promise.all(paths.map((path) => this.text(path)));
    return new Map(paths.map((path, index) => [path, texts[index] ?? '']));
  }

  async bytes(path: string): Promise<Uint8Array> {
    try {
      return await readFile(this.#locate(path));
    } catch (cause) {
      throw missing(path, cause);
    }
  }

  async text(path: string): Promise<string> {
    return new TextDecoder('utf-8', { fatal: true }).decode(await this.bytes(path));
  }

  async list(folder: string): Promise<readonly string[]> {
    try {
      const entries = await readdir(this.#locate(folder), { recursive: true, withFileTypes: true });
      const root = this.#locate(folder);
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
        .map((name) => `${folder}${name.startsWith('/') ? '' : '/'}${name}`)
        .sort();
    } catch (cause) {
      throw missing(folder, cause);
    }
  }
}

function locateInCheckout(root: string, path: string): string {
  if (!path.startsWith('grammars/') && !path.startsWith('schemas/')) return join(root, path);
  const modules = packageFolder(root);
  if (path.startsWith('schemas/')) return join(modules, SARIF_SCHEMA);
  const grammar = path.slice('grammars/'.length);
  return join(modules, GRAMMAR_FILES[path] ?? `@vscode/tree-sitter-wasm/wasm/tree-sitter-${grammar}`);
}

/** The `node_modules` that serves this checkout: its own, or one further up (a workspace). */
function packageFolder(root: string): string {
  const own = join(root, 'node_modules');
  if (existsSync(join(own, 'web-tree-sitter'))) return own;
  return dirname(dirname(createRequire(join(root, 'package.json')).resolve('web-tree-sitter')));
}

function missing(path: string, cause: unknown): AssayError {
  return new AssayError('internal', `The asset ${path} that ships with Assay is missing.`, {
    hint: 'Install Assay again (in a checkout: npm ci).',
    cause,
  });
}
