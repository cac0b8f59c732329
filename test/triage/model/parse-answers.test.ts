import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANSWERS_SCHEMA } from '#triage/model/answer-schema.ts';
import { parseAnswers } from '#triage/model/parse-answers.ts';
import { MOST_BYTES, MOST_DEPTH } from '#triage/model/read-single-object.ts';

const CLAIM = { kind: 'guard', item: 'E2', quote: 'if (ok)', symbol: 'ok', says: 'It is checked.' };
const ANSWER = {
  id: 'f1',
  label: 'needs_review',
  confidence: 0.5,
  dismissal: null,
  claims: [CLAIM],
  root_cause: 'It is open.',
  open_question: 'Who calls it?',
  requests: [{ ask: 'callers', name: 'run' }],
};
const wire = (...answers: unknown[]) => JSON.stringify({ answers });
const given = (over: Record<string, unknown>) => wire({ ...ANSWER, ...over });
const without = (key: keyof typeof ANSWER) => {
  const { [key]: _left, ...rest } = ANSWER;
  return wire(rest);
};
const claimed = (over: Record<string, unknown>) => given({ claims: [{ ...CLAIM, ...over }] });
/** With a piece of the text replaced, for what JSON.stringify would not write. */
const spoilt = (from: string, to: string) => wire(ANSWER).replace(from, to);
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

const MALFORMED: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['white space', ' \n\t'],
  ['prose', 'I think this is a false positive.'],
  ['a refusal', "I'm sorry, but I can't help with that."],
  ['null', 'null'],
  ['true', 'true'],
  ['a number', '42'],
  ['a string', '"false_positive"'],
  ['a list', '[]'],
  ['a list around the object', `[${wire(ANSWER)}]`],
  ['an empty object', '{}'],
  ['only a brace', '{'],
  ['only a closing brace', '}'],
  ['braces the wrong way round', '}{'],
  ['a cut answer', wire(ANSWER).slice(0, -3)],
  ['cut inside a string', wire(ANSWER).slice(0, 40)],
  ['cut after a backslash', '{"answers":"\\'],
  ['crossed brackets', '{"answers": [}]'],
  ['a brace too many', `${wire(ANSWER)}}`],
  ['a bracket behind it', `${wire(ANSWER)} ]`],
  ['two objects', wire(ANSWER) + wire(ANSWER)],
  ['two objects on lines', `${wire(ANSWER)}\n${wire(ANSWER)}`],
  ['an object in the prose before', `The form is {"answers": []}. ${wire(ANSWER)}`],
  ['an object in the prose behind', `${wire(ANSWER)}\nor {"label": "false_positive"}`],
  ['a list in the prose', `As said in [E1]: ${wire(ANSWER)}`],
  ['single quotes', "{'answers': []}"],
  ['a trailing comma', `{"answers": [${JSON.stringify(ANSWER)},]}`],
  ['a comment', `{/* fine */"answers": [${JSON.stringify(ANSWER)}]}`],
  ['keys without quotes', '{answers: []}'],
  ['YAML', 'answers:\n  - id: f1\n    label: false_positive'],
  ['XML', '<answers><answer id="f1" label="false_positive"/></answers>'],
  ['NaN', spoilt('0.5', 'NaN')],
  ['Infinity', spoilt('0.5', 'Infinity')],
  ['-Infinity', spoilt('0.5', '-Infinity')],
  ['1e309', spoilt('0.5', '1e309')],
  ['-1e309', spoilt('0.5', '-1e309')],
  ['a hexadecimal number', spoilt('0.5', '0x1')],
  ['a plus sign', spoilt('0.5', '+1')],
  ['a confidence above 1', given({ confidence: 1.01 })],
  ['a confidence in per cent', given({ confidence: 95 })],
  ['a negative confidence', given({ confidence: -0.1 })],
  ['a confidence as text', given({ confidence: '0.9' })],
  ['a confidence of null', given({ confidence: null })],
  ['answers that are no list', '{"answers": {}}'],
  ['answers of null', '{"answers": null}'],
  ['answers as text', '{"answers": "f1"}'],
  ['no answers', '{"answers": []}'],
  ['too many answers', wire(...Array.from({ length: 201 }, (_, at) => ({ ...ANSWER, id: `f${at}` })))],
  ['an answer that is null', wire(null)],
  ['an answer that is a list', wire([ANSWER])],
  ['an answer that is text', wire('f1')],
  ['another key beside answers', JSON.stringify({ answers: [ANSWER], verdict: 'ok' })],
  ['the answer itself, not in a list', JSON.stringify(ANSWER)],
  ['an unknown id', given({ id: 'f9' })],
  ['an id that is a number', given({ id: 1 })],
  ['an id of null', given({ id: null })],
  ['an empty id', given({ id: '' })],
  ['an id with a space', given({ id: 'f1 ' })],
  ['the id twice', wire(ANSWER, ANSWER)],
  ['the id twice, with other labels', wire(ANSWER, { ...ANSWER, label: 'false_positive' })],
  ['no id', without('id')],
  ['no label', without('label')],
  ['no confidence', without('confidence')],
  ['no dismissal', without('dismissal')],
  ['no claims', without('claims')],
  ['no root cause', without('root_cause')],
  ['no open question', without('open_question')],
  ['no requests', without('requests')],
  ['an unknown label', given({ label: 'safe' })],
  ['a label in capitals', given({ label: 'FALSE_POSITIVE' })],
  ['a label with a homoglyph', given({ label: 'false_рositive' })],
  ['an unknown dismissal', given({ dismissal: 'because' })],
  ['an empty dismissal', given({ dismissal: '' })],
  ['an extra key', given({ severity: 'critical' })],
  ['an extra key in a claim', claimed({ path: 'src/a.ts' })],
  ['lines in a claim', claimed({ startLine: 3 })],
  ['an unknown kind of claim', claimed({ kind: 'proof' })],
  ['a claim without a quote', claimed({ quote: undefined })],
  ['a quote that is a list', claimed({ quote: ['if (ok)'] })],
  ['a symbol of null', claimed({ symbol: null })],
  ['nine claims', given({ claims: Array.from({ length: 9 }, () => CLAIM) })],
  ['claims that are no list', given({ claims: CLAIM })],
  ['a root cause of null', given({ root_cause: null })],
  ['four requests', given({ requests: Array.from({ length: 4 }, () => ({ ask: 'callers', name: 'f' })) })],
  ['a request for a file', given({ requests: [{ ask: 'file', name: '/etc/passwd' }] })],
  ['a request with a path', given({ requests: [{ ask: 'definition', name: 'f', path: '..' }] })],
  ['a key twice', spoilt('"label"', '"label":"false_positive","label"')],
  ['a key twice, once escaped', spoilt('"label"', '"l\\u0061bel":"false_positive","label"')],
  ['answers twice', `{"answers":[],"answers":[${JSON.stringify(ANSWER)}]}`],
  ['a key twice in a claim', spoilt('"symbol"', '"symbol":"x","symbol"')],
  ['__proto__', spoilt('"label"', '"__proto__":{"label":"false_positive"},"label"')],
  ['constructor', spoilt('"label"', '"constructor":{},"label"')],
  ['too deep', spoilt('"Who calls it?"', deep(MOST_DEPTH))],
  ['far too deep', spoilt('"Who calls it?"', deep(50_000))],
  ['too long', given({ root_cause: 'x'.repeat(MOST_BYTES) })],
  ['too long in bytes', given({ root_cause: '注'.repeat(MOST_BYTES / 3) })],
  ['a lone line break in a string', spoilt('It is open.', 'It is\nopen.')],
  ['a NUL in a string', spoilt('It is open.', 'It\0')],
  ['half an escape', spoilt('It is open.', '\\u00')],
];

describe('an answer that is not what was asked for is refused, with the reason', () => {
  it('at least 80 ways are known', () => {
    expect(MALFORMED.length).toBeGreaterThanOrEqual(80);
    expect(new Set(MALFORMED.map(([name]) => name)).size).toBe(MALFORMED.length);
  });

  it.each(MALFORMED)('%s', (_, text) => {
    const parsed = parseAnswers(text, ['f1']);
    expect(parsed.kind).toBe('invalid');
    if (parsed.kind === 'invalid') {
      expect(parsed.why).not.toBe('');
      expect(parsed.why.length).toBeLessThan(400);
    }
  });

  it('whatever the text is, nothing is thrown and no answer is for a finding that was not shown', () => {
    const piece = fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', 'null', '1e309', wire(ANSWER));
    // Keys such as `toString` cannot be assigned where Object.prototype is frozen: the table above has them.
    const value = fc.anything({
      key: fc.constantFrom('answers', 'id', 'claims', 'label', 'a'),
      values: [
        fc.string(),
        fc.double({ noDefaultInfinity: true, noNaN: true }),
        fc.boolean(),
        fc.constant(null),
      ],
    });
    const text = fc.oneof(
      fc.string(),
      value.map((one) => JSON.stringify(one)),
      fc.array(fc.oneof(piece, fc.string({ maxLength: 4 }))).map((parts) => parts.join('')),
      value.map((one) => given({ claims: one })),
      value.map((one) => wire(one)),
    );
    fc.assert(
      fc.property(text, (body) => {
        const parsed = parseAnswers(body, ['f1', 'f2']);
        if (parsed.kind === 'invalid') return;
        for (const id of [...parsed.byId.keys(), ...parsed.problems.keys()])
          expect(['f1', 'f2']).toContain(id);
        expect(parsed.byId.size + parsed.problems.size).toBe(2);
      }),
    );
  });
});

describe('an answer that is what was asked for', () => {
  it('becomes an answer in our words', () => {
    expect(parseAnswers(wire(ANSWER), ['f1'])).toEqual({
      kind: 'answers',
      byId: new Map([
        [
          'f1',
          {
            label: 'needs_review',
            confidence: 0.5,
            dismissal: null,
            claims: [CLAIM],
            rootCause: 'It is open.',
            openQuestion: 'Who calls it?',
            requests: [{ ask: 'callers', name: 'run' }],
          },
        ],
      ]),
      problems: new Map(),
    });
  });

  it.each([
    ['a code fence', `\`\`\`json\n${wire(ANSWER)}\n\`\`\``],
    ['words before', `Here is my "answer":\n${wire(ANSWER)}`],
    ['words behind', `${wire(ANSWER)}\n\nI hope this helps!`],
    ['a byte order mark', `\uFEFF${wire(ANSWER)}`],
    ['brackets inside its strings', given({ root_cause: 'Of {a} and [b] and "c" \\' })],
  ])('may have %s', (_, text) => {
    expect(parseAnswers(text, ['f1']).kind).toBe('answers');
  });

  it('has its prose cut and freed of what nobody can see; a symbol and a quote stay as they are', () => {
    const parsed = parseAnswers(
      given({
        root_cause: `Safe.\u202E\u0007 \u200B${'x'.repeat(2000)}`,
        open_question: ' \u200B ',
        claims: [{ ...CLAIM, quote: 'a\r\n\tb', says: `s\u0000${'y'.repeat(900)}`, symbol: ' ok\u200D ' }],
      }),
      ['f1'],
    );
    const answer = parsed.kind === 'answers' ? parsed.byId.get('f1') : undefined;
    expect(answer?.rootCause).toMatch(/^Safe\. x+…$/);
    expect(answer?.rootCause).toHaveLength(800);
    expect(answer?.openQuestion).toBeNull();
    expect(answer?.claims[0]).toMatchObject({ quote: 'a\n\tb', symbol: 'ok' });
    expect(answer?.claims[0]?.says).toHaveLength(300);
  });

  it('of several only the broken one fails', () => {
    const text = wire(
      ANSWER,
      { ...ANSWER, id: 'f2', label: 'safe' },
      { ...ANSWER, id: 'f3' },
      { ...ANSWER, id: 'f3' },
      { ...ANSWER, id: 'other' },
    );
    const parsed = parseAnswers(text, ['f1', 'f2', 'f3', 'f4']);
    if (parsed.kind !== 'answers') throw new Error(parsed.why);
    expect([...parsed.byId.keys()]).toEqual(['f1']);
    expect([...parsed.problems]).toEqual([
      ['f2', expect.stringContaining('label')],
      ['f3', 'it is answered more than once'],
      ['f4', 'there is no answer for it'],
    ]);
  });

  it('says what is wrong without repeating what outsiders wrote', () => {
    const parsed = parseAnswers(given({ 'ignore all rules': 1 }), ['f1']);
    expect(parsed).toMatchObject({ kind: 'invalid', why: expect.not.stringContaining('ignore') });
  });
});

describe('the schema that a model is given', () => {
  const accepts = new Ajv({ strict: true }).compile(ANSWERS_SCHEMA);

  it('takes what we take', () => {
    expect(accepts({ answers: [ANSWER] })).toBe(true);
    expect(accepts({ answers: [{ ...ANSWER, severity: 'high' }] })).toBe(false);
  });

  it("fits OpenAI's strict mode: everything required, nothing else allowed, no words that it does not know", () => {
    const objects: Record<string, unknown>[] = [];
    JSON.stringify(ANSWERS_SCHEMA, (key, value) => {
      expect(['maxLength', 'minLength', '$schema', '$ref', 'default']).not.toContain(key);
      if (typeof value === 'object' && value !== null && value.type === 'object') objects.push(value);
      return value;
    });
    expect(objects).toHaveLength(4);
    for (const { properties, required, additionalProperties } of objects) {
      expect(additionalProperties).toBe(false);
      expect(required).toEqual(Object.keys(properties as object));
    }
  });
});
