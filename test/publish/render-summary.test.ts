// What a person reads in a job summary or a comment.
import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { renderSummary } from '#publish/render-summary.ts';
import { injectionCases } from '../doubles/injection-cases.ts';
import { liveParts, readMarkdown } from '../doubles/markdown-reader.ts';
import {
  aDocument,
  aFinding,
  aJudgedFinding,
  aLocation,
  aReason,
  aRun,
  aVerdict,
  inLanguage,
} from '../doubles/result-document.ts';
import { richDocument } from '../doubles/rich-document.ts';

const COMMENT = 60_000;

/** The lines of the table below a heading that starts with `title`. */
function rowsBelow(markdown: string, title: string): readonly string[] {
  const from = markdown.indexOf(title);
  const [, , ...rows] = markdown.slice(markdown.indexOf('\n| ', from)).trim().split('\n');
  return rows.slice(
    0,
    rows.findIndex((row) => !row.startsWith('|')),
  );
}

describe('the summary', () => {
  it('starts with the decision and its reasons', () => {
    const lines = renderSummary(richDocument(), { limit: COMMENT }).split('\n');
    expect(lines.slice(0, 5)).toEqual([
      '## ❌ Assay: failed, 4 findings block this change',
      '',
      '- 4 of 8 findings block this change.',
      '',
      '**8 findings from 8 results** · ❗ 2 true positives · ❓ 4 need review · ☑️ 1 false positive · 1 outside the asked scope',
    ]);
  });

  it('never calls an unfinished run clean', () => {
    const document = aDocument([], {
      decision: {
        outcome: 'unfinished',
        mode: 'enforce',
        reasons: [{ code: 'report-truncated', text: 'a.sarif: cut off at byte 17' }],
      },
    });
    const markdown = renderSummary(document, { limit: COMMENT });
    expect(markdown).toContain('## ⚠️ Assay: unfinished');
    expect(markdown).toContain('- `a.sarif`: cut off at byte 17');
    expect(markdown).not.toContain('✅');
  });

  it('shows a passed gate, and that there is nothing to do', () => {
    const markdown = renderSummary(aDocument([aJudgedFinding('high', 'false_positive', 'allowed')]), {
      limit: COMMENT,
    });
    expect(markdown).toContain('## ✅ Assay: passed, nothing blocks this change');
    expect(markdown).toContain('Nothing needs attention.');
  });

  it('says so when the gate only reports', () => {
    const document = aDocument([aFinding()], {
      decision: { outcome: 'failed', mode: 'report', reasons: [] },
    });
    expect(renderSummary(document, { limit: COMMENT })).toContain('- The gate only reports for now');
  });

  it('says once that the gate only reports, and of nothing that it blocks', () => {
    const text = '`gate.mode` is "report": 1 finding would have failed the gate.';
    const document = aDocument([aFinding()], {
      decision: { outcome: 'failed', mode: 'report', reasons: [{ code: 'report-mode', text }] },
    });
    const markdown = renderSummary(document, { limit: COMMENT });
    expect(markdown).toContain(
      '## ❌ Assay: failed, one finding would block this change, but the gate only reports\n',
    );
    expect(markdown).not.toContain('for now');
  });

  it('lists the worst first, what blocks before what does not, proved before open', () => {
    const rows = rowsBelow(
      renderSummary(
        aDocument([
          aJudgedFinding('low', 'true_positive', 'allowed'),
          aJudgedFinding('high', 'needs_review', 'allowed'),
          aJudgedFinding('high', 'needs_review', 'blocks'),
          aJudgedFinding('high', 'true_positive', 'blocks'),
          aJudgedFinding('critical', 'needs_review', 'blocks'),
        ]),
        { limit: COMMENT },
      ),
      '### What needs attention (5)',
    );
    expect(
      rows.map((row) =>
        row
          .split('|')
          .slice(1, 3)
          .map((cell) => cell.trim()),
      ),
    ).toEqual([
      ['🟣 critical', 'needs review<br>⛔ blocks'],
      ['🔴 high', '**true positive**<br>⛔ blocks'],
      ['🔴 high', 'needs review<br>⛔ blocks'],
      ['🔴 high', 'needs review'],
      ['🟡 low', '**true positive**'],
    ]);
  });

  it('tells of each finding where, what, why and who says so', () => {
    const [row] = rowsBelow(renderSummary(richDocument(), { limit: COMMENT }), '### What needs attention');
    expect(row).toBe(
      '| 🟣 critical | **true positive**<br>⛔ blocks | **`src/main/java/org/example/shop/orders/repository/OrderRepository.java:142`**<br>' +
        '``Detected SQL statement that is tainted by `request` object. Use prepared statements \\| bind parameters.``<br>' +
        'The value of `request.getParameter("id")` reaches `executeQuery` at line 142.<br>' +
        '<sub>TP.flow.remote: a remote value reaches the call · CWE-89 · Semgrep `java.lang.security.audit.sqli.jdbc-sqli` · `c0ffee0000000001`</sub> |',
    );
  });

  it('puts the open question to the reviewer', () => {
    expect(renderSummary(richDocument(), { limit: COMMENT })).toContain(
      '_Open question:_ The value is the parameter `name` of `readUpload`: who calls it?',
    );
  });

  it('folds away what was dismissed, with the reason and the line it rests on', () => {
    const markdown = renderSummary(richDocument(), { limit: COMMENT });
    expect(markdown).toContain('<details><summary>1 dismissed as false positive, and why</summary>');
    expect(markdown).toContain(
      'Every argument of `subprocess.run` is a literal.<br>`tools/build.py:12` `subprocess.run(["make", "all"], check=True)`',
    );
  });

  it('folds away what was waived, what did not resolve and the inputs with their digests', () => {
    const markdown = renderSummary(richDocument(), { limit: COMMENT });
    expect(markdown).toContain('**waived**: waived by alice until 2027-01-31: legacy widget');
    expect(markdown).toContain(
      '- `../outside/native.c` (1 finding): no file of the repository ends with this path',
    );
    expect(markdown).toContain('| `semgrep.sarif` | Semgrep 1.99.0 | 8 | `9f86d081884c` |');
  });

  it('shows which report could not be read', () => {
    const inputs = aRun().inputs.map((input) => ({
      ...input,
      fault: { kind: 'truncated' as const, message: 'ends inside results[3] at byte 4096', byteOffset: 4096 },
    }));
    expect(renderSummary(aDocument([], { run: { ...aRun(), inputs } }), { limit: COMMENT })).toContain(
      '`semgrep.sarif`<br>⚠️ ends inside `results[3]` at byte 4096',
    );
  });

  it('lists rejected results with the reason', () => {
    const document = aDocument([], {
      results: [
        {
          input: 0,
          run: 0,
          index: 3,
          tool: 'Trivy',
          ruleId: 'CVE-1',
          path: null,
          line: null,
          disposition: 'rejected',
          why: 'it has no message',
          findingId: null,
          verdict: null,
        },
      ],
    });
    expect(renderSummary(document, { limit: COMMENT })).toContain('- Trivy `CVE-1`: it has no message');
  });

  it('ends with what was read from where, by which judge and without a model', () => {
    expect(renderSummary(richDocument(), { limit: COMMENT }).trimEnd().split('\n').at(-1)).toBe(
      '<sub>Assay 0.1.0 · sources at head `2222222222`, base `1111111111` · policy from the base `assay.yml@1111111` (SHA-256 `abababababab`) · judge builtin, no model · scope new</sub>',
    );
  });

  it('warns of invisible characters beside the finding that holds them, and of nothing else', () => {
    const noteOn = (message: string) =>
      renderSummary(aDocument([aFinding({ message })]), { limit: COMMENT }).includes(
        '⚠️ holds invisible characters',
      );
    expect(noteOn('safe\u202e;)tupni(lave')).toBe(true);
    expect(noteOn('a\u{E0041}b')).toBe(true);
    const benign = injectionCases().filter(({ attack_goal }) => attack_goal === 'none');
    expect(benign.filter(({ payload }) => noteOn(payload))).toEqual([]);
  });

  it('speaks Chinese when asked, and keeps the foreign text as it is', () => {
    const markdown = renderSummary(inLanguage(richDocument(), 'zh-CN'), { limit: COMMENT });
    expect(markdown).toContain('## ❌ Assay：未通过，4 个发现项阻止合并');
    expect(markdown).toContain('| 🟣 严重 | **真实问题**<br>⛔ 阻止合并 |');
    expect(markdown).toContain('`Command injection`');
    expect(liveParts(markdown)).toEqual([]);
  });
});

describe('a summary that has to be short', () => {
  const long = '路'.repeat(300);
  const many = Array.from({ length: 5000 }, (_, index) =>
    aFinding({
      message: `${index} ${'`'.repeat(index % 7)} ${long}`,
      location: aLocation({ path: `src/${index}.ts` }),
      verdict: aVerdict(
        index % 2 === 0 ? 'needs_review' : 'false_positive',
        aReason('FP.const', `${long} 😀`.repeat(3)),
      ),
    }),
  );

  it.each([60_000, 20_000, 5_000, 2_000])(
    'keeps within %i characters, in whole rows, and counts the rest',
    (limit) => {
      const markdown = renderSummary(aDocument(many), { limit });
      expect(markdown.length).toBeLessThanOrEqual(limit);
      expect(markdown.isWellFormed()).toBe(true);
      expect(liveParts(markdown)).toEqual([]);
      expect(markdown).toContain('## ❌ Assay: failed');
      expect(markdown).toContain('judge builtin, no model');
      expect(markdown).toMatch(
        /more rows are not shown here; all are in assay\.json|everything is in assay\.json/,
      );
      expect((markdown.match(/<details>/g) ?? []).length).toBe((markdown.match(/<\/details>/g) ?? []).length);
    },
  );

  it('counts exactly the rows that are missing', () => {
    const markdown = renderSummary(aDocument(many), { limit: 60_000 });
    const shown = rowsBelow(markdown, '### What needs attention (2500)').length;
    const missing = Number(/_(\d+) more rows/.exec(markdown)?.[1]);
    expect(shown).toBeGreaterThan(20);
    expect(shown + missing).toBe(2500);
  });

  it('keeps within the 1 MiB of a job summary, which counts bytes', () => {
    const markdown = renderSummary(aDocument(many), { limit: 1_000_000 });
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(1 << 20);
    expect(Buffer.byteLength(markdown)).toBeGreaterThan(900_000);
  });

  it('reads as one document: every table is a table', () => {
    const { types, prose } = readMarkdown(renderSummary(aDocument(many), { limit: 60_000 }));
    expect(types.has('table')).toBe(true);
    expect(prose.filter((text) => text.includes('---'))).toEqual([]);
  });
});
