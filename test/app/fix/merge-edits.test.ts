// Patches of one file that are made together: the order does not matter, and what was made is known again.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyInTurn, madeAlready, type Patched } from '#app/fix/apply-in-turn.ts';
import { newOrigin } from '#app/fix/lock-origins.ts';
import { doMeet } from '#app/fix/merge-edits.ts';
import type { LineEdit } from '#domain/patch.ts';
import { aFinding } from '../../doubles/result-document.ts';

const LINES = 12;
const BEFORE = Array.from({ length: LINES }, (_, index) => `line ${index + 1}\n`).join('');

function patched(edits: readonly LineEdit[]): Patched {
  const patch = { path: 'a', origin: 'upgrade', tool: null, description: null, edits, checks: [] } as const;
  return { finding: aFinding(), patch: { ...patch, before: '', after: '' } };
}

const edit = fc
  .record({
    startLine: fc.integer({ min: 1, max: LINES }),
    lines: fc.integer({ min: 0, max: 3 }),
    added: fc.integer({ min: 0, max: 3 }),
    name: fc.integer(),
  })
  .filter(({ startLine, lines, added }) => startLine + lines <= LINES + 1 && lines + added > 0)
  .map(({ startLine, lines, added, name }): LineEdit => {
    const newText = Array.from({ length: added }, (_, index) => `new ${name} ${index}\n`).join('');
    return { startLine, lines, newText };
  });

/** Patches of one edit each, none of which meets another. */
const apart = fc.array(edit, { minLength: 1, maxLength: 5 }).map((edits) => {
  const kept: LineEdit[] = [];
  for (const one of edits) if (!doMeet([one], kept, 0)) kept.push(one);
  return kept.map((one) => patched([one]));
});

test('the order in which patches are made does not matter', () => {
  fc.assert(
    fc.property(apart, (patches) => {
      expect(applyInTurn(BEFORE, [...patches].reverse())).toBe(applyInTurn(BEFORE, patches));
    }),
  );
});

test('those that were made are known again, and a text with anything else is none of theirs', () => {
  fc.assert(
    fc.property(apart, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (patches, made) => {
      const some = patches.filter((_, index) => made[index]);
      const now = applyInTurn(BEFORE, some);
      const known = madeAlready(BEFORE, now, patches);
      expect(known === null ? null : applyInTurn(BEFORE, known)).toBe(now);
      expect(madeAlready(BEFORE, `${now}and more\n`, patches)).toBeNull();
    }),
  );
});

test('edits of the same line meet, adjoining ones where they have to stay apart, and what is put between two lines meets both', () => {
  const at = (startLine: number, lines: number): readonly LineEdit[] => [
    { startLine, lines, newText: 'x\n' },
  ];
  expect(doMeet(at(2, 1), at(2, 1), 0)).toBe(true);
  expect([0, 1].map((gap) => doMeet(at(2, 1), at(3, 1), gap === 0 ? 0 : 1))).toEqual([false, true]);
  expect(doMeet(at(2, 2), at(3, 1), 0)).toBe(true);
  expect([doMeet(at(3, 0), at(2, 1), 0), doMeet(at(2, 1), at(2, 0), 0)]).toEqual([true, true]);
  expect(doMeet(at(5, 0), at(2, 1), 1)).toBe(false);
});

test.each([
  ['npm', '"resolved": "REG/a/-/a-1.0.0.tgz"'],
  ['yarn 1', '  resolved "REG/a/-/a-1.0.0.tgz#1"'],
  ['pnpm', '    resolution: {integrity: x, tarball: REG/a.tgz}'],
  ['cargo', 'source = "registry+REG/index"'],
  ['uv', 'source = { registry = "REG/simple" }'],
  ['poetry', '[package.source]\nurl = "REG/simple"'],
  ['bundler', 'GEM\n  remote: REG/\n'],
])('a new server in the lock file of %s is seen, the same one is not', (_, text) => {
  const named = (server: string) => text.replace('REG', `https://${server}`);
  expect(newOrigin(named('one.example'), named('one.example'))).toBeNull();
  expect(newOrigin(named('one.example'), named('two.example'))).toContain('two.example');
  expect(newOrigin('', named('two.example'))).toBeNull();
  expect(
    newOrigin(named('one.example'), `${named('one.example')}\n"funding": "https://fund.example"`),
  ).toBeNull();
});
