import { afterAll } from 'vitest';
import { createGitHubClient } from '#adapters/github/github-client.ts';
import { createGitHubDesk } from '#adapters/github/github-desk.ts';
import { createMemoryWorld } from '../doubles/memory-world.ts';
import type { FaultAction } from '../emulators/faults.ts';
import { ACTIONS_BOT, actionsToken } from '../emulators/github/actors.ts';
import {
  type GitHubEmulator,
  startGitHubEmulator,
  WORKFLOW_TOKEN,
} from '../emulators/github/github-emulator.ts';
import type { DeskUnderTest, LostHow } from './desk-under-test.ts';
import { reviewDeskContract } from './review-desk.contract.ts';
import { SpareRepository } from './spare-repository.ts';

const spare = new SpareRepository();
afterAll(() => spare.dispose());

function openDesk(github: GitHubEmulator) {
  const client = createGitHubClient({
    token: WORKFLOW_TOKEN,
    apiUrl: github.apiUrl,
    graphqlUrl: github.graphqlUrl,
    fetch,
    sleep: async () => {},
    now: () => 0,
    log: createMemoryWorld({}, {}).log,
  });
  const { owner, name, number } = github.state.settings;
  return createGitHubDesk(client, { repository: `${owner}/${name}`, number, serverUrl: github.serverUrl });
}

async function openGitHubDesk(): Promise<DeskUnderTest> {
  const repository = spare.take();
  const github = await startGitHubEmulator({ repository, openApi: null });
  const { faults, people, state } = github;
  const idOf = (marker: string): number => {
    const said = [...state.comments, ...state.issueComments];
    const found = said.find(({ actor, body }) => actor.id === ACTIONS_BOT.id && body.includes(marker));
    if (!found) throw new Error(`No comment holds ${marker}`);
    return found.id;
  };
  const failWrite = (stored: boolean, how: LostHow) => {
    const fault: FaultAction =
      how === 'reset'
        ? { kind: stored ? 'store_then_drop' : 'drop' }
        : { kind: stored ? 'store_then_status' : 'status', status: 502 };
    faults.clear();
    faults.add(
      { method: 'POST', path: /\/(reviews|comments)$/, ...fault },
      { method: 'PATCH', path: /\/comments\/\d+$/, ...fault },
    );
  };
  return {
    desk: openDesk(github),
    another: () => openDesk(github),
    self: ACTIONS_BOT.login,
    head: () => repository.head(),
    writes: () => github.writes().length,
    reply: (marker) => void people.reply(idOf(marker)),
    edit: (marker, body) => people.edit(idOf(marker), body),
    resolve: (marker) => people.resolve(idOf(marker)),
    delete: (marker) => people.delete(idOf(marker)),
    say: (body) => void people.comment(body),
    push: () => spare.push(),
    takeRight: (right) => {
      const access = right === 'comment' ? 'read' : 'write';
      const token = actionsToken({ contents: 'read', 'pull-requests': access, issues: access });
      github.tokens.set(WORKFLOW_TOKEN, token);
    },
    loseAnswer: (how) => failWrite(true, how),
    failOnce: (how) => failWrite(false, how),
    goAway: () => void faults.add({ kind: 'drop', nth: 'always' }),
    dispose: async () => {
      await github.close();
      spare.giveBack();
      if (github.violations.length > 0) throw new Error(github.violations.join('\n'));
    },
  };
}

reviewDeskContract('the desk on GitHub', openGitHubDesk);
