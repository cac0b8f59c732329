import { describe, expect, it } from 'vitest';
import { secretValues } from '../../src/app/secret-variables.ts';

describe('values of the environment that may stand in nothing that leaves', () => {
  it('are those of variables named like secrets, and passwords inside URLs', () => {
    expect(
      secretValues({
        GITHUB_TOKEN: 'ghs_0123456789',
        DB_PASSWORD: 'correct horse',
        ASSAY_MODEL_API_KEY: 'sk-0123456789',
        HTTPS_PROXY: 'http://user:proxy-password@proxy:3128',
        PATH: '/usr/bin',
        TOKEN_FILE: '/run/secrets/token',
        SHORT_TOKEN: '1234',
        UNSET_TOKEN: undefined,
      }),
    ).toEqual(['ghs_0123456789', 'correct horse', 'sk-0123456789', 'proxy-password']);
  });
});
