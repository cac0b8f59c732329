import { describe, expect, it } from 'vitest';
import { foldBinary, foldUnary, survivesType, truthOf } from '#code/evaluate/fold.ts';
import { countBindings } from '#code/evaluate/loose-names.ts';
import type { BinaryOperator, Constant } from '#code/ir.ts';
import type { Language } from '#code/languages.ts';
import { DIALECTS, decodeEscapes, parseNumber } from '#code/lower/literals.ts';
import type { SourceUnit } from '#code/source-unit.ts';

const constant = (value: string | number | boolean | null): Constant => {
  if (value === null) return { kind: 'null', value };
  if (typeof value === 'string') return { kind: 'string', value };
  return typeof value === 'number' ? { kind: 'int', value } : { kind: 'bool', value };
};
const fold = (
  language: Language,
  a: string | number | boolean | null,
  operator: BinaryOperator,
  b: string | number | boolean | null,
) => foldBinary(operator, constant(a), constant(b), language)?.value;

describe('arithmetic on constants', () => {
  it.each([
    ['java', 2147483647, '+', 1],
    ['c', 2147483647, '*', 2],
    ['go', -2147483647, '-', 9],
    ['java', 7, '/', 0],
    ['javascript', 7, '/', 2],
    ['python', 7, '/', 2],
    ['java', -7, '%', 2],
    ['java', 1, '<<', 33],
    ['javascript', -1, '>>>', 0],
    ['java', -1, '&', 255],
    ['javascript', '3', '*', '2'],
    ['javascript', 1, '==', '1'],
    ['php', '1e1', '==', '10'],
    ['java', 'a', '==', 'a'],
    ['c', null, '==', 0],
    ['php', 'a', '+', 1],
    ['python', 'a', '+', 1],
  ] as const)('%s does not guess %s %s %s', (language, a, operator, b) => {
    expect(fold(language, a, operator, b)).toBeUndefined();
  });

  it.each([
    ['java', 7, '/', 2, 3],
    ['java', -7, '/', 2, -3],
    ['ruby', -7, '/', 2, -4],
    ['python', -7, '//', 2, -4],
    ['go', 7, '%', 4, 3],
    ['javascript', 'a', '+', 1, 'a1'],
    ['javascript', 1, '===', '1', false],
    ['java', 1, '<', 2, true],
  ] as const)('%s: %s %s %s is %s', (language, a, operator, b, result) => {
    expect(fold(language, a, operator, b)).toBe(result);
  });

  it('turns bits and signs only within 32 bits', () => {
    expect(foldUnary('-', constant(5), 'java')?.value).toBe(-5);
    expect(foldUnary('~', constant(0), 'go')?.value).toBe(-1);
  });

  it('knows that languages differ in what is true', () => {
    expect(truthOf(constant(0), 'ruby')).toBe(true);
    expect(truthOf(constant(''), 'python')).toBe(false);
    expect(truthOf(constant('0'), 'php')).toBe(false);
    expect(truthOf(constant(''), 'c')).toBeNull();
  });

  it.each([
    ['int', true],
    ['long', true],
    ['number', true],
    ['byte', false],
    ['unsigned', false],
    ['size_t', false],
    ['volatile int', false],
    ['float', false],
    ['Integer', false],
    ['Celsius', false],
  ])('a number in a variable of type %s keeps its arithmetic: %s', (type, survives) => {
    expect(survivesType(constant(1), type)).toBe(survives);
  });
});

describe('spellings of literals', () => {
  it.each([
    ['0xFFFFFFFF', null],
    ['010', null],
    ['0x10', 16],
    ['0b101', 5],
    ['1_000', 1000],
    ['5L', 5],
  ])('the number %s', (text, value) => {
    expect(parseNumber(text)?.value ?? null).toBe(value);
  });

  it.each([
    ['java', '\\u0041', 'A'],
    ['java', '\\q', null],
    ['script', '\\q', 'q'],
    ['python', '\\q', '\\q'],
    ['go', '\\xff', null],
    ['c', '\\377', null],
    ['python', '\\xff', 'ÿ'],
    ['c', '\\101', 'A'],
    ['phpSingle', '\\n', '\\n'],
  ] as const)('the %s text %s', (dialect, body, text) => {
    expect(decodeEscapes(body, DIALECTS[dialect])).toBe(text);
  });
});

describe('what the text says of a name', () => {
  it.each([
    ['c = 1', 1],
    ['c = 1\nc += 2', 2],
    ['let c: string = "a"', 1],
    ['c == 1 && c <= 2 && (c) => 3', 0],
    ['c = 1\nfrom conf import b, c', 2],
    ['c = 1\ndef c(): pass', 2],
    ['c = 1\nabc = 2', 1],
    ['c = 1; ++c', 2],
  ])('%j binds it %d times', (text, count) => {
    expect(countBindings({ text } as SourceUnit, 'c')).toBe(count);
  });
});
