// What each check of an answer and each part of a prompt is worth against a scripted model: `assay eval --ablate`, offline and the same every time.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PackageAssets } from '../src/adapters/local/package-assets.ts';
import type { Environment } from '../src/app/environment.ts';
import { ablationParts } from '../src/app/evaluate/ablation-parts.ts';
import { evaluate } from '../src/app/evaluate.ts';
import type { Evaluation } from '../src/measure/evaluation.ts';
import { renderEvaluationTable } from '../src/measure/render-evaluation-table.ts';
import { startOpenAiServer } from '../test/emulators/models/openai-server.ts';

const MODEL = 'openai-compatible/fake-model';
const SET = path.join(import.meta.dirname, '../fixtures/eval');
/** Verdicts alone are measured. */
const POLICY = 'version: 1\nmodel:\n  explain: false\n  patches: none\n';
/** What we tell a model in words (`frame.proof`, `verdict.task`, a family's advice): a script reads none of it, so only a real model can say its worth. */
const IS_ADVICE = /^(?!checks\.).*\./;

/** The table, as `assay eval` prints it. */
export async function benchAblation(): Promise<string> {
  const cwd = mkdtempSync(path.join(tmpdir(), 'assay-ablation-'));
  const server = await startOpenAiServer({ key: null });
  try {
    server.otherwise(({ text }) => ({ text: answerTo(text), usage: null }));
    const config = path.join(cwd, 'assay.yml');
    writeFileSync(config, POLICY);
    const parts = await ablationParts(new PackageAssets());
    const { display } = await evaluate(
      {
        ...{ cwd, sets: [SET], sources: null, judge: 'model', models: [MODEL] },
        ...{ compare: null, tolerance: 0, out: 'assay-eval', format: 'json', config },
        ...{ ablate: parts.filter((part) => !IS_ADVICE.test(part)), allowHttp: false },
        ...{ quiet: true, verbose: false },
      },
      environmentOf({ ASSAY_MODEL_BASE_URL: server.url }),
    );
    const table = renderEvaluationTable(JSON.parse(display) as Evaluation, []);
    // What stands before it tells of the set and of the judges.
    return table.slice(table.indexOf(`${MODEL} without`)).trimEnd();
  } finally {
    await server.close();
    rmSync(cwd, { recursive: true, force: true });
  }
}

function environmentOf(variables: Readonly<Record<string, string>>): Environment {
  return {
    variables: { CI: 'true', ASSAY_NOW: '2026-03-01T00:00:00Z', ...variables },
    stdin: (async function* () {})(),
    ...{ terminalWidth: null, color: false, interactive: false, allowFetch: false },
    signal: new AbortController().signal,
  };
}

/**
 * A hasty reader: real where a fact says that input flows to the place; else harmless, and the call on the reported line is taken for a
 * sanitizer. Where it is not shown that line, or thinks of another one (every third finding), it makes a quote up.
 */
function answerTo(prompt: string): string {
  const answers = prompt
    .split('=== Finding ')
    .slice(1)
    .map((section) => {
      const [, id = ''] = /^(f-[0-9a-f]{10})/.exec(section) ?? [];
      const isReal = /\[E\d+\] (?:direct_flow|flow|taint)/.test(section);
      const { item, quote } = lineShown(section);
      const invents = quote === '' || Number.parseInt(id.slice(2), 16) % 3 === 0;
      const symbol = /(\w+)\s*\(/.exec(quote)?.[1] ?? 'clean';
      return {
        ...{ id, label: isReal ? 'true_positive' : 'false_positive', confidence: 0.9 },
        dismissal: isReal ? null : 'sanitised',
        claims: [
          {
            ...{ kind: isReal ? 'sink' : 'sanitizer', item, symbol: invents ? 'clean' : symbol },
            ...{ quote: invents ? 'value = clean(value)' : quote, says: 'This settles it.' },
          },
        ],
        ...{ root_cause: 'It was read in haste.', open_question: null, requests: [] },
      };
    });
  return JSON.stringify({ answers });
}

/** The reported line, from the piece of the evidence that shows it. */
function lineShown(section: string): { readonly item: string; readonly quote: string } {
  const [, line = '0'] = /Reported at `[^`]+`:(\d+)/.exec(section) ?? [];
  const [, item = 'E1', text = ''] =
    new RegExp(`\\[(E\\d+)\\] [^\\n]*\\n(?:(?!<<<|[^\\n]*\\[E)[^\\n]*\\n)*?\\S* ?${line}\\|([^\\n]*)`).exec(
      section,
    ) ?? [];
  return { item, quote: text.trim() };
}
