// publication.json says of every finding where it stands, and anybody can check the file by its schema.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import {
  type PublicationRecord,
  publicationJsonSchema,
  renderPublication,
} from '#publish/publication-schema.ts';

function aPublication(overrides: Partial<PublicationRecord> = {}): PublicationRecord {
  return {
    schemaVersion: 1,
    host: 'github',
    change: 'shop/web#7',
    url: 'https://github.example/shop/web/pull/7',
    head: '2'.repeat(40),
    self: 'github-actions[bot]',
    mode: 'posted',
    why: 'One comment was posted.',
    ledger: [
      {
        findingId: 'c0ffee0000000001',
        where: 'inline',
        action: 'posted',
        why: 'The line is in the diff.',
        path: 'src/app.ts',
        line: 12,
        url: 'https://github.example/shop/web/pull/7#discussion_r1',
      },
    ],
    closed: [],
    summary: { action: 'posted', url: 'https://github.example/shop/web/pull/7#issuecomment-1' },
    status: { as: 'check', action: 'created', annotations: 0, url: null },
    codeScanning: null,
    counts: {
      findings: 1,
      inline: 1,
      file: 0,
      annotation: 0,
      summary: 0,
      listed: 0,
      files: 0,
      none: 0,
      lost: 0,
    },
    requests: { reads: 4, writes: 3 },
    problems: [],
    ...overrides,
  };
}

const SKIPPED: Partial<PublicationRecord> = {
  host: null,
  change: null,
  url: null,
  head: null,
  self: null,
  mode: 'skipped',
  why: 'This event has no change request.',
  ledger: [],
  summary: { action: 'none', url: null },
  status: null,
  requests: null,
  problems: [{ code: 'permission', text: 'The token may not comment.', hint: 'Add pull-requests: write.' }],
};

describe('publication.json', () => {
  const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(publicationJsonSchema());

  it.each([
    ['a run that posted', {}],
    ['a run without a change request', SKIPPED],
  ])('of %s is valid by its published schema', (_name, overrides) => {
    const text = renderPublication(aPublication(overrides));
    expect([validate(JSON.parse(text)), validate.errors]).toEqual([true, null]);
  });

  it('is never written with a field or a word that the schema does not know', () => {
    const strange = { ...aPublication(), mode: 'perhaps' } as unknown as PublicationRecord;
    expect(() => renderPublication(strange)).toThrow(/mode/);
    const extra = { ...aPublication(), token: 'x' } as PublicationRecord;
    expect(() => renderPublication(extra)).toThrow(/token/);
  });
});
