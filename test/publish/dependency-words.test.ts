// What a person reads of a vulnerable package: in the comment, the summary, the table, the explanation, and in SARIF.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Patch } from '#domain/patch.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { VexStatement } from '#domain/vex.ts';
import { linkPrefixesOf } from '#publish/code-link.ts';
import { dependencyWords } from '#publish/dependency-words.ts';
import { lastLook } from '#publish/last-look.ts';
import { visibleText } from '#publish/marker.ts';
import { renderComment } from '#publish/render-comment.ts';
import { renderExplanation } from '#publish/render-explanation.ts';
import { renderSarif } from '#publish/render-sarif.ts';
import { renderSummary } from '#publish/render-summary.ts';
import { renderTable } from '#publish/render-table.ts';
import { aCommentRequest, COMMENT_CHANGE } from '../doubles/comment-request.ts';
import {
  aDependency,
  aDependencyFinding,
  aFindingAt,
  aLicenceFinding,
  anUpgrade,
  aVulnerability,
} from '../doubles/dependency-finding.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { hiddenCharacters, liveParts } from '../doubles/markdown-reader.ts';
import { aDocument, aFinding, aLocation, inLanguage } from '../doubles/result-document.ts';

const transitive = aFindingAt('imported', ['needs_review', 'REV.sca.symbols'], {
  dependency: {
    package: { ecosystem: 'npm', name: 'minimist', version: '0.0.8', purl: 'pkg:npm/minimist@0.0.8' },
    ...{ versions: ['0.0.8', '1.2.0'], direct: false, scope: 'dev' },
    vulnerability: aVulnerability({
      id: 'CVE-2021-44906',
      title: 'Prototype pollution',
      epss: 0.0004,
      kev: true,
    }),
    paths: [
      ['mkdirp@0.5.1', 'minimist@0.0.8'],
      ['tool@1.0.0', 'mkdirp@0.5.1', 'minimist@1.2.0'],
    ],
    upgrade: anUpgrade({
      ...{ kind: 'override', package: 'minimist', to: '1.2.6', breaking: true, command: 'npm install' },
      ...{ leaves: ['CVE-2021-44906', 'CVE-2020-7598'], remains: ['CVE-2030-1'] },
      text: '`minimist` is brought in by `mkdirp`: hold it to version `1.2.6` by `overrides`.',
    }),
    decision: {
      statement: {
        ...{ vulnerability: ['CVE-2021-44906'], packages: [], status: 'affected', justification: null },
        ...{ statement: null, author: 'Security team', timestamp: null },
      },
      ...{ source: 'vex.json', honoured: false, why: 'it clears nothing' },
    },
  },
});

/** Without what is folded away and without the marker. */
function commentOf(finding: FindingRecord, language: 'en' | 'zh-CN' = 'en'): string {
  const { body } = renderComment(aCommentRequest({ finding, language }));
  expect(lastLook(body, { allowedLinkPrefixes: linkPrefixesOf(COMMENT_CHANGE) })).toBeNull();
  return visibleText(body)
    .replace(/<details>[\s\S]*<\/details>/, '')
    .replaceAll(COMMENT_CHANGE.blobUrl, 'BLOB')
    .trim();
}

describe('a comment about a vulnerable package', () => {
  it('says what to do in its second line, and then what is known', () => {
    expect(commentOf(aDependencyFinding())).toMatchInlineSnapshot(`
      "🔴 **Real · high · \`lodash 4.17.20\`: \`CVE-2021-23337\`**<br><sub>⛔ blocks this change · 94 % of such verdicts were right when measured, at least 90 %</sub>

      **Upgrade \`lodash\` to \`4.17.21\`** · no breaking change by its version · \`npm install lodash@4.17.21\`

      - Vulnerability: \`Command injection in lodash\` · also \`GHSA-35jh-r3h4-6jhm\` · CVSS 7.2 · EPSS 1.23% · mended in \`4.17.21\`
      - Reached: runtime code uses the vulnerable part. \`src/mail.ts\` line 4 calls \`template\`.
      - [\`src/mail.ts:4\`](BLOB/src/mail.ts#L4) \`const mail = template(text);\`
      - Comes in: the project asks for it itself
      - Priority: 61 of 100: CVSS 7.2, called from runtime code, a direct dependency."
    `);
  });

  it('asks where the search does not decide, and says all that matters of an upgrade', () => {
    expect(commentOf(transitive)).toMatchInlineSnapshot(`
      "🔴 **Needs review · high · \`minimist 0.0.8, 1.2.0\`: \`CVE-2021-44906\`**<br><sub>⛔ blocks this change · 50 % of such findings were real when measured, at least 41 %</sub>

      **Hold \`minimist\` at \`1.2.6\`** · may break callers · leaves 1 more vulnerability behind · not left behind: \`CVE-2030-1\` · \`npm install\`

      \`minimist\` is brought in by \`mkdirp\`: hold it to version \`1.2.6\` by \`overrides\`.

      - Vulnerability: \`Prototype pollution\` · also \`GHSA-35jh-r3h4-6jhm\` · CVSS 7.2 · EPSS 0.04% · known to be exploited (CISA KEV) · mended in \`4.17.21\`
      - Reached: runtime code imports it, and which part is vulnerable is not known
      - [\`src/mail.ts:4\`](BLOB/src/mail.ts#L4) \`const mail = template(text);\`
      - Comes in: by \`mkdirp@0.5.1 → minimist@0.0.8\` · and in 1 more way · for development only
      - Priority: 61 of 100: CVSS 7.2, called from runtime code, a direct dependency.
      - Decision: affected, says \`Security team\` in \`vex.json\`, without a date; it does not count here

      **Please answer:** Does this project use what is vulnerable in it? Searched 12 files under \`src\`: imported."
    `);
  });

  it('says it in Chinese', () => {
    expect(commentOf(transitive, 'zh-CN')).toMatchInlineSnapshot(`
      "🔴 **待复核 · 高 · \`minimist 0.0.8, 1.2.0\`：\`CVE-2021-44906\`**<br><sub>⛔ 阻止合并 · 实测中此类发现有 50% 确有问题，至少 41%</sub>

      **将 \`minimist\` 固定为 \`1.2.6\`** · 可能破坏调用方 · 同时消除另外 1 个漏洞 · 未消除：\`CVE-2030-1\` · \`npm install\`

      \`minimist\` is brought in by \`mkdirp\`: hold it to version \`1.2.6\` by \`overrides\`.

      - 漏洞：\`Prototype pollution\` · 又名 \`GHSA-35jh-r3h4-6jhm\` · CVSS 7.2 · EPSS 0.04% · 已知遭利用（CISA KEV） · 已在 \`4.17.21\` 中修复
      - 可达性：运行时代码导入了它，但不清楚哪一部分有漏洞
      - [\`src/mail.ts:4\`](BLOB/src/mail.ts#L4) \`const mail = template(text);\`
      - 引入途径：由 \`mkdirp@0.5.1 → minimist@0.0.8\` 引入 · 另有 1 条途径 · 仅用于开发
      - 优先级：61 of 100: CVSS 7.2, called from runtime code, a direct dependency.
      - 已有决定：\`Security team\` 在 \`vex.json\` 中称 affected，未注明日期；此处不予采纳

      **请回答：** 本项目是否用到了其中有漏洞的部分？ Searched 12 files under \`src\`: imported."
    `);
  });

  it('says what a licence is, and that there is no fix where there is none', () => {
    expect(commentOf(aLicenceFinding())).toMatchInlineSnapshot(`
      "🔴 **Real · high · \`chess 1.0.0\`: \`GPL-3.0-only\`**<br><sub>⛔ blocks this change · the team's policy decides on licences</sub>

      - Licence: The policy denies \`GPL-3.0-only\`.
      - Comes in: the project asks for it itself
      - [\`src/mail.ts:4\`](BLOB/src/mail.ts#L4) \`const mail = template(text);\`"
    `);
    const none = anUpgrade({
      kind: 'none',
      package: null,
      to: null,
      command: null,
      text: 'Replace the package.',
    });
    const body = commentOf(aDependencyFinding({ dependency: aDependency({ upgrade: none }) }));
    expect(body).toContain('**No version without it is known**\n\nReplace the package.');
  });

  it('names what brings the package in, where that has to be raised and to what is not known', () => {
    const upgrade = anUpgrade({
      ...{ kind: 'parent', package: 'mkdirp', from: '0.5.1', to: null, breaking: null, command: null },
      text: '`mkdirp` does not take it.',
    });
    const finding = aDependencyFinding({ dependency: aDependency({ upgrade }) });
    expect(commentOf(finding)).toContain(
      '**Upgrade or replace `mkdirp`, which brings `lodash` in**\n\n`mkdirp` does not take it.',
    );
    expect(commentOf(finding, 'zh-CN')).toContain('**升级或替换引入 `lodash` 的 `mkdirp`**');
  });

  it('names the other manifests that ask for the package, which the patch of one does not edit', () => {
    const at = (path: string) => ({
      ...{ kind: 'manifest' as const, ...aLocation({ path, startLine: 4, endLine: 4 }) },
    });
    const patch: Patch = {
      ...{ path: 'a/package.json', origin: 'upgrade', tool: null, description: null, checks: [] },
      edits: [{ startLine: 4, lines: 1, newText: 'x' }],
      ...{ before: 'a'.repeat(64), after: 'b'.repeat(64) },
    };
    const dependency = aDependency({ places: [at('a/package.json'), at('b/package.json')] });
    expect(commentOf(aDependencyFinding({ dependency, patch }))).toContain(
      'no breaking change by its version · also asked for in `b/package.json`, which the patch leaves as it is',
    );
    const central = { ...patch, path: 'Directory.Packages.props' };
    expect(commentOf(aDependencyFinding({ dependency, patch: central }))).not.toContain('also asked');
    const alone = aDependency({ places: [at('a/package.json')] });
    expect(commentOf(aDependencyFinding({ dependency: alone, patch }))).not.toContain('also asked');
  });

  it('has nothing to do about what was dismissed', () => {
    expect(commentOf(aFindingAt('not_called', ['false_positive', 'FP.sca.not-called']))).not.toContain(
      'Upgrade',
    );
  });
});

describe('a decision of somebody else that clears a finding', () => {
  const statement: VexStatement = {
    ...{ vulnerability: ['CVE-2021-23337'], packages: [], status: 'not_affected', justification: null },
    ...{ statement: null, author: 'The security team of the shop', timestamp: '2026-10-01T08:00:00Z' },
  };
  const source = 'decisions/of-the-team/2026/templates-are-ours.openvex.json';
  const ruling = { statement, source, honoured: true, why: `a decision of ${source}` };
  const cleared = (label: 'false_positive' | 'needs_review', over: object = {}) => {
    const finding = aFindingAt('imported', [label, 'REV.sca.symbols'], {
      dependency: aDependency({ decision: { ...ruling, ...over } }),
    });
    return aDocument([{ ...finding, gate: { ...finding.gate, effect: 'suppressed', why: ruling.why } }]);
  };
  const said =
    'not_affected, says `The security team of the shop` in `decisions/of-the-team/2026/templates-are-ours.openvex.json`, 2026-10-01';

  it.each(['false_positive', 'needs_review'] as const)(
    'is told with its author, document and day for a verdict of %s, and not cut off',
    (label) => {
      const document = cleared(label);
      const table = renderTable(document, { width: 80, color: false });
      const lines = table.split('\n').filter((line) => line.startsWith('    │ '));
      expect(lines.map((line) => line.slice(6)).join(' ')).toBe(said);
      const summary = renderSummary(document, { limit: 60_000 });
      expect(summary.replaceAll('`', '')).toContain(said.replaceAll('`', ''));
      const text = renderExplanation(document, document.findings[0]?.id ?? '', { width: 80, color: false });
      expect(text.replace(/\n +│ /g, ' ')).toContain(`Decision       ${said}`);
    },
  );

  it('is no reason where it does not count, and why not is told', () => {
    const document = cleared('needs_review', { honoured: false, why: 'a change cannot decide on itself' });
    expect(renderTable(document, { width: 80, color: false })).not.toContain('security team');
    const text = renderExplanation(document, document.findings[0]?.id ?? '', { width: 80, color: false });
    expect(text.replace(/\n +│ /g, ' ')).toContain(
      `${said}; it does not count here: a change cannot decide on itself`,
    );
  });

  it('says so when it has no date, in both languages', () => {
    const document = cleared('needs_review', { statement: { ...statement, timestamp: 'soon' } });
    const [finding] = document.findings as [FindingRecord];
    expect(dependencyWords(finding, 'en')?.clearedBy).toMatch(/, without a date$/);
    expect(dependencyWords(finding, 'zh-CN')?.clearedBy).toMatch(
      /^`The security.*中称 not_affected，未注明日期$/,
    );
  });
});

describe('elsewhere', () => {
  const document = aDocument([aDependencyFinding({ id: 'c0ffee0000000001' }), aFinding()]);

  it('the table names package and vulnerability, and what to do', () => {
    const table = renderTable(document, { width: 160, color: false });
    expect(table).toContain('`lodash 4.17.20`: `CVE-2021-23337` · Command injection in lodash');
    expect(table).toMatch(/blocks · Upgrade `lodash` to `4\.17\.21` · TP\.sca\.called/);
  });

  it('the summary does', () => {
    const summary = renderSummary(document, { limit: 60_000 });
    expect(summary).toContain(
      '`lodash 4.17.20`: `CVE-2021-23337`<br>`Command injection in lodash`<br>**Upgrade `lodash` to `4.17.21`** · no breaking change by its version · `npm install lodash@4.17.21`',
    );
  });

  it('the explanation has a field for each thing that is known', () => {
    const text = renderExplanation(document, 'c0ffee0000000001', { width: 100, color: false });
    expect(text.slice(0, text.indexOf('Root cause'))).toMatchInlineSnapshot(`
      "HIGH  CWE-94 · \`lodash 4.17.20\`: \`CVE-2021-23337\`
      package.json:7
      c0ffee0000000001

      Verdict        ✗ true positive (builtin)
                     │ The code itself shows the weakness: the cited lines prove it.
      Confidence     94 % of such verdicts were right when measured, at least 90 %

      Reported       Command injection in lodash

      What to do     Upgrade \`lodash\` to \`4.17.21\` · no breaking change by its version
                     │ npm install lodash@4.17.21
      Vulnerability  \`Command injection in lodash\` · also \`GHSA-35jh-r3h4-6jhm\` · CVSS 7.2 · EPSS 1.23%
                     │ · mended in \`4.17.21\`
      Reached        runtime code uses the vulnerable part. \`src/mail.ts\` line 4 calls \`template\`.
      Comes in       the project asks for it itself
      Priority       61 of 100: CVSS 7.2, called from runtime code, a direct dependency.

      "
    `);
  });

  it('a licence is explained as what the policy says, and as no estimate', () => {
    const licence = aDocument([aLicenceFinding({ id: 'c0ffee0000000002' })]);
    const explained = (one: typeof licence) =>
      renderExplanation(one, 'c0ffee0000000002', { width: 100, color: false });
    const text = explained(licence);
    expect(text).toContain(
      "The team's policy does not allow the licence; the cited lines bring the package in.",
    );
    expect(text).toMatch(/Confidence +none is needed: the policy decides, and nothing is estimated/);
    expect(text).not.toMatch(/weakness|measured/);
    const chinese = explained(inLanguage(licence, 'zh-CN'));
    expect(chinese).toContain('团队的策略不允许该许可证');
    expect(chinese).not.toMatch(/弱点：|实测/);
  });

  it('SARIF has properties for machines', () => {
    const [result] = JSON.parse(renderSarif(document)).runs[0].results.filter(
      ({ ruleId }: { ruleId: string }) => ruleId === 'CVE-2021-23337',
    );
    expect(result.message.text).toMatch(
      /^`lodash 4\.17\.20`: `CVE-2021-23337`\. Command injection in lodash/,
    );
    expect(result.properties).toMatchObject({
      ...{ package: 'lodash', ecosystem: 'npm', purl: 'pkg:npm/lodash@4.17.20', versions: ['4.17.20'] },
      ...{ vulnerability: 'CVE-2021-23337', epss: 0.0123, kev: false, fixedIn: ['4.17.21'], cvssScore: 7.2 },
      ...{
        reachability: 'called',
        priority: 61,
        upgradeTo: '4.17.21',
        direct: true,
        dependencyScope: 'runtime',
      },
    });
    const [code] = JSON.parse(renderSarif(aDocument([aFinding()]))).runs[0].results;
    expect(code.properties).not.toHaveProperty('purl');
    const [licence] = JSON.parse(renderSarif(aDocument([aLicenceFinding()]))).runs[0].results;
    expect(licence.properties).toMatchObject({ licence: 'GPL-3.0-only', reachability: null });
  });

  it('says nothing of packages where a finding is about code', () => {
    expect(dependencyWords(aFinding(), 'en')).toBeNull();
  });
});

it('nothing that a tool or a lock file says is live anywhere, and the comment passes the last look', () => {
  fc.assert(
    fc.property(
      fc.array(hostileText, { minLength: 8, maxLength: 8 }),
      fc.constantFrom('en', 'zh-CN'),
      (texts, language) => {
        const [name = '', version = '', id = '', title = '', path = '', command = '', why = '', author = ''] =
          texts;
        const marked = '`'.concat(why.replaceAll('`', "'"), '`');
        const finding = aFindingAt('called', ['true_positive', 'TP.sca.called'], {
          dependency: {
            ...{ package: { ecosystem: name, name, version, purl: null }, versions: [version, name] },
            vulnerability: aVulnerability({ id, aliases: [title, path], title, fixedIn: [version] }),
            ...{
              direct: false,
              paths: [
                [path, name],
                [author, path, name],
              ],
            },
            upgrade: anUpgrade({
              kind: 'override',
              package: name,
              to: version,
              remains: [id],
              command,
              text: marked,
            }),
            decision: {
              statement: {
                ...{ vulnerability: [id], packages: [], status: 'affected', justification: null },
                statement: why,
                author,
                timestamp: null,
              },
              ...{ source: path, honoured: false, why },
            },
          },
        });
        commentOf(finding, language);
        const summary = renderSummary(inLanguage(aDocument([finding]), language), { limit: 60_000 });
        expect(liveParts(summary)).toEqual([]);
        expect(hiddenCharacters(summary)).toEqual([]);
        const document = inLanguage(aDocument([finding]), language);
        const shown =
          renderTable(document, { width: 100, color: false }) +
          renderExplanation(document, finding.id, { width: 100, color: false });
        expect(shown).not.toMatch(/\u001b|^::|##\[/m);
      },
    ),
    { numRuns: 60 },
  );
});
