// What is known is read within limits, embedded once, and found without a model where the model fails.
import { describe, expect, test } from 'vitest';
import { PackageAssets } from '../../../src/adapters/local/package-assets.ts';
import { DEFAULT_POLICY } from '../../../src/app/config.ts';
import { cacheFolder } from '../../../src/app/knowledge/cache-folder.ts';
import { openEmbeddings } from '../../../src/app/knowledge/embedding-access.ts';
import { gatherDocuments } from '../../../src/app/knowledge/gather-documents.ts';
import { knowledgeMessagesOf } from '../../../src/app/knowledge/knowledge-messages.ts';
import { type KnowledgeParts, openKnowledge } from '../../../src/app/knowledge/open-knowledge.ts';
import { pastDecisions } from '../../../src/app/knowledge/past-decisions.ts';
import { say } from '../../../src/domain/phrase.ts';
import type { Embedded, EmbeddingModel } from '../../../src/ports/embedding-model.ts';
import type { KnowledgeStore } from '../../../src/ports/knowledge-store.ts';
import type { ModelAddress } from '../../../src/ports/language-model.ts';
import { createMemoryWorkspace } from '../../doubles/memory-workspace.ts';

const GUIDE = '# Guide\n\n## SQL injection\n\nBind values. The key is hunter2hunter2.\n';

interface Recorder extends EmbeddingModel {
  readonly asked: string[];
}

function embeddings(answer: (texts: readonly string[]) => Embedded): Recorder {
  const asked: string[] = [];
  return {
    id: 'toy/one',
    asked,
    embed: async (texts) => {
      asked.push(...texts);
      return answer(texts);
    },
  };
}
const ones = (texts: readonly string[]): Embedded => ({
  kind: 'vectors',
  vectors: texts.map((text) => Float32Array.from(text.includes('Guide') ? [1, 0] : [0, 1])),
  usage: { input: 1, cached: 0, output: 0 },
});
const down = (): Embedded => ({
  kind: 'failed',
  failure: { kind: 'provider_down', text: 'No answer from `toy`.' },
});

function memoryStore(): KnowledgeStore {
  const kept = new Map<string, Float32Array>();
  return {
    problems: [],
    read: (_, keys) =>
      new Map(
        keys.flatMap((key) => {
          const value = kept.get(key);
          return value === undefined ? [] : [[key, value] as const];
        }),
      ),
    write: (_, vectors) => {
      for (const [key, vector] of vectors) kept.set(key, vector);
    },
    close: () => undefined,
  };
}

const open = (parts: Partial<KnowledgeParts> = {}) =>
  openKnowledge({
    assets: new PackageAssets(),
    tree: createMemoryWorkspace({
      'SECURITY.md': GUIDE,
      'docs/other.md': '# SQL injection\n\nNot asked for.',
    }),
    policy: DEFAULT_POLICY,
    language: 'en',
    decisions: [],
    embeddings: null,
    store: null,
    redact: (text) => text.replaceAll('hunter2hunter2', '⟦redacted⟧'),
    ...parts,
  });
const question = { text: 'SQL injection', cwe: [89], limit: 3 };

describe('knowledge', () => {
  test('is the cards, and the documents that the policy names', async () => {
    const found = await (await open()).search(question);
    expect(found.map(({ id }) => id)).toEqual([
      'cwe-89',
      'SECURITY.md#sql-injection',
      expect.stringMatching(/^cwe-/),
    ]);
  });

  test('is the cards alone where nothing vouches for documents', async () => {
    const knowledge = await open({ tree: null });
    expect((await knowledge.search(question)).map(({ source }) => source)).not.toContain('document');
    expect(knowledge.documentsFor([89])).toEqual([]);
  });

  test('has the card of the nearest ancestor for a weakness without one', async () => {
    const [first] = await (await open()).search({ text: '', cwe: [99], limit: 1 });
    expect(first).toMatchObject({ source: 'card', path: null });
  });

  test('names the documents about a weakness without any search', async () => {
    expect((await open()).documentsFor([89])).toEqual([
      {
        label: 'K1',
        title: 'Guide › SQL injection',
        commit: null,
        path: 'SECURITY.md',
        anchor: 'sql-injection',
        line: 3,
      },
    ]);
  });
});

describe('an embedding model', () => {
  test('is given each text once, without secrets, and new ones only on the next run', async () => {
    const model = embeddings(ones);
    const store = memoryStore();
    await (await open({ embeddings: model, store })).search(question);
    expect(model.asked.join('\n')).not.toContain('hunter2hunter2');
    expect(model.asked.join('\n')).toContain('⟦redacted⟧');
    expect(model.asked.length).toBe(new Set(model.asked).size);
    const again = embeddings(ones);
    const tree = createMemoryWorkspace({ 'SECURITY.md': `${GUIDE}\n## Another guide\n\nNew.\n` });
    await (await open({ embeddings: again, store, tree })).search(question);
    expect(again.asked).toEqual(['Guide › Another guide\n\nNew.', 'SQL injection']);
  });

  test('that fails leaves the words, and the run is told', async () => {
    const knowledge = await open({ embeddings: embeddings(down) });
    expect((await knowledge.search(question)).map(({ id }) => id)).toContain('SECURITY.md#sql-injection');
    expect(knowledge.notices.map(({ text }) => text)).toEqual([
      'Passages were found by words alone, not by meaning: No answer from `toy`.',
    ]);
  });

  test('that fails at the question only leaves the words too', async () => {
    const knowledge = await open({
      embeddings: embeddings((texts) => (texts.length === 1 ? down() : ones(texts))),
    });
    expect(await knowledge.search(question)).not.toEqual([]);
    expect(knowledge.notices.map(({ code }) => code)).toEqual(['knowledge-words-only']);
  });

  const policy = (chat: string | null) => ({
    model: {
      ...DEFAULT_POLICY.model,
      name: chat === null ? null : { provider: chat as 'openai', name: 'm' },
    },
    knowledge: { ...DEFAULT_POLICY.knowledge, embeddings: { provider: 'openai' as const, name: 'e' } },
  });
  const addressFor = async (chat: string | null, variables: Record<string, string>) => {
    let address: ModelAddress | null = null;
    const { missing } = await openEmbeddings(policy(chat), {
      variables,
      openEmbeddings: async (given) => {
        address = given;
        return embeddings(ones);
      },
    });
    return { address: address as ModelAddress | null, isMissing: missing !== null };
  };

  test('is never given the key of another provider', async () => {
    const variables = { ASSAY_MODEL_API_KEY: 'chat-key', ASSAY_MODEL_BASE_URL: 'https://chat.test' };
    expect(await addressFor('anthropic', variables)).toEqual({ address: null, isMissing: true });
    expect((await addressFor('openai', variables)).address).toMatchObject({
      apiKey: 'chat-key',
      baseUrl: 'https://chat.test',
    });
    const own = { ...variables, ASSAY_EMBEDDINGS_API_KEY: 'own-key' };
    expect((await addressFor('anthropic', own)).address).toMatchObject({ apiKey: 'own-key', baseUrl: null });
  });
});

test('an embedding model without an address is told by the variables that are meant for it', async () => {
  const { missing } = await openEmbeddings(
    {
      model: DEFAULT_POLICY.model,
      knowledge: { ...DEFAULT_POLICY.knowledge, embeddings: { provider: 'openai-compatible', name: 'e' } },
    },
    { variables: {}, openEmbeddings: async () => embeddings(ones) },
  );
  expect(missing === null ? '' : say(missing, null)).toBe(
    '`openai-compatible` needs an address in `ASSAY_EMBEDDINGS_BASE_URL`',
  );
});

describe('documents', () => {
  const gather = (
    files: Record<string, string | Uint8Array>,
    limits = { files: 2, fileBytes: 40, bytes: 60, chunks: 10 },
  ) =>
    gatherDocuments(createMemoryWorkspace(files), ['**'], {
      weaknessesIn: () => [],
      messages: knowledgeMessagesOf('en'),
      limits,
    });

  test('that are too large, too many or no text are left out, and one is named', async () => {
    const large = await gather({ 'a.md': 'x'.repeat(41), 'b.md': 'y', 'c.png': 'z' });
    expect(large.chunks.map(({ path }) => path)).toEqual(['b.md']);
    expect(large.notices[0]?.text).toBe('The document `a.md` was not read: it is no text, or too large.');
    const many = await gather({ 'a.md': 'x', 'b.md': 'y', 'c.md': 'z', 'd.md': 'z' });
    expect(many.files).toBe(2);
    expect(many.notices[0]?.text).toContain('2 documents were not read, `c.md` first');
    const binary = await gather({ 'a.md': new Uint8Array([0xff, 0xfe, 0]) });
    expect(binary.notices).toHaveLength(1);
  });
});

test('waivers are past decisions, the same one once', () => {
  const waiver = {
    id: null,
    rule: 'js/sql',
    path: 'a/**',
    reason: 'old',
    owner: 'Ann',
    expires: '2026-01-01',
  };
  const decisions = pastDecisions({ waivers: [waiver, waiver] });
  expect(decisions).toMatchObject([{ kind: 'waiver', rule: 'js/sql', reason: 'old', expires: '2026-01-01' }]);
});

test('the cache lies outside of the repository unless a folder is named', () => {
  expect(cacheFolder({ HOME: '/home/ann' }, '/repo')).toBe('/home/ann/.cache/assay');
  expect(cacheFolder({ HOME: '/home/ann', XDG_CACHE_HOME: '/cache' }, '/repo')).toBe('/cache/assay');
  expect(cacheFolder({ XDG_CACHE_HOME: 'relative' }, '/repo')).toBeNull();
  expect(cacheFolder({ HOME: '/home/ann', ASSAY_CACHE_DIR: '.assay-cache' }, '/repo')).toBe(
    '/repo/.assay-cache',
  );
});
