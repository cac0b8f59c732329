import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOwn } from '#adapters/github/bot-identity.ts';
import { acceptedPermissions, explainFailure } from '#adapters/github/explain-failure.ts';
import { createGitHubDesk } from '#adapters/github/github-desk.ts';
import { hostileText } from '../../doubles/hostile-text.ts';
import { json, stubClient, TOKEN } from './stub-client.ts';

const ATTEMPT = { what: 'post the review', needs: 'pull-requests: write' };

async function problemOf(answer: () => Response) {
  const { client } = stubClient([answer]);
  const error: unknown = await client.write('POST /x', {}).catch((thrown: unknown) => thrown);
  const failure = client.failureOf(error);
  if (failure === null) throw error;
  return explainFailure(failure, ATTEMPT);
}

describe('what GitHub refuses, in words', () => {
  it.each([
    ['D1', 422, { message: 'Unprocessable Entity', errors: ['Line could not be resolved'] }, 'anchor'],
    [
      'D2',
      422,
      { errors: ['Line could not be resolved, Path could not be resolved, and Line could not be resolved'] },
      'anchor',
    ],
    [
      'D3',
      422,
      {
        errors: [
          "Pull request review thread line must be part of the diff and Pull request review thread diff hunk can't be blank",
        ],
      },
      'anchor',
    ],
    [
      'D4',
      422,
      { errors: ['Pull request review thread start line must be part of the same hunk as the line.'] },
      'anchor',
    ],
    ['D5', 422, { errors: ['Pull request review thread start line must precede the end line.'] }, 'anchor'],
    ['D6', 422, { errors: ['The commitOID is not part of the pull request'] }, 'moved'],
    [
      'D6 of an earlier review',
      422,
      { errors: ['Start commit oid is not part of the pull request'] },
      'moved',
    ],
    [
      'D10',
      422,
      {
        message: 'Validation Failed',
        errors: [
          {
            resource: 'PullRequestReviewComment',
            code: 'custom',
            field: 'pull_request_review_thread.line',
            message: 'pull_request_review_thread.line must be part of the diff',
          },
        ],
      },
      'anchor',
    ],
    [
      'D11',
      422,
      {
        message:
          'Invalid request.\n\nNo subschema in "oneOf" matched.\n"subject_type" is not a permitted key.',
      },
      'anchor',
    ],
    [
      'D12',
      422,
      {
        errors: [
          {
            resource: 'IssueComment',
            code: 'unprocessable',
            field: 'data',
            message: 'Body is too long (maximum is 65536 characters)',
          },
        ],
      },
      'too_long',
    ],
    ['D17', 403, { message: 'Resource not accessible by integration' }, 'permission'],
    ['D18', 404, { message: 'Not Found' }, 'permission'],
    ['bad credentials', 401, { message: 'Bad credentials' }, 'permission'],
    ['locked', 403, { message: 'Unable to create comment because issue is locked.' }, 'locked'],
    ['archived', 403, { message: 'Repository was archived so is read-only.' }, 'locked'],
    ['an unknown refusal', 422, { message: 'Validation Failed', errors: ['Something else'] }, 'rejected'],
    ['D32', 502, 'Server Error', 'unreachable'],
  ])('%s', async (_, status, body, code) => {
    expect((await problemOf(() => json(status, body))).code).toBe(code);
  });

  it('is one sentence in which what the host said stands between backticks, shortened, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(hostileText, fc.constant(`x\`y\n${'z'.repeat(5000)}`)), async (text) => {
        const body = { message: text, errors: [{ message: text }, text, null] };
        const { text: sentence } = await problemOf(() => json(422, body));
        expect(sentence).toMatch(
          /^Assay could not post the review \(status 422\)(, GitHub said `[^`\n]*`)?\.$/,
        );
        expect(sentence.length).toBeLessThan(400);
      }),
    );
  });

  it('never holds the token, whoever says it', async () => {
    const desk = (answer: () => Response) => {
      const { client } = stubClient([answer]);
      return createGitHubDesk(client, { repository: 'o/r', number: 1, serverUrl: 'https://github.test' });
    };
    const echo = { message: `Bad token ${TOKEN}`, errors: [`token ${TOKEN}`, { message: TOKEN }] };
    const fail = () => {
      throw new TypeError('fetch failed', { cause: new Error(`connect with ${TOKEN}`) });
    };
    for (const answer of [() => json(401, echo), () => json(500, echo), () => json(200, TOKEN), fail]) {
      const state = await desk(answer).read();
      expect(state).toHaveProperty('problem');
      expect(JSON.stringify(state)).not.toContain(TOKEN);
    }
  });

  it('gives an answer that is no answer of GitHub as unreachable', async () => {
    const { client } = stubClient([() => json(200, { hello: 'I am a proxy' })]);
    const desk = createGitHubDesk(client, { repository: 'o/r', number: 1, serverUrl: 'https://github.test' });
    expect(await desk.read()).toMatchObject({ problem: { code: 'unreachable' } });
  });

  it.each(['o', 'o/r/x', '../r', 'o/..', 'o/.', 'o r/x', 'o/r?x', ''])(
    'refuses "%s" as the name of a repository',
    (repository) => {
      const { client } = stubClient([]);
      const open = () =>
        createGitHubDesk(client, { repository, number: 1, serverUrl: 'https://github.test' });
      expect(open).toThrow('owner/name');
    },
  );
});

describe('the permission to add', () => {
  it.each([
    ['issues=write; pull_requests=write', ['pull-requests: write']],
    ['issues=write', ['issues: write']],
    ['contents=write,pull_requests=write; issues=write', ['contents: write', 'pull-requests: write']],
    [undefined, ['pull-requests: write']],
    ['allows_permissionless_access=true', ['pull-requests: write']],
    ['pull_requests=write`; rm -rf', ['pull-requests: write']],
  ])('for %s', (header, lines) => {
    expect(acceptedPermissions(header, 'pull-requests: write')).toEqual(lines);
  });

  it('is a line of YAML, whatever the header says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z_=;,: ]*$/)), (header) => {
        for (const line of acceptedPermissions(header, 'checks: write'))
          expect(line).toMatch(/^[a-z-]+: (read|write|admin)$/);
      }),
    );
  });
});

describe('who wrote a comment', () => {
  const bot = { login: 'github-actions[bot]', id: 41_898_282 };

  it('is the account by its number, however it is called', () => {
    expect(isOwn(bot, { id: 41_898_282, login: 'renamed[bot]', type: 'Bot' })).toBe(true);
    expect(isOwn(bot, { id: 1, login: 'someone-else[bot]', type: 'Bot' })).toBe(false);
    expect(isOwn(bot, null)).toBe(false);
  });

  it('is the app of that name too, which only one app can have, and never a person of that name', () => {
    expect(isOwn(bot, { id: 1, login: 'github-actions[bot]', type: 'Bot' })).toBe(true);
    expect(isOwn(bot, { id: 1, login: 'github-actions', type: 'User' })).toBe(false);
    expect(isOwn({ id: 7, login: 'mona' }, { id: 8, login: 'mona', type: 'User' })).toBe(false);
  });

  it('is told by the login where there is no number, in both spellings of a bot, and not by a person of that name', () => {
    for (const login of ['github-actions', 'github-actions[bot]']) {
      const unnumbered = { login, id: null };
      expect(isOwn(unnumbered, { id: 5, login: 'github-actions[bot]', type: 'Bot' })).toBe(true);
      expect(isOwn(unnumbered, { id: 6, login: 'someone', type: 'Bot' })).toBe(false);
    }
    expect(
      isOwn({ login: 'github-actions[bot]', id: null }, { id: 5, login: 'github-actions', type: 'User' }),
    ).toBe(false);
    expect(isOwn({ login: 'mona', id: null }, { id: 5, login: 'mona', type: 'User' })).toBe(true);
  });
});
