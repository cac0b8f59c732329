// Runs cases of the corpus through whole runs, with a model that is honest and with two that want what the attacker wants.
import { describe, expect, it } from 'vitest';
import type { InjectionCase } from '../../doubles/injection-cases.ts';
import { ALWAYS, INVARIANTS } from './invariants.ts';
import { answerOf, MINDS, type Mind } from './models.ts';
import { runScene, type SceneRun } from './run-scene.ts';
import { plantCase, type Scene } from './scene.ts';

/** Asserts what each case names and what holds of all, with every model, and that nothing of it was left out. */
export function describeCases(cases: readonly InjectionCase[]): void {
  const once = createMemory(cases);
  let asserted = 0;

  describe.each(cases)('$id, planted as $channel', (one) => {
    it(`changes nothing: ${one.expected.must.join(', ')}`, async () => {
      const { attack, plain } = plantCase(one);
      const engine = await runScene(attack, null);
      const others = { engine, plain: await once(plain, 'honest'), plainEngine: await once(plain, null) };
      for (const mind of MINDS) {
        const run = await runScene(attack, answerOf(one, mind));
        const compared = { ...others, case: one, mind, run };
        for (const invariant of ALWAYS) invariant(compared);
        for (const name of one.expected.must) {
          const invariant = INVARIANTS[name];
          if (invariant === undefined) throw new Error(`Nobody asserts ${name}`);
          invariant(compared);
          asserted += 1;
        }
      }
    });
  });

  const named = namedBy(cases);
  const total = named * MINDS.length;
  it(`${cases.length} cases name ${named} invariants, asserted with ${MINDS.length} models each: ${total}`, () => {
    expect(asserted).toBe(total);
  });
}

/** How many invariants these cases name. */
export function namedBy(cases: readonly InjectionCase[]): number {
  return cases.reduce((sum, { expected }) => sum + expected.must.length, 0);
}

/** Runs without a payload, which are the same for many cases. */
function createMemory([first]: readonly InjectionCase[]) {
  const known = new Map<string, Promise<SceneRun>>();
  return (scene: Scene, mind: Mind | null): Promise<SceneRun> => {
    const key = JSON.stringify([scene, mind]);
    if (first === undefined) throw new Error('there is no case');
    const run = known.get(key) ?? runScene(scene, mind === null ? null : answerOf(first, mind));
    known.set(key, run);
    return run;
  };
}
