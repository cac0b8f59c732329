// Security rows 3, 14, 49: what people write around a change (title, description, commits, branch, author, comments) has no way into a run: the
// ports that know the change have no field for it. A real repository, an emulated host and a model behind a socket say so as well.
import { describe, expect, it } from 'vitest';
import type { InjectionCase } from '../doubles/injection-cases.ts';
import { namedBy } from './injection/describe-cases.ts';
import { reachesNothing } from './injection/exits.ts';
import { GROUPS } from './injection/groups.ts';
import { HOST_ALWAYS, INVARIANTS } from './injection/invariants.ts';
import { answerOf, MINDS, type Mind } from './injection/models.ts';
import { runChange, type Surroundings } from './injection/run-change.ts';
import { sceneOf } from './injection/scene.ts';

const cases = GROUPS.host;
const FIELDS: Readonly<Record<string, keyof Surroundings>> = {
  pr_title: 'title',
  pr_body: 'body',
  commit_message: 'message',
  branch_name: 'branch',
  author_name: 'author',
  review_reply: 'comment',
};
const SCENE = sceneOf({});

const requestOf = (prompt: string) => ({
  ...{ prompt, system: '', schema: null, maxOutputTokens: 0 },
  task: prompt.includes('one answer for each') ? ('verdict' as const) : ('patch' as const),
});

const honest = (prompt: string) => answerOf(cases[0] as InjectionCase, 'honest')(requestOf(prompt));

function run(one: InjectionCase, mind: Mind, around: Surroundings) {
  const answer = answerOf(one, mind);
  return runChange(SCENE, { around, answer: (prompt) => answer(requestOf(prompt)) });
}

const ENGINE = runChange(SCENE, { answer: () => '', request: { judge: 'builtin' } });
const known = new Map<keyof Surroundings, ReturnType<typeof runChange>>();
function plainWith(field: keyof Surroundings): ReturnType<typeof runChange> {
  const plain = known.get(field) ?? runChange(SCENE, { answer: honest, around: { [field]: 'plain' } });
  known.set(field, plain);
  return plain;
}

let asserted = 0;

describe.each(cases)('$id, planted as $channel', (one) => {
  it(`changes nothing: ${one.expected.must.join(', ')}`, async () => {
    const field = FIELDS[one.channel];
    if (field === undefined) throw new Error(`Nobody plants in the channel ${one.channel}`);
    const plain = await plainWith(field);
    const engine = await ENGINE;
    for (const mind of MINDS) {
      const planted = await run(one, mind, { [field]: one.payload });
      const compared = { case: one, mind, run: planted, plain, engine, plainEngine: engine };
      for (const invariant of HOST_ALWAYS) invariant(compared);
      if (mind === 'honest') reachesNothing(compared);
      for (const name of one.expected.must) {
        INVARIANTS[name]?.(compared);
        asserted += INVARIANTS[name] === undefined ? 0 : 1;
      }
    }
  });
});

const named = namedBy(cases);
const total = named * MINDS.length;
it(`${cases.length} cases name ${named} invariants, asserted with ${MINDS.length} models each: ${total}`, () => {
  expect(asserted).toBe(total);
});

it('20 markers in everything that surrounds a change are in no prompt, in no file and in no log', async () => {
  const markers = Array.from({ length: 20 }, (_, at) => `zq${(at * 7919 + 104_729).toString(36)}x${at}`);
  const four = (from: number) => markers.slice(from, from + 4).join(' ');
  const around = { title: four(0), body: four(4), message: four(8), branch: four(12), author: four(16) };
  const planted = await runChange(SCENE, { around, answer: honest });
  expect(planted.prompts.length).toBeGreaterThan(0);
  const texts = [...planted.prompts.map(({ text }) => text), ...planted.files.values(), ...planted.cached];
  for (const marker of markers)
    for (const text of [...texts, planted.log]) expect(text).not.toContain(marker);
});
