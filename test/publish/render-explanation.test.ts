// Everything about one finding, on a terminal.

import { describe, expect, it } from 'vitest';
import type { FindingRecord } from '#domain/result-document.ts';
import { renderExplanation } from '#publish/render-explanation.ts';
import { columnsOf } from '#support/text-columns.ts';
import { inLanguage } from '../doubles/result-document.ts';
import { richDocument } from '../doubles/rich-document.ts';

const plain = { width: 80, color: false } as const;

describe('the explanation of a finding', () => {
  it('tells the verdict, what it rests on, and where the finding stands', () => {
    expect(renderExplanation(richDocument(), 'c0ffee0000000001', plain)).toMatchInlineSnapshot(`
      "CRITICAL  CWE-89 · java.lang.security.audit.sqli.jdbc-sqli
      src/main/java/org/example/shop/orders/repository/OrderRepository.java:142
      c0ffee0000000001

      Verdict      ✗ true positive (builtin)
                   │ The code itself shows the weakness: the cited lines prove it.
      Confidence   94 % of such verdicts were right when measured, at least 90 %

      Reported     Detected SQL statement that is tainted by \`request\` object. Use
                   │ prepared statements | bind parameters.

      Root cause   The handler builds SQL text out of a request parameter.

      How to fix   Bind the value with a prepared statement.

      Reasons
        TP.flow.remote  a remote value reaches the call
        │ The value of \`request.getParameter("id")\` reaches \`executeQuery\` at line
        │ 142.
          src/main/java/org/example/shop/orders/repository/OrderRepository.java:142
          142 │ stmt.executeQuery("SELECT * FROM orders WHERE id = " + id)

      Data flow
        1  src/main/java/org/example/shop/orders/repository/OrderRepository.java:131
           │ request.getParameter("id")
        2  src/main/java/org/example/shop/orders/repository/OrderRepository.java:142

      Related places
        1  src/main/java/org/example/Db.java:4
           │ declared

      Tools
        Semgrep 1.99.0 · java.lang.security.audit.sqli.jdbc-sqli · error

      Scope        new: on an added line
      Gate         blocks: rule default: new, high or worse, true positive or needs
                   │ review

      Fingerprints
        assay/v1  fc0ffee0000000001
        assayPath/v1  pc0ffee0000000001
      "
    `);
  });

  it('says of an unresolved place what failed', () => {
    const text = renderExplanation(richDocument(), 'c0ffee0000000005', plain);
    expect(text).toContain('The place was not found: no file of the repository ends');
  });

  it('says why there is no verdict out of scope', () => {
    expect(renderExplanation(richDocument(), 'c0ffee0000000008', plain)).toContain(
      'Not judged: outside the asked scope.',
    );
  });

  it('keeps within the width, in both languages, for every finding', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      for (const { id } of richDocument().findings) {
        const lines = renderExplanation(inLanguage(richDocument(), language), id, plain).split('\n');
        expect(lines.filter((line) => columnsOf(line) > 80)).toEqual([]);
      }
    }
  });

  it('is refused for an id that the result does not hold', () => {
    expect(() => renderExplanation(richDocument(), 'beef', plain)).toThrow('No finding has the id "beef".');
  });
});

describe('the patch of a finding', () => {
  const withPatch = (over: Partial<FindingRecord>) => {
    const document = richDocument();
    const [first, ...rest] = document.findings;
    if (first === undefined) throw new Error('the document holds no finding');
    return renderExplanation({ ...document, findings: [{ ...first, ...over }, ...rest] }, first.id, plain);
  };

  it('is named with its file, who proposed it and what was checked', () => {
    const text = withPatch({
      patch: {
        ...{ path: 'src/app.ts', origin: 'scanner', tool: 'Semgrep', description: null },
        edits: [{ startLine: 12, lines: 1, newText: 'db.query(sql, [id]);\n' }],
        ...{ before: 'a'.repeat(64), after: 'b'.repeat(64) },
        checks: [{ check: 'parses', outcome: 'passed', text: 'The patched file parses.' }],
      },
    });
    expect(text).toContain('Patch        proposed by Semgrep, proved by Assay: git apply\n');
    expect(text).toContain('patches/c0ffee0000000001.patch');
    expect(text).toContain('│ The patched file parses.');
  });

  it('of a model is named with the model and its words, and says what nobody looked at', () => {
    const text = withPatch({
      patch: {
        ...{ path: 'src/app.ts', origin: 'model', tool: 'openai/x' },
        description: 'It binds the id. \u001b[31m',
        edits: [{ startLine: 12, lines: 1, newText: 'db.query(sql, [id]);\n' }],
        ...{ before: 'a'.repeat(64), after: 'b'.repeat(64) },
        checks: [{ check: 'builds', outcome: 'skipped', text: 'It was not built: nobody does.' }],
      },
    });
    expect(text).toContain('Patch        proposed by the model openai/x, proved by Assay: git apply\n');
    expect(text).toContain('│ in its words: It binds the id.');
    expect(text).not.toContain('\u001b');
    expect(text).toContain('│ It was not built: nobody does.');
    const refusedPatches = [
      { origin: 'model', tool: 'openai/x', failed: 'parses', why: 'It is broken.' },
    ] as const;
    expect(withPatch({ refusedPatches })).toContain(
      'Patch        the patch of the model openai/x was refused: It is broken.',
    );
  });

  it('that was refused is told with its reason', () => {
    const refusedPatches = [
      { origin: 'scanner', tool: 'Semgrep', failed: 'policy', why: 'It adds a call that starts programs.' },
    ] as const;
    expect(withPatch({ refusedPatches })).toContain(
      'Patch        the fix of Semgrep was refused: It adds a call that starts',
    );
  });
});
