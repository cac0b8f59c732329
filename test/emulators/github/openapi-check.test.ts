import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OpenApiCheck, readOpenApi } from './openapi-check.ts';

const comment = {
  type: 'object',
  properties: {
    line: { type: 'integer' },
    start_line: { type: 'integer', nullable: true },
    user: { $ref: '#/components/schemas/user' },
  },
  required: ['line'],
};
const DOCUMENT = {
  paths: {
    '/comments': {
      get: {
        parameters: [{ $ref: '#/components/parameters/per-page' }],
        responses: {
          200: {
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/pull-request-review-comment' } },
            },
          },
        },
      },
      post: {
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: { body: { type: 'string', maxLength: 5 } },
                required: ['body'],
              },
            },
          },
        },
        responses: { 201: { $ref: '#/components/responses/made' } },
      },
    },
  },
  components: {
    parameters: { 'per-page': { name: 'per_page', in: 'query', schema: { type: 'integer' } } },
    responses: {
      made: { content: { 'application/json': { schema: { $ref: '#/components/schemas/user' } } } },
    },
    schemas: {
      'pull-request-review-comment': comment,
      'review-comment': comment,
      user: {
        nullable: true,
        type: 'object',
        properties: { kind: { type: 'string', enum: ['Bot'], nullable: true } },
        required: ['kind'],
      },
    },
  },
};

let folder: string;
let check: OpenApiCheck;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-test-'));
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(DOCUMENT));
  check = readOpenApi(join(folder, 'openapi.json'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ask = (method: string, query: string, body: unknown): readonly string[] =>
  check.request(method, '/comments', { query: new URLSearchParams(query), body });
const answer = (method: string, status: number, body: unknown): readonly string[] =>
  check.answer(method, '/comments', { status, body });

test('a request is held against the description: its query and its body', () => {
  expect(ask('GET', 'per_page=5', null)).toEqual([]);
  expect(ask('GET', 'per_page=many', null)).toEqual(['GET /comments ?per_page: data must be integer']);
  expect(ask('GET', 'since=x', null)).toEqual(['GET /comments: ?since is not known']);
  expect(ask('GET', '', {})).toEqual(['GET /comments: takes no body']);
  expect(ask('POST', '', { body: 'text' })).toEqual([]);
  expect(ask('POST', '', { body: 3 })).toEqual(['POST /comments: data/body must be string']);
  expect(ask('POST', '', { body: 'longer' })).toEqual([
    'POST /comments: data/body must NOT have more than 5 characters',
  ]);
  expect(ask('POST', '', {})).toEqual(["POST /comments: data must have required property 'body'"]);
});

test('an answer is held against it too, with its references and nulls', () => {
  expect(answer('GET', 200, { line: 3, start_line: null, user: null })).toEqual([]);
  expect(answer('GET', 200, { line: 3, user: { kind: null } })).toEqual([]);
  expect(answer('GET', 200, { line: 3, user: { kind: 'Person' } })).toHaveLength(1);
  expect(answer('GET', 200, {})).toEqual(["GET /comments → 200: data must have required property 'line'"]);
  expect(answer('POST', 201, {})).toHaveLength(1);
});

test('a comment’s line may be null, which GitHub does and its description does not say', () => {
  expect(answer('GET', 200, { line: null })).toEqual([]);
});

test('what is not described is not judged', () => {
  expect(check.request('GET', '/else', { query: new URLSearchParams('a=1'), body: null })).toEqual([]);
  expect(answer('GET', 404, { message: 'Not Found' })).toEqual([]);
});
