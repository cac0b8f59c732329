// What people did between two runs: their words and their decisions stay, and nobody is told the same thing twice.
import { expect, it } from 'vitest';
import { type AgainHost, describeAgain, type RunAgain, type SeenComment } from './again-hosts.ts';
import { pushLines, type ScanOptions, scan, withDangers } from './again-shop.ts';

const KEY: RunAgain = { variables: { ASSAY_MARKER_KEY: 'a stable secret of the team' } };

async function run(host: AgainHost, options: ScanOptions = {}, again?: RunAgain): Promise<number> {
  const writes = host.writes();
  const { record } = await host.run(scan(host.repository, options), again);
  expect([record?.problems, record?.counts.lost]).toEqual([[], 0]);
  return host.writes() - writes;
}

/** Puts the places where they are said, with one line changed that nobody cares for. */
let pushed = 0;
function push(host: AgainHost, places: Readonly<Record<number, string>>): string {
  pushed += 1;
  return pushLines(host.repository, withDangers(places).toSpliced(57, 1, `const push${pushed} = 1;`));
}

function theOne(host: AgainHost, id: number | undefined): SeenComment | undefined {
  return host.comments().find((comment) => comment.id === id);
}

/** One open comment about it, and nothing beside it. */
function expectBack(host: AgainHost): void {
  const about = host.comments().filter(({ text }) => text.includes('query.a'));
  expect(about).toMatchObject([
    { line: 5, thread: 'open', text: expect.stringContaining('it was fixed in') },
  ]);
  expect(host.comments()).toHaveLength(2);
}

describeAgain('when somebody', (start, name) => {
  it('answered, the thread is neither deleted nor written over, and once it is fixed the former text can still be read', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host, { fixes: true });
    const [said] = host.comments();
    host.reply(said?.id ?? 0, 'Is that so?');
    const raw = host.raw(said?.id ?? 0);
    push(host, { 5: 'a', 30: 'b' });
    await run(host, { message: 'Other words now.' });
    expect(host.raw(said?.id ?? 0)).toBe(raw);
    pushLines(
      host.repository,
      withDangers({ 5: 'a', 30: 'b' }).toSpliced(4, 1, "  exec('ls ' + request.query.a);"),
    );
    await run(host);
    expect(host.raw(said?.id ?? 0)).toBe(raw);
    push(host, { 30: 'b' });
    await run(host);
    const fixed = theOne(host, said?.id);
    expect(fixed).toMatchObject({ thread: 'resolved', answers: ['Is that so?'] });
    expect(fixed?.text).toContain('**Fixed in [');
    expect(fixed?.text).toContain('What was said before');
    expect(fixed?.text).toContain('request.query.a');
    expect(fixed?.text).not.toContain('```suggestion');
    expect(await run(host)).toBe(0);
  });

  it('edited the bot’s text, it stays as it is while the finding is there, when it is fixed and when it is back', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    const id = host.comments()[0]?.id ?? 0;
    const edited = `I know.\n\n${host.raw(id)}`;
    host.edit(id, edited);
    expect(await run(host, { message: 'Other words now.' })).toBeGreaterThan(0);
    expect(host.raw(id)).toBe(edited);
    push(host, { 30: 'b' });
    await run(host);
    expect([host.raw(id), theOne(host, id)?.thread]).toEqual([edited, 'resolved']);
    expect(await run(host)).toBe(0);
    push(host, { 5: 'a', 30: 'b' });
    await run(host);
    expect([host.raw(id), theOne(host, id)?.thread]).toEqual([edited, 'open']);
    expect(host.comments()).toHaveLength(2);
    expect(await run(host)).toBe(0);
  });

  it('saved the text without its marker, nothing is written over', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    const id = host.comments()[0]?.id ?? 0;
    host.edit(id, 'I rewrote this.');
    await run(host);
    expect(host.raw(id)).toBe('I rewrote this.');
    expect(await run(host)).toBe(0);
  });

  it('resolved the thread of an open finding, it stays resolved and is not said again', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    const [said] = host.comments();
    host.resolve(said?.id ?? 0);
    await run(host);
    expect(await run(host)).toBe(0);
    push(host, { 5: 'a', 30: 'b' });
    await run(host, { message: 'Other words now.' });
    expect(host.comments()).toHaveLength(2);
    expect(theOne(host, said?.id)).toMatchObject({ thread: 'resolved', text: said?.text });
  });

  it('resolved the thread, and the finding was fixed and is back: that is another one, and it is open again', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    const [said] = host.comments();
    host.resolve(said?.id ?? 0);
    push(host, { 30: 'b' });
    await run(host);
    expect(theOne(host, said?.id)?.text).toContain('**Fixed in [');
    expect(theOne(host, said?.id)?.thread).toBe('resolved');
    push(host, { 5: 'a', 30: 'b' });
    await run(host);
    expectBack(host);
    expect(await run(host)).toBe(0);
  });

  it('resolved a thread that was called fixed, and the finding is back: it is open again', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    push(host, { 30: 'b' });
    await run(host);
    const id = host.comments()[0]?.id ?? 0;
    host.resolve(id);
    expect(await run(host)).toBe(0);
    push(host, { 5: 'a', 30: 'b' });
    await run(host);
    expectBack(host);
    expect(await run(host)).toBe(0);
  });

  it('resolved the thread, and a scanner only overlooked the finding for a while, it stays resolved', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    const id = host.comments()[0]?.id ?? 0;
    host.resolve(id);
    push(host, { 5: 'a', 30: 'b' });
    await run(host, { not: [5] });
    expect(theOne(host, id)?.text).toContain('**No longer reported at [');
    await run(host);
    expect(theOne(host, id)).toMatchObject({
      thread: 'resolved',
      text: expect.stringContaining('Back since'),
    });
    expect(host.comments()).toHaveLength(2);
    expect(await run(host)).toBe(0);
  });

  it('deleted a comment, it is not said again, also after the summary was edited later', async () => {
    const host = await start({ 5: 'a', 30: 'b' }, { old: { 50: 'far' }, policy: 'version: 1\nscope: all\n' });
    await run(host);
    const [first, , file] = host.comments();
    host.delete(first?.id ?? 0);
    host.delete(file?.id ?? 0);
    await run(host);
    expect(await run(host)).toBe(0);
    for (const places of [
      { 5: 'a', 30: 'b', 40: 'c', 50: 'far' },
      { 5: 'a', 40: 'c', 50: 'far' },
    ]) {
      push(host, places);
      await run(host);
      expect(host.comments().filter(({ text }) => /query\.(a|far)\b/.test(text))).toEqual([]);
    }
    expect(host.summaries()).toHaveLength(1);
    expect(host.summaries()[0]?.text).toContain('src/app.js:5');
    expect(await run(host)).toBe(0);
  });

  it('deleted a comment and wrote into the summary, it is not said again and the summary keeps their words', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    const id = host.summaries()[0]?.id ?? 0;
    host.edit(id, `Seen.\n\n${host.raw(id)}`);
    push(host, { 5: 'a', 30: 'b', 40: 'c' });
    await run(host);
    const late = host.comments().find(({ text }) => text.includes('query.c'));
    host.delete(late?.id ?? 0);
    await run(host);
    expect(host.comments()).toHaveLength(2);
    expect(host.summaries().map(({ text }) => text.startsWith('Seen.'))).toEqual([true]);
    expect(await run(host)).toBe(0);
  });

  it('deleted comments where no summary remembers them, they are not said again while one of them stands', async () => {
    const host = await start(
      { 5: 'a', 20: 'b', 30: 'c', 40: 'd' },
      { old: { 50: 'far', 55: 'off' }, policy: 'version: 1\nscope: all\ncomments:\n  summary: never\n' },
    );
    await run(host);
    expect(await run(host)).toBe(0);
    expect(host.comments()).toHaveLength(6);
    const deleteAbout = (name: string) =>
      host.delete(host.comments().find(({ text }) => text.includes(`query.${name})`))?.id ?? 0);
    const names = () => host.comments().flatMap(({ text }) => /query\.(\w+)\)/.exec(text)?.[1] ?? []);
    for (const name of ['a', 'b', 'far']) deleteAbout(name);
    await run(host);
    expect(names()).toEqual(['c', 'd', 'off']);
    expect(await run(host)).toBe(0);
    push(host, { 5: 'a', 20: 'b', 30: 'c', 40: 'd', 45: 'e', 50: 'far', 55: 'off' });
    await run(host);
    expect(names().toSorted()).toEqual(['c', 'd', 'e', 'off']);
    deleteAbout('c');
    deleteAbout('off');
    push(host, { 5: 'a', 20: 'b', 30: 'c', 41: 'd', 45: 'e', 50: 'far', 55: 'off' });
    await run(host, { message: 'Other words now.' });
    expect(names().toSorted()).toEqual(['d', 'e']);
    expect(await run(host, { message: 'Other words now.' })).toBe(0);
    expect(host.summaries()).toEqual([]);
  });

  it('deleted the only comment where no summary remembers it, only a review of GitHub’s remembers it', async () => {
    const host = await start({ 5: 'a' }, { policy: 'version: 1\ncomments:\n  summary: never\n' });
    await run(host);
    host.delete(host.comments()[0]?.id ?? 0);
    await run(host);
    expect(host.comments()).toHaveLength(name === 'github' ? 0 : 1);
    expect(await run(host)).toBe(0);
  });

  it('deleted the summary, one is written again and no comment with it', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    host.delete(host.summaries()[0]?.id ?? 0);
    await run(host);
    expect([host.summaries().length, host.comments().length]).toEqual([1, 2]);
    expect(await run(host)).toBe(0);
  });

  it.each([
    ['without a key', undefined],
    ['with a key', KEY],
  ] as const)('quoted a comment or pasted its marker, %s, their words are left alone', async (_, again) => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host, {}, again);
    const [one, two] = host.comments();
    const [summary] = host.summaries();
    host.say(host.raw(one?.id ?? 0));
    host.say(host.raw(two?.id ?? 0), two?.id);
    host.say(host.raw(summary?.id ?? 0));
    host.reply(one?.id ?? 0, `> ${host.raw(one?.id ?? 0).replaceAll('\n', '\n> ')}`);
    expect(await run(host, {}, again)).toBe(0);
    push(host, {});
    await run(host, {}, again);
    expect(host.comments().map(({ thread }) => thread)).toEqual(['resolved', 'resolved']);
    expect(host.summaries()).toHaveLength(1);
    expect(await run(host, {}, again)).toBe(0);
  });

  it('forged the marker of a finding that nobody commented on yet, it is commented on all the same', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host);
    const forged = host.comments().map(({ id }) => host.raw(id));
    const other = await start({ 5: 'a', 30: 'b' });
    for (const body of forged) other.say(body);
    await run(other);
    expect(other.comments()).toHaveLength(2);
    expect(await run(other)).toBe(0);
  });

  it('else uses the bot’s account, no comment of theirs without a valid signature is taken for Assay’s', async () => {
    const host = await start({ 5: 'a', 30: 'b' });
    await run(host, {}, KEY);
    const [one] = host.comments();
    const raw = host.raw(one?.id ?? 0);
    const forged = raw.replace(/mac=[0-9a-f]{32}/, `mac=${'0'.repeat(32)}`);
    host.sayAsBot(forged, one?.id ?? 0);
    host.sayAsBot(raw.replace(/mac=[0-9a-f]{32}/, 'mac=-'), one?.id ?? 0);
    expect(await run(host, {}, KEY)).toBe(0);
    push(host, { 30: 'b' });
    await run(host, {}, KEY);
    expect(host.comments().filter(({ text }) => text.includes('**Fixed in ['))).toHaveLength(1);
    expect(host.comments()).toHaveLength(4);
    expect(await run(host, {}, KEY)).toBe(0);
  });
});
