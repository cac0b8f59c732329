// The guide to the model does what it says: its commands run, its policies and prompts are taken, and its table names the variables that are read.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PackageAssets } from '#adapters/local/package-assets.ts';
import { parsePolicy } from '#app/config.ts';
import { modelAddress } from '#app/model/model-address.ts';
import { MODEL_PROVIDERS } from '#domain/model.ts';
import { say } from '#domain/phrase.ts';
import { loadPromptLibrary } from '../../src/prompt/load-prompt-library.ts';
import type { ModelServer } from '../emulators/models/model-server.ts';
import { startOpenAiServer } from '../emulators/models/openai-server.ts';
import { createModelShop, honestly, type ModelShop, reportOn, says } from './model-shop.ts';
import { assay } from './run-cli.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(path.join(ROOT, name), 'utf8');
const GUIDE = read('docs/model.md');

function blocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, block]) => block ?? '',
  );
}

interface Shown {
  readonly command: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

/** The commands of a block, each with what was exported before it. */
function commandsOf(block: string): readonly Shown[] {
  const variables: Record<string, string> = {};
  return block
    .trim()
    .split('\n')
    .flatMap((line): Shown[] => {
      const [, name, value] = /^export (\w+)=(\S+)$/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) {
        variables[name] = value;
        return [];
      }
      const words = line.replaceAll("'", '').split(' ');
      expect(words.slice(0, 2)).toEqual(['npx', 'assay']);
      return [{ command: words.slice(2), variables: { ...variables } }];
    });
}

const SHOWN = [
  ...blocks(GUIDE, 'sh').flatMap(commandsOf),
  ...blocks(read('README.md'), 'sh')
    .filter((block) => block.includes('--model'))
    .flatMap(commandsOf),
];

describe('a command of the guide or of the README', () => {
  let shop: ModelShop;
  let server: ModelServer;
  beforeAll(() => {
    shop = createModelShop();
    shop.repository.git('update-ref', 'refs/remotes/origin/main', 'main');
    reportOn(shop, ['src/open.js']);
  });
  afterAll(() => shop.repository.dispose());
  afterEach(() => server.close());

  test.each(
    SHOWN.map((shown) => [`${shown.command.join(' ')} (${Object.keys(shown.variables)})`, shown] as const),
  )('%s', async (_name, { command, variables }) => {
    const model = command[command.indexOf('--model') + 1]?.replace(/^[^/]*\//, '') ?? '';
    const key = Object.entries(variables).find(([name]) => name.endsWith('_KEY'))?.[1] ?? null;
    server = await startOpenAiServer({ model, key: key === null ? null : 'a-key-of-mine' });
    server.otherwise(command[0] === 'doctor' ? { text: '{"works": true}' } : says(honestly));
    const ours = key === null ? {} : { OPENAI_API_KEY: 'a-key-of-mine' };
    const { exitCode, stderr, stdout } = await assay(shop.repository.root, command, {
      variables: { ...variables, ...ours, ASSAY_MODEL_BASE_URL: server.url, ASSAY_CACHE_DIR: 'off' },
    });
    const asks = !command.includes('--dump-prompts') && !command.includes('--estimate');
    expect({ stderr, stdout, asked: server.questions().length > 0 }).toMatchObject({ asked: asks });
    // The finding is real: a run blocks it; the doctor is content.
    if (command[0] === 'triage') expect(exitCode).toBe(1);
    else expect(`${stdout}${stderr}`).toContain(`${command.at(-1)} answers`);
    if (command[0] === 'triage' && asks) expect(stdout).toContain('TP.model');
  });
});

describe('what the guide shows of files', () => {
  test('its policies are taken', () => {
    const policies = blocks(GUIDE, 'yaml').filter((block) => block.startsWith('version:'));
    expect(policies.map((text) => parsePolicy(text, 'assay.yml').model)).toMatchObject([
      {
        name: { provider: 'openai-compatible', name: 'qwen3:8b' },
        dismiss: { below: 'high', confidence: 0.8 },
      },
      { name: { provider: 'anthropic' }, dismiss: { below: 'medium', confidence: 0.9 } },
    ]);
  });

  test('its prompt is taken', async () => {
    const [text = ''] = blocks(GUIDE, 'yaml').filter((block) => block.startsWith('extends:'));
    const library = await loadPromptLibrary(new PackageAssets(), [{ path: '.assay/prompts/sql.yaml', text }]);
    const part = library.families.find(({ id }) => id === 'sql-injection');
    expect(part?.sections.map(({ id }) => id)).toContain('house-rules');
  });
});

describe('the table of providers', () => {
  const rows = new Map(
    [...GUIDE.matchAll(/^\| `([\w-]+)` \|(.*)$/gm)].map(([, name = '', cells = '']) => [name, cells]),
  );

  test.each(MODEL_PROVIDERS)('%s names every variable that is read, and no other', (provider) => {
    const named = new Set(
      [...(rows.get(provider) ?? '').matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name),
    );
    const asked = new Set<string>();
    const variables = new Proxy({} as Record<string, string>, {
      get: (_, name) => {
        asked.add(String(name));
        return undefined;
      },
    });
    modelAddress({ provider, name: 'any' }, variables);
    const both = ['ASSAY_MODEL_API_KEY', 'ASSAY_MODEL_BASE_URL'];
    expect([...asked].filter((name) => !both.includes(name)).sort()).toEqual(
      [...named].filter((name) => !both.includes(name ?? '')).sort(),
    );
  });

  test.each(MODEL_PROVIDERS)('what %s needs is what it says', (provider) => {
    const address = modelAddress({ provider, name: 'any' }, {});
    const missing = 'missing' in address ? say(address.missing, null) : '';
    const [key = '', place = ''] = (rows.get(provider) ?? '').split('|');
    expect(missing.includes('a key in')).toBe(!key.includes('none needed'));
    expect(missing.includes('an address in')).toBe(place.includes('**needed**'));
  });
});
