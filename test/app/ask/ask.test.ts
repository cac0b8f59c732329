// A question gets an answer from facts, or from a model whose words are checked and have no power over the terminal.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ResultDocument } from '#domain/result-document.ts';
import { type AskRequest, ask } from '../../../src/app/ask.ts';
import type { Environment } from '../../../src/app/environment.ts';
import { createTemporaryFolder } from '../../doubles/git-repository.ts';
import {
  aDocument,
  aFinding,
  aLocation,
  aReason,
  aVerdict,
  inLanguage,
} from '../../doubles/result-document.ts';
import {
  createScriptedModel,
  type ScriptedAnswer,
  type ScriptedModel,
} from '../../doubles/scripted-model.ts';

const SOURCE =
  'import db from "db";\n\nexport function show(request) {\n  const id = request.query.id;\n  return db.query("select " + id);\n}\n';
const AT = { path: 'src/show.js', line: 5, quote: '  return db.query("select " + id);' };
const REAL = aFinding({
  id: 'abcdef0123456789',
  location: aLocation({ path: AT.path, startLine: 5, endLine: 5 }),
  verdict: aVerdict('true_positive', aReason('TP.flow.remote', 'The query parameter reaches the call.', AT)),
  remediation: 'Bind the value.',
  flow: [
    {
      location: aLocation({ path: AT.path, startLine: 4, endLine: 4 }),
      message: 'from the \u001b[31mrequest',
    },
  ],
  knowledge: [{ label: 'K1', title: 'SQL', commit: null, path: 'SECURITY.md', anchor: 'sql', line: 1 }],
});
const OTHER = aFinding({
  id: 'bbbbbb0123456789',
  cwe: [79],
  ruleId: 'xss',
  location: aLocation({ path: 'src/page.js', startLine: 9, endLine: 9 }),
  gate: { effect: 'allowed', why: 'low' },
});
const DOCUMENT = aDocument([REAL, OTHER]);

let folder: string;
beforeAll(() => {
  folder = createTemporaryFolder();
  mkdirSync(path.join(folder, 'src'));
  writeFileSync(path.join(folder, 'src/show.js'), SOURCE);
  writeFileSync(
    path.join(folder, 'SECURITY.md'),
    '# SQL\n\nAlways bind values in SQL injection prone code.\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environment = (variables: Record<string, string> = {}): Environment => ({
  variables,
  stdin: (async function* () {})(),
  terminalWidth: 100,
  color: false,
  interactive: false,
  signal: new AbortController().signal,
  allowFetch: false,
});

async function answerTo(
  question: string,
  over: {
    request?: Partial<AskRequest>;
    document?: ResultDocument;
    model?: ScriptedModel;
    variables?: Record<string, string>;
  } = {},
): Promise<string> {
  const result = path.join(folder, 'assay.json');
  writeFileSync(result, JSON.stringify(over.document ?? DOCUMENT));
  const request: AskRequest = {
    question,
    finding: null,
    result,
    model: null,
    repo: '.',
    base: null,
    allowHttp: false,
    cwd: folder,
    ...over.request,
  };
  let text = '';
  const outlet = {
    write: (piece: string) => {
      text += piece;
    },
  };
  await ask(
    request,
    environment(over.variables),
    over.model === undefined ? outlet : { ...outlet, model: over.model },
  );
  return text;
}

describe('without a model', () => {
  test.each([
    ['where does the data in abcdef01 come from?', ['1. src/show.js:4 from the request [E2]']],
    [
      'what sanitises the value at src/show.js:5?',
      [
        'Nothing was found between source and sink',
        '- The query parameter reaches the call. (TP.flow.remote) [E1]',
      ],
    ],
    [
      'how do I fix the SQL injection in show?',
      ['How it is mended: Bind the value.', 'From your documents: [K1] SECURITY.md#sql'],
    ],
    [
      'which rule reports abcdef01',
      ['Rule sql-injection, reported by Semgrep 1.99.0', 'CWE-89 SQL injection:'],
    ],
    ['why is abcdef01 real?', ['It is real, decided by the built-in judge.']],
    ['who decided about abcdef01?', ['No model had a part in it.']],
    ['does abcdef01 block the merge?', ['It blocks this change: rule default']],
    ['how many findings are there?', ['2 findings: 1 real, 1 need review', '- abcdef0123456789 high']],
    ['abcdef01 bananas', ['Without a model I can answer these']],
  ])('answers "%s"', async (question, parts) => {
    const text = await answerTo(question);
    for (const part of parts) expect(text.replace(/\n {2}│ /g, ' ')).toContain(part);
    expect(text).not.toContain('\u001b');
  });

  test('each label that is cited is listed with its place, and no other', async () => {
    const text = await answerTo('where does the data in abcdef01 come from?');
    const [answer = '', sources = ''] = text.split('Sources:');
    const cited = [...new Set(answer.match(/\[E\d+\]/g))].sort();
    expect(cited.length).toBe(2);
    expect(
      [...sources.matchAll(/^ {2}(\[E\d+\]) src\/show\.js:\d/gm)].map((match) => match[1]).sort(),
    ).toEqual(cited);
  });

  test('answers in the language of the result, asked in either', async () => {
    const text = await answerTo('abcdef01 如何修复？', { document: inLanguage(DOCUMENT, 'zh-CN') });
    expect(text).toContain('修复方法：Bind the value.');
    expect(await answerTo('why abcdef01', { document: inLanguage(DOCUMENT, 'zh-CN') })).toContain(
      '结论：真实问题',
    );
  });

  test('says no secret that a result holds', async () => {
    const document = aDocument([{ ...REAL, remediation: 'Use canary-value-123456 here.' }]);
    const text = await answerTo('how to fix abcdef01', {
      document,
      variables: { MY_TOKEN: 'canary-value-123456' },
    });
    expect(text).not.toContain('canary-value');
  });

  test('an id that names nothing is a usage error', async () => {
    await expect(answerTo('why', { request: { finding: 'ffff' } })).rejects.toMatchObject({ code: 'usage' });
  });

  test('a model that is wanted and cannot be reached leaves the facts, and the reader is told', async () => {
    const text = await answerTo('why abcdef01', { request: { model: 'openai/gpt' } });
    expect(text).toMatch(/^No model was asked: /);
    expect(text).toContain('It is real');
  });
});

describe('with a model', () => {
  const saying = (answer: ScriptedAnswer) => createScriptedModel([answer]);

  test('it is shown the question, the code and the documents, and its sources are listed', async () => {
    const model = saying('The value comes from the request [E1], and must be bound [K1]. See [E99] too.');
    const text = await answerTo('why is abcdef01 real?', { model });
    expect(text).toContain('from the request [E1]');
    expect(text).toContain('[E99: no such source]');
    expect(text).toMatch(/Sources:\n {2}\[E1\] src\/show\.js:\d/);
    const prompt = model.asked[0]?.prompt ?? '';
    expect(prompt).toContain('why is abcdef01 real?');
    expect(model.asked[0]).toMatchObject({ task: 'question', schema: null });
    expect(text).toContain('nothing of it changes a verdict');
  });

  test('a hostile answer has no power over the terminal, split over pieces as it is', async () => {
    const hostile =
      'A\u001b]8;;https://evil.test\u0007link\u001b]8;;\u0007 \u001b[2J\u202Eabc\r\n::error::x\n##[error]y \u009b31m token canary-value-123456';
    const text = await answerTo('why abcdef01', {
      model: saying(hostile),
      variables: { MY_TOKEN: 'canary-value-123456' },
    });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|^::|##\[|canary-value/m);
  });

  test('a failure leaves the facts and one line', async () => {
    const text = await answerTo('why abcdef01', { model: saying({ fails: 'rate_limited' }) });
    expect(text).toContain('The model gave no answer');
    expect(text).toContain('It is real, decided by the built-in judge.');
  });

  test('it is not asked about a run as a whole', async () => {
    const model = saying('x');
    expect(await answerTo('how many findings?', { model })).toContain(
      'A model is asked about one finding only',
    );
    expect(model.asked).toEqual([]);
  });
});
