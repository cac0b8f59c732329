import { Gitlab } from '@gitbeaker/rest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BehaviourWorld, openBehaviourWorld } from './behaviour-world.ts';
import { checkPosition } from './check-position.ts';
import type { Position } from './model.ts';
import { GITLAB_TOKENS } from './start-gitlab-emulator.ts';

let world: BehaviourWorld;
beforeEach(async () => {
  world = await openBehaviourWorld();
});
afterEach(() => world.close());

const post = async (lines: Record<string, unknown>, path?: string): Promise<string> => {
  const position = world.at(lines, path);
  return (await world.send('POST', 'discussions', { body: 'x', position })).body.id;
};
const positionOf = (id: string) => world.gitlab.people.note(id).position;

test('of all pairs of lines those that the diff shows are taken, and no other', () => {
  const lines = [null, ...Array.from({ length: 42 }, (_, at) => at + 1)];
  const taken = lines.flatMap((old_line) =>
    lines
      .filter((new_line) => {
        const position = { ...world.at({ old_line, new_line }), line_range: null } as Position;
        return checkPosition(position, world.gitlab.state.diff(), false).kind === 'taken';
      })
      .map((new_line) => `${old_line ?? ''}:${new_line ?? ''}`),
  );
  expect(taken.join(' ')).toBe(
    ':5 :30 2:2 3:3 4:4 5: 6:6 7:7 8:8 17:17 18:18 19:19 20: 21:20 22:21 23:22 28:27 29:28 30:29 31:31 32:32 33:33',
  );
});

test('a position follows a file to its new name', async () => {
  const id = await post({ new_line: 5 });
  world.repository.push((git) => git.move('src/app.js', 'src/main.js'));
  expect(positionOf(id)).toMatchObject({
    ...world.refs(),
    old_path: 'src/app.js',
    new_path: 'src/main.js',
    new_line: 5,
  });
});

test('a position is outdated when its file is no part of the change any more', async () => {
  const [gone, kept] = [await post({ new_line: 1 }, 'src/new.js'), await post({ new_line: 5 })];
  const before = world.refs();
  world.repository.push((git) => git.remove('src/new.js'));
  expect(positionOf(gone)).toMatchObject(before);
  expect(positionOf(kept)).toMatchObject(world.refs());
});

test('a position survives a rebase and a force push that leave its line alone', async () => {
  const id = await post({ new_line: 30 });
  world.repository.pushBase((git) => git.write('other.txt', 'x\n'));
  world.repository.rebase();
  expect(positionOf(id)).toMatchObject({ ...world.refs(), new_line: 30 });
  const text = world.repository.file(world.refs().head_sha, 'src/app.js')?.toString() ?? '';
  world.repository.forcePush((git) => git.write('src/app.js', `top\n${text}`));
  expect(positionOf(id)).toMatchObject({ ...world.refs(), old_line: null, new_line: 31 });
});

test('an added line that the target has by now is followed as an unchanged one', async () => {
  const id = await post({ new_line: 30 });
  const text = world.repository.file(world.refs().head_sha, 'src/app.js')?.toString() ?? '';
  world.repository.pushBase((git) => git.write('src/app.js', text));
  world.repository.push((git) => git.write('src/app.js', `top\n${text}`));
  world.repository.git.git('merge', '--quiet', '-s', 'ours', '-m', 'merge', 'main');
  world.gitlab.state.refresh();
  expect(positionOf(id)).toMatchObject({ ...world.refs(), old_line: 30, new_line: 31 });
});

test('gitbeaker’s own form for a position is understood', async () => {
  const { gitlab } = world;
  const client = new Gitlab({ host: gitlab.serverUrl, token: GITLAB_TOKENS.bot });
  const { base_sha, start_sha, head_sha } = world.refs();
  const discussion = await client.MergeRequestDiscussions.create(42, 7, 'by form', {
    position: {
      baseSha: base_sha,
      startSha: start_sha,
      headSha: head_sha,
      positionType: 'text',
      oldPath: 'src/app.js',
      newPath: 'src/app.js',
      oldLine: '6',
      newLine: '6',
    },
  });
  expect(gitlab.log[0]?.headers['content-type']).toMatch(/^multipart\/form-data/);
  expect(discussion.notes?.[0]).toMatchObject({ position: { old_line: 6, new_line: 6 } });
  expect(gitlab.violations).toEqual([]);
});

test('a commit status joins a pipeline of its commit, or is not found', async () => {
  world.gitlab.switches.pipelines = [11];
  const report = (pipeline_id: number) =>
    world.send('POST', `/projects/42/statuses/${world.repository.head()}`, { state: 'success', pipeline_id });
  const refused = await report(12);
  expect([refused.status, refused.body]).toEqual([404, { message: '404 Pipeline Not Found' }]);
  expect((await report(11)).status).toBe(201);
});
