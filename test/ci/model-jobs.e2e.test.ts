// The built Action and the GitLab job with a language model: its key reaches it and nothing else, and a fork's run does without.
import { globSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ResultDocument } from '#domain/result-document.ts';
import { createModelShop, honestly, type ModelShop, reportOn, says } from '../e2e/model-shop.ts';
import type { ModelServer } from '../emulators/models/model-server.ts';
import { startOpenAiServer } from '../emulators/models/openai-server.ts';
import { runAction } from './action-harness.ts';
import { builtBundle } from './built-bundle.ts';
import { runComponent } from './gitlab-harness.ts';

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

describe.each(DOORS)('%s', (_name, run) => {
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
