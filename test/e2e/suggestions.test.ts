// What a scanner's fix becomes for a reviewer: a button that writes the patch, a patch to paste, or nothing where it cannot be trusted.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PackageAssets } from '#adapters/local/package-assets.ts';
import { createDraftCode } from '#app/draft-code.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import { findSuggestionBlocks } from '../doubles/apply-suggestion.ts';
import { cloneGitRepository, type GitRepository } from '../doubles/git-repository.ts';
import { type PublishedRun, publishChange, readOut } from './reviewed-change.ts';
import { HOSTS, type ReviewingHost, type SaidComment, startReviewingHost } from './reviewing-host.ts';
import { createFixed, FIXES, type Offer, reportOfFixes, type ScannerFix } from './suggestions-scene.ts';

const code = createDraftCode(new PackageAssets());
const APPLY = /^```sh\n(git apply .*)\n```$/m;

function offerOf({ body }: SaidComment): Offer {
  if (findSuggestionBlocks(body).length > 0) return 'suggestion';
  return APPLY.test(body) ? 'diff' : 'none';
}

describe.each(HOSTS)("a scanner's fix on %s", (name) => {
  let host: ReviewingHost;
  let run: PublishedRun;
  /** At the head that was commented on, with the output folder in it. */
  let clone: GitRepository;
  let said: ReadonlyMap<string, SaidComment>;

  beforeAll(async () => {
    const repository = createFixed();
    host = await startReviewingHost(name, repository);
    run = await publishChange({ repository, report: reportOfFixes(FIXES), variables: host.variables() });
    clone = cloneGitRepository(repository.git);
    clone.git('checkout', '--quiet', repository.head());
    cpSync(run.out, clone.path('assay-out'), { recursive: true });
    said = new Map(host.comments().map((comment) => [comment.path, comment]));
  });
  afterAll(async () => {
    await host.close();
    clone.dispose();
    host.repository.dispose();
  });

  const commentOn = ({ path: file }: ScannerFix) => said.get(file) as SaidComment;
  const patchOf = (fix: ScannerFix) => {
    const { findings } = JSON.parse(readOut(run, 'assay.json')) as ResultDocument;
    return findings.find(({ location }) => location.path === fix.path)?.patch ?? null;
  };
  const offered = (offer: Offer) => FIXES.filter((fix) => fix.offer[name] === offer);

  it('is told of in one comment a finding, and the host refuses nothing', () => {
    expect(said.size).toBe(FIXES.length);
    expect(run.record?.counts).toMatchObject({ inline: FIXES.length, lost: 0 });
    expect(host.complaints()).toEqual([]);
  });

  it.each(FIXES)('of $name is offered as it can be, and so that its file parses', async (fix) => {
    expect(offerOf(commentOn(fix))).toBe(fix.offer[name]);
    const patch = patchOf(fix);
    expect(patch?.after ?? null).toBe(fix.after === null ? null : sha256(fix.after));
    if (fix.after !== null) expect(await errorsIn(fix.path, fix.after)).toEqual([]);
  });

  it.each(offered('diff'))('of $name is a patch, and the line under it works when pasted', (fix) => {
    const { body } = commentOn(fix);
    const [, line = ''] = APPLY.exec(body) ?? [];
    execFileSync('sh', ['-c', line], { cwd: clone.root, stdio: 'pipe' });
    expect(readFileSync(clone.path(fix.path), 'utf8')).toBe(fix.after);
    expect(existsSync(path.join(run.out, line.replace('git apply assay-out/', '')))).toBe(true);
  });

  it.each([...offered('suggestion'), ...offered('diff')])(
    'of $name says who proposes it and what was checked',
    (fix) => {
      const checked =
        /\*\*Proposed by Semgrep\.\*\* It was applied, (?:and the file parses; whether the weakness is gone was not checked|the file parses, and what proved the weakness is gone)\./;
      expect(commentOn(fix).body).toMatch(checked);
    },
  );

  it('writes nothing when the same head is looked at again', async () => {
    host.forget();
    await publishChange({
      repository: host.repository,
      report: reportOfFixes(FIXES),
      variables: host.variables(),
    });
    expect(host.writes()).toEqual([]);
  });

  it('writes exactly the patch, with one click each', () => {
    for (const fix of offered('suggestion')) {
      host.apply(commentOn(fix));
      const file = host.repository.file(host.repository.head(), fix.path)?.toString('utf8');
      expect([fix.name, file]).toEqual([fix.name, fix.after]);
    }
    expect(offered('suggestion').length).toBeGreaterThan(10);
  });
});

describe.each(HOSTS)('a report of an older commit on %s', (name) => {
  /** What is found stands above the line that the fix replaces. */
  const fix = { ...(FIXES[0] as ScannerFix), line: 3 };

  async function offerAfter(
    change: (text: string) => string,
  ): Promise<{ offer: Offer; click: () => string | undefined; done: () => Promise<void> }> {
    const repository = createFixed([fix]);
    const scanned = repository.head();
    repository.push((git) => void git.write(fix.path, change(fix.head)));
    const host = await startReviewingHost(name, repository);
    await publishChange({ repository, report: reportOfFixes([fix], scanned), variables: host.variables() });
    const [comment] = host.comments() as [SaidComment];
    return {
      offer: offerOf(comment),
      click: () => {
        host.apply(comment);
        return repository.file(repository.head(), fix.path)?.toString('utf8');
      },
      done: async () => {
        await host.close();
        repository.dispose();
      },
    };
  }

  it('offers no fix for lines that are others by now', async () => {
    const { offer, done } = await offerAfter((text) => text.replace('md5(data)', 'md5(data + b"salt")'));
    expect(offer).toBe('none');
    await done();
  });

  it('offers the fix where its lines went', async () => {
    const { offer, click, done } = await offerAfter((text) => `# Digests.\n\n${text}`);
    expect(offer).toBe('suggestion');
    expect(click()).toBe(`# Digests.\n\n${fix.after}`);
    await done();
  });
});

async function errorsIn(file: string, text: string): Promise<readonly unknown[]> {
  const unit = await code.understand(file, text);
  return unit.kind === 'failure' ? [unit] : unit.errors;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
