// What a person sees on the terminal.
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderTable } from '#publish/render-table.ts';
import { columnsOf } from '#support/text-columns.ts';
import { aDocument, aFinding, aJudgedFinding, inLanguage } from '../doubles/result-document.ts';
import { richDocument } from '../doubles/rich-document.ts';

describe('the verdict table', () => {
  it('shows on 80 columns what needs attention, what was dismissed, the counts and the decision', () => {
    expect(renderTable(richDocument(), { width: 80, color: false })).toMatchInlineSnapshot(`
      "CRITICAL
        ✗ true positive     src/main…epository.java:142  Detected SQL statement that …
        c0ffee0000000001    blocks · TP.flow.remote · The value of
                            │ \`request.getParameter("id")\` reaches \`executeQuery\` at …

      HIGH
        ✗ true positive     config/settings.py:7         Debug mode
        c0ffee0000000002    blocks · TP.misuse · The constant is itself the
                            │ weakness.
        ? needs review      ../outside/native.c          Buffer overflow
        c0ffee0000000005    blocks · REV.unresolved · The place that the report
                            │ names is not in the repository.
        ? needs review      web/src/下载/处理程序.ts:88  路径遍历：用户输入进入文件路…
        c0ffee0000000003    blocks · REV.param · The value is the parameter \`name\`
                            │ of \`readUpload\`: who calls it?

      MEDIUM
        ? needs review      lib/digest.go:31             Weak hash @here https://exfi…
        c0ffee0000000004    REV.param · The value is a parameter: who calls this
                            │ function, and with what?

      1 dismissed as false positive, and why
        ✓ tools/build.py:12            FP.const · Every argument of \`subprocess.run\` …

      1 waived or suppressed, and why
        – api/session.js:9             waived · waived by alice until 2027-01-31: leg…

      8 findings from 8 results · 2 true positives · 4 need review · 1 false positive
      · 1 outside the asked scope

      Assay: failed, 4 findings block this change
        · 4 of 8 findings block this change.
      "
    `);
  });

  it.each([60, 80, 100, 120, 160, 200])('is never wider than %i columns', (width) => {
    for (const language of ['en', 'zh-CN'] as const) {
      const lines = renderTable(inLanguage(richDocument(), language), { width, color: false }).split('\n');
      expect(lines.filter((line) => columnsOf(line) > width)).toEqual([]);
    }
  });

  it('has the same text with and without colour', () => {
    const colored = renderTable(richDocument(), { width: 100, color: true });
    expect(colored).toContain('\x1b[31m');
    expect(stripVTControlCharacters(colored)).toBe(renderTable(richDocument(), { width: 100, color: false }));
  });

  it('keeps the name of the file when the path is too long', () => {
    expect(renderTable(richDocument(), { width: 80, color: false })).toMatch(
      /src\/main…\S*epository\.java:142/,
    );
  });

  it('lines up the messages behind wide characters', () => {
    const lines = renderTable(richDocument(), { width: 120, color: false }).split('\n');
    const columnOf = (text: string) => {
      const line = lines.find((candidate) => candidate.includes(text)) ?? '';
      return columnsOf(line.slice(0, line.indexOf(text)));
    };
    expect(columnOf('路径遍历')).toBe(columnOf('Debug mode'));
  });

  it('shows the id that assay explain takes', () => {
    expect(renderTable(richDocument(), { width: 80, color: false })).toContain('c0ffee0000000001');
  });

  it('says when nothing needs attention', () => {
    const table = renderTable(aDocument([aJudgedFinding('high', 'false_positive', 'allowed')]), {
      width: 80,
      color: false,
    });
    expect(table).toContain('Nothing needs attention.');
    expect(table).toContain('1 dismissed as false positive, and why');
    expect(table).toContain('Assay: passed, nothing blocks this change');
  });

  it('counts what it does not show of a very long list', () => {
    const many = Array.from({ length: 500 }, () => aFinding());
    const table = renderTable(aDocument(many), { width: 100, color: false });
    expect(table).toContain('300 more rows are not shown here; all are in assay.json.');
    expect(table.match(/needs review /g)).toHaveLength(200);
  });
});

describe('a run that could not finish and found nothing', () => {
  it('does not claim that nothing needs attention', () => {
    const passed = renderTable(aDocument([]), { width: 80, color: false });
    expect(passed).toContain('Nothing needs attention.');
    const document = aDocument([]);
    const decision = { ...document.decision, outcome: 'unfinished' as const };
    const unfinished = renderTable({ ...document, decision }, { width: 80, color: false });
    expect(unfinished).not.toContain('Nothing needs attention.');
  });
});
