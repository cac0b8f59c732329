// Notes what each version of a built-in prompt says, so that its words cannot change under the same version.
// `node scripts/record-prompt-versions.ts` adds new versions to rules/prompts/versions.yaml and never touches a line that is there.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PackageAssets } from '../src/adapters/local/package-assets.ts';
import { loadPromptLibrary } from '../src/prompt/load-prompt-library.ts';
import { nameOfPart, type PromptPart } from '../src/prompt/prompt-part.ts';

const FILE = join(import.meta.dirname, '..', 'rules/prompts/versions.yaml');

/** 16 hexadecimal digits over the words of a part and what decides where they are shown; its purpose is for readers. */
function hashOfPart({ id, version, parameters, sections, cwe }: PromptPart): string {
  const words = JSON.stringify([id, version, parameters, sections.map((s) => [s.id, s.for, s.text]), cwe]);
  return createHash('sha256').update(words).digest('hex').slice(0, 16);
}

/** `name@version` → hash, for every built-in part. */
export async function promptVersions(): Promise<ReadonlyMap<string, string>> {
  const { frame, tasks, families } = await loadPromptLibrary(new PackageAssets(), []);
  const parts = [frame, ...tasks.values(), ...families];
  return new Map(parts.map((part) => [nameOfPart(part), hashOfPart(part)]));
}

/** The recorded ones. */
export function recordedVersions(): ReadonlyMap<string, string> {
  const lines = readFileSync(FILE, 'utf8').matchAll(/^([a-z0-9-]+@\d+): "([0-9a-f]{16})"$/gm);
  return new Map([...lines].map(([, name = '', hash = '']) => [name, hash]));
}

if (import.meta.main) {
  const recorded = recordedVersions();
  const all = new Map([...(await promptVersions()), ...recorded]);
  const lines = [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, hash]) => `${name}: "${hash}"`);
  const head = readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('#'));
  writeFileSync(FILE, `${[...head, ...lines].join('\n')}\n`);
  process.stdout.write(`${all.size - recorded.size} new\n`);
}
