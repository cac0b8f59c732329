import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classifyAnswer } from '#adapters/models/classify-answer.ts';
import { countTokens } from '#adapters/models/count-tokens.ts';
import { readReceived } from '#adapters/models/read-received.ts';
import { readRetryAfter } from '#adapters/models/retry-after.ts';
import { both, concede, FIRST_HABITS } from '#adapters/models/server-habits.ts';
import { isStrictSchema } from '#adapters/models/strict-schema.ts';
import { MODEL_FAILURES } from '#domain/model.ts';

const READING = { now: 0, redact: (text: string) => text };
const leaf = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.constant(null), fc.boolean());
const NAMES = [
  'error',
  'message',
  'model',
  'choices',
  'delta',
  'stop_reason',
  'refusal',
  'code',
  'type',
  'detail',
];
const fields = (value: fc.Arbitrary<unknown>) => fc.dictionary(fc.constantFrom(...NAMES), value);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, leaf, fields(tie('value')), fc.array(tie('value'), { maxLength: 4 })),
}));
const body = fc.oneof(
  leaf.map(String),
  value.map((one) => JSON.stringify(one)),
  fc.constant('`'.repeat(50)),
);

test('whatever a provider says, the failure has a name and one line', () => {
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 599 }), body, (status, said) => {
      const { kind, text } = classifyAnswer({ status, headers: new Headers(), body: said }, READING);
      expect(MODEL_FAILURES).toContain(kind);
      expect(text).toMatch(/^[A-Z][^\n\r]{10,600}\.$/);
    }),
  );
});

test('a wait is a number that is not negative, or none', () => {
  const header = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'0123456789.-eE :GMT,') }),
    fc.date({ noInvalidDate: true }).map(String),
  );
  fc.assert(
    fc.property(header, body, (said, text) => {
      const wait = readRetryAfter(new Headers({ 'retry-after': said.trim() }), text, 1_000);
      expect(wait === null || (Number.isFinite(wait) && wait >= 0)).toBe(true);
    }),
  );
});

test('whatever came over the wire is read without an error', () => {
  const event = fc
    .tuple(fc.constantFrom('data:', 'data: ', 'event: ', ''), body)
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(event), (lines) => {
      const { model, refused } = readReceived(lines.join('\n'));
      expect(model.length).toBeLessThanOrEqual(200);
      expect(typeof refused).toBe('boolean');
    }),
  );
});

test('tokens are whole, finite, and not fewer than those that were cached', () => {
  const number = fc.oneof(fc.constant(undefined), fc.double(), fc.integer());
  fc.assert(
    fc.property(number, number, number, fc.string(), (input, cached, output, text) => {
      const usage = countTokens({ input, cached, output }, text, text);
      for (const count of Object.values(usage)) expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
      expect(usage.cached).toBeLessThanOrEqual(usage.input);
    }),
  );
});

test('a server is asked more plainly a bounded number of times, and never more demandingly', () => {
  const dislikes = fc.array(fc.constantFrom('structure', 'temperature', 'seed', 'limit'));
  fc.assert(
    fc.property(fc.array(dislikes), (refusals) => {
      let habits = FIRST_HABITS;
      let steps = 0;
      for (const disliked of refusals) {
        const next = concede(habits, disliked);
        if (next === null) continue;
        expect(both(next, habits)).toEqual(next);
        habits = next;
        steps += 1;
      }
      expect(steps).toBeLessThanOrEqual(5);
    }),
  );
});

test.each([
  [
    true,
    { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false },
  ],
  [true, { type: 'string' }],
  [false, { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }],
  [
    false,
    { type: 'object', properties: { a: { type: 'string' } }, required: [], additionalProperties: false },
  ],
  [false, { type: 'array', items: { type: 'object', properties: {} } }],
  [
    true,
    {
      type: 'object',
      properties: { type: { type: 'string' } },
      required: ['type'],
      additionalProperties: false,
    },
  ],
])('whether a schema can be held exactly (%j)', (strict, schema) => {
  expect(isStrictSchema(schema)).toBe(strict);
});

test('64 KiB of the worst strings are read in no time', () => {
  const worst = [
    'model '.repeat(11_000),
    'max_tokens'.repeat(6_500),
    '"retryDelay":"'.repeat(4_600),
    'exceeds the model '.repeat(3_600),
    `"retryDelay"${' '.repeat(65_000)}`,
  ];
  for (const said of worst) {
    const start = performance.now();
    classifyAnswer({ status: 400, headers: new Headers(), body: said }, READING);
    classifyAnswer({ status: 429, headers: new Headers(), body: said }, READING);
    expect(performance.now() - start).toBeLessThan(100);
  }
});
