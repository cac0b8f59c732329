import { afterEach, beforeEach, expect, test } from 'vitest';
import { type GitHubWorld, numbered, openGitHubWorld } from './behaviour-world.ts';

const APP = 'src/app.js';
const block = (text: string): string => `Better:\n\n\`\`\`suggestion\n${text}\`\`\`\n`;

let world: GitHubWorld;
beforeEach(async () => {
  world = await openGitHubWorld();
});
afterEach(() => world.close());

async function post(
  ...comments: { line: number; start_line?: number; side?: string; text?: string }[]
): Promise<number[]> {
  const sent = comments.map(({ text = 'better\n', side = 'RIGHT', ...place }) => {
    const start = place.start_line === undefined ? {} : { start_side: side };
    return { path: APP, side, body: block(text), ...place, ...start };
  });
  const { status } = await world.review(sent);
  expect(status).toBe(200);
  return world.github.state.comments.slice(-comments.length).map(({ id }) => id);
}

const lines = (): string[] =>
  world.repository.file(world.repository.head(), APP)?.toString().split('\n') ?? [];

test('a click replaces the lines of the comment, pushes a commit and resolves the thread', async () => {
  const [one, many] = (await post(
    { line: 10, text: 'TEN\nELEVEN\n' },
    { start_line: 12, line: 13, text: '' },
  )) as [number, number];
  const before = lines();
  const head = world.github.applySuggestion(one);
  expect(world.repository.head()).toBe(head);
  expect(lines()).toEqual([...before.slice(0, 9), 'TEN', 'ELEVEN', ...before.slice(10)]);
  expect(() => world.github.applySuggestion(one)).toThrow('has been applied or marked resolved');
  world.github.applySuggestion(many);
  expect(lines()).toEqual([...before.slice(0, 9), 'TEN', 'ELEVEN', 'line 11', ...before.slice(13)]);
});

test('a batch is one commit, with one suggestion a line', async () => {
  const [first, second, third] = (await post({ line: 10 }, { line: 11 }, { start_line: 11, line: 12 })) as [
    number,
    number,
    number,
  ];
  expect(() => world.github.applySuggestions([first, second, third])).toThrow('Only one suggestion per line');
  world.github.applySuggestions([first, second]);
  expect(lines().flatMap((line, at) => (line === 'better' ? [at + 1] : []))).toEqual([10, 11]);
  expect(world.repository.commits()).toHaveLength(2);
});

test('there is no button on deleted lines, between deleted lines, on what is closed, resolved or outdated, or without a change', async () => {
  const [left, across, same, fine] = (await post(
    { line: 10, side: 'LEFT' },
    { start_line: 29, line: 31 },
    { line: 10, text: 'ten\n' },
    { line: 11 },
  )) as [number, number, number, number];
  const { github, repository } = world;
  expect(() => github.applySuggestion(left)).toThrow('deleted lines is not supported');
  expect(() => github.applySuggestion(across)).toThrow('deleted lines stand between');
  expect(() => github.applySuggestion(same)).toThrow('No changes were made');
  github.people.close();
  expect(() => github.applySuggestion(fine)).toThrow('closed');
  github.people.reopen();
  github.people.resolve(fine);
  expect(() => github.applySuggestion(fine)).toThrow('resolved');
  github.people.unresolve(fine);
  repository.push((git) => git.write(APP, numbered(40, 'other')));
  expect(() => github.applySuggestion(fine)).toThrow('outdated');
});
