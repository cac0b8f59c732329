// assay.json can be read back, by Assay and by anybody who has its JSON Schema.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { AssayError } from '#domain/errors.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import { renderJson } from '#publish/render-json.ts';
import { parseResult, resultJsonSchema } from '#publish/result-schema.ts';
import { aDocument, aFinding } from '../doubles/result-document.ts';
import { richDocument } from '../doubles/rich-document.ts';

const published = new URL('../../docs/schema/assay-result.schema.json', import.meta.url);

function errorOf(work: () => unknown): AssayError {
  try {
    work();
  } catch (error) {
    if (error instanceof AssayError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a result that is read back', () => {
  it('is the document that was written', () => {
    const document = richDocument();
    expect(parseResult(renderJson(document))).toEqual(document);
  });

  it('has the same bytes for the same content, whatever order the keys had', () => {
    const document = richDocument();
    const shuffled = JSON.parse(renderJson(document), (_key, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ) as ResultDocument;
    expect(renderJson(shuffled)).toBe(renderJson(document));
  });

  it('is refused with the first wrong field when somebody edited it', () => {
    const edited = renderJson(aDocument([aFinding()])).replace('"needs_review"', '"perhaps"');
    const error = errorOf(() => parseResult(edited, 'out/assay.json'));
    expect(error.code).toBe('input');
    expect(error.message).toContain('out/assay.json is not a valid result: findings.0.verdict.label');
    expect(error.hint).toContain('assay triage');
  });

  it('is refused with its version when a later Assay wrote it', () => {
    const error = errorOf(() => parseResult('{"schemaVersion": 2}'));
    expect(error.message).toContain('no result of Assay that this version reads');
    expect(error.hint).toContain('schemaVersion 2');
  });

  it('is refused as no JSON, or as no result, in plain words', () => {
    expect(errorOf(() => parseResult('{"a"')).message).toContain('assay.json is not JSON');
    expect(errorOf(() => parseResult('[]')).hint).toContain('no schemaVersion');
    expect(errorOf(() => parseResult('null')).code).toBe('input');
  });

  it('takes no unknown field and pollutes nothing', () => {
    const text = renderJson(aDocument()).replace('{', '{"__proto__": {"gate": "pass"}, "constructor": 1,');
    expect(errorOf(() => parseResult(text)).message).toContain('not a valid result');
    expect(({} as Record<string, unknown>).gate).toBeUndefined();
  });
});

describe('the published JSON Schema', () => {
  it('is the one in docs/schema', () => {
    expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(resultJsonSchema());
  });

  it('accepts what Assay writes and refuses what it never would', () => {
    const validate = new Ajv2020({ strict: false }).compile(resultJsonSchema());
    const document = JSON.parse(renderJson(richDocument())) as { decision: { outcome: string } };
    expect(validate(document)).toBe(true);
    document.decision.outcome = 'clean';
    expect(validate(document)).toBe(false);
  });
});
