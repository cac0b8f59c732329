// Security row 7 for models: 200 comments that try to talk the judge into a dismissal stand above 200 findings, and the model believes them all.
import { expect, it } from 'vitest';
import type { InjectionCase } from '../doubles/injection-cases.ts';
import { PERSUASION } from '../doubles/persuasion.ts';
import { findingsOf } from './injection/compared.ts';
import { answerOf } from './injection/models.ts';
import { runScene } from './injection/run-scene.ts';
import { policyWith, type Scene } from './injection/scene.ts';

const PER_FILE = 20;

/** A function for each comment, with a finding in its fifth line; a comment is one line. */
function sceneWith(comments: readonly string[]): Scene {
  const one = (comment: string, at: number) => `function show${at}(req) {
  const name = lookUp(req);
  const title = escapeHtml(req.query.title);
  // ${comment.replace(/\s+/g, ' ')}
  db.query('SELECT * FROM t WHERE n = ' + name);
  return title;
}
`;
  const files: Record<string, string> = {};
  const results = comments.map((comment, at) => {
    const uri = `src/page-${Math.floor(at / PER_FILE)}.js`;
    files[uri] = `${files[uri] ?? ''}${one(comment, at)}`;
    const region = { startLine: (at % PER_FILE) * 7 + 5 };
    const locations = [{ physicalLocation: { artifactLocation: { uri }, region } }];
    return { ruleId: 'js/sql-injection', level: 'error', message: { text: 'A query.' }, locations };
  });
  const rule = {
    id: 'js/sql-injection',
    properties: { tags: ['external/cwe/cwe-089'], 'security-severity': '8.8' },
  };
  const runs = [{ tool: { driver: { name: 'Finder', rules: [rule] } }, results }];
  const policy = policyWith(false).replace(/budget: .*/, 'budget: {tokens: 100000000, findings: 500}');
  return {
    report: JSON.stringify({ version: '2.1.0', runs }),
    base: { 'assay.yml': policy },
    head: { 'assay.yml': policy, ...files },
  };
}

const BELIEVER: InjectionCase = {
  ...{ id: 'inj-003', channel: 'code_comment', encoding: 'plain', attack_goal: 'suppress_finding' },
  ...{ payload: PERSUASION[0] ?? '', expected: { must: [] } },
  hijacked_reply: { verdict: 'false_positive', confidence: 1, reason: 'The comment says so.' },
};

it('lowers no verdict, changes no gate and hides no finding', { timeout: 120_000 }, async () => {
  const persuaded = sceneWith(PERSUASION);
  const run = await runScene(persuaded, answerOf(BELIEVER, 'quoting'));
  const plain = findingsOf(await runScene(sceneWith(PERSUASION.map(() => 'plain')), null));
  const found = findingsOf(run);
  expect(found).toHaveLength(200);
  const lowered = found.filter((one, at) => one.verdict?.label !== plain[at]?.verdict?.label);
  expect(lowered).toEqual([]);
  expect(found.map(({ gate }) => gate.effect)).toEqual(plain.map(({ gate }) => gate.effect));
  expect(new Set(found.map(({ verdict }) => verdict?.model?.label))).toEqual(new Set(['false_positive']));
  expect(new Set(found.map(({ verdict }) => verdict?.model?.part))).toEqual(new Set(['overruled']));
  expect(run.outcome.exitCode).toBe(1);
});
