import { describe, expect, it } from 'vitest';
import { syntaxAt } from '#code/syntax-at.ts';
import { lineWith, SAMPLES, unitOf } from './sample-units.ts';

const at = async (path: string, text: string, mark: string) => {
  const unit = await unitOf(path, text);
  const line = lineWith(text, mark);
  return syntaxAt(unit, line, line);
};

describe.each(Object.entries(SAMPLES))('the syntax at a line of %s', (_language, [path, text]) => {
  it('names a call, its arguments, who gets its result and the function around it', async () => {
    const { calls } = await at(path, text, 'safe');
    const [call] = calls;
    expect(call).toMatchObject({ assignedTo: expect.stringMatching(/^\$?safe$/) });
    expect(call?.callee).toMatch(/clean$/i);
    expect(call?.name).toMatch(/^clean$/i);
    expect(call?.within.name).toMatch(/^find$/i);
    expect(call?.arguments.map(({ isLiteral }) => isLiteral)).toEqual([false, true]);
    expect(call?.arguments[0]?.names.join()).toMatch(/^\$?q$/);
  });

  it('says of a condition which names it asks about and how its block leaves', async () => {
    const { conditions } = await at(path, text, 'if');
    const [condition] = conditions;
    expect(condition?.kind).toBe('if');
    expect(condition?.names.some((name) => /^\$?q(\.nil\?)?$/.test(name))).toBe(true);
    expect(condition?.guarded?.leaves).toBe(path.endsWith('.c') ? 'exit' : 'throw');
    expect(condition?.otherwise).toBeNull();
    expect(condition?.guarded?.span.endLine).toBeGreaterThanOrEqual(
      lineWith(text, 'no q'.length > 0 ? 'if' : ''),
    );
  });

  it('knows a constant and its value', async () => {
    const { constants } = await at(path, text, 'LIMIT');
    expect(constants).toHaveLength(1);
    expect(constants[0]).toMatchObject({
      name: 'LIMIT',
      value: { kind: 'int', value: 10 },
      isLiteral: true,
      isReassigned: false,
    });
  });

  it('knows a line of comments and how a block is left', async () => {
    const { commentLines, calls, conditions } = await at(path, text, 'only a comment');
    expect([commentLines.length, calls.length, conditions.length]).toEqual([1, 0, 0]);
    const mark = path.endsWith('.c') ? 'abort' : 'no q';
    const { exits } = await at(path, text, mark);
    expect(exits.map(({ kind }) => kind)).toEqual([path.endsWith('.c') ? 'exit' : 'throw']);
  });
});

describe('a ternary', () => {
  it.each(Object.entries(SAMPLES).filter(([, [, text]]) => text.includes('kind')))(
    'of %s is a condition with two sides',
    async (_language, [path, text]) => {
      const { conditions, literals } = await at(path, text, 'kind');
      expect(conditions.map(({ kind }) => kind)).toEqual(['ternary']);
      expect(literals.map(({ constant }) => constant.value)).toEqual(expect.arrayContaining(['all', 'one']));
    },
  );
});
