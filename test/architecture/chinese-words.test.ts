// One word for one thing in all Chinese texts, with Chinese punctuation: whoever reads a comment, the summary and a reason reads one voice.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const HAN = /\p{Script=Han}/u;

/** What else was said for a thing that has a word. */
const BANNED: readonly (readonly [variant: RegExp, word: string])[] = [
  [/阻断|阻挡/, '阻止合并'],
  [/需要复核|需复核|待审查|需要审查|待审核/, '待复核'],
  [/真阳性|真正问题/, '真实问题'],
  [/假阳性|错误报警/, '误报'],
  [/白名单|免除|豁除/, '豁免'],
  [/压制|屏蔽/, '抑制'],
  [/闸门|关卡|质量门/, '门禁'],
  [/修补程序/, '补丁'],
  [/修改建议|建议的修改|建议更改/, '建议修改'],
  [/扫描程序|扫描仪/, '扫描器'],
  [/此变更|该变更/, '本次变更'],
  [/汇总/, '摘要'],
  [/\d\}? 个发现(?!项)/, '个发现项'],
  [/\} 个问题/, '个发现项'],
];

/** Every text of the sources that holds Chinese, with its place; a template as it is written. */
function chineseTexts(): readonly (readonly [place: string, text: string])[] {
  return globSync('src/**/*.ts', { cwd: ROOT }).flatMap((file) => {
    const content = readFileSync(path.join(ROOT, file), 'utf8');
    if (!HAN.test(content)) return [];
    const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest);
    const found: [string, string][] = [];
    const visit = (node: ts.Node): void => {
      if ((ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && HAN.test(node.getText(source)))
        found.push([
          `${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`,
          node.getText(source).slice(1, -1),
        ]);
      node.forEachChild(visit);
    };
    visit(source);
    return found;
  });
}

function chineseCards(): readonly (readonly [place: string, text: string])[] {
  return globSync('rules/cwe/cards/*.yaml', { cwd: ROOT }).flatMap((file) =>
    readFileSync(path.join(ROOT, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (HAN.test(line) ? [[`${file}:${index + 1}`, line] as const] : [])),
  );
}

describe.each([
  ['the sources', chineseTexts(), 400],
  ['the cards', chineseCards(), 100],
])('Chinese in %s', (_, texts, atLeast) => {
  test('is found', () => expect(texts.length).toBeGreaterThan(atLeast));

  test('has one word for one thing', () => {
    const wrong = texts.flatMap(([place, text]) =>
      BANNED.flatMap(([variant, word]) => (variant.test(text) ? [`${place} ${text} → ${word}`] : [])),
    );
    expect(wrong).toEqual([]);
  });

  test('has its own colons, commas and the like', () => {
    const wrong = texts.flatMap(([place, text]) =>
      /\p{Script=Han}(?:\$\{[^}]*\})?[:,;?!]/u.test(text.replace(/`[^`]*`/g, '`'))
        ? [`${place} ${text}`]
        : [],
    );
    expect(wrong).toEqual([]);
  });
});
