import { afterAll } from 'vitest';
import { createGitLabClient } from '#adapters/gitlab/gitlab-client.ts';
import { createGitLabDesk } from '#adapters/gitlab/gitlab-desk.ts';
import { createMemoryWorld } from '../doubles/memory-world.ts';
import type { FaultAction } from '../emulators/faults.ts';
import {
  GITLAB_TOKENS,
  GITLAB_USERS,
  type GitLabEmulator,
  startGitLabEmulator,
} from '../emulators/gitlab/start-gitlab-emulator.ts';
import type { DeskUnderTest, LostHow } from './desk-under-test.ts';
import { reviewDeskContract } from './review-desk.contract.ts';
import { SpareRepository } from './spare-repository.ts';

const spare = new SpareRepository();
afterAll(() => spare.dispose());

function openDesk(gitlab: GitLabEmulator) {
  const client = createGitLabClient({
    token: GITLAB_TOKENS.bot,
    apiUrl: gitlab.apiUrl,
    fetch,
    sleep: async () => {},
    now: () => 0,
    log: createMemoryWorld({}, {}).log,
  });
  if ('problem' in client) throw new Error(client.problem.text);
  const at = { project: 42, iid: 7, serverUrl: gitlab.serverUrl, fallbackRefs: null };
  return createGitLabDesk(client, at);
}

async function openGitLabDesk(): Promise<DeskUnderTest> {
  const repository = spare.take();
  const gitlab = await startGitLabEmulator({ repository, basePath: '/gitlab/api/v4' });
  const { faults, people } = gitlab;
  const noteOf = (marker: string): number => {
    const notes = gitlab.discussionsBy(GITLAB_USERS.bot).flatMap((discussion) => discussion.notes);
    const found = notes.find(({ body }) => body.includes(marker));
    if (!found) throw new Error(`No note holds ${marker}`);
    return found.id;
  };
  const failWrite = (stored: boolean, how: LostHow) => {
    const fault: FaultAction =
      how === 'reset'
        ? { kind: stored ? 'store_then_drop' : 'drop' }
        : { kind: stored ? 'store_then_status' : 'status', status: 502 };
    faults.clear();
    faults.add({ method: 'POST', ...fault }, { method: 'PUT', ...fault });
  };
  return {
    desk: openDesk(gitlab),
    another: () => openDesk(gitlab),
    self: GITLAB_USERS.bot.username,
    head: () => repository.head(),
    writes: () => gitlab.writes().length,
    reply: (marker) => void people.reply(noteOf(marker), 'Is it?'),
    edit: (marker, body) => people.edit(noteOf(marker), body),
    resolve: (marker) => people.resolve(noteOf(marker)),
    delete: (marker) => people.delete(noteOf(marker)),
    say: (body) => void people.comment(body),
    push: () => spare.push(),
    takeRight: (right) =>
      gitlab.grant(GITLAB_TOKENS.bot, {
        kind: right === 'comment' ? 'read_api' : 'api',
        user: GITLAB_USERS.bot,
        access: 20,
      }),
    loseAnswer: (how) => failWrite(true, how),
    failOnce: (how) => failWrite(false, how),
    goAway: () => void faults.add({ kind: 'drop', nth: 'always' }),
    dispose: async () => {
      await gitlab.close();
      spare.giveBack();
      if (gitlab.violations.length + gitlab.quickActions.length > 0) {
        throw new Error([...gitlab.violations, ...gitlab.quickActions].join('\n'));
      }
    },
  };
}

reviewDeskContract('the desk on GitLab', openGitLabDesk);
