import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelAnswer } from '#domain/model-answer.ts';
import { packAnswer, unpackAnswer } from '#triage/model/pack-answer.ts';
import { aClaim, aScene } from './scene.ts';

const SECRET = "const password = 'correct horse battery staple';";
const { dossier } = aScene({
  'src/a.js': `function f(req, db) {\n  ${SECRET}\n  db.query(Number(req.query.id)); // HERE\n}\n`,
});

function anAnswer(over: Partial<ModelAnswer> = {}): ModelAnswer {
  return {
    ...{ label: 'false_positive', confidence: 0.7, dismissal: 'sanitised', openQuestion: null, requests: [] },
    claims: [aClaim('sanitizer', 'Number(req.query.id)', 'Number')],
    rootCause: `The line ${SECRET} is not used; db.query(Number(req.query.id)) is.`,
    ...over,
  };
}

describe('an answer that is kept', () => {
  it('comes back, though no source is stored', () => {
    const answer = anAnswer({ openQuestion: `Is ${SECRET} real?` });
    const stored = JSON.parse(JSON.stringify(packAnswer(answer, dossier)));
    expect(JSON.stringify(stored)).not.toContain('horse');
    expect(JSON.stringify(stored)).not.toContain('req.query.id');
    expect(unpackAnswer(stored, dossier)).toEqual(answer);
  });

  it.each([
    ['a piece of a line', 'req.query.id'],
    ['two lines', `${SECRET}\n  db.query(Number(req.query.id));`],
    ['two lines without indentation', `${SECRET}\ndb.query(Number(req.query.id));`],
  ])('keeps the lines of %s', async (_, quote) => {
    const answer = anAnswer({ claims: [aClaim('context', quote)] });
    const back = unpackAnswer(packAnswer(answer, dossier), dossier);
    const scene = aScene({ 'src/a.js': dossier.items[0]?.text ?? '' });
    expect(await scene.check(back?.claims ?? [])).toEqual(await scene.check(answer.claims));
  });

  it('a quote that stands nowhere is not kept', () => {
    const back = unpackAnswer(
      packAnswer(anAnswer({ claims: [aClaim('guard', 'if (made.up) return;')] }), dossier),
      dossier,
    );
    expect(back?.claims[0]?.quote).toBe('');
  });

  it('of other evidence, or of another making, is not taken', () => {
    const stored = packAnswer(anAnswer(), dossier);
    expect(unpackAnswer(stored, { ...dossier, items: [] })).toBeNull();
    for (const broken of [
      null,
      1,
      'x',
      [],
      {},
      { ...(stored as object), version: 2 },
      { ...(stored as object), extra: 1 },
    ])
      expect(unpackAnswer(broken, dossier)).toBeNull();
    fc.assert(
      fc.property(
        fc.anything({ key: fc.constantFrom('version', 'label', 'a') }),
        (value) => unpackAnswer(value, dossier) === null,
      ),
    );
  });

  it('is the same again when it is kept again', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(120), fc.nat(60), (prose, from, length) => {
        const piece = (dossier.items[0]?.text ?? '').slice(from, from + length);
        const answer = anAnswer({ rootCause: prose + piece, claims: [aClaim('flow', piece)] });
        const once = unpackAnswer(packAnswer(answer, dossier), dossier);
        if (once === null) throw new Error('not taken');
        expect(unpackAnswer(packAnswer(once, dossier), dossier)).toEqual(once);
        expect(once.rootCause).toBe(answer.rootCause.replaceAll('\u0001', ''));
      }),
    );
  });
});
