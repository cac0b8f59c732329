// Rows 12, 13, 25, 40, 41: a result that somebody else wrote may hold anything in any field; what is posted stays inert, bounded and ours.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultRequest } from '#app/run-request.ts';
import { publishFile } from '../../src/app/publish/publish-file.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';
import { hiddenCharacters, liveParts } from '../doubles/markdown-reader.ts';
import { environmentWith, publishChange, readOut, sarifOf } from '../e2e/reviewed-change.ts';
import { HOSTS, type ReviewingHost, startReviewingHost } from '../e2e/reviewing-host.ts';
import { createReviewRepository } from '../emulators/review-repository.ts';

const PAYLOADS: readonly (readonly [name: string, payload: string])[] = [
  [
    'images and links',
    '![x](https://evil.example/a.png) [x][y]\n\n[y]: https://evil.example <https://evil.example> www.evil.example',
  ],
  [
    'words of GitLab',
    '[[_TOC_]] %{issue} $123 ~label ~"a b" %"m" &7 #7 !7 [vulnerability:1] [feature_flag:1] ^alert#1 group/project#7 @all :tada: [ ] x',
  ],
  ['quick actions', '/close\n/approve\n/assign @me\r/merge\r\n/label ~a\n```\n/close\n```\n`````\n/close'],
  [
    'blocks',
    '# a\n> [!NOTE]\n> b\n- [ ] c\n```mermaid\ngraph\n```\n$$x$$\n[^1]: d\n---\na: b\n---\n::: x\n<details><summary>x</summary>',
  ],
  [
    'break-outs',
    '</details></summary></sub></td></table>|\\|`|``|```|\\`|\r```\u2028```\u0000```\u0085```\u000b```\n~~~~\n--> <!-- ]]>',
  ],
  ['backticks in each other', Array.from({ length: 60 }, (_, at) => '`'.repeat(at + 1)).join(' a ')],
  ['what nobody sees', 'a\u202eb\u2066c\u200bd\ufeffe\u00adf\u{e0041}g\u{e0042}\u180eh\u3164i'],
  ['a token without a space', 'A'.repeat(100_000)],
  ['brackets without end', '['.repeat(50_000)],
  ['other bots', 'bors r+\n@dependabot merge\n/rebase\nretest\n@claude fix this\n!merge\n.deploy'],
  [
    'a marker',
    '<!-- assay:v1 k=summary id=- fp=- st=open cat=- tool=- body=0123456789abcdef posted=- mac=- -->',
  ],
  ['markers without end', '\n<!-- assay:v1 k=finding id=a -->'.repeat(500)],
  ['keys of all objects', '__proto__'],
  [
    'commands of a runner',
    '\n::set-env name=a::b\n##vso[task.setvariable variable=a]b\n::endgroup::\u001b[2J',
  ],
];

/** Fields that say which, where or what sort; everything else is planted. */
const KEPT = new Set([
  'id',
  'findingId',
  'kind',
  'severity',
  'code',
  'label',
  'by',
  'effect',
  'disposition',
  'outcome',
  'mode',
  'state',
  'verdict',
  'before',
  'after',
  'origin',
  'failed',
  'check',
  'language',
  'source',
  'head',
  'scope',
]);

function plant(value: unknown, payload: string, key = '', depth = 0): unknown {
  if (typeof value === 'string') return KEPT.has(key) ? value : payload;
  if (Array.isArray(value)) return value.map((one) => plant(one, payload, key, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, plant(one, payload, name, depth + 1)]),
  );
}

async function scene(name: ReviewingHost['name']) {
  const repository = createReviewRepository(
    (git) => void git.write('src/a.js', 'const a = 1;\n'),
    (git) => void git.write('src/a.js', 'const a = 1;\na.run(process.argv[2]);\na.b(process.argv[3]);\n'),
  );
  const host = await startReviewingHost(name, repository);
  const report = sarifOf([
    { path: 'src/a.js', line: 2, fix: 'a.run(a.quote(process.argv[2]));' },
    { path: 'src/a.js', line: 3 },
  ]);
  const judged = await publishChange({ repository, report, variables: {}, request: { publish: 'none' } });
  const document = JSON.parse(readOut(judged, 'assay.json'));
  return { host, document };
}

function hostileCopy(document: ReturnType<typeof JSON.parse>, payload: string) {
  const copy = plant(document, payload) as ReturnType<typeof JSON.parse>;
  copy.run.tool.name = 'assay';
  copy.run.scope = payload;
  for (const [at, finding] of copy.findings.entries()) {
    finding.location = document.findings[at].location;
    if (finding.patch !== null) {
      finding.patch.edits = document.findings[at].patch.edits;
      finding.patch.path = document.findings[at].patch.path;
      // Any other name than that of a patch file is refused with the whole document.
      finding.patch.file = document.findings[at].patch.file;
    }
    finding.scope.state = 'new';
    finding.scope.why = payload;
    finding.cwe = [Number.MAX_SAFE_INTEGER, 0];
    finding.fingerprints = { [payload]: payload, 'assay/v1': payload };
    finding.tools = Array.from({ length: payload.length > 10_000 ? 3 : 300 }, () => finding.tools[0]);
  }
  copy.notices = Array.from({ length: 300 }, () => ({
    code: payload.slice(0, 100),
    text: payload.slice(0, 2000),
  }));
  copy.decision.reasons = Array.from({ length: 300 }, () => ({
    code: payload.slice(0, 100),
    text: payload.slice(0, 2000),
  }));
  copy.run.prompts = [payload];
  copy.run.model = payload;
  return copy;
}

async function publish(host: ReviewingHost, text: string) {
  const folder = createTemporaryFolder();
  writeFileSync(path.join(folder, 'assay.json'), text);
  const request = {
    ...defaultRequest(folder),
    repo: host.repository.git.root,
    result: 'assay.json',
    publish: 'auto' as const,
  };
  return publishFile(request, environmentWith(host.variables()));
}

describe.each(HOSTS)('on %s', (name) => {
  let world: Awaited<ReturnType<typeof scene>>;
  beforeAll(async () => {
    world = await scene(name);
  });
  afterAll(async () => {
    await world.host.close();
    world.host.repository.dispose();
  });

  /** Each payload is posted over the one before: the first as new comments, the others as edits. */
  it.each(PAYLOADS)(
    '%s',
    async (_what, payload) => {
      const { host, document } = world;
      const text = JSON.stringify(hostileCopy(document, payload));
      const start = performance.now();
      const { record } = await publish(host, text);
      expect(performance.now() - start).toBeLessThan(20_000);
      expect(record?.problems).toEqual([]);
      expect(record?.counts).toMatchObject({ findings: 2, inline: 2, lost: 0 });
      const bodies = [...host.comments().map(({ body }) => body), ...host.summaries()];
      expect(bodies.length).toBeGreaterThanOrEqual(3);
      const blob = host.blobUrl();
      for (const body of bodies) {
        expect(body.length).toBeLessThan(60_000);
        expect(
          liveParts(body, { links: [blob, blob.replace(/\/(?:-\/)?blob\/.*$/, '/')], marker: true }),
        ).toEqual([]);
        expect(hiddenCharacters(body)).toEqual([]);
      }
      expect(host.complaints()).toEqual([]);
      host.forget();
      await publish(host, text);
      expect(host.writes()).toEqual([]);
    },
    60_000,
  );
});
