// `assay eval` with a language model behind a real socket: it is asked, measured beside the built-in judge, and asked again without a part.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Evaluation } from '../../src/measure/evaluation.ts';
import { startOpenAiServer } from '../emulators/models/openai-server.ts';
import { assay } from './run-cli.ts';

const SET = fileURLToPath(new URL('../../fixtures/eval', import.meta.url));
const MODEL = 'openai-compatible/fake-model';

/** Whatever is asked about, it cannot tell. */
function undecided(prompt: string): string {
  const ids = new Set([...prompt.matchAll(/f-[0-9a-f]{10}/g)].map(([id]) => id));
  const answer = { label: 'needs_review', confidence: 0.5, dismissal: null, claims: [], requests: [] };
  const words = { root_cause: 'It cannot be told from this.', open_question: null };
  return JSON.stringify({ answers: [...ids].map((id) => ({ id, ...answer, ...words })) });
}

test('a model is asked about the set, and its part in the verdicts and its cost are measured', async () => {
  const cwd = mkdtempSync(path.join(tmpdir(), 'assay-eval-model-'));
  const server = await startOpenAiServer({ key: null });
  try {
    server.otherwise(({ text }) => ({
      text: undecided(text),
      usage: { input: 1000, cached: 200, output: 100 },
    }));
    const command = ['eval', '--set', SET, '--judge', 'model', '--model', MODEL, '--ablate', 'knowledge'];
    const variables = { ASSAY_MODEL_BASE_URL: server.url };
    const { exitCode, stderr } = await assay(cwd, command, { variables });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.stringContaining('without knowledge'),
    });
    expect(server.violations).toEqual([]);
    const { subjects, ablations }: Evaluation = JSON.parse(
      readFileSync(path.join(cwd, 'assay-eval', 'eval.json'), 'utf8'),
    );
    const asked = subjects.find(({ name }) => name === MODEL);
    expect(asked?.cost).toMatchObject({ asked: 32, answered: 32 });
    expect(asked?.cost?.tokens.output).toBeGreaterThan(0);
    expect(asked?.prompts).not.toEqual([]);
    expect(ablations).toMatchObject([{ subject: MODEL, parts: [{ part: 'knowledge', changed: 0 }] }]);
  } finally {
    await server.close();
    rmSync(cwd, { recursive: true, force: true });
  }
}, 60_000);
