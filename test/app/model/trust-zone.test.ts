import { expect, test } from 'vitest';
import { trustZoneOf } from '../../../src/app/model/trust-zone.ts';

const request = (head: string | null, base: string) => ({
  pull_request: {
    head: { repo: head === null ? null : { full_name: head } },
    base: { repo: { full_name: base } },
  },
});

test.each([
  ['a run outside of CI', {}, null, 'trusted'],
  ['a push', { GITHUB_EVENT_NAME: 'push' }, {}, 'trusted'],
  [
    'a branch of the repository itself',
    { GITHUB_EVENT_NAME: 'pull_request' },
    request('a/b', 'a/b'),
    'trusted',
  ],
  ['a fork', { GITHUB_EVENT_NAME: 'pull_request' }, request('x/b', 'a/b'), 'untrusted'],
  ['a fork that is gone', { GITHUB_EVENT_NAME: 'pull_request' }, request(null, 'a/b'), 'untrusted'],
  ['an event that says nothing', { GITHUB_EVENT_NAME: 'pull_request' }, {}, 'untrusted'],
  [
    'an event of a fork under another name',
    { GITHUB_EVENT_NAME: 'pull_request_review' },
    request('x/b', 'a/b'),
    'untrusted',
  ],
  [
    'a merge request of the project itself',
    { CI_MERGE_REQUEST_PROJECT_ID: '1', CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '1' },
    null,
    'trusted',
  ],
  [
    'a merge request of a fork',
    { CI_MERGE_REQUEST_PROJECT_ID: '1', CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '2' },
    null,
    'untrusted',
  ],
  ['a merge request whose source is gone', { CI_MERGE_REQUEST_PROJECT_ID: '1' }, null, 'untrusted'],
] as const)('%s', (_, variables, event, zone) => {
  expect(trustZoneOf(variables, event)).toBe(zone);
});
