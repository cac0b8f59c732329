// What a model's patch becomes for a reviewer: read from a result that anybody may have written, proved again, and one click writes exactly it.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLocalGit } from '#adapters/local/local-git.ts';
import { PackageAssets } from '#adapters/local/package-assets.ts';
import { patchFindings } from '#app/patch-findings.ts';
import { publishFile } from '#app/publish/publish-file.ts';
import { defaultRequest } from '#app/run-request.ts';
import { preparePatches, writePatches } from '#app/write-patches.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import { findSuggestionBlocks } from '../doubles/apply-suggestion.ts';
import { cloneGitRepository, createTemporaryFolder } from '../doubles/git-repository.ts';
import { aPolicy } from '../doubles/judged-finding.ts';
import { createMemoryWorld } from '../doubles/memory-world.ts';
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import { environmentWith, publishChange, readOut, sarifOf } from './reviewed-change.ts';
import { HOSTS, type ReviewingHost, type SaidComment, startReviewingHost } from './reviewing-host.ts';

const MODEL = 'openai-compatible/Qwen/Qwen3-Coder';

interface Scene {
  readonly path: string;
  readonly line: number;
  readonly head: string;
  readonly swaps: readonly (readonly [old: string, now: string])[];
  readonly offer: { readonly github: 'suggestion' | 'diff'; readonly gitlab: 'suggestion' | 'diff' };
}

const SHARP = 'class A {\r\n  bool F(object a) {\r\n    return a == null;\r\n  }\r\n}\r\n';
const LONG = Array.from({ length: 40 }, (_, line) => `v${line} = ${line}\n`).join('');

const SCENES: readonly Scene[] = [
  {
    ...{ path: 'src/find.py', line: 2, offer: { github: 'suggestion', gitlab: 'suggestion' } },
    head: 'def find(db, name):\n    return db.query("SELECT * FROM t WHERE n = " + name)\n',
    swaps: [['"SELECT * FROM t WHERE n = " + name', '"SELECT * FROM t WHERE n = ?", [name]']],
  },
  {
    ...{ path: 'src/show.js', line: 2, offer: { github: 'suggestion', gitlab: 'suggestion' } },
    head: 'function show(element, text) {\n  const all = text;\n  element.innerHTML = all;\n}\n',
    swaps: [
      ['element.innerHTML = all', 'element.textContent = text'],
      ['  const all = text;\n', ''],
    ],
  },
  {
    ...{ path: 'src/ticks.py', line: 2, offer: { github: 'suggestion', gitlab: 'suggestion' } },
    head: 'def text(a):\n    return """```suggestion""" if a == None else "````"\n',
    swaps: [['a == None', 'a is None']],
  },
  {
    ...{ path: 'src/A.cs', line: 3, offer: { github: 'diff', gitlab: 'diff' } },
    head: SHARP,
    swaps: [['    return a == null;\n', '    var none = a is null;\n    return none;\n']],
  },
  {
    ...{ path: 'src/far.py', line: 4, offer: { github: 'diff', gitlab: 'diff' } },
    head: LONG,
    swaps: [
      ['v3 = 3\n', 'v3 = 33\n'],
      ['v30 = 30\n', 'v30 = 33\n'],
    ],
  },
];
const HOSTILE: Omit<Scene, 'offer'> = {
  ...{ path: 'src/evil.py', line: 2, head: 'def f(a):\n    return g(a)\n' },
  swaps: [['return g(a)', 'return eval(a)  # ```\n    # </details> @all /merge']],
};
const ALL = [...SCENES, HOSTILE];

function meantBy({ head, swaps }: Pick<Scene, 'head' | 'swaps'>): string {
  const text = swaps.reduce((old, [from, to]) => old.replace(from, () => to), head.replaceAll('\r\n', '\n'));
  return head.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}

/** What the patch stage is given of a finding. */
const asJudged = (finding: FindingRecord): JudgedFinding => ({
  ...finding,
  ...{ inScope: true, fixes: [], suppressions: [] },
});

/** The result of a run without a model, with the patches that a scripted one proposes, and the patch files. */
async function proposed(repository: ReviewRepository) {
  const report = sarifOf(ALL.map(({ path: file, line }) => ({ path: file, line })));
  const run = await publishChange({ repository, report, variables: {}, request: { publish: 'none' } });
  const document = JSON.parse(readOut(run, 'assay.json')) as ResultDocument;
  const refs = { base: repository.baseTip(), head: repository.head() };
  await using git = await openLocalGit({ folder: repository.git.root, ...refs });
  if (git === null) throw new Error('there is no repository');
  const { mergeBase } = await git.commits();
  const made = createMemoryWorld({}, {});
  const world = { ...made, assets: new PackageAssets(), workspace: git.at(refs.head) };
  const patched = await patchFindings(document.findings.map(asJudged), {
    policy: aPolicy(),
    reviewDiff: await git.reviewDiff(mergeBase ?? '', refs.head),
    world,
    ask: async ({ location }) => {
      const scene = ALL.find((one) => one.path === location.path);
      const edits = (scene?.swaps ?? []).map(([old, now]) => ({ file: location.path, old, new: now }));
      return { kind: 'edits', edits, why: 'It cannot go wrong any more.', model: MODEL };
    },
  });
  const byId = new Map(patched.map((finding) => [finding.id, finding]));
  const findings = document.findings.map((finding) => ({
    ...finding,
    patch: byId.get(finding.id)?.patch ?? null,
    refusedPatches: byId.get(finding.id)?.refusedPatches ?? [],
  }));
  const prepared = await preparePatches({ ...document, findings }, world);
  await writePatches(prepared, world);
  return { result: prepared.document, files: made.written };
}

describe.each(HOSTS)("a model's patch on %s", (name) => {
  let host: ReviewingHost;
  let result: ResultDocument;
  let files: ReadonlyMap<string, string>;
  let said: ReadonlyMap<string, SaidComment>;
  let publish: () => Promise<number>;

  beforeAll(async () => {
    const repository = createReviewRepository(
      (git) => void git.write('README.md', '# Shop\n'),
      (git) => {
        for (const { path: file, head } of ALL) git.write(file, head);
      },
    );
    host = await startReviewingHost(name, repository);
    ({ result, files } = await proposed(repository));
    publish = async () => {
      const cwd = createTemporaryFolder();
      writeFileSync(path.join(cwd, 'assay.json'), JSON.stringify(result));
      const request = { ...defaultRequest(cwd), result: 'assay.json', repo: repository.git.root };
      const { exitCode } = await publishFile(
        { ...request, publish: 'auto' },
        environmentWith(host.variables()),
      );
      return exitCode;
    };
    expect(await publish()).toBe(0);
    said = new Map(host.comments().map((comment) => [comment.path, comment]));
  });
  afterAll(async () => {
    await host.close();
    host.repository.dispose();
  });

  const bodyOf = ({ path: file }: Pick<Scene, 'path'>) => said.get(file)?.body ?? '';
  const fileOf = ({ path: file }: Pick<Scene, 'path'>) => {
    const id = result.findings.find(({ location }) => location.path === file)?.id;
    return files.get(`patches/${id}.patch`);
  };

  it.each(SCENES)('of $path says who proposes it, what was checked and what was not', (scene) => {
    expect(bodyOf(scene)).toMatch(
      /\*\*Proposed by the model `openai-compatible\/Qwen\/Qwen3-Coder`\.\*\* It was applied, and the file parses; whether the weakness is gone was not checked\. Not built, not tested\.\n/,
    );
    expect(findSuggestionBlocks(bodyOf(scene)).length).toBe(scene.offer[name] === 'suggestion' ? 1 : 0);
  });

  it.each(SCENES)('of $path is a file that git applies', (scene) => {
    const clone = cloneGitRepository(host.repository.git);
    clone.git('checkout', '--quiet', result.run.head ?? '');
    writeFileSync(clone.path('mend.patch'), fileOf(scene) ?? '');
    execFileSync('git', ['apply', 'mend.patch'], { cwd: clone.root, stdio: 'pipe' });
    expect(readFileSync(clone.path(scene.path), 'utf8')).toBe(meantBy(scene));
    clone.dispose();
  });

  it('that runs what it is given is offered nowhere, and the result says why', () => {
    const finding = result.findings.find(({ location }) => location.path === HOSTILE.path);
    expect(finding?.refusedPatches).toMatchObject([
      { origin: 'model', tool: MODEL, failed: 'policy' },
      { origin: 'model', tool: MODEL, failed: 'policy' },
    ]);
    expect(bodyOf(HOSTILE)).not.toMatch(/Proposed by|eval|@all|merge/);
    expect(fileOf(HOSTILE)).toBeUndefined();
  });

  it('is not said again, and the host had nothing to complain about', async () => {
    host.forget();
    expect(await publish()).toBe(0);
    expect(host.writes()).toEqual([]);
    expect(host.complaints()).toEqual([]);
  });

  it('is written exactly by one click', () => {
    for (const scene of SCENES.filter(({ offer }) => offer[name] === 'suggestion')) {
      host.apply(said.get(scene.path) as SaidComment);
      const file = host.repository.file(host.repository.head(), scene.path)?.toString('utf8');
      expect([scene.path, file]).toEqual([scene.path, meantBy(scene)]);
    }
  });
});

describe('a result that somebody forged', () => {
  it('has no patch of a model shown that would not have been offered', async () => {
    const repository = createReviewRepository(
      (git) => void git.write('README.md', '# Shop\n'),
      (git) => {
        for (const { path: file, head } of ALL) git.write(file, head);
      },
    );
    const host = await startReviewingHost('github', repository);
    const { result } = await proposed(repository);
    const findings = result.findings.map(({ patch, ...finding }) => ({
      ...finding,
      patch:
        patch === null
          ? null
          : { ...patch, edits: patch.edits.map((edit) => ({ ...edit, newText: 'eval(input())\n' })) },
    }));
    const cwd = createTemporaryFolder();
    writeFileSync(path.join(cwd, 'assay.json'), JSON.stringify({ ...result, findings }));
    const request = { ...defaultRequest(cwd), result: 'assay.json', repo: repository.git.root };
    await publishFile({ ...request, publish: 'auto' }, environmentWith(host.variables()));
    expect(host.comments()).toHaveLength(ALL.length);
    for (const { body } of host.comments()) expect(body).not.toMatch(/Proposed by|eval/);
    await host.close();
    repository.dispose();
  });
});
