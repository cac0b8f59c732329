// A finding that was fixed and is back: one open comment tells it, whatever became of its line, its thread and the token's rights.
import { expect, it } from 'vitest';
import type { PublicationRecord } from '../../src/publish/publication-schema.ts';
import { type AgainHost, describeAgain } from './again-hosts.ts';
import { danger, fileOf, pushLines, type ScanOptions, scan, withDangers } from './again-shop.ts';

type Row = PublicationRecord['ledger'][number];

async function run(host: AgainHost, options: ScanOptions = {}): Promise<readonly Row[]> {
  const { record } = await host.run(scan(host.repository, options));
  expect([record?.problems, record?.counts.lost, record?.mode]).toEqual([[], 0, 'posted']);
  return record?.ledger ?? [];
}

async function expectQuiet(host: AgainHost, options: ScanOptions = {}): Promise<void> {
  const writes = host.writes();
  await run(host, options);
  expect(host.writes() - writes).toBe(0);
}

const about = (host: AgainHost, name: string) =>
  host.comments().filter(({ text }) => text.includes(`query.${name}`) || /^(?:✅|\[➡)/u.test(text));
const backAgain = (since: string, fixed: string) =>
  new RegExp(`Back since \\S+/commit/${since}\\)\\*\\*: it was fixed in \\S+/commit/${fixed}\\)\\.`);
const nowAt = (head: string, line: number) =>
  new RegExp(
    `The line of this comment is gone; the code is at \\S+/blob/${head}/src/app\\.js#L${line}\\) now\\.`,
  );

interface Story {
  readonly host: AgainHost;
  /** Of the one comment about the finding that comes and goes. */
  readonly id: number;
  readonly fixed: string;
  readonly back: string;
}

/** The line of `a` is told of, fixed, and written again somewhere else: its old place holds other code. */
async function tellStory(
  host: AgainHost,
  { inBetween = () => undefined, fixes = false }: { inBetween?: (id: number) => void; fixes?: boolean } = {},
): Promise<Story> {
  await run(host, { fixes });
  const id = host.comments()[0]?.id ?? 0;
  const fixed = pushLines(host.repository, withDangers({ 30: 'b' }));
  await run(host, { fixes });
  expect(host.comments().find((comment) => comment.id === id)?.text).toMatch(/^✅ \*\*Fixed in /);
  inBetween(id);
  const back = pushLines(host.repository, withDangers({ 30: 'b', 50: 'a' }).toSpliced(4, 1, 'other();'));
  return { host, id, fixed, back };
}

const actionOf = (rows: readonly Row[], line: number) => rows.find((row) => row.line === line)?.action;

describeAgain('a finding that is back', (start, name) => {
  it('at the line that its comment stands at is told there again', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    const [said] = host.comments();
    const fixed = host.repository.head();
    await run(host, { not: [5] });
    expect(host.comments()[0]?.text).toMatch(/^✅ \*\*No longer reported at /);
    const back = pushLines(host.repository, ['// one more', ...withDangers({ 5: 'a', 30: 'b' })]);
    expect(actionOf(await run(host), 6)).toBe('reopened');
    expect(host.comments().map(({ id, line, thread }) => [id, line, thread])).toEqual([
      [said?.id, 6, 'open'],
      [expect.any(Number), 31, 'open'],
    ]);
    const words = `Back since \\S+/commit/${back}\\)\\*\\*: it was not reported at \\S+/commit/${fixed}\\)\\.`;
    expect(host.comments()[0]?.text).toMatch(new RegExp(words));
    await expectQuiet(host);
    const text = host.comments()[0]?.text;
    pushLines(host.repository, ['// one more', ...withDangers({ 5: 'a', 30: 'b' }), '// and one']);
    await run(host);
    expect(host.comments()[0]?.text).toBe(text);
  });

  it('elsewhere, in a thread where people answered, is told in that thread, with where the code is now', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    const { id, fixed, back } = await tellStory(host, {
      fixes: true,
      inBetween: (at) => host.reply(at, 'Thank you!'),
    });
    expect(actionOf(await run(host, { fixes: true }), 50)).toBe('reopened');
    const [comment, ...more] = about(host, 'a');
    expect([comment?.id, comment?.line, comment?.thread, comment?.answers, more]).toEqual([
      ...[id, null, 'open', ['Thank you!'], []],
    ]);
    expect(comment?.text).toMatch(backAgain(back, fixed));
    expect(comment?.text).toMatch(nowAt(back, 50));
    expect(comment?.text).not.toContain('```suggestion');
    expect(comment?.text).toContain('+list(request.query.a);');
    expect(comment?.text).toContain('git apply');
    await expectQuiet(host, { fixes: true });
    const raw = host.raw(id);
    pushLines(host.repository, withDangers({ 30: 'b', 51: 'a' }).toSpliced(4, 1, 'other();'));
    await run(host, { fixes: true });
    expect(host.raw(id)).toBe(raw);
    pushLines(host.repository, withDangers({ 30: 'b' }).toSpliced(4, 1, 'other();'));
    await run(host, { fixes: true });
    expect(about(host, 'a')[0]).toMatchObject({ id, thread: 'resolved', answers: ['Thank you!'] });
    expect(about(host, 'a')[0]?.text).toMatch(/^✅ \*\*Fixed in /);
    expect(about(host, 'a')[0]?.text).toContain('What was said before');
    await expectQuiet(host, { fixes: true });
  });

  it('elsewhere, in a thread that nobody answered, has one comment at its line and nothing closed beside it', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    const { id, fixed, back } = await tellStory(host, { fixes: true });
    expect(actionOf(await run(host, { fixes: true }), 50)).toBe('reopened');
    expect(host.comments()).toHaveLength(2);
    const [comment] = about(host, 'a');
    expect([comment?.line, comment?.thread, comment?.id === id]).toEqual([50, 'open', false]);
    expect(comment?.text).toMatch(backAgain(back, fixed));
    expect(comment?.text).toContain('```suggestion');
    await expectQuiet(host, { fixes: true });
  });

  it('elsewhere, where the host deletes nothing, leaves the closed comment, which leads to the open one', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    const { id } = await tellStory(host);
    host.refuseDeletions(true);
    expect(actionOf(await run(host), 50)).toBe('reopened');
    const [old, fresh, ...more] = about(host, 'a');
    expect([old?.id, old?.thread, fresh?.line, fresh?.thread, more]).toEqual([
      id,
      'resolved',
      50,
      'open',
      [],
    ]);
    expect(old?.text).toMatch(/^\[➡️ \*\*Moved to another line\*\*\]\(/u);
    expect(old?.text).toContain(`${name === 'github' ? '#discussion_r' : '#note_'}${fresh?.id})`);
    expect(old?.text).toContain('~~Needs review');
    await expectQuiet(host);
    host.refuseDeletions(false);
    await run(host);
    expect(about(host, 'a').map((comment) => comment.id)).toEqual([fresh?.id]);
    await expectQuiet(host);
  });

  it('elsewhere, where the host deletes nothing and a person deletes the new one, is not told a third time', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    const { id } = await tellStory(host);
    host.refuseDeletions(true);
    await run(host);
    host.delete(about(host, 'a').at(-1)?.id ?? 0);
    expect(actionOf(await run(host), 50)).toBe('left_to_people');
    expect(about(host, 'a').map((comment) => [comment.id, comment.thread])).toEqual([[id, 'resolved']]);
    await expectQuiet(host);
  });

  it.each([
    ['without the right to resolve', false],
    ['with no right but to write', true],
  ])('elsewhere, %s, is told once', async (_, hide) => {
    const host = await start({ 5: 'a', 30: 'b' });
    host.takeRights(hide);
    const { fixed, back } = await tellStory(host);
    expect(actionOf(await run(host), 50)).toBe('reopened');
    expect(about(host, 'a').map(({ line, thread }) => [line, thread])).toEqual([[50, 'open']]);
    expect(about(host, 'a')[0]?.text).toMatch(backAgain(back, fixed));
    await expectQuiet(host);
  });

  it('in a file that the change leaves alone by now is told where its thread is', async () => {
    const host = await start({ 5: 'a' }, { policy: 'version: 1\nscope: all\n' });
    await run(host);
    const [said] = host.comments();
    pushLines(host.repository, withDangers({}).toSpliced(4, 1, 'other();'));
    await run(host);
    host.repository.pushBase(
      (git) => void git.write('src/app.js', fileOf([danger('a'), ...withDangers({})])),
    );
    host.repository.rebase();
    host.repository.push((git) => void git.write('src/app.js', fileOf([danger('a'), ...withDangers({})])));
    host.repository.push((git) => void git.write('src/other.js', fileOf(['const other = 1;'])));
    expect(actionOf(await run(host), 1)).toBe('reopened');
    expect(about(host, 'a')).toMatchObject([{ id: said?.id, thread: 'open', line: null }]);
    expect(about(host, 'a')[0]?.text).toMatch(nowAt(host.repository.head(), 1));
    await expectQuiet(host);
  });
});
