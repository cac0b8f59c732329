import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { say } from '#domain/phrase.ts';
import { draftFromModel } from '#patch/from-model.ts';
import { packEdits, unpackEdits } from '#patch/pack-edits.ts';
import type { ModelEdit } from '#patch/patch-answer.ts';

const PATH = 'src/a.py';
const BEFORE = 'import db\r\n\r\ndef secret_lookup(name):\r\n    return db.query("SELECT " + name)\r\n';
const MEND: ModelEdit = {
  ...{ file: PATH, old: 'def secret_lookup(name):\n    return db.query("SELECT " + name)\n' },
  new: 'def secret_lookup(name):\n    return db.query("SELECT ?", [name])\n',
};

/** As a cache keeps it. */
const stored = (edits: readonly ModelEdit[], before = BEFORE): unknown =>
  JSON.parse(JSON.stringify(packEdits(edits, before)));

function outcome(edits: readonly ModelEdit[] | null, before = BEFORE): unknown {
  if (edits === null) return null;
  const drafted = draftFromModel(edits, PATH, before);
  return drafted.kind === 'drafted' ? drafted : `${drafted.failed}: ${say(drafted.why, null)}`;
}

test('edits come back as they were', () => {
  expect(unpackEdits(stored([MEND]), BEFORE)).toEqual([MEND]);
  expect(unpackEdits(stored([]), BEFORE)).toEqual([]);
});

test('nothing of the file is stored, in the new text neither', () => {
  const text = JSON.stringify(stored([MEND, { ...MEND, old: 'def gone():\n    secret_call()' }]));
  for (const word of ['secret', 'lookup', 'return', 'SELECT', 'db.query']) expect(text).not.toContain(word);
  expect(text).toContain('?\\", [name]');
});

describe('edits that are refused', () => {
  test.each<[what: string, edit: Partial<ModelEdit>]>([
    ['another file', { file: '.github/workflows/ci.yml' }],
    ['an old text that is gone', { old: 'secret_call()' }],
    ['an old text that stands there often', { old: 'name' }],
    ['an empty old text', { old: '' }],
    ['a redacted old text', { old: '⟦redacted: password⟧ secret' }],
    ['a carriage return', { new: 'a\rb' }],
    ['a byte order mark', { old: 'secret\uFEFF' }],
    ['nothing new', { new: MEND.old }],
  ])('are refused for the same reason from the cache: %s', (_what, over) => {
    const edits = [{ ...MEND, ...over }];
    expect(outcome(edits)).toEqual(expect.any(String));
    expect(outcome(unpackEdits(stored(edits), BEFORE))).toEqual(outcome(edits));
  });
});

describe('what is stored is nothing', () => {
  test.each<[what: string, over: object]>([
    ['of another shape', { edits: 'x' }],
    ['with more keys', { old: 'x' }],
    [
      'with places beyond the file',
      { edits: [{ file: PATH, start: 0, end: 9_999, head: 0, tail: 0, text: '' }] },
    ],
    [
      'with places that make no sense',
      { edits: [{ file: PATH, start: 9, end: 3, head: 0, tail: 0, text: '' }] },
    ],
    [
      'with more kept than there is',
      { edits: [{ file: PATH, start: 0, end: 3, head: 2, tail: 2, text: '' }] },
    ],
    ["with text of somebody's own", { edits: [{ file: PATH, old: 'import db', new: 'import evil' }] }],
  ])('%s', (_what, over) => {
    expect(unpackEdits({ ...(stored([MEND]) as object), ...over }, BEFORE)).toBeNull();
  });

  test.each([null, undefined, 1, 'x', []])('when it is %j', (value) =>
    expect(unpackEdits(value, BEFORE)).toBeNull(),
  );

  test('for a file that is another by one byte', () => {
    expect(unpackEdits(stored([MEND]), BEFORE.replace('\r\n', '\n'))).toBeNull();
    expect(unpackEdits(stored([MEND]), `${BEFORE} `)).toBeNull();
  });
});

test('whatever the edits, the draft from the cache is the draft', () => {
  const piece = fc.string({
    unit: fc.constantFrom('a', 'b', '\n', '\r\n', '⟦', '😀', '\uFEFF'),
    maxLength: 8,
  });
  const edit = fc.record({ file: fc.constantFrom(PATH, 'x'), old: piece, new: piece });
  fc.assert(
    fc.property(piece, piece, fc.array(edit, { maxLength: 5 }), (head, tail, edits) => {
      const before = `${head}${edits[0]?.old ?? ''}${tail}`;
      expect(outcome(unpackEdits(stored(edits, before), before), before)).toEqual(outcome(edits, before));
    }),
    { numRuns: 500 },
  );
});
