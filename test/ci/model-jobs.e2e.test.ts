// The built Action and the GitLab job with a language model: its key reaches it and nothing else, and a fork's run does without.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ResultDocument } from '#domain/result-document.ts';
import { createModelShop, honestly, type ModelShop, reportOn, says } from '../e2e/model-shop.ts';
import type { ModelServer } from '../emulators/models/model-server.ts';
import { startOpenAiServer } from '../emulators/models/openai-server.ts';
import { ACTION, runAction } from './action-harness.ts';
import { builtBundle } from './built-bundle.ts';
import { COMPONENT_INPUTS, runComponent } from './gitlab-harness.ts';

const KEY = 'sk-model-Qx7Qx7Qx7Qx7Qx7Qx7';
const MODEL = 'openai/fake-model';

let shop: ModelShop;
let server: ModelServer;
beforeAll(async () => {
  shop = createModelShop();
  reportOn(shop, ['src/open.js']);
  await builtBundle();
}, 120_000);
afterAll(() => shop.repository.dispose());
beforeEach(async () => {
  server = await startOpenAiServer({ key: KEY });
  server.otherwise(says(honestly));
});
afterEach(async () => {
  expect(server.violations).toEqual([]);
  await server.close();
});

interface JobRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Variables = Readonly<Record<string, string>>;

async function runOnGitHub(variables: Variables, from: string): Promise<JobRun> {
  const { repository, base } = shop;
  const head = repository.git('rev-parse', 'change');
  const pullRequest = {
    ...{ number: 7, base: { sha: base, repo: { full_name: 'octo/shop' } } },
    head: { sha: head, repo: { full_name: from } },
  };
  const run = await runAction({
    inputs: { reports: 'reports/*.sarif', model: MODEL, publish: 'none' },
    workspace: repository.root,
    event: { name: 'pull_request', payload: { pull_request: pullRequest } },
    sha: head,
    variables,
  });
  expect(run.environmentFile).toBe('');
  return { ...run, stdout: `${run.stdout}${run.summary}${JSON.stringify([...run.outputs])}` };
}

function runOnGitLab(variables: Variables, from: string): Promise<JobRun> {
  const { repository, base } = shop;
  const head = repository.git('rev-parse', 'change');
  return runComponent({
    inputs: { reports: 'reports/*.sarif', model: MODEL, publish: 'none' },
    project: repository.root,
    variables: {
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_MERGE_REQUEST_PROJECT_ID: 'octo/shop',
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: from,
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_MERGE_REQUEST_TARGET_BRANCH_SHA: base,
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: head,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      CI_COMMIT_SHA: head,
      ...variables,
    },
  });
}

const DOORS = [
  ['the Action', runOnGitHub],
  // A GitLab job's script is for a POSIX shell.
  ...(process.platform === 'win32' ? [] : [['the GitLab job', runOnGitLab] as const]),
] as const;

function written(): { readonly document: ResultDocument; readonly texts: Readonly<Record<string, string>> } {
  const files = globSync('assay-out/**', { cwd: shop.repository.root, withFileTypes: true });
  const texts = Object.fromEntries(
    files
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8')]),
  );
  return { document: JSON.parse(texts['assay.json'] ?? 'null'), texts };
}

describe.each(DOORS)('%s', (name, run) => {
  test.each([
    ['OPENAI_API_KEY', 'OPENAI_BASE_URL'],
    ['ASSAY_MODEL_API_KEY', 'ASSAY_MODEL_BASE_URL'],
  ])('asks the model with the key of %s, and shows that key nowhere', async (key, address) => {
    const ended = await run({ [key]: KEY, [address]: server.url }, 'octo/shop');
    expect({ exitCode: ended.exitCode, stderr: ended.stderr }).toMatchObject({ exitCode: 1 });
    const { document, texts } = written();
    expect(document.run).toMatchObject({ model: MODEL, modelUse: { asked: 1, answered: 1 } });
    expect(document.findings[0]?.verdict).toMatchObject({ label: 'true_positive', by: 'model' });
    const left = { ...texts, stdout: ended.stdout, stderr: ended.stderr };
    expect(Object.entries(left).filter(([, text]) => text.includes(KEY))).toEqual([]);
    expect(server.log.filter(({ text }) => text.includes(KEY))).toEqual([]);
  });

  test('with answers that are kept in the checkout and signed, a second run asks nothing', async () => {
    const variables = {
      ...{
        ASSAY_MODEL_API_KEY: KEY,
        ASSAY_MODEL_BASE_URL: server.url,
        ASSAY_MARKER_KEY: 'a long secret of ours',
      },
      ASSAY_CACHE_DIR: shop.repository.path(`.assay-cache-${name.length}`),
    };
    await run(variables, 'octo/shop');
    const asked = server.questions().length;
    expect(asked).toBeGreaterThan(0);
    const { texts } = written();
    await run(variables, 'octo/shop');
    expect(server.questions()).toHaveLength(asked);
    expect(written().texts['assay.json']).toBe(texts['assay.json']);
  });

  test('of a fork, where there is no key, the built-in judge decides and a notice says why', async () => {
    const ended = await run({ OPENAI_BASE_URL: server.url }, 'someone/shop');
    expect(ended.exitCode).toBe(1);
    const { document } = written();
    expect(document.run.model).toBeNull();
    expect(document.findings[0]?.verdict).toMatchObject({ label: 'needs_review', by: 'builtin' });
    expect(document.notices).toContainEqual(
      expect.objectContaining({
        code: 'model-not-asked',
        text: expect.stringContaining('`ASSAY_MODEL_API_KEY` / `OPENAI_API_KEY`'),
      }),
    );
    expect(server.log).toEqual([]);
  });
});

describe('what the guides write into a pipeline', () => {
  const VARIABLES = ['ASSAY_MODEL_API_KEY', 'ASSAY_MODEL_BASE_URL', 'ASSAY_MARKER_KEY', 'ASSAY_CACHE_DIR'];
  const texts = z.record(z.string(), z.string());

  /** The YAML of the section about models. */
  function sectionOf(guide: string): unknown {
    const text = readFileSync(path.join(import.meta.dirname, '../../docs', guide), 'utf8');
    const [, block = ''] = /^## A language model$[\s\S]*?^```yaml\n([\s\S]*?)^```/m.exec(text) ?? [];
    return parse(block);
  }

  test('of GitHub are inputs of the Action and variables that are read', () => {
    const step = z.object({ with: texts, env: texts.optional() });
    const [cache, assay] = z.tuple([step, step]).parse(sectionOf('install-github.md'));
    expect(cache.with.path).toBe('~/.cache/assay');
    expect(Object.keys(assay.with).filter((name) => ACTION.inputs[name] === undefined)).toEqual([]);
    expect(Object.keys(assay.env ?? {}).filter((name) => !VARIABLES.includes(name))).toEqual([]);
    expect(assay.env).toHaveProperty('ASSAY_MODEL_API_KEY');
  });

  test('of GitLab are inputs of the component, and what is kept is where the job looks for it', () => {
    const pipeline = z.object({
      include: z.tuple([z.object({ component: z.string(), inputs: texts })]),
      assay: z.object({
        variables: texts,
        cache: z.object({ key: z.string(), paths: z.tuple([z.string()]) }),
      }),
    });
    const { include, assay } = pipeline.parse(sectionOf('install-gitlab.md'));
    const { inputs } = include[0];
    expect(Object.keys(inputs).filter((name) => COMPONENT_INPUTS[name] === undefined)).toEqual([]);
    expect(COMPONENT_INPUTS['job-name']?.default).toBe('assay');
    expect(Object.keys(assay.variables).filter((name) => !VARIABLES.includes(name))).toEqual([]);
    expect(`${assay.variables.ASSAY_CACHE_DIR}/`).toBe(`$CI_PROJECT_DIR/${assay.cache.paths[0]}`);
  });
});
