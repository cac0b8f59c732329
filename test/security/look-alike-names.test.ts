// Security row 33: names that look like others, mix scripts or hide characters are told beside the finding, and decide nothing.
import { describe, expect, it } from 'vitest';
import { renderComment } from '#publish/render-comment.ts';
import { renderExplanation } from '#publish/render-explanation.ts';
import { renderSummary } from '#publish/render-summary.ts';
import { aCommentRequest } from '../doubles/comment-request.ts';
import { type Ask, evidenceOf } from '../evidence/evidence-of.ts';
import { documentOf, findingsOf } from './injection/compared.ts';
import { runScene } from './injection/run-scene.ts';
import { sceneOf } from './injection/scene.ts';

const oddIn = async (text: string, ask: Ask = {}) =>
  ((await evidenceOf('javascript', text, ask)).oddNames ?? []).map(
    ({ oddity, name, line, characters }) => `${oddity} ${name} ${line} ${characters.join(' ')}`,
  );
const code = (lines: string) =>
  `const isAdmin = load();\nfunction f(user) {\n${lines}\n  db.query(user); // HERE\n}\n`;

describe('code with names that deceive', () => {
  it.each([
    ['a Cyrillic letter', '  if (is\u0410dmin) return;', 'mixed_scripts is\u0410dmin 3 U+0410'],
    [
      'letters of another width',
      '  if (\uff49\uff53Admin) return;',
      'look_alike \uff49\uff53Admin 3 U+FF49 U+FF53',
    ],
    ['a whole name of look-alikes', '  const a = 1; const \u0430 = 2;', 'look_alike \u0430 3 U+0430'],
    ['a turned direction', '  // \u202e } check', 'direction // \u202e } check 3 U+202E'],
    ['nothing to see', '  const us\u200ber = 1;', 'invisible const us\u200ber = 1; 3 U+200B'],
  ])('by %s is noted', async (_what, lines, noted) => {
    expect(await oddIn(code(lines))).toEqual([noted]);
  });

  it.each([
    ['words of people in comments and texts', "  // \u043e\u043d \u0430 user\n  log('\u0430 \u0441 user');"],
    ['names in one script', '  const \u0438\u043c\u044f = 1, \u540d\u79f0 = 2, na\u00efve = 3;'],
    ['Chinese beside Latin letters', '  const user\u540d = 1;'],
    ['mathematics', '  const \u0394x = 1;'],
    ['emoji', "  log('\ud83d\udc69\u200d\ud83d\udcbb');"],
  ])('is not: %s', async (_what, lines) => {
    expect(await oddIn(code(lines))).toEqual([]);
  });
});

describe('a finding in such code', () => {
  it('keeps its verdict, and says so in the prompt, the comment, the explanation and the summary, in both languages', async () => {
    const lines = (name: string) => `const ${name} = 1; check(${name});`;
    const [odd, plain] = await Promise.all([
      runScene(sceneOf({ code: lines('p\u0430ypal') }), null),
      runScene(sceneOf({ code: lines('paypal') }), null),
    ]);
    const judged = (run: typeof odd) =>
      findingsOf(run).map(({ verdict, gate }) => [verdict?.label, verdict?.confidence, gate]);
    expect(judged(odd)).toEqual(judged(plain));
    const asked = await runScene(sceneOf({ code: lines('p\u0430ypal') }), () => '{"answers":[]}');
    const told = 'mixes letters of several scripts (U+0430)';
    expect(asked.prompts.some(({ text }) => text.includes(told))).toBe(true);
    expect(JSON.stringify(documentOf(plain))).not.toContain('oddNames');
    const document = documentOf(odd);
    const finding = document.findings.find(({ oddNames = [] }) => oddNames.length > 0);
    if (finding === undefined) throw new Error('nothing was noted');
    expect(finding.oddNames?.[0]).toMatchObject({ oddity: 'mixed_scripts', characters: ['U+0430'] });
    for (const [language, words, note] of [
      ['en', 'mixes letters of several scripts (U+0430)', 'names that may deceive a reader'],
      ['zh-CN', '混用了多种文字的字母（U+0430）', '有可能误导读者的名称'],
    ] as const) {
      expect(renderComment(aCommentRequest({ finding, language })).body).toContain(words);
      const spoken = { ...document, run: { ...document.run, language } };
      const explained = renderExplanation(spoken, finding.id, { width: 120, color: false });
      expect(explained.replace(/\s*\n\s*[│|]?\s*/g, ' ')).toContain(words);
      expect(renderSummary(spoken, { limit: 60_000 })).toContain(note);
    }
  });
});
