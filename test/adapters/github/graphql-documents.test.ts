import { schema as official } from '@octokit/graphql-schema';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { THREADS_QUERY, VIEWER_QUERY } from '#adapters/github/review-threads.ts';
import { LOOK, MINIMIZE, RESOLVE, UNMINIMIZE, UNRESOLVE } from '#adapters/github/thread-mutations.ts';

// The published text defines two fields of an enterprise twice, which is nothing to us.
const schema = buildSchema(official.idl, { assumeValid: true, assumeValidSDL: true });

describe("the GraphQL documents against GitHub's own schema", () => {
  it.each(Object.entries({ THREADS_QUERY, VIEWER_QUERY, RESOLVE, UNRESOLVE, MINIMIZE, UNMINIMIZE, LOOK }))(
    '%s',
    (_, document) => {
      expect(validate(schema, parse(document))).toEqual([]);
    },
  );

  it('sees a field that is not there', () => {
    expect(validate(schema, parse(THREADS_QUERY.replace('isOutdated', 'isOld')))).toHaveLength(1);
  });
});
