import { expect, test } from 'vitest';
import { scrubVariables } from '#app/ci/scrub-variables.ts';

test('tokens, keys and whatever is not known go; what git, proxies and certificates need stays', () => {
  const variables: Record<string, string | undefined> = {
    Path: 'C:\\git',
    PATH: '/usr/bin',
    HOME: '/root',
    https_proxy: 'http://proxy:3128',
    NODE_EXTRA_CA_CERTS: '/ca.pem',
    LC_ALL: 'C',
    GITHUB_TOKEN: 'secret',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret',
    ACTIONS_RUNTIME_TOKEN: 'secret',
    CI_JOB_TOKEN: 'secret',
    NPM_TOKEN: 'secret',
    AWS_SECRET_ACCESS_KEY: 'secret',
    NODE_OPTIONS: '--require ./x',
    LD_PRELOAD: './x.so',
    GIT_SSH_COMMAND: 'x',
    SOME_FUTURE_KEY: 'secret',
  };
  scrubVariables(variables);
  expect(Object.keys(variables).sort()).toEqual([
    'HOME',
    'LC_ALL',
    'NODE_EXTRA_CA_CERTS',
    'PATH',
    'Path',
    'https_proxy',
  ]);
});
