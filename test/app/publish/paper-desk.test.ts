// Where the links of a dry run lead that asks no host.
import { expect, test } from 'vitest';
import type { ChangeSource } from '#ports/change-source.ts';
import { openPaperDesk } from '../../../src/app/publish/paper-desk.ts';
import type { ReviewTarget } from '../../../src/app/publish/review-target.ts';

const HEAD = 'c'.repeat(40);
const changes = {
  commits: async () => ({ baseTip: 'a'.repeat(40), mergeBase: 'a'.repeat(40), head: HEAD }),
} as unknown as ChangeSource;
const NOWHERE = { kind: 'none', host: null, why: '', hint: '' } as unknown as ReviewTarget;

test.each([
  [{ kind: 'github', repository: 'acme/shop', number: 7 }, {}, 'https://github.com/acme/shop', '/pull/7'],
  [
    { kind: 'github', repository: 'acme/shop', number: 7 },
    { GITHUB_SERVER_URL: 'https://git.example/' },
    ...['https://git.example/acme/shop', '/pull/7'],
  ],
  [
    { kind: 'gitlab', project: 'acme/shop', iid: 5 },
    {},
    'https://gitlab.com/acme/shop/-',
    '/merge_requests/5',
  ],
  [
    { kind: 'gitlab', project: '12', iid: 5 },
    { CI_MERGE_REQUEST_PROJECT_URL: 'https://git.example/acme/shop' },
    ...['https://git.example/acme/shop/-', '/merge_requests/5'],
  ],
  [NOWHERE, {}, 'https://github.com/owner/repository', '/pull/0'],
] as const)('%j with %j: into the project that is named', async (target, variables, project, change) => {
  const { desk } = openPaperDesk(changes, target as ReviewTarget, { choice: 'auto', variables, book: null });
  const state = await desk.read();
  expect('problem' in state ? null : state.change).toMatchObject({
    ...{ blobUrl: `${project}/blob/${HEAD}`, url: `${project}${change}` },
  });
});
