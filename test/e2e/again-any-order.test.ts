// Pushes, people and faults in any order: whatever happened, a run leaves one comment a finding, and the next one nothing to do.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PublishingPolicy } from '#domain/policy.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { ReviewDiff } from '#domain/review-diff.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import { publishRun } from '../../src/app/publish/publish-run.ts';
import type { PublicationRecord } from '../../src/publish/publication-schema.ts';
import { MemoryDesk } from '../doubles/memory-desk.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { createMemoryWorld } from '../doubles/memory-world.ts';
import { aDocument, aFinding, aLocation, aRun } from '../doubles/result-document.ts';

const world = createMemoryWorld({}, {});
const COUNT = 6;
const LIMIT = 4;
const PATH = 'src/app.ts';
const idOf = (at: number) => `${at}`.repeat(16);
const lineOf = (at: number) => 10 * (at + 1);

const POLICY: PublishingPolicy = {
  ...{ inlineLimit: LIMIT, dismissed: 'listed', needsReview: 'inline', summary: 'auto', status: 'auto' },
  codeScanning: { upload: false, dismiss: false },
};

/** A new file: every line of it can be commented on. */
const DIFF: ReviewDiff = {
  complete: true,
  files: [
    {
      ...{ status: 'added', oldPath: null, newPath: PATH },
      hunks: [
        { oldStart: 0, oldLines: 0, newStart: 1, newLines: 99, marks: '+'.repeat(99), newlineMissing: false },
      ],
    },
  ],
};

const at = fc.nat({ max: COUNT - 1 });
const faultOn = fc.constantFrom('post' as const, 'amend' as const, 'summarise' as const);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('push' as const),
      found: fc.uniqueArray(at),
      outdated: fc.uniqueArray(at),
      message: fc.constantFrom('Said so.', 'Said otherwise.'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('reply' as const, 'edit' as const, 'resolve' as const, 'delete' as const),
      at,
    }),
  },
  fc.record({ kind: fc.constantFrom('refuse' as const, 'lose' as const), method: faultOn }),
  fc.record({ kind: fc.constantFrom('deleteSummary' as const, 'takeRight' as const, 'giveRight' as const) }),
);
type Push = {
  readonly kind: 'push';
  readonly found: number[];
  readonly outdated: number[];
  readonly message: string;
};
type PersonActs = { readonly kind: 'reply' | 'edit' | 'resolve' | 'delete'; readonly at: number };
type Act =
  | Push
  | PersonActs
  | { readonly kind: 'refuse' | 'lose'; readonly method: 'post' | 'amend' | 'summarise' }
  | { readonly kind: 'deleteSummary' | 'takeRight' | 'giveRight' };

/** A change with what was found in it, and what people did. */
class Scene {
  readonly desk = new MemoryDesk({ head: sha(0), diff: DIFF });
  /** Findings that a person decided about. */
  readonly touched = new Set<number>();
  readonly answered = new Set<string>();
  readonly edited = new Map<string, string>();
  found: readonly number[] = [];
  #message = 'Said so.';
  #pushes = 0;

  async run(): Promise<PublicationRecord> {
    const { desk } = this;
    const changes: ChangeSource = {
      commits: async () => ({ baseTip: sha(999), mergeBase: sha(999), head: sha(this.#pushes) }) as never,
      ...{ diff: async () => null, diffFrom: async () => null, reviewDiff: async () => DIFF },
      at: () => createMemoryWorkspace({}),
    };
    const document = aDocument(this.findings(), {
      run: { ...aRun(this.found.length), head: sha(this.#pushes) },
    });
    const { record } = await publishRun(
      document,
      {
        ...{ desk, scanning: null, clone: null, host: changes, markerKey: 'key', trusted: true },
        ...{ policyAt: async () => POLICY, assets: world.assets, redact: world.redact, log: world.log },
        ...{ requests: () => ({ reads: 0, writes: 0 }), outName: 'out' },
      },
      { dryRun: false },
    );
    return record;
  }

  findings(): FindingRecord[] {
    return this.found.map((one) =>
      aFinding({
        id: idOf(one),
        message: this.#message,
        fingerprints: { 'assay/v1': idOf(one), 'assayPath/v1': `p${one}` },
        location: aLocation({ path: PATH, startLine: lineOf(one), endLine: lineOf(one) }),
      }),
    );
  }

  /** The open comments about a finding. */
  open(one: number) {
    return this.desk.comments.filter(
      ({ body }) => body.includes(` id=${idOf(one)} `) && body.includes(' st=open '),
    );
  }

  do(step: Act): void {
    if (step.kind === 'push') this.#push(step);
    else if (step.kind === 'refuse') this.desk.refuse(step.method, 'rejected', 1);
    else if (step.kind === 'lose') this.desk.storeThenFail(step.method);
    else if (step.kind === 'takeRight') this.desk.rights.resolve = false;
    else if (step.kind === 'giveRight') this.desk.rights.resolve = true;
    else if ('at' in step) this.#act(step.kind, step.at);
    else if (this.desk.comments.some(({ kind }) => kind === 'summary')) this.desk.delete('k=summary');
  }

  #push(step: Push): void {
    this.found = step.found;
    this.#message = step.message;
    this.#pushes += 1;
    const gone = new Set(step.outdated.map(lineOf));
    this.desk.push(sha(this.#pushes), DIFF, (_, line) => (gone.has(line) ? null : line));
  }

  #act(kind: PersonActs['kind'], one: number): void {
    const part = ` id=${idOf(one)} `;
    const comment = this.desk.comments.find(({ body }) => body.includes(part));
    if (comment === undefined) return;
    if (kind !== 'reply') this.touched.add(one);
    if (kind === 'reply') {
      this.desk.reply(part);
      this.answered.add(comment.id);
    } else if (kind === 'edit') {
      this.desk.edit(part, `Mine now.\n\n${comment.body}`);
      this.edited.set(comment.id, comment.body);
    } else if (kind === 'resolve') this.desk.resolve(part);
    else {
      this.desk.delete(part);
      this.answered.delete(comment.id);
      this.edited.delete(comment.id);
    }
  }
}

function sha(count: number): string {
  return count.toString(16).padStart(40, '0');
}

function expectTrue(scene: Scene, record: PublicationRecord): void {
  expect([record.ledger.length, record.counts.lost]).toEqual([scene.found.length, 0]);
  for (let one = 0; one < COUNT; one += 1) expect([one, scene.open(one).length > 1]).toEqual([one, false]);
  for (const one of scene.found.toSorted().slice(0, LIMIT)) {
    if (!scene.touched.has(one)) expect([one, scene.open(one).length]).toEqual([one, 1]);
  }
  const standing = new Map(scene.desk.comments.map(({ id, body }) => [id, body]));
  for (const id of scene.answered) expect(standing.has(id)).toBe(true);
  for (const [id, body] of scene.edited) expect(standing.get(id)).toBe(body);
  const summaries = scene.desk.comments.filter(({ kind }) => kind === 'summary');
  expect(summaries.length).toBeLessThanOrEqual(1);
}

it('after whatever happened a run leaves one comment a finding, people’s words as they are, and nothing to do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 14 }), async (steps) => {
      const scene = new Scene();
      for (const step of steps) {
        scene.do(step);
        const shaken = await scene.run();
        expect(shaken.counts.lost).toBe(0);
        if (step.kind === 'refuse' || step.kind === 'lose') continue;
        scene.desk.forgetFaults();
        const settled = await scene.run();
        const { writes } = scene.desk;
        const quiet = await scene.run();
        expect([scene.desk.writes - writes, quiet.counts.lost]).toEqual([0, 0]);
        expectTrue(scene, settled);
      }
    }),
    { seed: 20_261_122, numRuns: 30 },
  );
}, 60_000);
